package dev.verbs.spi;

import java.util.concurrent.atomic.AtomicInteger;

/** Keeps a native object alive while any number of threads are in calls on it: two atomic additions per call. */
final class SharedGate {
    private static final int SHUT = Integer.MIN_VALUE;

    /** Callers inside, plus {@link #SHUT} when it is shut. */
    private final AtomicInteger state = new AtomicInteger();

    /** Whether the call may begin: then {@link #leave} must follow. */
    boolean enter() {
        if (state.getAndIncrement() >= 0) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        state.getAndDecrement();
    }

    /** Shuts it if nobody is inside. */
    boolean tryShut() {
        return state.compareAndSet(0, SHUT);
    }

    /** No call begins any more; returns when none is under way. */
    void shut() {
        state.getAndAdd(SHUT);
        while (state.get() != SHUT) {
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    void open() {
        state.getAndAdd(SHUT); // twice the smallest number is 0
    }
}
