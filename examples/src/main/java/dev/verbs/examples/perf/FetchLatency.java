package dev.verbs.examples.perf;

import dev.verbs.QueuePair;
import dev.verbs.SendRequests;

/** {@code read_lat} and {@code atomic_lat}: the client alone fetches, from memory of a server that only waits. */
final class FetchLatency extends LatencyLoop {
    private final QueuePair qp;
    private final SendRequests request;
    private final CqWait fetched;

    /**
     * A loop.
     *
     * @param end       queue pair
     * @param size      bytes of a message
     * @param watch     ends all waits
     * @param times     takes a time stamp of each post; null in a timed test
     * @param stopwatch of a timed test, else null
     */
    FetchLatency(final PerfEnd end, final long size, final Watch watch, final long[] times, final Stopwatch stopwatch) {
        super(times, stopwatch, end.config().traffic().gapNs());
        this.qp = end.queuePair(0);
        this.request = end.requests(0, size);
        this.fetched = end.sendWait(watch);
    }

    @Override
    void run(final long iterations) {
        for (long number = 0; number < iterations; number++) {
            step(number);
        }
    }

    @Override
    long runTimed() {
        stopwatch().start();
        long counted = 0;
        for (long number = 0; !stopwatch().isOver(); number++) {
            counted += step(number) && stopwatch().isSampling() ? 1 : 0;
        }
        return counted;
    }

    private boolean step(final long number) {
        pause();
        Watch.post(qp, request);
        stamp(number);
        return fetched.await();
    }
}
