package dev.verbs.stream;

import java.lang.foreign.MemorySegment;

/**
 * One node's physical slice of a stream, read in batches where it lies. Owned by the agent of that node; nothing here blocks or
 * allocates.
 */
public interface RecordSource {
    /** {@link #poll}: there will never be another record. */
    long END_OF_STREAM = -1;

    /**
     * Offers the records after the last consumed one; asking twice offers the same records again.
     *
     * @param maxRecords at most so many
     * @return how many lie at {@link #offset()}; 0 if none is there now; {@link #END_OF_STREAM}
     */
    long poll(long maxRecords);

    /**
     * Where the offered records lie. They stay untouched until the next {@link #poll} after they were consumed.
     *
     * @return the segment
     */
    MemorySegment segment();

    /**
     * The first offered record.
     *
     * @return an offset into {@link #segment()}
     */
    long offset();

    /**
     * Takes offered records off the stream, from the front.
     *
     * @param records how many, at most what was offered
     */
    void consumed(long records);

    /**
     * The low watermark: no record that is not yet consumed has a smaller event time. Never goes back.
     *
     * @return event time in milliseconds, {@link WindowAssigner#END_OF_TIME} at the end of the stream
     */
    long watermark();
}
