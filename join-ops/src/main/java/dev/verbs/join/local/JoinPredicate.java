package dev.verbs.join.local;

/**
 * Any condition between two tuples: equality, a band, an inequality.
 */
@FunctionalInterface
public interface JoinPredicate {
    /**
     * Whether two tuples belong together. Called once per pair; must neither block nor allocate.
     *
     * @param rotatingKey   key of the rotating tuple
     * @param stationaryKey key of the stationary tuple
     * @return true if the pair is part of the result
     */
    boolean test(long rotatingKey, long stationaryKey);
}
