package dev.verbs.spi;

/** Counts what a queue pair's own receive queue has in flight: each receive is reclaimed by its completion. */
final class ReceiveQueueTracker implements ReceiveTracker {
    /** Written by the poster of receives only. */
    private final SingleWriterCounter posted = new SingleWriterCounter();
    /** Written by the poller of the receive CQ only. */
    private final SingleWriterCounter completed = new SingleWriterCounter();

    /** By the poster, before the list is handed to the device. */
    @Override
    public void record(final int count) {
        posted.set(posted.own() + count);
    }

    /** By the poster: the device did not accept the last {@code count}. */
    @Override
    public void takeBack(final int count) {
        posted.set(posted.own() - count);
    }

    /** By the poller. */
    void completed(final int count) {
        completed.set(completed.own() + count);
    }

    /** Any thread. What is done is read first: never too low. */
    long inFlight() {
        final long done = completed.get();
        return posted.get() - done;
    }

    /** After a reset of the queue pair: nothing is in flight. */
    void clear() {
        completed.set(posted.get());
    }
}
