package dev.verbs.examples.perf;

import dev.verbs.CompletionQueue;
import dev.verbs.QueuePair;
import dev.verbs.SendRequests;
import dev.verbs.WorkCompletions;
import dev.verbs.WorkRequests;
import dev.verbs.examples.CommandFailure;
import java.time.Duration;

/**
 * Ends every wait of a test: after the deadline, when the peer is gone, when a timed test is over, or when the thread is
 * interrupted. A waiting loop counts its empty polls and asks here at each 64th, so that a poll costs nothing on top. One
 * thread.
 *
 * <p>There the processor is told that the loop spins: that costs a poll in 64 a little, gives the other hardware thread its turn, and
 * in an emulated machine the other processor, which else waits for milliseconds. C does not; {@code --no-spin-hints} does as C.
 */
final class Watch {
    /** Empty polls between two questions; a power of two. */
    static final int SLICE = 64;
    /** Empty polls between two looks at the clock; a power of two. */
    static final int PERIOD = 1024;
    /** The peer may end right after its last message, while the last completions are still on their way. */
    private static final long GRACE_NS = 1_000_000_000L;
    private static final long LOOK_NS = 50_000_000L;

    private final long deadlineNs;
    private final Wire wire;
    private final Stopwatch stopwatch;
    private final boolean hints;
    private long waitingSince;
    private long nextLook;
    private long goneSince;
    private boolean isGone;

    /**
     * Watches one test.
     *
     * @param deadline  longest time without progress
     * @param wire      to the peer
     * @param stopwatch of a timed test, else null
     * @param hints     whether the processor is told
     */
    Watch(final Duration deadline, final Wire wire, final Stopwatch stopwatch, final boolean hints) {
        this.hints = hints;
        this.deadlineNs = deadline.toNanos();
        this.wire = wire;
        this.stopwatch = stopwatch;
    }

    /**
     * Looks whether the wait shall go on.
     *
     * @param spins empty polls of this wait so far: a multiple of 64
     * @return true if the test's time is over
     * @throws CommandFailure if waiting makes no sense any more
     */
    boolean isOver(final long spins) {
        if (hints) {
            Thread.onSpinWait();
        }
        return (spins & (PERIOD - 1)) == 0 && isOverNow(spins);
    }

    private boolean isOverNow(final long spins) {
        final long now = System.nanoTime();
        if (spins == PERIOD) {
            begin(now);
        }
        if (stopwatch != null && stopwatch.isOver()) {
            return true;
        }
        if (Thread.interrupted()) {
            throw new CommandFailure("interrupted while waiting for the peer");
        }
        if (now - waitingSince > deadlineNs) {
            throw new CommandFailure("no progress for " + Duration.ofNanos(deadlineNs).toSeconds() + " s (--deadline): the peer does "
                + "nothing, or messages are lost");
        }
        if (now - nextLook >= 0) {
            nextLook = now + LOOK_NS;
            look(now);
        }
        return false;
    }

    private void begin(final long now) {
        waitingSince = now;
        nextLook = now + LOOK_NS;
        isGone = false;
    }

    private void look(final long now) {
        if (!isGone && wire.isGone()) {
            isGone = true;
            goneSince = now;
        }
        if (isGone && now - goneSince > GRACE_NS) {
            throw new CommandFailure("the peer is gone: it has closed its connection in the middle of the test");
        }
    }

    /** What to throw when a poll failed, or gave a completion that did. */
    CommandFailure failed(final CompletionQueue cq, final WorkCompletions completions, final int count) {
        final String gone = wire.isGone() ? "the peer is gone: " : "";
        if (count < 0) {
            return new CommandFailure(gone + "ibv_poll_cq failed (" + count + ") on " + cq.describe());
        }
        for (int i = 0; i < count; i++) {
            if (!completions.isSuccess(i)) {
                return new CommandFailure(gone + completions.describe(i));
            }
        }
        throw new IllegalStateException("no completion failed");
    }

    /** What to throw when a post was refused. */
    static CommandFailure refused(final String verb, final QueuePair qp, final WorkRequests requests) {
        return new CommandFailure(verb + " refused request " + requests.first() + ": " + qp.explain(requests));
    }

    /** Posts a list that was prepared before, all of it. */
    static void post(final QueuePair qp, final SendRequests requests) {
        requests.rewind();
        if (qp.postSend(requests) != requests.size()) {
            throw refused("ibv_post_send", qp, requests);
        }
    }
}
