package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.WrOpcode;

/** Says why queue pairs refuse requests, or do not answer them. Set-up speed; any lock. */
final class QpReasons {
    private QpReasons() {
    }

    /** Why the requests of a queue pair have no answer from the one that they go to. */
    static String silence(final SoftQueuePair qp, final SoftQueuePair peer) {
        final String own = "QP " + qp.number();
        if (peer == null || !peer.isAlive()) {
            return own + " is connected to QP " + qp.settings().destination() + ", and there is none";
        }
        final String other = "QP " + peer.number();
        if (peer.host().isDead()) {
            return "host " + peer.host() + " of " + other + " is dead";
        }
        if (!peer.isReceiving()) {
            return other + " is in " + peer.current();
        }
        final int back = peer.settings().destination();
        if (back != qp.number()) {
            return other + " is connected to " + (back < 0 ? "nothing" : "QP " + back) + ", not to " + own;
        }
        if (qp.service() != peer.service()) {
            return other + " is " + peer.service() + ", " + own + " is " + qp.service();
        }
        if (!peer.settings().facesEachOther(qp.settings())) {
            return "the address vectors of " + own + " and " + other + " do not lead to each other";
        }
        if (qp.service().isReliable() && peer.receives().psn() != qp.sendPsn()) {
            return other + " expects packet number " + peer.receives().psn() + ", and " + own + " sends " + qp.sendPsn();
        }
        final SoftFabric fabric = qp.domain().fabric();
        if (qp.isSevered()) {
            return "the connection of " + own + " and " + other + " was dropped";
        }
        return fabric.isModelled() || qp.host() != peer.host()
            ? "what " + own + " sent to " + other + " was lost between " + qp.host() + " and " + peer.host()
            : other + " did not answer then, and would now";
    }

    /** A message that a link lost. */
    static String lostOnTheWay(final SoftQueuePair qp) {
        return "what QP " + qp.number() + " sent was lost on its way from " + qp.host();
    }

    /** A link that nothing goes over. */
    static String cut(final Link link) {
        return "the link from " + link.from() + " to " + link.to() + " is cut, lost it, or one of them is dead";
    }

    /** Why a datagram has no taker. */
    static String noTaker(final SoftQueuePair target, final int number) {
        return target == null ? "there is no QP " + number : target.service() != TransportService.UD
            ? "QP " + number + " is " + target.service() : "QP " + number + " is in " + target.current();
    }

    /** A datagram that leads nowhere. */
    static String noHandle(final SoftQueuePair qp) {
        return "the request names no open address handle of PD " + qp.domain().number();
    }

    /** A message that found no receive. */
    static String noReceive(final SoftQueuePair qp) {
        return "no receive is posted on QP " + qp.number();
    }

    /** An opcode that the service does not do. */
    static String unsupported(final SoftQueuePair qp, final int opcode) {
        return "a queue pair of type " + qp.service() + " does not do " + opcode(opcode);
    }

    /** What the responder's access flags lack. */
    static String notAllowed(final SoftQueuePair responder, final int needed) {
        return "QP " + responder.number() + " does not allow " + MemoryReasons.names(needed) + " to its peer: its access flags are "
            + MemoryReasons.names(responder.settings().access());
    }

    /** A queue pair that takes no requests in its state. */
    static String wrongState(final SoftQueuePair qp) {
        return "QP " + qp.number() + " is in " + qp.current() + ": sends are taken in RTS, SQD, SQE and ERR";
    }

    /** A queue pair that takes no receives. */
    static String noReceives(final SoftQueuePair qp) {
        return qp.config().srq() != null ? "QP " + qp.number() + " draws from " + qp.config().srq().describe() + ": post there"
            : "QP " + qp.number() + " is in " + qp.current() + ": receives are taken from INIT on";
    }

    /** A full send or receive queue. */
    static String full(final String queue, final int places) {
        return queue + " is full: all of its " + places + " places are taken, and a place is free again when a completion at or "
            + "behind its request was polled";
    }

    /** A structure that points out of the list. */
    static String outsideList(final String field) {
        return field + " does not lead into the list of requests, or is not aligned to " + Long.BYTES + " bytes";
    }

    /** More scatter/gather entries than the queue pair was made for. */
    static String entries(final int given, final int most) {
        return "num_sge " + given + " is not in 0 .. " + most + ", which the queue was made for";
    }

    /** Where there is no more to say than the errno. */
    static String general(final int errno) {
        return "refused with " + Errno.name(errno);
    }

    /** The name of an opcode, or its number. */
    static String opcode(final int code) {
        final WrOpcode opcode = WrOpcode.of(code);
        return opcode == WrOpcode.UNKNOWN ? "opcode " + code : opcode.name();
    }
}
