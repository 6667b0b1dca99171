package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * How a work request ended. An error completion carries a valid wr_id, status, qp number and vendor error, nothing else.
 *
 * <p>C: {@code enum ibv_wc_status}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum WcStatus {
    /** Done. C: {@code IBV_WC_SUCCESS}. */
    SUCCESS(types_h.IBV_WC_SUCCESS(), "success",
        "done"),
    /** A message longer than the receive buffer, or than the device's limit. C: {@code IBV_WC_LOC_LEN_ERR}. */
    LOC_LEN_ERR(types_h.IBV_WC_LOC_LEN_ERR(), "local length error",
        "a message longer than the receive buffer, or than the device's limit"),
    /** An internal or malformed-request error of the local QP. C: {@code IBV_WC_LOC_QP_OP_ERR}. */
    LOC_QP_OP_ERR(types_h.IBV_WC_LOC_QP_OP_ERR(), "local QP operation error",
        "an internal or malformed-request error of the local QP"),
    /** A local end-to-end context error. C: {@code IBV_WC_LOC_EEC_OP_ERR}. */
    LOC_EEC_OP_ERR(types_h.IBV_WC_LOC_EEC_OP_ERR(), "local EE context operation error",
        "a local end-to-end context error"),
    /** A scatter/gather entry that its lkey does not allow: bad key, range, access or protection domain. C: {@code IBV_WC_LOC_PROT_ERR}. */
    LOC_PROT_ERR(types_h.IBV_WC_LOC_PROT_ERR(), "local protection error",
        "a scatter/gather entry that its lkey does not allow: bad key, range, access or protection domain"),
    /** Not executed: the QP was already in the error state. C: {@code IBV_WC_WR_FLUSH_ERR}. */
    WR_FLUSH_ERR(types_h.IBV_WC_WR_FLUSH_ERR(), "Work Request Flushed Error",
        "not executed: the QP was already in the error state"),
    /** A memory window bind that was refused. C: {@code IBV_WC_MW_BIND_ERR}. */
    MW_BIND_ERR(types_h.IBV_WC_MW_BIND_ERR(), "memory management operation error",
        "a memory window bind that was refused"),
    /** An unexpected response from the peer. C: {@code IBV_WC_BAD_RESP_ERR}. */
    BAD_RESP_ERR(types_h.IBV_WC_BAD_RESP_ERR(), "bad response error",
        "an unexpected response from the peer"),
    /** A protection error on a local buffer during a write with immediate. C: {@code IBV_WC_LOC_ACCESS_ERR}. */
    LOC_ACCESS_ERR(types_h.IBV_WC_LOC_ACCESS_ERR(), "local access error",
        "a protection error on a local buffer during a write with immediate"),
    /**
     * The peer found the request invalid: unsupported operation, too long for its receive, bad length.
     * C: {@code IBV_WC_REM_INV_REQ_ERR}.
     */
    REM_INV_REQ_ERR(types_h.IBV_WC_REM_INV_REQ_ERR(), "remote invalid request error",
        "the peer found the request invalid: unsupported operation, too long for its receive, bad length"),
    /** The peer's key, range or access flags do not allow the read, write or atomic. C: {@code IBV_WC_REM_ACCESS_ERR}. */
    REM_ACCESS_ERR(types_h.IBV_WC_REM_ACCESS_ERR(), "remote access error",
        "the peer's key, range or access flags do not allow the read, write or atomic"),
    /** The peer could not finish the operation. C: {@code IBV_WC_REM_OP_ERR}. */
    REM_OP_ERR(types_h.IBV_WC_REM_OP_ERR(), "remote operation error",
        "the peer could not finish the operation"),
    /** No acknowledgement after all retries: the peer is gone, unreachable, or its QP is not ready. C: {@code IBV_WC_RETRY_EXC_ERR}. */
    RETRY_EXC_ERR(types_h.IBV_WC_RETRY_EXC_ERR(), "transport retry counter exceeded",
        "no acknowledgement after all retries: the peer is gone, unreachable, or its QP is not ready"),
    /** The peer had no receive posted, after all RNR retries. C: {@code IBV_WC_RNR_RETRY_EXC_ERR}. */
    RNR_RETRY_EXC_ERR(types_h.IBV_WC_RNR_RETRY_EXC_ERR(), "RNR retry counter exceeded",
        "the peer had no receive posted, after all RNR retries"),
    /** A reliable-datagram domain violation. C: {@code IBV_WC_LOC_RDD_VIOL_ERR}. */
    LOC_RDD_VIOL_ERR(types_h.IBV_WC_LOC_RDD_VIOL_ERR(), "local RDD violation error",
        "a reliable-datagram domain violation"),
    /** An invalid reliable-datagram request. C: {@code IBV_WC_REM_INV_RD_REQ_ERR}. */
    REM_INV_RD_REQ_ERR(types_h.IBV_WC_REM_INV_RD_REQ_ERR(), "remote invalid RD request",
        "an invalid reliable-datagram request"),
    /** The peer aborted the operation. C: {@code IBV_WC_REM_ABORT_ERR}. */
    REM_ABORT_ERR(types_h.IBV_WC_REM_ABORT_ERR(), "aborted error",
        "the peer aborted the operation"),
    /** An invalid end-to-end context number. C: {@code IBV_WC_INV_EECN_ERR}. */
    INV_EECN_ERR(types_h.IBV_WC_INV_EECN_ERR(), "invalid EE context number",
        "an invalid end-to-end context number"),
    /** An invalid end-to-end context state. C: {@code IBV_WC_INV_EEC_STATE_ERR}. */
    INV_EEC_STATE_ERR(types_h.IBV_WC_INV_EEC_STATE_ERR(), "invalid EE context state",
        "an invalid end-to-end context state"),
    /** A fatal error of the device. C: {@code IBV_WC_FATAL_ERR}. */
    FATAL_ERR(types_h.IBV_WC_FATAL_ERR(), "fatal error",
        "a fatal error of the device"),
    /** No response in time. C: {@code IBV_WC_RESP_TIMEOUT_ERR}. */
    RESP_TIMEOUT_ERR(types_h.IBV_WC_RESP_TIMEOUT_ERR(), "response timeout error",
        "no response in time"),
    /** Another transport error. C: {@code IBV_WC_GENERAL_ERR}. */
    GENERAL_ERR(types_h.IBV_WC_GENERAL_ERR(), "general error",
        "another transport error"),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1, "unknown", "a status that this library does not know");

    private static final CodeTable<WcStatus> TABLE = new CodeTable<>(values(), WcStatus::code, UNKNOWN);

    private final int code;
    private final String text;
    private final String explanation;

    WcStatus(final int code, final String text, final String explanation) {
        this.code = code;
        this.text = text;
        this.explanation = explanation;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_wc_status}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * What it is called in English. C: {@code ibv_wc_status_str}.
     *
     * @return the words of the C function
     */
    public String text() {
        return text;
    }

    /**
     * What the status says, in words. No C counterpart.
     *
     * @return the explanation, without a full stop
     */
    public String explanation() {
        return explanation;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_wc_status}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static WcStatus of(final int code) {
        return TABLE.get(code);
    }
}
