package dev.verbs.cm;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shares one event channel between the waiters of many ids: whoever waits reads the channel, and keeps events of others for
 * them. Any thread; virtual threads welcome.
 */
final class CmEventPump {
    /** How long one waiter reads the channel before another may, and the grain of deadlines. */
    private static final long SLICE_MS = 20;

    /** How long a close waits for those that it woke. */
    private static final long CLOSE_NS = 2_000_000_000;

    private final CmEventChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<CmId, Deque<CmEvent>> kept = new IdentityHashMap<>();
    private boolean reading;
    /** Threads that wait, or use what they waited for; a close waits until there is none. */
    private int inside;
    private boolean closed;

    CmEventPump(final CmEventChannel channel) {
        this.channel = channel;
    }

    /** The next event of an id (of a listener: its connection requests), null when the time is over. */
    CmEvent await(final CmId id, final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        boolean looked = false; // a time of 0 looks once
        lock.lock();
        inside++;
        try {
            while (true) {
                requireOpen();
                final Deque<CmEvent> mine = kept.get(id);
                if (mine != null && !mine.isEmpty()) {
                    return mine.poll();
                }
                final long left = deadline - System.nanoTime();
                if (left <= 0 && looked) {
                    return null;
                }
                looked = true;
                step(Math.clamp(left, 0, SLICE_MS * 1_000_000));
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerbsException("rdma_get_cm_event", Errno.EINTR, "interrupted while waiting");
        } finally {
            inside--;
            changed.signalAll();
            lock.unlock();
        }
    }

    /** From here to {@link #exit} a close waits for this thread. */
    void enter() {
        lock.lock();
        try {
            requireOpen();
            inside++;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new VerbsException("rdma_get_cm_event", Errno.EBADF, "the listener or endpoint was closed");
        }
    }

    void exit() {
        lock.lock();
        try {
            inside--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes who waits, and waits until they are gone; false if one is still there. */
    boolean close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            final long deadline = System.nanoTime() + CLOSE_NS;
            while (inside > 0 && System.nanoTime() < deadline) {
                changed.awaitNanos(SLICE_MS * 1_000_000);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return isIdle();
    }

    private boolean isIdle() {
        lock.lock();
        try {
            return inside == 0;
        } finally {
            lock.unlock();
        }
    }

    void open() {
        lock.lock();
        try {
            closed = false;
        } finally {
            lock.unlock();
        }
    }

    private void step(final long nanos) throws InterruptedException {
        if (reading) {
            changed.awaitNanos(nanos);
            return;
        }
        reading = true;
        CmEvent event = null;
        lock.unlock();
        try {
            event = channel.await(Duration.ofNanos(nanos));
        } finally {
            lock.lock();
            reading = false;
            if (event != null) {
                keep(event);
            }
            changed.signalAll();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void keep(final CmEvent event) {
        final CmId owner = event.listener() != null ? event.listener() : event.id();
        if (owner == null || !owner.isOpen()) {
            drop(event);
            return;
        }
        kept.computeIfAbsent(owner, key -> new ArrayDeque<>()).add(event);
    }

    /** An event that nobody waits for any more: a connection request is refused with it. */
    private static void drop(final CmEvent event) {
        if (event.type() == CmEventType.CONNECT_REQUEST) {
            event.id().close();
        }
    }

    /** Forgets an id that was closed, and refuses the connection requests that nobody took. */
    void forget(final CmId id) {
        lock.lock();
        try {
            final Deque<CmEvent> left = kept.remove(id);
            if (left != null) {
                left.forEach(CmEventPump::drop);
            }
        } finally {
            lock.unlock();
        }
    }
}
