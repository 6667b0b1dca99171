package dev.verbs.soft;

import dev.verbs.WcStatus;

/** Why the oldest request of a send queue waits, until when, and how often it is tried again. Under the send queue's lock. */
final class Retries {
    private static final int RUNNING = 0;
    private static final int RNR_FOR_EVER = 7;
    private static final int SUCCESS = WcStatus.SUCCESS.code();

    private final SoftQueuePair qp;
    private final SoftFabric fabric;
    private final Transfer transfer;
    /** RUNNING, or what the last try was answered with: {@link Requester#NOT_READY} or {@link Requester#NO_ANSWER}. */
    private int waiting = RUNNING;
    private long wakeAt;
    private boolean wakesByTime;
    private int rnrLeft;
    private int retriesLeft;

    Retries(final SoftQueuePair qp, final SoftFabric fabric, final Transfer transfer) {
        this.qp = qp;
        this.fabric = fabric;
        this.transfer = transfer;
    }

    boolean isRunning() {
        return waiting == RUNNING;
    }

    /** The oldest request is another one now. */
    void end() {
        waiting = RUNNING;
    }

    /** A request is tried for the first time. */
    void begin() {
        rnrLeft = qp.settings().rnrRetry();
        retriesLeft = qp.settings().retryCount();
    }

    /** Starts or goes on with waiting; returns SUCCESS to wait, or the status when the retries are used up. */
    int await(final int outcome, final SoftQueuePair peer, final long now, final boolean isDue) {
        final boolean goesOn = waiting == outcome && !isDue;
        if (goesOn) {
            return SUCCESS;
        }
        if (outcome == Requester.NOT_READY) {
            if (rnrLeft == 0) {
                return giveUp(WcStatus.RNR_RETRY_EXC_ERR, outcome, peer);
            }
            rnrLeft -= rnrLeft == RNR_FOR_EVER ? 0 : 1;
            wakeAt = now + peer.settings().rnrDelayNs();
            wakesByTime = true;
        } else {
            if (waiting == Requester.NO_ANSWER && retriesLeft-- == 0) {
                return giveUp(WcStatus.RETRY_EXC_ERR, outcome, peer);
            }
            final long timeout = qp.settings().timeoutNs();
            wakeAt = now + timeout;
            wakesByTime = timeout > 0;
        }
        waiting = outcome;
        if (qp.trace() != null) {
            qp.trace().waits(qp, outcome == Requester.NOT_READY ? "no receive is posted on QP " + peer.number()
                : QpReasons.silence(qp, peer), wakesByTime ? wakeAt - now : -1);
        }
        return SUCCESS;
    }

    private int giveUp(final WcStatus status, final int outcome, final SoftQueuePair peer) {
        transfer.failsFor(fabric.journal().refuse(exhausted(outcome, peer)));
        return status.code();
    }

    private String exhausted(final int outcome, final SoftQueuePair peer) {
        final QpSettings own = qp.settings();
        if (outcome == Requester.NOT_READY) {
            return "no receive was posted on QP " + peer.number() + " in " + (own.rnrRetry() + 1) + " tries (rnr_retry "
                + own.rnrRetry() + "), " + peer.settings().rnrDelayNs() + " ns apart (its min_rnr_timer)";
        }
        return "no answer in " + (own.retryCount() + 1) + " tries (retry_cnt " + own.retryCount() + "), " + own.timeoutNs()
            + " ns apart (timeout): " + QpReasons.silence(qp, peer);
    }

    /** When the wait is over; never, if only an event at the peer ends it, and while nothing waits. */
    long wakeAt() {
        return waiting != RUNNING && wakesByTime ? wakeAt : Timeline.NEVER;
    }

    /** Whether the oldest request's wait is over. */
    boolean isDue(final long now) {
        return waiting == RUNNING || wakesByTime && now - wakeAt >= 0;
    }
}
