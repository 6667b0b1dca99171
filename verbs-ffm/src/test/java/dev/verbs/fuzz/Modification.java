package dev.verbs.fuzz;

import dev.verbs.AccessFlags;
import dev.verbs.PortSelection;
import dev.verbs.QpAttributeMask;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;

/**
 * A modify with the attributes of one transition, right or spoiled.
 *
 * @param attributes what is given
 * @param from       the state that the attributes are meant for
 * @param target     the state asked for
 * @param spoiled    an attribute is missing, superfluous, or out of range
 * @param qp         whose
 */
record Modification(QpAttributes attributes, QpState from, QpState target, boolean spoiled, QpModel qp) {
    /** Of every datagram. */
    static final int QKEY = 0x1234;

    private static final QpState[] TARGETS = {QpState.RESET, QpState.INIT, QpState.RTR, QpState.RTS, QpState.RTS, QpState.SQD,
        QpState.ERR};
    private static final int PORT_NOWHERE = 99;

    static QpAttributes toError() {
        return new QpAttributes().state(QpState.ERR);
    }

    static Modification of(final Call call, final QpModel qp, final int destination, final PortSelection port) {
        final QpState target = TARGETS[call.b() % TARGETS.length];
        final QpState now = qp.possible.iterator().next();
        final QpAttributes attributes = switch (qp.qp.config().type()) {
            case RC -> reliable(target, now, call.c() & 0xFF_FFFF, destination, port);
            case UC -> unreliable(target, now, call.c() & 0xFF_FFFF, destination, port);
            default -> datagram(target, now, call.c() & 0xFF_FFFF, port);
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
            if (qp.qp.config().type() == QpType.UD) {
                attributes.pathMtu(port.mtu());
            } else {
                attributes.qkey(1);
            }
        }
        return new Modification(attributes, now, target, port99 || missing || superfluous, qp);
    }

    private static QpAttributes reliable(final QpState target, final QpState now, final int psn, final int destination,
        final PortSelection port) {
        final QpAttributes to = unreliable(target, now, psn, destination, port);
        return switch (target) {
            case RTR -> to.maxDestReadAtomic(4).minRnrTimer(12);
            case RTS -> now == QpState.RTR ? to.timeout(14).retryCount(6).rnrRetry(6).maxReadAtomic(4) : to.minRnrTimer(12);
            default -> to;
        };
    }

    private static QpAttributes unreliable(final QpState target, final QpState now, final int psn, final int destination,
        final PortSelection port) {
        final QpAttributes to = new QpAttributes().state(target);
        return switch (target) {
            case INIT -> to.pkeyIndex(0).port(port.port()).accessFlags(AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE);
            case RTR -> to.pathMtu(port.mtu()).destinationQp(destination).rqPsn(psn)
                .address(port.pathTo(port.lid(), port.gid().gid()));
            case RTS -> now == QpState.RTR ? to.sqPsn(psn) : to;
            default -> to;
        };
    }

    private static QpAttributes datagram(final QpState target, final QpState now, final int psn, final PortSelection port) {
        final QpAttributes to = new QpAttributes().state(target);
        return switch (target) {
            case INIT -> to.pkeyIndex(0).port(port.port()).qkey(QKEY);
            case RTS -> now == QpState.RTR ? to.sqPsn(psn) : to.qkey(QKEY);
            default -> to;
        };
    }

    /** Whether the specification allows it in a state. */
    boolean isLegalFrom(final QpState state) {
        if (spoiled || !qp.legal(state, target)) {
            return false;
        }
        return target != QpState.RTS || (from == QpState.RTR) == (state == QpState.RTR);
    }

    @Override
    public String toString() {
        return "to " + target + (spoiled ? " with mask 0x" + Integer.toHexString(attributes.mask()) + " (spoiled)" : "");
    }
}
