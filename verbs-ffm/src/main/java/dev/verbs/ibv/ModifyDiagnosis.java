package dev.verbs.ibv;

import dev.verbs.AddressVector;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.PortAttributes;
import dev.verbs.QpAttributeMask;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.VerbsException;
import dev.verbs.spi.GidRanking;
import dev.verbs.spi.QpRanges;
import dev.verbs.spi.QpTransitions;

/** Why a modify was refused, in words: drivers say EINVAL and no more. */
final class ModifyDiagnosis {
    private ModifyDiagnosis() {
    }

    static String explain(final IbvQueuePair qp, final QpAttributes wanted, final int errno) {
        final QpAttributes now;
        try {
            now = qp.query();
        } catch (final VerbsException e) {
            return e.getMessage();
        }
        final QpState from = wanted.has(QpAttributeMask.CUR_STATE) ? wanted.currentState() : now.state();
        final QpState target = wanted.has(QpAttributeMask.STATE) ? wanted.state() : from;
        final String objection = errno == Errno.EINVAL ? objection(qp, now, wanted, from, target) : null;
        return objection != null ? objection + path(qp, wanted)
            : "the device refused " + from + " -> " + target + " with mask 0x" + Integer.toHexString(wanted.mask())
            + (errno != Errno.EINVAL ? "" : from == QpState.SQD && target == QpState.RESET
                ? ": requests are still under way, and this driver goes from SQD only when they have ended (SQ_DRAINED); go to ERR first"
                : ": a value is out of range") + path(qp, wanted);
    }

    private static String objection(final IbvQueuePair qp, final QpAttributes now, final QpAttributes wanted, final QpState from,
        final QpState target) {
        final QpTransitions table = QpTransitions.of(qp.config().type());
        final String transition = table == null ? null : table.objection(from, target, wanted.mask());
        if (transition != null) {
            return transition;
        }
        final Context context = qp.protectionDomain().context();
        final int port = wanted.has(QpAttributeMask.PORT) ? wanted.port() : now.port();
        return QpRanges.objection(wanted, context.queryDevice(), limits(context, port));
    }

    private static PortAttributes limits(final Context context, final int port) {
        return port < 1 || port > context.queryDevice().ports() ? null : context.queryPort(port);
    }

    /** What there is to choose from: EINVAL, ETIMEDOUT and ENETUNREACH often mean the wrong local GID. */
    private static String path(final IbvQueuePair qp, final QpAttributes wanted) {
        return !wanted.has(QpAttributeMask.AV) || wanted.address() == null ? ""
            : "; " + explain(qp.protectionDomain().context(), wanted.address());
    }

    /** A path that was refused, and the GIDs of its port that fit the peer. */
    static String explain(final Context context, final AddressVector path) {
        final PortAttributes port = limits(context, path.port());
        if (port == null) {
            return "port " + path.port() + " does not exist: " + context.device().name() + " has " + context.queryDevice().ports();
        }
        return "path from gid-index " + path.gidIndex() + " to " + path.gid() + "; "
            + GidRanking.offer(context.gids(path.port()), path.gid(), path.gidIndex());
    }
}
