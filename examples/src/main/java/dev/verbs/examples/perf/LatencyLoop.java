package dev.verbs.examples.perf;

/**
 * A latency test, one message at a time. Each step is a method of its own that is called once per message: so the warm-up compiles
 * the very code that is measured, and does so early.
 */
abstract class LatencyLoop {
    private final long[] times;
    private final Stopwatch stopwatch;
    private final Pause pause;

    /**
     * A loop.
     *
     * @param times     takes the time of each post; null in a timed test
     * @param stopwatch of a timed test, else null
     * @param gapNs     pause before each message
     */
    LatencyLoop(final long[] times, final Stopwatch stopwatch, final long gapNs) {
        this.times = times;
        this.stopwatch = stopwatch;
        this.pause = gapNs > 0 ? new Pause(gapNs) : null;
    }

    /** Sends a number of messages, and waits for as many if the peer sends. */
    abstract void run(long iterations);

    /** Sends messages until the time is over; returns how many counted. */
    abstract long runTimed();

    /** The pause before a message. */
    final void pause() {
        if (pause != null) {
            pause.pause();
        }
    }

    /**
     * The time stamp of a message, right after its post: reading the clock costs a JVM more than twice what C's time stamp counter
     * does, and here it delays nothing, because the message is on its way. As in C one round lies between two stamps.
     */
    final void stamp(final long number) {
        if (times != null) {
            times[(int)number] = System.nanoTime();
        }
    }

    final Stopwatch stopwatch() {
        return stopwatch;
    }

    /** Spins: what sleeps wakes up too late. */
    private record Pause(long ns) {
        void pause() {
            final long until = System.nanoTime() + ns;
            while (until - System.nanoTime() > 0) {
                Thread.onSpinWait();
            }
        }
    }
}
