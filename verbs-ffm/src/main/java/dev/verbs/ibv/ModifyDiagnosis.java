package dev.verbs.ibv;

import dev.verbs.Errno;
import dev.verbs.QpAttributeMask;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.VerbsException;
import dev.verbs.spi.QpTransitions;

/** Why a modify was refused, in words: drivers say EINVAL and no more. */
final class ModifyDiagnosis {
    private ModifyDiagnosis() {
    }

    static String explain(final IbvQueuePair qp, final QpAttributes wanted, final int errno) {
        final QpState now;
        try {
            now = qp.query().state();
        } catch (final VerbsException e) {
            return e.getMessage();
        }
        final QpState target = wanted.has(QpAttributeMask.STATE) ? wanted.state() : now;
        final String objection = errno == Errno.EINVAL && qp.config().type() == QpType.RC
            ? QpTransitions.RC.objection(now, target, wanted.mask()) : null;
        return objection != null ? objection
            : "the device refused " + now + " -> " + target + " with mask 0x" + Integer.toHexString(wanted.mask())
            + (errno == Errno.EINVAL ? ": a value is out of range" : "") + path(wanted);
    }

    private static String path(final QpAttributes wanted) {
        return wanted.address() == null ? "" : " (path " + wanted.address() + ": is its gid-index one of the port's, and is the "
            + "peer's GID reachable from it?)";
    }
}
