package dev.verbs.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts what a queue pair's own receive queue has in flight: each receive is reclaimed by its completion. Two fields of one object: the
 * poller of sends looks at them, too, and each reference on the way would cost it a load that waits for another.
 */
final class ReceiveQueueTracker implements ReceiveTracker {
    private static final VarHandle POSTED;
    private static final VarHandle COMPLETED;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            POSTED = lookup.findVarHandle(ReceiveQueueTracker.class, "posted", long.class);
            COMPLETED = lookup.findVarHandle(ReceiveQueueTracker.class, "completed", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Written by the poster of receives only. */
    private long posted;
    /** Written by the poller of the receive CQ only. */
    private long completed;

    /** By the poster, before the list is handed to the device. */
    @Override
    public void record(final int count) {
        POSTED.setRelease(this, posted + count); // pairs with inFlight
    }

    /** By the poster: the device did not accept the last {@code count}. */
    @Override
    public void takeBack(final int count) {
        POSTED.setRelease(this, posted - count);
    }

    /** By the poller. */
    void completed(final int count) {
        COMPLETED.setRelease(this, completed + count); // pairs with inFlight
    }

    /** Any thread. What is done is read first: never too low. */
    long inFlight() {
        final long done = (long)COMPLETED.getAcquire(this);
        return (long)POSTED.getAcquire(this) - done;
    }

    /** After a reset of the queue pair: nothing is in flight. */
    void clear() {
        COMPLETED.setRelease(this, (long)POSTED.getAcquire(this));
    }
}
