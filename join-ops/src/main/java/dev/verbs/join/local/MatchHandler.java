package dev.verbs.join.local;

/**
 * Takes matches where they are found: the output of a distributed join stays on the host that produced it.
 */
@FunctionalInterface
public interface MatchHandler {
    /**
     * One pair that satisfies the predicate. Called on the joining agent's thread; must not block.
     *
     * @param key        key of the rotating tuple
     * @param rotating   payload of the rotating tuple
     * @param stationary payload of the stationary tuple
     */
    void onMatch(long key, long rotating, long stationary);
}
