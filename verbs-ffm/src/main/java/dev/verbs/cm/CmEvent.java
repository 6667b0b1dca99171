package dev.verbs.cm;

import dev.verbs.Errno;

/**
 * An event of the connection manager, copied and already acknowledged. C: {@code struct rdma_cm_event}.
 *
 * @param type           what happened [event]
 * @param status         0; a negative errno; for REJECTED the transport's reason code (see {@link #rejectReason()}); for an
 *                       UNREACHABLE datagram service the status of its answer (1: nobody listens, 2: refused by the program)
 *     [status]
 * @param id             the id it happened to; for CONNECT_REQUEST a new one, to be accepted or rejected and closed [id]
 * @param listener       for CONNECT_REQUEST the listening id, else null [listen_id]
 * @param rawPrivateData the peer's bytes as they arrived, possibly padded with zeros [param.conn.private_data]
 *     [param.ud.private_data]
 * @param connection     for CONNECT_REQUEST, CONNECT_RESPONSE and ESTABLISHED of a reliable connection what the peer said;
 *                       else null [param.conn]
 * @param datagram       for ESTABLISHED of a datagram service and MULTICAST_JOIN where to send; else null [param.ud]
 */
public record CmEvent(CmEventType type, int status, CmId id, CmId listener, byte[] rawPrivateData, ConnectionOffer connection,
    DatagramDestination datagram) {
    private static final int SIDR_NOBODY_LISTENS = 1;
    private static final int SIDR_REJECTED = 2;

    /**
     * An event without parameters. C: {@code struct rdma_cm_event}.
     *
     * @param type           what happened
     * @param status         its status
     * @param id             the id it happened to
     * @param listener       for CONNECT_REQUEST the listening id, else null
     * @param rawPrivateData the peer's bytes
     */
    public CmEvent(final CmEventType type, final int status, final CmId id, final CmId listener, final byte[] rawPrivateData) {
        this(type, status, id, listener, rawPrivateData, null, null);
    }

    /**
     * The peer's private data in its true length. C: {@code rdma_conn_param.private_data}.
     *
     * @return the payload
     * @throws dev.verbs.VerbsException (EINVAL) if the peer does not use this library's header
     */
    public byte[] privateData() {
        return PrivateData.unframe(rawPrivateData);
    }

    /**
     * Why a request was rejected. C: {@code rdma_cm_event.status}.
     *
     * @return the reason; {@link RejectReason#UNKNOWN} for a code without a name and for events that are no rejection
     */
    public RejectReason rejectReason() {
        return type == CmEventType.REJECTED && (status == -Errno.ECONNREFUSED || status == -Errno.ECONNRESET)
            ? RejectReason.BY_PROGRAM // iWARP has no codes: nobody there, or refused
            : isRefusedService() ? serviceRefusal()
            : type == CmEventType.REJECTED ? RejectReason.of(status) : RejectReason.UNKNOWN;
    }

    /**
     * Whether a peer said no, to a connection or to the use of a datagram service. C: {@code RDMA_CM_EVENT_REJECTED},
     * {@code RDMA_CM_EVENT_UNREACHABLE}.
     *
     * @return true for REJECTED, and for UNREACHABLE with the status of an answer
     */
    public boolean isRefusal() {
        return type == CmEventType.REJECTED || isRefusedService();
    }

    private boolean isRefusedService() {
        return type == CmEventType.UNREACHABLE && status > 0;
    }

    private RejectReason serviceRefusal() {
        return switch (status) {
            case SIDR_NOBODY_LISTENS -> RejectReason.NOBODY_LISTENS;
            case SIDR_REJECTED -> RejectReason.BY_PROGRAM;
            default -> RejectReason.UNKNOWN;
        };
    }

    @Override
    public String toString() {
        return type + (status == 0 ? "" : ", status " + status + (status < 0 ? " " + Errno.name(-status)
            : rejectReason() == RejectReason.UNKNOWN ? "" : " " + rejectReason()));
    }
}
