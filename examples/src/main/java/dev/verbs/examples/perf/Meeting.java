package dev.verbs.examples.perf;

import dev.verbs.Context;

/** How one end finds the other. One thread. */
interface Meeting extends AutoCloseable {
    /**
     * Waits for a client, or connects to the server.
     *
     * @param context the opened device
     * @param path    way to the peer
     * @return what to talk over
     */
    Wire open(Context context, PerfPath path);

    /**
     * Connects the queue pairs of a test by other means than their keys; only where the options say so.
     *
     * @param end      queue pairs in RESET
     * @param exchange for barriers
     */
    default void connect(final PerfEnd end, final Exchange exchange) {
        throw new UnsupportedOperationException("the queue pairs are connected by their keys");
    }

    @Override
    default void close() {
        // nothing is kept
    }
}
