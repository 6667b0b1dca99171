package dev.verbs.spi;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what a shared receive queue has in flight. Several threads post, and the pollers of several completion queues give
 * back: one atomic addition per list, and one per poll.
 */
final class SharedReceiveTracker implements ReceiveTracker {
    private final AtomicLong posted = new AtomicLong();
    private final AtomicLong completed = new AtomicLong();

    /** Before a list is handed to the device. */
    @Override
    public void record(final int count) {
        posted.getAndAdd(count);
    }

    /** The device did not accept {@code count} of what was recorded. */
    @Override
    public void takeBack(final int count) {
        posted.getAndAdd(-count);
    }

    /** Completions of receives were polled. */
    void completed(final int count) {
        completed.getAndAdd(count);
    }

    /** What is done is read first: never too low. */
    long inFlight() {
        final long done = completed.get();
        return posted.get() - done;
    }
}
