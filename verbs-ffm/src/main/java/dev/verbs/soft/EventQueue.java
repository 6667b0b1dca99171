package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Events that somebody waits for, oldest first. Any thread. Who waits here also drives the device's timers.
 *
 * @param <T> the kind of event
 */
final class EventQueue<T> {
    /** How long a waiter sleeps at most before it steps the device again: while requests wait, and otherwise. */
    private static final long BUSY_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SHORTEST_NS = TimeUnit.MICROSECONDS.toNanos(5);
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final SoftFabric fabric;
    private final String owner;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    /** Under the lock. */
    private final ArrayDeque<T> events = new ArrayDeque<>();
    /** Under the lock. */
    private boolean closed;
    /** Events that found no place; under the lock. */
    private long lost;

    EventQueue(final SoftFabric fabric) {
        this(fabric, "the channel", Integer.MAX_VALUE);
    }

    /** The owner, for messages, and how many events wait at most: newer ones are dropped and counted. */
    EventQueue(final SoftFabric fabric, final String owner, final int capacity) {
        this.fabric = fabric;
        this.owner = owner;
        this.capacity = capacity;
    }

    void add(final T event) {
        lock.lock();
        try {
            if (events.size() >= capacity) {
                lost++;
                return;
            }
            events.add(event);
            added.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes events out that nobody has seen. */
    List<T> remove(final Predicate<T> which) {
        final List<T> removed = new ArrayList<>();
        lock.lock();
        try {
            events.stream().filter(which).forEach(removed::add);
            events.removeAll(removed);
        } finally {
            lock.unlock();
        }
        return removed;
    }

    /** Events dropped since the last call. */
    long takeLost() {
        lock.lock();
        try {
            final long count = lost;
            lost = 0;
            return count;
        } finally {
            lock.unlock();
        }
    }

    long count(final Predicate<T> which) {
        lock.lock();
        try {
            return events.stream().filter(which).count();
        } finally {
            lock.unlock();
        }
    }

    /** The next event, null when the time is over. */
    T await(final Duration timeout, final String verb) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            fabric.drive();
            lock.lock();
            try {
                if (closed) {
                    throw new VerbsException(verb, Errno.EBADF, owner + " is closed");
                }
                final long left = deadline - System.nanoTime();
                if (events.isEmpty() && left > 0) {
                    added.awaitNanos(Math.min(left, pause()));
                }
                final T event = events.poll();
                if (event != null || left <= 0) {
                    return event;
                }
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new VerbsException(verb, Errno.EINTR, "interrupted while waiting");
            } finally {
                lock.unlock();
            }
        }
    }

    /** Until the device has to be stepped: others may make it do something sooner. */
    private long pause() {
        final long most = fabric.hasPending() ? BUSY_NS : IDLE_NS;
        final long next = fabric.nextDue();
        return next == Timeline.NEVER ? most : Math.clamp(next - fabric.nanoTime(), SHORTEST_NS, most);
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
