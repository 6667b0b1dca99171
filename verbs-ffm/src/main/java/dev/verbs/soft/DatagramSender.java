package dev.verbs.soft;

import dev.verbs.SendWrDescriptor;
import dev.verbs.UdEndpoint;
import dev.verbs.WcStatus;
import java.lang.foreign.MemorySegment;

/**
 * The requester of a datagram queue pair: one packet, to one queue pair or to all that are attached to a group, the sender's own
 * included. Nothing that happens on the way is an error. Under the send lock.
 */
final class DatagramSender {
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    private static final int NO_HANDLE = WcStatus.LOC_QP_OP_ERR.code();
    private static final int MTU = SoftLimits.ACTIVE_MTU.bytes();

    private final SoftQueuePair qp;
    private final SoftFabric fabric;
    private final Transfer transfer;
    private final boolean controlsQueueKeys;

    DatagramSender(final SoftQueuePair qp, final SoftFabric fabric, final Transfer transfer) {
        this.qp = qp;
        this.fabric = fabric;
        this.transfer = transfer;
        this.controlsQueueKeys = qp.host().behaviour().controlsQueueKeys();
    }

    /** Sends a datagram whose payload is resolved; returns the sender's status, a code of {@link WcStatus}. */
    int execute(final Request request, final long length) {
        final MemorySegment list = request.list();
        final long at = request.at();
        final SoftAddressHandle path = qp.domain().path(SendWrDescriptor.addressHandle(list, at));
        if (path == null) {
            transfer.failsFor(fabric.journal().refuse(QpReasons.noHandle(qp)));
            return NO_HANDLE;
        }
        if (length > MTU) {
            lose(Loss.TOO_LONG, "a datagram of " + length + " bytes is longer than the MTU of " + MTU);
            return SUCCESS;
        }
        path.copyHeader(transfer.header(), length);
        final int wanted = SendWrDescriptor.remoteQkey(list, at);
        final int qkey = controlsQueueKeys && (wanted & UdEndpoint.CONTROLLED_QKEY) != 0 ? qp.settings().qkey() : wanted;
        final int number = SendWrDescriptor.remoteQpn(list, at);
        if (path.isMulticast() && number == UdEndpoint.MULTICAST_QPN) {
            int status = SUCCESS;
            for (final SoftQueuePair member : fabric.members(path.target())) {
                final int one = deliver(member, request, length, qkey, path);
                status = one == SUCCESS ? status : one;
            }
            return status;
        }
        final SoftQueuePair target = fabric.queuePair(number);
        if (target == null || target.host() != path.host()) {
            lose(Loss.NO_TARGET, "there is no QP " + number + " at " + path.target());
            return SUCCESS;
        }
        return deliver(target, request, length, qkey, path);
    }

    /** The link that a datagram takes, null if it stays on this host; one for all members of a group: that of the first elsewhere. */
    Link link(final MemorySegment list, final long at) {
        final SoftAddressHandle path = qp.domain().path(SendWrDescriptor.addressHandle(list, at));
        if (path == null || path.host() != null) {
            return path == null ? null : fabric.link(qp.host(), path.host());
        }
        for (final SoftQueuePair member : fabric.members(path.target())) {
            if (member.host() != qp.host()) {
                return fabric.link(qp.host(), member.host());
            }
        }
        return null;
    }

    /** Whether a datagram gets to the target's host, and finds it willing. */
    private boolean arrives(final SoftQueuePair target) {
        final Link link = fabric.link(qp.host(), target.host());
        if (link != null && (fabric.isModelled() ? link.loses(fabric.nanoTime()) : link.isCut())) {
            lose(Loss.LINK, QpReasons.cut(link));
            return false;
        }
        if (fabric.isModelled() && target.host().refusesMessages(fabric.nanoTime())) {
            lose(Loss.NO_RECEIVE, "the fault plan wants host " + target.host() + " to have no receives");
            return false;
        }
        return true;
    }

    private void lose(final Loss loss, final String why) {
        fabric.lose(loss);
        if (qp.trace() != null) {
            qp.trace().lost(qp, loss, why);
        }
    }

    private int deliver(final SoftQueuePair target, final Request request, final long length, final int qkey,
        final SoftAddressHandle path) {
        if (!arrives(target)) {
            return SUCCESS;
        }
        final ReceiveQueue receives = target.receives();
        receives.lock().lock();
        try {
            return receives.datagram(qp, request, length, transfer, qkey, path.serviceLevel());
        } finally {
            receives.lock().unlock();
        }
    }
}
