package dev.verbs.stream.exchange;

import dev.verbs.stream.state.StateTable;

/**
 * How the executors of a query hand each other their deltas: each delta is delivered once, in the order of its sender's epochs.
 *
 * <p>Owned by one agent, which calls it in its duty cycle; nothing here blocks. What breaks the exchange (a lost peer, a gap, a
 * pair too few) ends the run with a {@link dev.verbs.stream.StreamException}. Upfront repartitioning would be a second
 * implementation, over the same channels, that ships records instead of state.
 */
public interface Exchange extends AutoCloseable {
    /**
     * Starts to ship the deltas of a closed epoch, one to every other executor (an empty one too: it carries the watermark).
     *
     * @param closed      the region, untouched until {@link #isShipping()} says false
     * @param epoch       its number
     * @param watermark   the low watermark at its end
     * @param endOfStream whether it is the last one
     */
    void begin(StateTable closed, long epoch, long watermark, boolean endOfStream);

    /**
     * Whether a region is still being read.
     *
     * @return true from {@link #begin} until the last of its entries was handed to the channels
     */
    boolean isShipping();

    /**
     * Ships as much as there is credit for, and does the channels' own work.
     *
     * @return how much was done
     */
    int send();

    /**
     * Takes in what has arrived.
     *
     * @param handler who merges it
     * @param limit   at most so many buffers per peer
     * @return how many buffers were taken
     */
    int receive(DeltaHandler handler, int limit);

    /**
     * Whether everything has been said: all that was shipped has arrived, and every other executor's stream has ended.
     *
     * @return true if the exchange may be closed without loss
     */
    boolean isComplete();

    /**
     * Buffers that were shipped.
     *
     * @return the count
     */
    long buffersSent();

    /**
     * Bytes that were shipped, headers included.
     *
     * @return the count
     */
    long bytesSent();

    /** Gives the channels back. */
    @Override
    void close();
}
