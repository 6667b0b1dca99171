package dev.verbs.cm;

/**
 * Why a connection request was rejected: the codes of InfiniBand's and RoCE's REJ message (InfiniBand specification, volume
 * 1, "REJ reason"), which arrive as the status of a REJECTED event.
 */
public enum RejectReason {
    /** The peer is out of queue pairs. */
    NO_QUEUE_PAIR(1, "the peer has no queue pair left"),
    /** The peer is out of end-to-end contexts. */
    NO_CONTEXT(2, "the peer has no end-to-end context left"),
    /** The peer is out of other resources. */
    NO_RESOURCES(3, "the peer is out of resources"),
    /** The other side gave up waiting. */
    TIMEOUT(4, "the other side gave up waiting"),
    /** The request names a transport that the peer does not do. */
    UNSUPPORTED(5, "the peer does not support the request"),
    /** The communication id is not known: the peer has forgotten the connection. */
    INVALID_COMMUNICATION_ID(6, "the peer does not know the communication id"),
    /** The communication id belongs to another connection. */
    INVALID_COMMUNICATION_INSTANCE(7, "the communication id belongs to another connection"),
    /** No listener for the address and port in this port space. */
    NOBODY_LISTENS(8, "nobody listens there"),
    /** The transport does not fit the service. */
    INVALID_TRANSPORT(9, "the transport does not fit the service"),
    /** An old connection of the same queue pair is not forgotten yet. */
    STALE_CONNECTION(10, "the peer still holds an old connection of this queue pair: use a new one"),
    /** The program said no. */
    BY_PROGRAM(28, "the peer rejected the request"),
    /** The options of the vendor are not supported. */
    VENDOR_OPTION(35, "the peer does not support the vendor's options (ECE)"),
    /** A code without a name here. */
    UNKNOWN(-1, "rejected");

    private final int code;
    private final String meaning;

    RejectReason(final int code, final String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /**
     * The code in the message and in the event's status.
     *
     * @return the code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The reason in words.
     *
     * @return a clause without a full stop
     */
    public String meaning() {
        return meaning;
    }

    /**
     * The constant of a code; never throws.
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
