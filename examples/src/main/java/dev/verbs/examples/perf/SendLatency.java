package dev.verbs.examples.perf;

import dev.verbs.QueuePair;
import dev.verbs.SendRequests;

/** {@code send_lat}: each end sends when the other's message has arrived. The client begins. */
final class SendLatency extends LatencyLoop {
    private final QueuePair qp;
    private final SendRequests request;
    private final CqWait sent;
    private final CqWait received;
    private final Receives receives;
    private final boolean begins;

    /**
     * A loop.
     *
     * @param end       queue pair
     * @param size      bytes of a message
     * @param receives  receives that are posted
     * @param begins    whether this end sends first
     * @param watch     ends all waits
     * @param times     takes a time stamp of each post; null in a timed test
     * @param stopwatch of a timed test, else null
     */
    SendLatency(final PerfEnd end, final long size, final Receives receives, final boolean begins, final Watch watch,
        final long[] times, final Stopwatch stopwatch) {
        super(times, stopwatch, end.config().traffic().gapNs());
        this.qp = end.queuePair(0);
        this.request = end.requests(0, size);
        this.sent = end.sendWait(watch);
        this.received = end.receiveWait(watch);
        this.receives = receives;
        this.begins = begins;
    }

    /** As many receives are posted as messages will come, and no more: none is left for the next size. */
    @Override
    void run(final long iterations) {
        final long posted = receives.filled();
        for (long number = 0; number < iterations; number++) {
            step(number, number + (begins ? 0 : 1) + posted <= iterations);
        }
        if (begins) {
            received.await();
        }
    }

    @Override
    long runTimed() {
        long counted = 0;
        for (long number = 0; !stopwatch().isOver(); number++) {
            counted += step(number, true) && stopwatch().isSampling() ? 1 : 0;
        }
        return counted;
    }

    private boolean step(final long number, final boolean more) {
        if (number > 0 || !begins) {
            if (!received.await()) {
                return false;
            }
            if (stopwatch() != null) {
                stopwatch().start(); // with the first message that comes, as in C
            }
            if (more) {
                receives.again(0);
            }
        }
        pause();
        Watch.post(qp, request);
        stamp(number);
        return sent.await();
    }
}
