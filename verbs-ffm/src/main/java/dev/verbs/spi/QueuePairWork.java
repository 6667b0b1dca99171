package dev.verbs.spi;

import dev.verbs.CompletionError;
import dev.verbs.QueuePairConfig;

/**
 * What a queue pair has in flight, and what each completion gives back.
 *
 * <p>In flight = posted - reclaimed. A receive is reclaimed by its completion; sends by the next signalled completion. On a
 * queue pair in error each completion stands for one request; unsignalled requests that succeeded before stay counted until
 * the queue pair is reset or closed: the count is never too low. Receives from a shared queue count there, not here.
 *
 * <p>Posters count in the trackers; the rest is by the pollers of its completion queues, or by whom a method names.
 */
final class QueuePairWork {
    private final AbstractCompletionQueue sendCq;
    private final AbstractCompletionQueue receiveCq;
    private final SendQueueTracker sends;
    /** Stays empty when receives come from a shared queue, which has a tracker of its own. */
    private final ReceiveQueueTracker receives = new ReceiveQueueTracker();
    /** Null when the queue pair has a receive queue of its own. */
    private final SharedReceiveTracker shared;
    /** Completions with an error; written by pollers, which may be two: under its own lock. */
    private final CompletionFailures failures = new CompletionFailures();
    /** A send failed since the last one that succeeded; by the poller of the send CQ. */
    private boolean sendFailed;
    private final StaleCompletions staleSends = new StaleCompletions();
    /** The same object where one completion queue serves both. */
    private final StaleCompletions staleReceives;
    /** One completion queue serves both queues, and a receive was posted; by the poster of receives. */
    private volatile boolean receivesMixIn;
    /** Where each success is a send, null if it has to be looked at; by the poller of sends, and the poster of the first receive. */
    private volatile AbstractCompletionQueue onlySendsIn;
    /** The receive CQ's stale mark when the queue pair was closed; written by who closes. */
    private volatile long closeMark = Long.MAX_VALUE;
    /** Written by the poller of the receive CQ. */
    private volatile boolean gone;

    /** Of a queue pair with these completion queues; {@code shared} is null if its receives are its own. */
    QueuePairWork(final AbstractCompletionQueue sendCq, final AbstractCompletionQueue receiveCq, final QueuePairConfig config,
        final SharedReceiveTracker shared) {
        this.sendCq = sendCq;
        this.receiveCq = receiveCq;
        this.shared = shared;
        this.sends = new SendQueueTracker(config.maxSendWr() + Math.min(config.maxSendWr(), sendCq.capacity()), config.signalAll());
        this.staleReceives = sendCq == receiveCq ? staleSends : new StaleCompletions();
        this.receivesMixIn = shared != null && sendCq == receiveCq;
        expectSends();
    }

    /** For the poster of sends. */
    SendQueueTracker sends() {
        return sends;
    }

    /** For the poster of receives. */
    ReceiveQueueTracker receives() {
        return receives;
    }

    /** By the poster of receives, before each list. */
    void beforeReceives() {
        if (sendCq == receiveCq && !receivesMixIn) {
            receivesMixIn = true;
            onlySendsIn = null;
        }
    }

    /** Whose receives a successful completion gives back, null for this queue pair's own. */
    SharedReceiveTracker sharedReceives() {
        return shared;
    }

    /** A receive from the shared queue ended without a completion that anybody will see. */
    void receiveDropped() {
        shared.completed(1);
    }

    /** A completion that is not a successful receive from a shared queue. False if it is of a life before a reset. */
    boolean completed(final AbstractCompletionQueue queue, final boolean success, final boolean receive) {
        if (!success && shared != null && failedReceive(queue)) {
            shared.completed(1);
        } else if (stale(queue).charge()) {
            return false;
        } else if (success ? receive : queue != sendCq) {
            receives.completed(1); // each receive completes once, whatever its status
        } else if (!success) {
            sendFailed = true;
            onlySendsIn = null;
            failures.add();
        } else {
            if (sendFailed) {
                goOn();
            }
            sends.completed(1);
        }
        return true;
    }

