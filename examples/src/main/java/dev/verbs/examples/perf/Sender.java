package dev.verbs.examples.perf;

import dev.verbs.CompletionQueue;
import dev.verbs.QueuePair;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WorkCompletions;
import dev.verbs.examples.perf.Exchange.Cycle;
import dev.verbs.examples.perf.PerfTool.Operation;

/**
 * The sending half of a bandwidth test: keeps each queue pair's send queue full, and takes completions in batches. As in C each
 * completion stands for {@code cqModeration} messages, and the last message of a queue pair is signalled in any case. One thread.
 */
final class Sender {
    private static final int BATCH = 16;

    private final PerfEnd end;
    private final Watch watch;
    private final Stopwatch stopwatch;
    private final Idle idle;
    private final CompletionQueue cq;
    private final WorkCompletions completions;
    private final QueuePair[] queuePairs;
    private final SendRequests[] requests;
    private final long[] sent;
    private final long[] done;
    private final int[] unsignaled;
    private final int[] slot;
    private final long[] locals;
    private final long[] remotes;
    private final int depth;
    private final int postList;
    private final int moderation;
    private final boolean peaks;
    private final int plainFlags;
    private final long size;
    private final long step;
    private final int slots;
    private final boolean remote;
    private final boolean atomic;
    private final long addend;
    private final long iterations;
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
        final Cycle cycle = end.buffers().cycle();
        this.end = end;
        this.watch = watch;
        this.idle = new Idle(end.channel(), watch);
        this.stopwatch = stopwatch;
        this.posted = posted;
        this.completed = completed;
        this.size = size;
        this.cq = end.sendCq();
        this.completions = WorkCompletions.allocate(end.arena(), BATCH);
        this.depth = traffic.txDepth();
        this.postList = traffic.postList();
        this.moderation = traffic.cqModeration();
        this.peaks = !traffic.noPeak();
        this.gapNs = traffic.rate() == null ? 0 : traffic.rate().gapNs(size);
        this.burst = traffic.rate() == null ? 0 : traffic.rate().burst();
        this.step = cycle.step(size);
        this.slots = postList == 1 ? cycle.slots(size) : 1;
        this.atomic = end.config().tool().operation() == Operation.ATOMIC;
        this.addend = traffic.swap() ? 0 : PerfEnd.ATOMIC_ADD;
        this.remote = end.config().tool().operation() != Operation.SEND;
        this.iterations = traffic.isTimed() ? Long.MAX_VALUE : traffic.iterations();
        this.total = traffic.isTimed() ? Long.MAX_VALUE : traffic.total();
        final int count = traffic.queuePairs();
        this.queuePairs = new QueuePair[count];
        this.requests = new SendRequests[count];
        this.sent = new long[count];
        this.done = new long[count];
        this.unsignaled = new int[count];
        this.slot = new int[count];
        this.locals = new long[count];
        this.remotes = new long[count];
        for (int i = 0; i < count; i++) {
            queuePairs[i] = end.queuePair(i);
            requests[i] = end.requests(i, size);
            locals[i] = end.buffers().sendAddress(i);
            remotes[i] = remote ? end.peer(i).address() : 0;
        }
        final boolean inline = !end.config().tool().operation().fetches() && size <= traffic.inline();
        this.plainFlags = inline ? SendFlags.INLINE : 0;
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
        for (int i = 0; i < queuePairs.length; i++) {
            final long until = limit(i);
            for (long next = sent[i]; next < until; next += postList) {
                post(i, next);
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
        for (int i = 0; i < queuePairs.length; i++) {
            final long until = limit(i);
            while (burstLeft > 0 && sent[i] < until) {
                post(i, sent[i]);
                burstLeft -= postList;
            }
        }
    }

    /** The first message that must not be posted now: the send queue has no room for it, or it is one too many. */
    private long limit(final int i) {
        return Math.min(iterations, done[i] + depth - postList + 1);
    }

    private void post(final int i, final long number) {
        final SendRequests list = requests[i];
        final boolean marked = postList == 1 && moderation > 1 && mark(i, number);
        if (marked) {
            list.flags(0, plainFlags | SendFlags.SIGNALED);
        }
        if (peaks) {
            posted[(int)allSent] = System.nanoTime();
        }
        Watch.post(queuePairs[i], list);
        if (marked) {
            list.flags(0, plainFlags);
        }
        if (slots > 1) {
            advance(i, list);
        }
        sent[i] = number + postList;
        allSent += postList;
    }

    /** Whether the next message asks for a completion. */
    private boolean mark(final int i, final long number) {
        if (++unsignaled[i] == moderation) {
            unsignaled[i] = 0;
            return true;
        }
        return number == iterations - 1;
    }

    /** The next message uses the next line of the page. */
    private void advance(final int i, final SendRequests list) {
        slot[i] = slot[i] + 1 < slots ? slot[i] + 1 : 0;
        final long offset = slot[i] * step;
        final long from = locals[i] + offset;
        if (remote && !atomic) {
            list.patch(0, i, from, size, remotes[i] + offset);
            return;
        }
        list.patch(0, i, from, size);
        if (atomic) {
            list.atomic(0, remotes[i] + offset, end.peer(i).rkey(), addend, 0);
        }
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
        done[queuePair] += moderation;
        allDone += moderation;
        if (peaks) {
            completed[(int)Math.min(allDone, total) - 1] = System.nanoTime();
        }
        if (stopwatch != null && stopwatch.isSampling()) {
            counted += moderation;
        }
    }
}
