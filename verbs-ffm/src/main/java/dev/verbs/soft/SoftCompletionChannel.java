package dev.verbs.soft;

import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.spi.AbstractResource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Announcements of completion queues, oldest first. Who waits here also drives the device's timers. */
final class SoftCompletionChannel extends AbstractResource implements CompletionChannel {
    private final SoftContext context;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition announced = lock.newCondition();
    /** Under the lock. */
    private final ArrayDeque<CompletionQueue> events = new ArrayDeque<>();
    /** Under the lock. */
    private boolean closed;

    SoftCompletionChannel(final SoftContext context) {
        super(context);
        this.context = context;
    }

    @Override
    public Context context() {
        return context;
    }

    void announce(final SoftCompletionQueue queue) {
        lock.lock();
        try {
            events.add(queue);
            announced.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The queue is closed: its announcements count as acknowledged. */
    void forget(final SoftCompletionQueue queue) {
        lock.lock();
        try {
            events.removeIf(event -> event == queue);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionQueue await(final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            context.fabric().drive();
            lock.lock();
            try {
                if (closed) {
                    throw new VerbsException("ibv_get_cq_event", Errno.EBADF, describe() + " is closed");
                }
                final long left = deadline - System.nanoTime();
                if (events.isEmpty() && left > 0) {
                    announced.awaitNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(SoftFabric.DRIVE_MS)));
                }
                final CompletionQueue event = events.poll();
                if (event != null || left <= 0) {
                    return event;
                }
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new VerbsException("ibv_get_cq_event", Errno.EINTR, "interrupted while waiting");
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public String describe() {
        return "completion channel";
    }

    @Override
    protected String closeVerb() {
        return "ibv_destroy_comp_channel";
    }

    @Override
    protected void release() {
        lock.lock();
        try {
            closed = true;
            announced.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
