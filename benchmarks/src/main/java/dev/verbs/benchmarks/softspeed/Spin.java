package dev.verbs.benchmarks.softspeed;

/** Waits as a poller does, but gives the processor away when the other thread obviously has none. One thread. */
final class Spin {
    /** Far longer than any answer takes: about a tenth of a millisecond. */
    private static final int PATIENCE = 4000;

    private int spins;

    void once() {
        if (++spins < PATIENCE) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    /** What was waited for has come. */
    void end() {
        spins = 0;
    }
}
