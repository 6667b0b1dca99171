package dev.verbs.cm;

/**
 * Why a connection request was rejected: the codes of InfiniBand's and RoCE's REJ message (InfiniBand specification, volume
 * 1, "REJ reason"), which arrive as the status of a REJECTED event. C: {@code rdma_cm_event.status}.
 */
public enum RejectReason {
    /** The peer is out of queue pairs. C: {@code rdma_cm_event.status} 1. */
    NO_QUEUE_PAIR(1, "the peer has no queue pair left"),
    /** The peer is out of end-to-end contexts. C: {@code rdma_cm_event.status} 2. */
    NO_CONTEXT(2, "the peer has no end-to-end context left"),
    /** The peer is out of other resources. C: {@code rdma_cm_event.status} 3. */
    NO_RESOURCES(3, "the peer is out of resources"),
    /** The other side gave up waiting. C: {@code rdma_cm_event.status} 4. */
    TIMEOUT(4, "the other side gave up waiting"),
    /** The request names a transport that the peer does not do. C: {@code rdma_cm_event.status} 5. */
    UNSUPPORTED(5, "the peer does not support the request"),
    /** The communication id is not known: the peer has forgotten the connection. C: {@code rdma_cm_event.status} 6. */
    INVALID_COMMUNICATION_ID(6, "the peer does not know the communication id"),
    /** The communication id belongs to another connection. C: {@code rdma_cm_event.status} 7. */
    INVALID_COMMUNICATION_INSTANCE(7, "the communication id belongs to another connection"),
    /** No listener for the address and port in this port space. C: {@code rdma_cm_event.status} 8. */
    NOBODY_LISTENS(8, "nobody listens there"),
    /** The transport does not fit the service. C: {@code rdma_cm_event.status} 9. */
    INVALID_TRANSPORT(9, "the transport does not fit the service"),
    /** An old connection of the same queue pair is not forgotten yet. C: {@code rdma_cm_event.status} 10. */
    STALE_CONNECTION(10, "the peer still holds an old connection of this queue pair: use a new one"),
    /** The program said no. C: {@code rdma_cm_event.status} 28. */
    BY_PROGRAM(28, "the peer rejected the request"),
    /** The options of the vendor are not supported. C: {@code rdma_cm_event.status} 35. */
    VENDOR_OPTION(35, "the peer does not support the vendor's options (ECE)"),
    /** A code without a name here. No C counterpart. */
    UNKNOWN(-1, "rejected");

    private final int code;
    private final String meaning;

    RejectReason(final int code, final String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /**
     * The code in the message and in the event's status. C: {@code rdma_cm_event.status}.
     *
     * @return the code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The reason in words. No C counterpart.
     *
     * @return a clause without a full stop
     */
    public String meaning() {
        return meaning;
    }

    /**
     * The constant of a code; never throws. C: {@code rdma_cm_event.status}.
     *
     * @param code the code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static RejectReason of(final int code) {
        for (final RejectReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        return UNKNOWN;
    }
}
