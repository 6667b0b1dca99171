package dev.verbs.soft;

import org.agrona.concurrent.NanoClock;

/** A clock that stands still until it is set. Written by one thread at a time, read by any. */
final class VirtualClock implements NanoClock {
    private volatile long now;

    @Override
    public long nanoTime() {
        return now;
    }

    /** Time does not go back. */
    void set(final long time) {
        now = Math.max(now, time);
    }
}
