package dev.verbs;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Where a reliable connection's queue pair is found: what two sides exchange, by whatever means, before they connect.
 * Any thread; each method throws what {@link QueuePair#modify} throws. No C counterpart: C programs do it by hand.
 *
 * @param qpNumber number of the queue pair; C: {@code ibv_qp.qp_num}
 * @param psn      first packet number that it sends, 24 bits; C: {@code ibv_qp_attr.sq_psn}
 * @param lid      LID of its port, 0 on Ethernet; C: {@code ibv_port_attr.lid}
 * @param gid      GID of its port; C: {@code union ibv_gid}
 */
public record RcEndpoint(int qpNumber, int psn, int lid, Gid gid) {
    /** Mask of a packet number. No C counterpart. */
    public static final int PSN_MASK = 0xFF_FFFF;

    /**
     * The endpoint of a local queue pair. No C counterpart.
     *
     * @param qp   the queue pair
     * @param port the port that it uses
     * @param psn  first packet number that it sends
     * @return the endpoint
     */
    public static RcEndpoint of(final QueuePair qp, final PortSelection port, final int psn) {
        return new RcEndpoint(qp.number(), psn & PSN_MASK, port.lid(), port.gid().gid());
    }

    /**
     * Takes a queue pair from RESET to INIT, so that receives can be posted. C: {@code ibv_modify_qp} to {@code IBV_QPS_INIT}.
     *
     * @param qp     the queue pair
     * @param port   the port that it uses
     * @param access what the peer may do: flags of {@link AccessFlags}
     */
    public static void init(final QueuePair qp, final PortSelection port, final int access) {
        qp.modify(new QpAttributes().state(QpState.INIT).pkeyIndex(0).port(port.port()).accessFlags(access));
    }

    /**
     * Takes a queue pair from INIT through RTR to RTS, connected to this endpoint. C: {@code ibv_modify_qp} to {@code IBV_QPS_RTR}
     * and {@code IBV_QPS_RTS}.
     *
     * @param qp     the local queue pair
     * @param port   the port that it uses
     * @param ownPsn first packet number that it sends
     * @param tuning timers and retries
     */
    public void connect(final QueuePair qp, final PortSelection port, final int ownPsn, final RcTuning tuning) {
        final RcTuning limited = tuning.limitedBy(qp.protectionDomain().context().queryDevice());
        qp.modify(new QpAttributes().state(QpState.RTR).pathMtu(port.mtu()).destinationQp(qpNumber).rqPsn(psn)
            .maxDestReadAtomic(limited.maxDestReadAtomic()).minRnrTimer(limited.minRnrTimer())
            .address(port.pathTo(lid, gid)));
        qp.modify(new QpAttributes().state(QpState.RTS).timeout(limited.timeout()).retryCount(limited.retryCount())
            .rnrRetry(limited.rnrRetry()).sqPsn(ownPsn & PSN_MASK).maxReadAtomic(limited.maxReadAtomic()));
    }

    /**
     * Connects two queue pairs of one port with each other, from RESET to RTS. C: {@code ibv_modify_qp}.
     *
     * @param a      one queue pair
     * @param b      the other one
     * @param port   the port that both use
     * @param access what each may do with the other's memory: flags of {@link AccessFlags}
     */
    public static void connectPair(final QueuePair a, final QueuePair b, final PortSelection port, final int access) {
        connectPair(a, port, b, port, access);
    }

    /**
     * Connects two queue pairs of two ports of this process with each other, from RESET to RTS. C: {@code ibv_modify_qp}.
     *
     * @param a      one queue pair
     * @param portA  its port
     * @param b      the other one
     * @param portB  its port
     * @param access what each may do with the other's memory: flags of {@link AccessFlags}
     */
    public static void connectPair(final QueuePair a, final PortSelection portA, final QueuePair b, final PortSelection portB,
        final int access) {
        final int psnA = ThreadLocalRandom.current().nextInt(PSN_MASK);
        final int psnB = ThreadLocalRandom.current().nextInt(PSN_MASK);
        init(a, portA, access);
        init(b, portB, access);
        of(b, portB, psnB).connect(a, portA, psnA, RcTuning.DEFAULT);
        of(a, portA, psnA).connect(b, portB, psnB, RcTuning.DEFAULT);
    }
}
