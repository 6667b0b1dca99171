package dev.verbs.examples.perf;

import java.time.Duration;

/** How two ends talk beside what they measure. One thread. */
interface Wire extends AutoCloseable {
    /** Whether keys go as a structure, as perftest does over a queue pair. */
    boolean isBinary();

    /** Sends a message as a whole. */
    void send(byte[] message);

    /**
     * Waits for a message of a known length.
     *
     * @param length  bytes
     * @param timeout how long to wait
     * @return the message
     * @throws dev.verbs.examples.CommandFailure when the time is over, or the peer is gone
     */
    byte[] receive(int length, Duration timeout);

    /** Whether the peer has ended the conversation. Looks only. */
    boolean isGone();

    @Override
    void close();
}
