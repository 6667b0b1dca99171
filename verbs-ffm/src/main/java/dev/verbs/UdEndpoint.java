package dev.verbs;

/**
 * Where an unreliable-datagram queue pair is found: what two sides exchange, by whatever means, before they send. Any thread;
 * each method throws what {@link QueuePair#modify} throws. No C counterpart: C programs do it by hand.
 *
 * @param qpNumber number of the queue pair, {@link #MULTICAST_QPN} for a multicast group; C: {@code ibv_qp.qp_num}
 * @param qkey     queue key that it accepts; C: {@code ibv_qp_attr.qkey}
 * @param lid      LID of its port, 0 on Ethernet; C: {@code ibv_port_attr.lid}
 * @param gid      GID of its port, or of the group; C: {@code union ibv_gid}
 */
public record UdEndpoint(int qpNumber, int qkey, int lid, Gid gid) {
    /** The queue pair number that datagrams to a multicast group carry. No C counterpart. */
    public static final int MULTICAST_QPN = 0xFF_FFFF;

    /**
     * The bit of a queue key that makes it a controlled one: a request that carries it is sent with the queue key of its own
     * queue pair instead (InfiniBand specification, "Q_Keys"). rdma_rxe sends the key of the request all the same.
     * No C counterpart.
     */
    public static final int CONTROLLED_QKEY = 0x8000_0000;

    /**
     * The endpoint of a local queue pair. No C counterpart.
     *
     * @param qp   the queue pair
     * @param port the port that it uses
     * @param qkey queue key that it was initialised with
     * @return the endpoint
     */
    public static UdEndpoint of(final QueuePair qp, final PortSelection port, final int qkey) {
        return new UdEndpoint(qp.number(), qkey, port.lid(), port.gid().gid());
    }

    /**
     * A multicast group. No C counterpart.
     *
     * @param group its GID
     * @param qkey  queue key of the queue pairs that are attached
     * @return the endpoint
     */
    public static UdEndpoint multicast(final Gid group, final int qkey) {
        return new UdEndpoint(MULTICAST_QPN, qkey, 0, group);
    }

    /**
     * Takes a queue pair from RESET to INIT, so that receives can be posted. C: {@code ibv_modify_qp} to {@code IBV_QPS_INIT}.
     *
     * @param qp   the queue pair
     * @param port the port that it uses
     * @param qkey queue key of the datagrams that it accepts
     */
    public static void init(final QueuePair qp, final PortSelection port, final int qkey) {
        qp.modify(new QpAttributes().state(QpState.INIT).pkeyIndex(0).port(port.port()).qkey(qkey));
    }

    /**
     * Takes a queue pair from INIT through RTR to RTS. C: {@code ibv_modify_qp} to {@code IBV_QPS_RTR} and {@code IBV_QPS_RTS}.
     *
     * @param qp  the queue pair
     * @param psn first packet number that it sends, 24 bits
     */
    public static void start(final QueuePair qp, final int psn) {
        qp.modify(new QpAttributes().state(QpState.RTR));
        qp.modify(new QpAttributes().state(QpState.RTS).sqPsn(psn & RcEndpoint.PSN_MASK));
    }

    /**
     * The path to this endpoint. C: {@code ibv_create_ah}.
     *
     * @param domain domain of the queue pair that sends
     * @param port   the port that it uses
     * @return the address handle, to be closed by the caller
     * @throws VerbsException if the device refuses the path
     */
    public AddressHandle reach(final ProtectionDomain domain, final PortSelection port) {
        return domain.createAddressHandle(port.pathTo(lid, gid));
    }
}
