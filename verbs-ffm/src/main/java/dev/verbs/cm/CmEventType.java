package dev.verbs.cm;

import dev.verbs.headers.types_h;

/**
 * What the connection manager announces. C: {@code enum rdma_cm_event_type}.
 */
public enum CmEventType {
    /** Address resolution succeeded. C: {@code RDMA_CM_EVENT_ADDR_RESOLVED}. */
    ADDR_RESOLVED(types_h.RDMA_CM_EVENT_ADDR_RESOLVED()),
    /** Address resolution failed. C: {@code RDMA_CM_EVENT_ADDR_ERROR}. */
    ADDR_ERROR(types_h.RDMA_CM_EVENT_ADDR_ERROR()),
    /** Route resolution succeeded. C: {@code RDMA_CM_EVENT_ROUTE_RESOLVED}. */
    ROUTE_RESOLVED(types_h.RDMA_CM_EVENT_ROUTE_RESOLVED()),
    /** Route resolution failed. C: {@code RDMA_CM_EVENT_ROUTE_ERROR}. */
    ROUTE_ERROR(types_h.RDMA_CM_EVENT_ROUTE_ERROR()),
    /** A peer asks for a connection: on the listener's channel, with a new id. C: {@code RDMA_CM_EVENT_CONNECT_REQUEST}. */
    CONNECT_REQUEST(types_h.RDMA_CM_EVENT_CONNECT_REQUEST()),
    /** The peer accepted; the connecting side must call establish. C: {@code RDMA_CM_EVENT_CONNECT_RESPONSE}. */
    CONNECT_RESPONSE(types_h.RDMA_CM_EVENT_CONNECT_RESPONSE()),
    /** The connection could not be made. C: {@code RDMA_CM_EVENT_CONNECT_ERROR}. */
    CONNECT_ERROR(types_h.RDMA_CM_EVENT_CONNECT_ERROR()),
    /** The peer does not answer. C: {@code RDMA_CM_EVENT_UNREACHABLE}. */
    UNREACHABLE(types_h.RDMA_CM_EVENT_UNREACHABLE()),
    /** The peer, or its host, refused. C: {@code RDMA_CM_EVENT_REJECTED}. */
    REJECTED(types_h.RDMA_CM_EVENT_REJECTED()),
    /** The connection stands. C: {@code RDMA_CM_EVENT_ESTABLISHED}. */
    ESTABLISHED(types_h.RDMA_CM_EVENT_ESTABLISHED()),
    /** The connection ended. C: {@code RDMA_CM_EVENT_DISCONNECTED}. */
    DISCONNECTED(types_h.RDMA_CM_EVENT_DISCONNECTED()),
    /** The device went away. C: {@code RDMA_CM_EVENT_DEVICE_REMOVAL}. */
    DEVICE_REMOVAL(types_h.RDMA_CM_EVENT_DEVICE_REMOVAL()),
    /** A multicast group was joined. C: {@code RDMA_CM_EVENT_MULTICAST_JOIN}. */
    MULTICAST_JOIN(types_h.RDMA_CM_EVENT_MULTICAST_JOIN()),
    /** A multicast group could not be joined, or was lost. C: {@code RDMA_CM_EVENT_MULTICAST_ERROR}. */
    MULTICAST_ERROR(types_h.RDMA_CM_EVENT_MULTICAST_ERROR()),
    /** The device of the address changed. C: {@code RDMA_CM_EVENT_ADDR_CHANGE}. */
    ADDR_CHANGE(types_h.RDMA_CM_EVENT_ADDR_CHANGE()),
    /** The old connection has left the time-wait state. C: {@code RDMA_CM_EVENT_TIMEWAIT_EXIT}. */
    TIMEWAIT_EXIT(types_h.RDMA_CM_EVENT_TIMEWAIT_EXIT()),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1);

    private final int code;

    CmEventType(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures. C: {@code enum rdma_cm_event_type}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws. C: {@code enum rdma_cm_event_type}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static CmEventType of(final int code) {
        for (final CmEventType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return UNKNOWN;
    }
}
