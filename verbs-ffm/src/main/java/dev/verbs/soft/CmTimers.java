package dev.verbs.soft;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What the connection manager does when the time is over. Guarded by the {@link CmAddressSpace}'s monitor. */
final class CmTimers {
    private static final long NEVER = Timeline.NEVER;

    private record Timer(long deadlineNs, long order, Runnable action) {
    }

    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::deadlineNs)
        .thenComparingLong(Timer::order));
    private long count;
    /** Counts one reason while there is a timer. */
    private final Attention attention;
    /** The earliest deadline; written under the monitor, read by any thread that drives the device. */
    private volatile long next = NEVER;

    CmTimers(final Attention attention) {
        this.attention = attention;
    }

    /** Runs something later; it has to see by itself whether it is still wanted. */
    void schedule(final long deadlineNs, final Runnable action) {
        timers.add(new Timer(deadlineNs, count++, action));
        if (next == NEVER) {
            attention.add(1);
        }
        next = timers.element().deadlineNs();
    }

    /** The earliest deadline, {@link Timeline#NEVER} if there is none. */
    long next() {
        return next;
    }

    boolean isDue(final long now) {
        final long earliest = next;
        return earliest != NEVER && now - earliest >= 0;
    }

    /** Whether there is one at all; any thread. */
    boolean isEmpty() {
        return next == NEVER;
    }

    void run(final long now) {
        while (!timers.isEmpty() && now - timers.element().deadlineNs() >= 0) {
            timers.remove().action().run();
        }
        if (!timers.isEmpty()) {
            next = timers.element().deadlineNs();
        } else if (next != NEVER) {
            next = NEVER;
            attention.add(-1);
        }
    }
}
