package dev.verbs.cm;

import dev.verbs.QpType;
import dev.verbs.headers.types_h;

/**
 * Kind of service that an id offers or asks for; port numbers of different spaces do not collide. C:
 * {@code enum rdma_port_space}.
 */
public enum PortSpace {
    /** Reliable connections, over any transport. C: {@code RDMA_PS_TCP}. */
    TCP(types_h.RDMA_PS_TCP(), QpType.RC),
    /** Unreliable datagrams and multicast, with the connection manager's own queue key. Not on iWARP. C: {@code RDMA_PS_UDP}. */
    UDP(types_h.RDMA_PS_UDP(), QpType.UD),
    /** Services of InfiniBand; here for reliable connections. Not on iWARP. C: {@code RDMA_PS_IB}. */
    IB(types_h.RDMA_PS_IB(), QpType.RC),
    /** Datagrams and multicast together with IP over InfiniBand, whose queue key is used. InfiniBand only. C: {@code RDMA_PS_IPOIB}. */
    IPOIB(types_h.RDMA_PS_IPOIB(), QpType.UD),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1, QpType.UNKNOWN);

    private final int code;
    private final QpType type;

    PortSpace(final int code, final QpType type) {
        this.code = code;
        this.type = type;
    }

    /**
     * The value in the C structures. C: {@code enum rdma_port_space}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The transport of its queue pairs. C: {@code enum ibv_qp_type}.
     *
     * @return RC or UD
     */
    public QpType queuePairType() {
        return type;
    }

    /**
     * Whether it is a service of datagrams: nothing is connected, a request is answered with a queue pair number and a key.
     * No C counterpart.
     *
     * @return true for {@link #UDP} and {@link #IPOIB}
     */
    public boolean isDatagram() {
        return type == QpType.UD;
    }

    /**
     * The constant of a C code; never throws. C: {@code enum rdma_port_space}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static PortSpace of(final int code) {
        for (final PortSpace space : values()) {
            if (space.code == code) {
                return space;
            }
        }
        return UNKNOWN;
    }
}
