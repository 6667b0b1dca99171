package dev.verbs.cm;

import dev.verbs.AddressVector;
import dev.verbs.headers.types_h;
import java.util.Objects;

/**
 * Where datagrams go: what a send request and an address handle need. C: {@code struct rdma_ud_param} of an event.
 *
 * @param address  the path: of the peer, or of the multicast group, whose GID and LID the queue pair is attached with [ah_attr]
 * @param qpNumber the peer's queue pair, {@link #MULTICAST_QP} for a group [qp_num]
 * @param qkey     the key that the receiving queue pair must have [qkey]
 */
public record DatagramDestination(AddressVector address, int qpNumber, int qkey) {
    /** The queue pair number that stands for all members of a multicast group (InfiniBand specification). No C counterpart. */
    public static final int MULTICAST_QP = 0xFF_FFFF;

    /** The queue key that the connection manager gives everybody in {@link PortSpace#UDP}. C: {@code RDMA_UDP_QKEY}. */
    public static final int DEFAULT_QKEY = types_h.RDMA_UDP_QKEY();

    /** Checks that there is a path. */
    public DatagramDestination {
        Objects.requireNonNull(address, "address");
    }
}
