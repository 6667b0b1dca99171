package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * The states of a queue pair.
 *
 * <p>C: {@code enum ibv_qp_state}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum QpState {
    /** Newly made: nothing can be posted. C: {@code IBV_QPS_RESET}. */
    RESET(types_h.IBV_QPS_RESET()),
    /** Receives can be posted. C: {@code IBV_QPS_INIT}. */
    INIT(types_h.IBV_QPS_INIT()),
    /** Ready to receive. C: {@code IBV_QPS_RTR}. */
    RTR(types_h.IBV_QPS_RTR()),
    /** Ready to send. C: {@code IBV_QPS_RTS}. */
    RTS(types_h.IBV_QPS_RTS()),
    /** The send queue drains. C: {@code IBV_QPS_SQD}. */
    SQD(types_h.IBV_QPS_SQD()),
    /** The send queue is in error (UC, UD). C: {@code IBV_QPS_SQE}. */
    SQE(types_h.IBV_QPS_SQE()),
    /** Everything outstanding and everything posted is flushed. C: {@code IBV_QPS_ERR}. */
    ERR(types_h.IBV_QPS_ERR()),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1);

    private static final CodeTable<QpState> TABLE = new CodeTable<>(values(), QpState::code, UNKNOWN);

    private final int code;

    QpState(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_qp_state}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_qp_state}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static QpState of(final int code) {
        return TABLE.get(code);
    }
}
