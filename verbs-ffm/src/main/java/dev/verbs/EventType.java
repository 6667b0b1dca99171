package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * What happened to a device, a port or something made on it.
 *
 * <p>C: {@code enum ibv_event_type}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum EventType {
    /** A completion queue overflowed or failed: it holds no more completions. C: {@code IBV_EVENT_CQ_ERR}. */
    CQ_ERR(types_h.IBV_EVENT_CQ_ERR(), "CQ error"),
    /** A queue pair failed so that it cannot report it with a completion. C: {@code IBV_EVENT_QP_FATAL}. */
    QP_FATAL(types_h.IBV_EVENT_QP_FATAL(), "local work queue catastrophic error"),
    /** A queue pair received an invalid request that consumed no receive; it is in ERR. C: {@code IBV_EVENT_QP_REQ_ERR}. */
    QP_REQ_ERR(types_h.IBV_EVENT_QP_REQ_ERR(), "invalid request local work queue error"),
    /** A queue pair received a request for memory that it may not have; it is in ERR. C: {@code IBV_EVENT_QP_ACCESS_ERR}. */
    QP_ACCESS_ERR(types_h.IBV_EVENT_QP_ACCESS_ERR(), "local access violation work queue error"),
    /** The first message came for a queue pair in RTR: the peer is ready, this side may go to RTS. C: {@code IBV_EVENT_COMM_EST}. */
    COMM_EST(types_h.IBV_EVENT_COMM_EST(), "communication established"),
    /** Everything that a send queue had begun has ended since it went to SQD. C: {@code IBV_EVENT_SQ_DRAINED}. */
    SQ_DRAINED(types_h.IBV_EVENT_SQ_DRAINED(), "send queue drained"),
    /** A connection migrated to its alternate path. C: {@code IBV_EVENT_PATH_MIG}. */
    PATH_MIG(types_h.IBV_EVENT_PATH_MIG(), "path migrated"),
    /** A connection could not migrate to its alternate path. C: {@code IBV_EVENT_PATH_MIG_ERR}. */
    PATH_MIG_ERR(types_h.IBV_EVENT_PATH_MIG_ERR(), "path migration request error"),
    /** The device failed: close everything. C: {@code IBV_EVENT_DEVICE_FATAL}. */
    DEVICE_FATAL(types_h.IBV_EVENT_DEVICE_FATAL(), "local catastrophic error"),
    /** A port became active. C: {@code IBV_EVENT_PORT_ACTIVE}. */
    PORT_ACTIVE(types_h.IBV_EVENT_PORT_ACTIVE(), "port active"),
    /** A port went down. C: {@code IBV_EVENT_PORT_ERR}. */
    PORT_ERR(types_h.IBV_EVENT_PORT_ERR(), "port error"),
    /** The LID of a port changed. C: {@code IBV_EVENT_LID_CHANGE}. */
    LID_CHANGE(types_h.IBV_EVENT_LID_CHANGE(), "LID change"),
    /** The partition key table of a port changed. C: {@code IBV_EVENT_PKEY_CHANGE}. */
    PKEY_CHANGE(types_h.IBV_EVENT_PKEY_CHANGE(), "P_Key change"),
    /** The subnet manager of a port changed. C: {@code IBV_EVENT_SM_CHANGE}. */
    SM_CHANGE(types_h.IBV_EVENT_SM_CHANGE(), "SM change"),
    /** A shared receive queue failed. C: {@code IBV_EVENT_SRQ_ERR}. */
    SRQ_ERR(types_h.IBV_EVENT_SRQ_ERR(), "SRQ catastrophic error"),
    /** A shared receive queue holds fewer receives than its limit; the limit is 0 now. C: {@code IBV_EVENT_SRQ_LIMIT_REACHED}. */
    SRQ_LIMIT_REACHED(types_h.IBV_EVENT_SRQ_LIMIT_REACHED(), "SRQ limit reached"),
    /** A queue pair in ERR takes no more receives from its shared receive queue. C: {@code IBV_EVENT_QP_LAST_WQE_REACHED}. */
    QP_LAST_WQE_REACHED(types_h.IBV_EVENT_QP_LAST_WQE_REACHED(), "last WQE reached"),
    /** The subnet manager asks to register again. C: {@code IBV_EVENT_CLIENT_REREGISTER}. */
    CLIENT_REREGISTER(types_h.IBV_EVENT_CLIENT_REREGISTER(), "client reregistration"),
    /** The GID table of a port changed. C: {@code IBV_EVENT_GID_CHANGE}. */
    GID_CHANGE(types_h.IBV_EVENT_GID_CHANGE(), "GID table change"),
    /** A work queue of receive-side scaling failed. C: {@code IBV_EVENT_WQ_FATAL}. */
    WQ_FATAL(types_h.IBV_EVENT_WQ_FATAL(), "WQ fatal"),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1, "unknown");

    private static final CodeTable<EventType> TABLE = new CodeTable<>(values(), EventType::code, UNKNOWN);

    private final int code;
    private final String text;

    EventType(final int code, final String text) {
        this.code = code;
        this.text = text;
    }

    /**
     * What it is called in English. C: {@code ibv_event_type_str}.
     *
     * @return the words of the C function
     */
    public String text() {
        return text;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_event_type}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_event_type}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static EventType of(final int code) {
        return TABLE.get(code);
    }

    /**
     * Whether it is about a queue pair. C: {@code ibv_async_event.element.qp}.
     *
     * @return true if {@link AsyncEvent#element()} is a {@link QueuePair}
     */
    public boolean isOfQueuePair() {
        return switch (this) {
            case QP_FATAL, QP_REQ_ERR, QP_ACCESS_ERR, COMM_EST, SQ_DRAINED, PATH_MIG, PATH_MIG_ERR, QP_LAST_WQE_REACHED -> true;
            default -> false;
        };
    }

    /**
     * Whether it is about a completion queue. C: {@code ibv_async_event.element.cq}.
     *
     * @return true if {@link AsyncEvent#element()} is a {@link CompletionQueue}
     */
    public boolean isOfCompletionQueue() {
        return this == CQ_ERR;
    }

    /**
     * Whether it is about a shared receive queue. C: {@code ibv_async_event.element.srq}.
     *
     * @return true if {@link AsyncEvent#element()} is a shared receive queue
     */
    public boolean isOfSharedReceiveQueue() {
        return this == SRQ_ERR || this == SRQ_LIMIT_REACHED;
    }

    /**
     * Whether it is about a port. C: {@code ibv_async_event.element.port_num}.
     *
     * @return true if {@link AsyncEvent#port()} names one
     */
    public boolean isOfPort() {
        return switch (this) {
            case PORT_ACTIVE, PORT_ERR, LID_CHANGE, PKEY_CHANGE, SM_CHANGE, CLIENT_REREGISTER, GID_CHANGE -> true;
            default -> false;
        };
    }
}
