package dev.verbs.examples.perf;

import dev.verbs.CompletionQueue;
import dev.verbs.WorkCompletions;

/**
 * The sending half of a bandwidth test: keeps each queue pair's send queue full, and takes completions in batches. As in C each
 * completion stands for {@code cqModeration} messages, and the last message of a queue pair is signalled in any case. One thread.
 */
final class Sender {
    private static final int BATCH = 16;

    private final Watch watch;
    private final Stopwatch stopwatch;
    private final Idle idle;
    private final CompletionQueue cq;
    private final WorkCompletions completions;
    private final SendLane[] lanes;
    private final int postList;
    private final int moderation;
    private final boolean peaks;
    private final long total;
    private final long[] posted;
    private final long[] completed;
    private final long gapNs;
    private final int burst;
    private long nextBurst = System.nanoTime();
    private int burstLeft;
    private long allSent;
    private long allDone;
    private long counted;

    /**
     * Prepares the requests.
     *
     * @param end       queue pairs
     * @param size      bytes of a message
     * @param watch     ends all waits
     * @param traffic   how many messages, and how
     * @param posted    takes the time of each post, or of the first one where no peak is wanted
     * @param completed takes the time of each completion, or of the last one
     * @param stopwatch of a timed test, else null
     */
    Sender(final PerfEnd end, final long size, final Watch watch, final PerfConfig.Traffic traffic, final long[] posted,
        final long[] completed, final Stopwatch stopwatch) {
        this.watch = watch;
        this.idle = new Idle(end.channel(), watch);
        this.stopwatch = stopwatch;
        this.posted = posted;
        this.completed = completed;
        this.cq = end.sendCq();
        this.completions = WorkCompletions.allocate(end.arena(), BATCH);
        this.postList = traffic.postList();
        this.moderation = traffic.cqModeration();
        this.peaks = !traffic.noPeak();
        this.gapNs = traffic.rate() == null ? 0 : traffic.rate().gapNs(size);
        this.burst = traffic.rate() == null ? 0 : traffic.rate().burst();
        this.total = traffic.isTimed() ? Long.MAX_VALUE : traffic.total();
        this.lanes = new SendLane[traffic.queuePairs()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new SendLane(end, i, size, traffic);
        }
    }

    /** Sends everything. */
    void run() {
        begin();
        while (!isDone()) {
            post();
            idle.after(reap());
        }
        end();
    }

    /** Sends until the time is over; returns how many messages counted. */
    long runTimed() {
        stopwatch.start();
        while (!stopwatch.isOver()) {
            post();
            idle.after(reap());
        }
        return counted;
    }

    /** The time from which everything counts. */
    void begin() {
        if (!peaks) {
            posted[0] = System.nanoTime();
        }
    }

    /** The time up to which everything counts. */
    void end() {
        if (!peaks) {
            completed[0] = System.nanoTime();
        }
    }

    boolean isDone() {
        return allSent >= total && allDone >= total;
    }

    /** Messages that counted in a timed test. */
    long counted() {
        return counted;
    }

    /** Fills the send queues, as far as the rate allows. */
    void post() {
        if (gapNs > 0) {
            postBurst();
            return;
        }
        for (final SendLane lane : lanes) {
            if (peaks) {
                while (lane.hasRoom()) {
                    post(lane);
                }
            } else {
                allSent += lane.fill();
            }
        }
    }

    /** One burst each time that the gap is over, as far as the send queues have room; what has none follows. */
    private void postBurst() {
        if (burstLeft <= 0) {
            final long now = System.nanoTime();
            if (now - nextBurst < 0) {
                return;
            }
            nextBurst = now + gapNs;
            burstLeft = burst;
        }
        for (final SendLane lane : lanes) {
            while (burstLeft > 0 && lane.hasRoom()) {
                post(lane);
                burstLeft -= postList;
            }
        }
    }

    private void post(final SendLane lane) {
        if (peaks) {
            posted[(int)allSent] = System.nanoTime();
        }
        lane.post();
        allSent += postList;
    }

    /** Takes completions; returns how many. */
    int reap() {
        if (allDone >= total) {
            return 0;
        }
        final int count = cq.poll(completions);
        if (count < 0) {
            throw watch.failed(cq, completions, count);
        }
        for (int i = 0; i < count; i++) {
            if (!completions.isSuccess(i)) {
                throw watch.failed(cq, completions, count);
            }
            complete((int)completions.wrId(i));
        }
        return count;
    }

    private void complete(final int queuePair) {
        lanes[queuePair].completed();
        allDone += moderation;
        if (peaks) {
            completed[(int)Math.min(allDone, total) - 1] = System.nanoTime();
        }
        if (stopwatch != null && stopwatch.isSampling()) {
            counted += moderation;
        }
    }
}
