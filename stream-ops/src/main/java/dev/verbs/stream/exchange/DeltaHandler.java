package dev.verbs.stream.exchange;

import java.lang.foreign.MemorySegment;

/** Takes deltas, in the order in which their sender made them, each once. Called by the leader's agent; must not block. */
public interface DeltaHandler {
    /**
     * Takes entries of state.
     *
     * @param segment where they lie, valid during the call
     * @param offset  the first one
     * @param pairs   how many
     */
    void onPairs(MemorySegment segment, long offset, long pairs);

    /**
     * All entries of an epoch of a sender were handed over.
     *
     * @param sender    the executor
     * @param watermark its low watermark at the end of that epoch
     */
    void onEpochEnd(int sender, long watermark);
}