    /** Whether {@link #succeeded} may credit what this queue holds: nothing failed, and nothing of a life before a reset is in it. */
    boolean isSound(final AbstractCompletionQueue queue, final boolean receive) {
        return queue == sendCq && !sendFailed && !staleSends.owes() && !receive
            || receive && shared == null && queue == receiveCq && !staleReceives.owes();
    }

    /** Whether each success of this life in a queue is a send; after it was polled. */
    boolean onlySendsIn(final AbstractCompletionQueue queue) {
        return queue == onlySendsIn;
    }

    /** The same for receives. */
    boolean onlyReceivesIn(final AbstractCompletionQueue queue) {
        return queue == receiveCq && queue != sendCq && shared == null;
    }

    private void expectSends() {
        onlySendsIn = sendCq; // read by the caller, the poller, only
        if (receivesMixIn) {
            onlySendsIn = null;
        }
    }

    /** So many sends or receives succeeded, where that {@link #isSound}. */
    void succeeded(final boolean receive, final int count) {
        if (receive) {
            receives.completed(count);
        } else {
            sends.completed(count);
        }
    }

    /** A send succeeded behind failed ones: the queue pair went on from SQE, and those are done. */
    private void goOn() {
        sendFailed = false;
        expectSends();
        failures.clear();
        sends.skipFailed();
    }

    /** A completion of this life has an error: keeps the first cause. Allocates nothing. */
    void failed(final long wrId, final int status, final int vendorError, final int opcode) {
        failures.cause(wrId, status, vendorError, opcode);
    }

    /** The first error since the last reset, null if there was none; any thread. */
    CompletionError firstError(final int qpNumber) {
        return failures.first(qpNumber, sendCq);
    }

    /**
     * Whether a failed request was a receive from the shared queue. Where one completion queue serves both, the completion does
     * not say it: then failures are sends as long as there are any. A queue pair fails with one receive at most.
     */
    private boolean failedReceive(final AbstractCompletionQueue queue) {
        return queue != sendCq || sendCq == receiveCq && !staleSends.owes() && sends.inFlight() <= failures.count();
    }

    private StaleCompletions stale(final AbstractCompletionQueue queue) {
        return queue == sendCq ? staleSends : staleReceives;
    }

    /** A completion queue was empty after a mark. */
    void settle(final AbstractCompletionQueue queue, final long mark) {
        stale(queue).settle(mark);
        if (queue == receiveCq && mark >= closeMark) {
            gone = true;
        }
    }

    /** Whether completions in this queue give receives back to a shared queue. */
    boolean drawsInto(final AbstractCompletionQueue queue) {
        return shared != null && queue == receiveCq;
    }

    /** The queue pair is closed, but its receives may lie in the receive CQ, whose stale mark this is. */
    void closedAt(final long mark) {
        closeMark = mark;
    }

    /** The queue pair is closed, and nothing of it is in the receive CQ any more. */
    boolean isGone() {
        return gone;
    }

    /** The queue pair was reset; by who did. */
    void reset(final boolean dropsCompletions) {
        if (!dropsCompletions) {
            sendCq.holdsStale(staleSends, sends.inFlight());
            receiveCq.holdsStale(staleReceives, receives.inFlight());
        }
        sends.clear();
        receives.clear();
        failures.clear();
    }

    /** Everything was flushed and polled, also the unsignalled sends that had succeeded before; by who drained. */
    void drained() {
        sends.clear();
        receives.clear();
        failures.settle();
    }

    /** Requests posted and not yet known to be done; never too low. Any thread. */
    long inFlight() {
        long failed = failures.count(); // what is done is read first: never too low
        long before;
        long posted;
        do { // again if failures were settled meanwhile: they are not subtracted twice
            before = failed;
            posted = sends.inFlight() + receives.inFlight();
            failed = failures.count();
        } while (failed < before);
        return Math.max(0, posted - before);
    }
}
