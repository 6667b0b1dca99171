package dev.verbs.soft;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What the connection manager does when the time is over. Guarded by the {@link CmAddressSpace}'s monitor. */
final class CmTimers {
    private static final long NEVER = Long.MAX_VALUE;

    private record Timer(long deadlineNs, Runnable action) {
    }

    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::deadlineNs));
    /** The earliest deadline; written under the monitor, read by any thread that drives the device. */
    private volatile long next = NEVER;

    /** Runs something later; it has to see by itself whether it is still wanted. */
    void schedule(final long deadlineNs, final Runnable action) {
        timers.add(new Timer(deadlineNs, action));
        next = timers.element().deadlineNs();
    }

    boolean isDue(final long now) {
        final long earliest = next;
        return earliest != NEVER && now - earliest >= 0;
    }

    void run(final long now) {
        while (!timers.isEmpty() && now - timers.element().deadlineNs() >= 0) {
            timers.remove().action().run();
        }
        next = timers.isEmpty() ? NEVER : timers.element().deadlineNs();
    }
}
