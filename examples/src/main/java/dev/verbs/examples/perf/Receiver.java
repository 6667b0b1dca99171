package dev.verbs.examples.perf;

import dev.verbs.CompletionQueue;
import dev.verbs.WorkCompletions;
import java.util.Arrays;

/** The receiving half of {@code send_bw}: takes completions in batches and posts receives again. One thread. */
final class Receiver {
    private static final int BATCH = 16;

    private final PerfEnd end;
    private final Receives receives;
    private final Watch watch;
    private final Stopwatch stopwatch;
    private final Idle idle;
    private final CompletionQueue cq;
    private final WorkCompletions completions;
    private final int listLength;
    private final long iterations;
    private final long total;
    private final int[] unused;
    private final long[] posted;
    private long received;
    private long counted;
    private long began;

    /**
     * A receiver.
     *
     * @param end       queue pairs
     * @param receives  receives that are posted
     * @param watch     ends all waits
     * @param stopwatch of a timed test, else null
     */
    Receiver(final PerfEnd end, final Receives receives, final Watch watch, final Stopwatch stopwatch) {
        final PerfConfig.Traffic traffic = end.config().traffic();
        this.end = end;
        this.receives = receives;
        this.watch = watch;
        this.idle = new Idle(end.channel(), watch);
        this.stopwatch = stopwatch;
        this.cq = end.receiveCq();
        this.completions = WorkCompletions.allocate(end.arena(), BATCH);
        this.listLength = traffic.receiveList();
        this.iterations = traffic.isTimed() ? Long.MAX_VALUE : traffic.iterations();
        this.total = traffic.isTimed() ? Long.MAX_VALUE : traffic.total();
        this.unused = new int[traffic.queuePairs()];
        this.posted = new long[traffic.queuePairs()];
        Arrays.fill(posted, receives.filled());
    }

    /** Receives everything; returns the nanoseconds from the first message to the last. */
    long run() {
        while (!isDone()) {
            idle.after(reap());
        }
        return System.nanoTime() - began;
    }

    /** Receives until the time is over; returns how many messages counted. */
    long runTimed() {
        while (!stopwatch.isOver()) {
            idle.after(reap());
        }
        return counted;
    }

    boolean isDone() {
        return received >= total;
    }

    /** Whether a message has come. */
    boolean hasBegun() {
        return received > 0;
    }

    /** Messages that counted in a timed test. */
    long counted() {
        return counted;
    }

    /** Takes completions; returns how many. */
    int reap() {
        final int count = cq.poll(completions);
        if (count < 0) {
            throw watch.failed(cq, completions, count);
        }
        if (count > 0 && received == 0) {
            first();
        }
        for (int i = 0; i < count; i++) {
            if (!completions.isSuccess(i)) {
                throw watch.failed(cq, completions, count);
            }
            take((int)completions.wrId(i));
        }
        return count;
    }

    private void first() {
        began = System.nanoTime();
        if (stopwatch != null) {
            stopwatch.start();
        }
    }

    private void take(final int queuePair) {
        received++;
        if (stopwatch != null && stopwatch.isSampling()) {
            counted++;
        }
        if (++unused[queuePair] >= listLength && posted[queuePair] + listLength <= iterations) {
            receives.again(queuePair);
            unused[queuePair] -= listLength;
            posted[queuePair] += listLength;
        }
    }
}
