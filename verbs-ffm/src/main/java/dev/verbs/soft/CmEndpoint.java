package dev.verbs.soft;

import dev.verbs.AddressVector;
import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.RcTuning;
import dev.verbs.VerbsException;
import dev.verbs.cm.ConnectionParameters;

/**
 * The queue pair of one side of a connection, and what both sides agree on. As in ib_cm: the active side's reads and atomics
 * follow the passive side's answer, the passive side's transport retries follow the request, and the receiver-not-ready
 * retries of each side are those that the other one named.
 */
final class CmEndpoint {
    /** Index of the RoCE v2 GID of the device's IPv4 address. */
    private static final int GID_INDEX = 1;

    private final SoftQueuePair qp;
    private final ConnectionParameters parameters;
    private final RcTuning tuning;
    private final int psn;

    CmEndpoint(final String verb, final SoftFabric fabric, final QueuePair given, final ConnectionParameters parameters) {
        if (!(given instanceof SoftQueuePair soft) || soft.domain().fabric() != fabric) {
            throw new VerbsException(verb, Errno.EINVAL, given.describe() + " is not on the device of this id: both must be made "
                + "through the same provider");
        }
        this.qp = soft;
        this.parameters = parameters;
        this.tuning = parameters.tuning().limitedBy(SoftDevice.ATTRIBUTES);
        this.psn = fabric.connections().randomPsn();
    }

    void init() {
        qp.modify(new QpAttributes().state(QpState.INIT).pkeyIndex(0).port(SoftDevice.PORTS).accessFlags(parameters.access()));
    }

    void connectActive(final CmEndpoint passive) {
        connect(passive, passive.tuning.maxReadAtomic(), passive.tuning.maxDestReadAtomic(), tuning.retryCount());
    }

    void connectPassive(final CmEndpoint active) {
        connect(active, tuning.maxDestReadAtomic(), tuning.maxReadAtomic(), active.tuning.retryCount());
    }

    private void connect(final CmEndpoint other, final int asResponder, final int asInitiator, final int retries) {
        final SoftFabric fabric = qp.domain().fabric();
        qp.modify(new QpAttributes().state(QpState.RTR).pathMtu(SoftDevice.PORT.activeMtu()).destinationQp(other.qp.number())
            .rqPsn(other.psn).maxDestReadAtomic(asResponder).minRnrTimer(tuning.minRnrTimer())
            .address(AddressVector.global(SoftDevice.PORTS, GID_INDEX, fabric.gids().get(GID_INDEX).gid())));
        qp.modify(new QpAttributes().state(QpState.RTS).timeout(tuning.timeout()).retryCount(retries)
            .rnrRetry(other.tuning.rnrRetry()).sqPsn(psn).maxReadAtomic(asInitiator));
    }

    /** Takes the queue pair to ERR if it still exists. */
    void fail() {
        if (qp.isOpen() && qp.current() != QpState.RESET && qp.current() != QpState.ERR) {
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
