package dev.verbs.join;

import dev.verbs.transport.ring.RingConfig;
import java.util.Objects;

/**
 * What a cyclo-join is made of; the same on all hosts but for the capacities.
 *
 * @param ring               hosts, elements and their size
 * @param relationId         the rotating relation; a fragment of another one is an error
 * @param rotatingCapacity   most tuples of a host's piece of the rotating relation
 * @param stationaryCapacity most tuples of a host's piece of the stationary relation
 * @param probeTuples        tuples that one duty cycle joins, so that the ring keeps turning when one thread does both
 * @param deadlineNs         how long one revolution may take, nanoseconds
 */
public record CycloJoinConfig(RingConfig ring, int relationId, long rotatingCapacity, long stationaryCapacity, int probeTuples,
    long deadlineNs) {
    /** Checks the ranges. */
    public CycloJoinConfig {
        Objects.requireNonNull(ring, "ring");
        atLeast("rotatingCapacity", rotatingCapacity, 0);
        atLeast("stationaryCapacity", stationaryCapacity, 0);
        atLeast("probeTuples", probeTuples, 1);
        atLeast("deadlineNs", deadlineNs, 1);
    }

    /**
     * Defaults: relation 1, 8,192 tuples per duty cycle, 60 s per revolution.
     *
     * @param ring               hosts, elements and their size
     * @param rotatingCapacity   most tuples of a host's piece of the rotating relation
     * @param stationaryCapacity most tuples of a host's piece of the stationary relation
     * @return the configuration
     */
    public static CycloJoinConfig of(final RingConfig ring, final long rotatingCapacity, final long stationaryCapacity) {
        return new CycloJoinConfig(ring, 1, rotatingCapacity, stationaryCapacity, 8192, 60_000_000_000L);
    }

    /**
     * The same with another deadline.
     *
     * @param ns how long one revolution may take, nanoseconds
     * @return the changed copy
     */
    public CycloJoinConfig withDeadline(final long ns) {
        return new CycloJoinConfig(ring, relationId, rotatingCapacity, stationaryCapacity, probeTuples, ns);
    }

    /**
     * The same with another step.
     *
     * @param tuples tuples that one duty cycle joins
     * @return the changed copy
     */
    public CycloJoinConfig withProbeTuples(final int tuples) {
        return new CycloJoinConfig(ring, relationId, rotatingCapacity, stationaryCapacity, tuples, deadlineNs);
    }

    private static void atLeast(final String name, final long value, final long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + " is less than " + least);
        }
    }
}
