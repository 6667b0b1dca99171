package dev.verbs.benchmarks.compare;

import java.time.Duration;

/** A moment after which nobody waits. */
final class Deadline {
    private final Duration length;
    private final long atNs;

    private Deadline(final Duration length) {
        this.length = length;
        this.atNs = System.nanoTime() + length.toNanos();
    }

    static Deadline in(final Duration length) {
        return new Deadline(length);
    }

    long remainingNs() {
        return atNs - System.nanoTime();
    }

    void check() throws MeasurementException {
        if (remainingNs() < 0) {
            throw new MeasurementException("not done within " + this);
        }
    }

    @Override
    public String toString() {
        return length.toMillis() / 1000.0 + " s";
    }
}
