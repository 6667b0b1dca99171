package dev.verbs.stream.state;

import dev.verbs.stream.WindowResultHandler;
import java.lang.foreign.MemorySegment;

/**
 * The inner loops of one query. Stateless: one kernel serves any number of agents; called once per batch, so that the call may
 * be megamorphic while the loops inside are not.
 */
public interface OperatorKernel {
    /**
     * Filters records, assigns windows and updates partial state.
     *
     * @param records where they lie
     * @param offset  the first one
     * @param count   how many
     * @param state   what to update
     * @return how many were consumed; fewer than {@code count} if a partition is full: close the epoch, then go on
     */
    long aggregate(MemorySegment records, long offset, long count, PartialState state);

    /**
     * Merges entries into windows.
     *
     * @param entries where they lie
     * @param offset  the first one
     * @param count   how many
     * @param windows what to update
     */
    void merge(MemorySegment entries, long offset, long count, WindowStore windows);

    /**
     * Hands out the results of one window.
     *
     * @param table       its entries
     * @param windowStart its start
     * @param handler     who takes them
     */
    void emit(StateTable table, long windowStart, WindowResultHandler handler);
}
