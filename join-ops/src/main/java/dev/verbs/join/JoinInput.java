package dev.verbs.join;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * One host's pieces of both relations. Tuples lie as {@link dev.verbs.join.fragment.TupleDescriptor} says; any native or
 * heap memory that may be read by the thread of the join. It is read while a join prepares, not changed, and free
 * afterwards.
 *
 * @param rotating         the piece of the relation that goes round; the smaller relation, as a rule
 * @param rotatingTuples   how many
 * @param stationary       the piece of the relation that stays
 * @param stationaryTuples how many
 */
public record JoinInput(MemorySegment rotating, long rotatingTuples, MemorySegment stationary, long stationaryTuples) {
    /** Checks that both are there. */
    public JoinInput {
        Objects.requireNonNull(rotating, "rotating");
        Objects.requireNonNull(stationary, "stationary");
    }
}
