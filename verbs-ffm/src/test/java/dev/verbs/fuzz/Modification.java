package dev.verbs.fuzz;

import dev.verbs.AccessFlags;
import dev.verbs.PortSelection;
import dev.verbs.QpAttributeMask;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;

/**
 * A modify with the attributes of one transition, right or spoiled.
 *
 * @param attributes what is given
 * @param from       the state that the attributes are meant for
 * @param target     the state asked for
 * @param spoiled    an attribute is missing, superfluous, or out of range
 */
record Modification(QpAttributes attributes, QpState from, QpState target, boolean spoiled) {
    private static final QpState[] TARGETS = {QpState.RESET, QpState.INIT, QpState.RTR, QpState.RTS, QpState.RTS, QpState.SQD,
        QpState.ERR};
    private static final int PORT_NOWHERE = 99;

    static QpAttributes toError() {
        return new QpAttributes().state(QpState.ERR);
    }

    static Modification of(final Call call, final QpModel qp, final int destination, final PortSelection port) {
        final QpState target = TARGETS[call.b() % TARGETS.length];
        final QpState now = qp.possible.iterator().next();
        final QpAttributes attributes = switch (target) {
            case INIT -> new QpAttributes().state(target).pkeyIndex(0).port(port.port())
                .accessFlags(AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE);
            case RTR -> new QpAttributes().state(target).pathMtu(port.mtu()).destinationQp(destination).rqPsn(call.c() & 0xFF_FFFF)
                .maxDestReadAtomic(4).minRnrTimer(12).address(port.pathTo(port.lid(), port.gid().gid()));
            case RTS -> now == QpState.RTR ? new QpAttributes().state(target).timeout(14).retryCount(6).rnrRetry(6)
                .sqPsn(call.c() & 0xFF_FFFF).maxReadAtomic(4) : new QpAttributes().state(target).minRnrTimer(12);
            default -> new QpAttributes().state(target);
        };
        final boolean port99 = call.c() % 5 == 0 && attributes.has(QpAttributeMask.PORT);
        if (port99) {
            attributes.port(PORT_NOWHERE);
        }
        final int required = target == QpState.INIT && now == QpState.INIT || target == QpState.RTS && now != QpState.RTR ? 0
            : attributes.mask() & ~QpAttributeMask.STATE;
        final boolean missing = call.c() % 5 == 1 && required != 0;
        final boolean superfluous = call.c() % 5 == 2;
        if (missing) {
            attributes.mask(attributes.mask() & ~Integer.lowestOneBit(required));
        } else if (superfluous) {
            attributes.qkey(1);
        }
        return new Modification(attributes, now, target, port99 || missing || superfluous);
    }

    /** Whether the specification allows it in a state. */
    boolean isLegalFrom(final QpState state) {
        if (spoiled || !QpModel.legal(state, target)) {
            return false;
        }
        return target != QpState.RTS || (from == QpState.RTR) == (state == QpState.RTR);
    }

    @Override
    public String toString() {
        return "to " + target + (spoiled ? " with mask 0x" + Integer.toHexString(attributes.mask()) + " (spoiled)" : "");
    }
}
