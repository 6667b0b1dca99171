package dev.verbs.soft;

import dev.verbs.AccessFlags;
import dev.verbs.AddressVector;
import dev.verbs.Errno;
import dev.verbs.Gid;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.RcTuning;
import dev.verbs.VerbsException;
import dev.verbs.cm.ConnectionOffer;
import dev.verbs.cm.ConnectionParameters;
import java.net.InetAddress;

/**
 * What one side of a connection said about its queue pair, and what both sides agree on. As in ib_cm: the active side's reads
 * and atomics follow the passive side's answer, the passive side's transport retries follow the request, and the
 * receiver-not-ready retries of each side are those that the other one named.
 */
final class CmEndpoint {
    /** rdma_cm's ACK timeout where nobody sets one: life time of a RoCE packet (18), doubled. */
    private static final int DEFAULT_TIMEOUT = 19;
    /** Hop limit and traffic class of RoCE packets. */
    private static final int HOP_LIMIT = 64;

    private final int qpNumber;
    /** Null where the caller drives the queue pair. */
    private final SoftQueuePair qp;
    private final ConnectionParameters parameters;
    private final RcTuning tuning;
    private final int psn;
    private final boolean iwarp;

    private CmEndpoint(final int psn, final int qpNumber, final SoftQueuePair qp, final ConnectionParameters parameters,
        final SoftHost host) {
        this.qpNumber = qpNumber;
        this.qp = qp;
        this.parameters = parameters;
        this.tuning = parameters.tuning().limitedBy(host.device().attributes());
        this.psn = psn;
        this.iwarp = host.behaviour().iwarp();
    }

    /** A queue pair that the connection manager takes through its states. */
    static CmEndpoint of(final String verb, final SoftHost host, final int psn, final QueuePair given,
        final ConnectionParameters parameters) {
        if (!(given instanceof SoftQueuePair soft) || soft.domain().host() != host) {
            throw new VerbsException(verb, Errno.EINVAL, given.describe() + " is not on the device of this id: both must be made "
                + "through the same provider");
        }
        return new CmEndpoint(psn, soft.number(), soft, parameters, host);
    }

    /** A queue pair that the caller takes through its states. */
    static CmEndpoint of(final SoftHost host, final int psn, final int qpNumber, final ConnectionParameters parameters) {
        return new CmEndpoint(psn, qpNumber, host.behaviour().iwarp() ? host.fabric().queuePair(qpNumber) : null, parameters, host);
    }

    int qpNumber() {
        return qpNumber;
    }

    /** What the other side is told: depths seen from there. */
    ConnectionOffer offer() {
        return iwarp ? new ConnectionOffer(tuning.maxReadAtomic(), tuning.maxDestReadAtomic(), false, 0, 0, false, 0)
            : new ConnectionOffer(tuning.maxReadAtomic(), tuning.maxDestReadAtomic(), false, tuning.retryCount(),
            tuning.rnrRetry(), false, qpNumber);
    }

    /** Before anything was agreed on, {@code end} is null: no remote access. */
    static QpAttributes initial(final CmEndpoint end) {
        return new QpAttributes().state(QpState.INIT).pkeyIndex(0).port(SoftDevice.PORTS)
            .accessFlags(end == null ? 0 : AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_READ);
    }

    static QpAttributes readyToReceive(final CmEndpoint other, final AddressVector path) {
        return new QpAttributes().state(QpState.RTR).pathMtu(SoftLimits.ACTIVE_MTU).destinationQp(other.qpNumber)
            .rqPsn(other.psn).maxDestReadAtomic(other.tuning.maxReadAtomic()).minRnrTimer(0).address(path);
    }

    /** The active side ({@code own}; null on the passive one) says how often both retry. */
    static QpAttributes readyToSend(final int psn, final CmEndpoint own, final CmEndpoint other, final int ackTimeout) {
        return new QpAttributes().state(QpState.RTS).timeout(ackTimeout < 0 ? DEFAULT_TIMEOUT : ackTimeout)
            .retryCount(own == null ? other.tuning.retryCount() : own.tuning.retryCount()).rnrRetry(other.tuning.rnrRetry())
            .sqPsn(psn).maxReadAtomic(other.tuning.maxDestReadAtomic());
    }

    static AddressVector path(final int gidIndex, final InetAddress to, final int trafficClass) {
        return new AddressVector(SoftDevice.PORTS, Gid.of(to), gidIndex, 0, true, HOP_LIMIT, 0, trafficClass);
    }

    void init(final SoftCmId id) {
        final QpAttributes initial = initial(this).accessFlags(parameters.access());
        if (iwarp) {
            qp.advance(initial, id);
        } else {
            qp.modify(initial);
        }
    }

    /** Takes a queue pair that is the manager's to RTS, with the caller's timers. */
    void connect(final SoftCmId id, final CmEndpoint other, final boolean active, final AddressVector path, final int ackTimeout) {
        if (qp == null) {
            return;
        }
        final QpAttributes receive = readyToReceive(other, path).minRnrTimer(tuning.minRnrTimer());
        final QpAttributes send = readyToSend(psn, active ? this : null, other, ackTimeout < 0 ? tuning.timeout() : ackTimeout);
        if (iwarp) {
            qp.advance(receive.maxDestReadAtomic(tuning.maxDestReadAtomic()), id);
            qp.advance(send.maxReadAtomic(tuning.maxReadAtomic()), id);
            return;
        }
        qp.modify(active ? receive : receive.maxDestReadAtomic(tuning.maxDestReadAtomic()));
        qp.modify(active ? send : send.maxReadAtomic(tuning.maxReadAtomic()));
    }

    /**
     * Takes the queue pair to ERR if it still exists.
     *
     * @param told whether the program asked for it
     */
    void fail(final boolean told) {
        if (iwarp) {
            if (qp != null && qp.isOpen()) {
                qp.iwarp().breakOff(told);
            }
            return;
        }
        if (qp != null && qp.isOpen() && qp.current() != QpState.RESET && qp.current() != QpState.ERR) {
            try {
                qp.modify(new QpAttributes().state(QpState.ERR));
            } catch (final VerbsException e) {
                if (qp.isOpen() && qp.current() != QpState.RESET) { // its owner may close or reset it meanwhile
                    throw e;
                }
            }
        }
    }
}
