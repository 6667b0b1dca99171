package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.VerbsException;
import dev.verbs.spi.QpTransitions;

/**
 * What a queue pair of the profile siw has beyond others: it is connected by the connection manager only, shows the state that was
 * set, and is flushed once. No method takes the monitor of the queue pair, so that the connection manager may call them under its own.
 */
final class IwarpLife {
    private final SoftQueuePair qp;
    private final SoftFabric fabric;
    /** The state as it was set; written under both locks of the queue pair. */
    private volatile QpState shown = QpState.RESET;
    /** A request failed on this side, so that what is behind it waits for the change to ERR. Under the send lock. */
    private boolean failedHere;
    /** Everything was flushed that ever will be; written under both locks of the queue pair. */
    private volatile boolean over;
    /** Who connected it, and is told of the end; null before. Written under the connection manager's monitor. */
    private volatile SoftCmId manager;

    IwarpLife(final SoftQueuePair qp, final SoftFabric fabric) {
        this.qp = qp;
        this.fabric = fabric;
    }

    /** Refuses what users may not do to the state of a queue pair that is in another. */
    void check(final QpAttributes attributes) {
        final QpState to = attributes.state();
        if (to == QpState.RESET) {
            throw new VerbsException("ibv_modify_qp", Errno.EOPNOTSUPP, qp.describe() + ": a queue pair of an iWARP device cannot go back"
                + " to RESET: close it and create another");
        }
        if (to == QpState.RTR || to == QpState.SQD || to == QpState.RTS && qp.current() != QpState.RTS) {
            throw QpTransitions.refused(qp.describe() + " is of an iWARP device: " + to + " is not to be had by modify, the connection "
                + "manager connects");
        }
    }

    void managedBy(final SoftCmId id) {
        manager = id;
    }

    /** The state was set; under both locks. */
    void set(final QpState state) {
        shown = state;
    }

    /** What a query shows. */
    QpState shown() {
        return shown;
    }

    /** Whether what is posted now is neither refused nor flushed. */
    boolean isOver() {
        return over;
    }

    /** Whether it is to be flushed now, for the first time; under both locks. */
    boolean beginsFlush() {
        final boolean first = !over;
        over = true;
        return first;
    }

    /** A request failed on this side: the connection ends, and what is behind waits for somebody to say ERR. Under the send lock. */
    void failHere() {
        failedHere = true;
        fabric.deferError(qp);
    }

    /** Whether the flush waits for somebody to say ERR; under the send lock. */
    boolean isHeldBack() {
        return failedHere;
    }

    /**
     * The connection has ended. Under no lock of the queue pair.
     *
     * @param told whether the program asked for it: then what waits behind a request that failed on this side is flushed, too
     */
    void breakOff(final boolean told) {
        qp.lockBoth(() -> {
            if (qp.current() == QpState.RTS || qp.current() == QpState.RTR) {
                qp.failed(fabric.journal().refuse("the connection of QP " + qp.number() + " has ended"));
            }
            if (qp.current() == QpState.ERR && (told || !failedHere)) {
                shown = told ? QpState.ERR : shown;
                qp.flush();
            }
        });
    }

    /** Tells the connection manager that the queue pair is not connected any more. Under no lock of it. */
    void tellEnd() {
        final SoftCmId told = manager;
        if (told != null) {
            told.ended();
        }
    }
}
