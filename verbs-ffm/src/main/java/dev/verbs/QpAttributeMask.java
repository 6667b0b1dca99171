package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * Which fields of {@link QpAttributes} are given. Combine with {@code |}.
 *
 * <p>C: {@code enum ibv_qp_attr_mask}.
 */
public final class QpAttributeMask {
    /** The state to go to. C: {@code IBV_QP_STATE}. */
    public static final int STATE = types_h.IBV_QP_STATE();

    /** The state assumed now. C: {@code IBV_QP_CUR_STATE}. */
    public static final int CUR_STATE = types_h.IBV_QP_CUR_STATE();

    /** Event when drained. C: {@code IBV_QP_EN_SQD_ASYNC_NOTIFY}. */
    public static final int EN_SQD_ASYNC_NOTIFY = types_h.IBV_QP_EN_SQD_ASYNC_NOTIFY();

    /** Remote access allowed. C: {@code IBV_QP_ACCESS_FLAGS}. */
    public static final int ACCESS_FLAGS = types_h.IBV_QP_ACCESS_FLAGS();

    /** Partition key index. C: {@code IBV_QP_PKEY_INDEX}. */
    public static final int PKEY_INDEX = types_h.IBV_QP_PKEY_INDEX();

    /** Physical port. C: {@code IBV_QP_PORT}. */
    public static final int PORT = types_h.IBV_QP_PORT();

    /** Queue key (UD). C: {@code IBV_QP_QKEY}. */
    public static final int QKEY = types_h.IBV_QP_QKEY();

    /** Address vector. C: {@code IBV_QP_AV}. */
    public static final int AV = types_h.IBV_QP_AV();

    /** Path MTU. C: {@code IBV_QP_PATH_MTU}. */
    public static final int PATH_MTU = types_h.IBV_QP_PATH_MTU();

    /** ACK timeout. C: {@code IBV_QP_TIMEOUT}. */
    public static final int TIMEOUT = types_h.IBV_QP_TIMEOUT();

    /** Transport retries. C: {@code IBV_QP_RETRY_CNT}. */
    public static final int RETRY_CNT = types_h.IBV_QP_RETRY_CNT();

    /** Receiver-not-ready retries. C: {@code IBV_QP_RNR_RETRY}. */
    public static final int RNR_RETRY = types_h.IBV_QP_RNR_RETRY();

    /** First expected packet number. C: {@code IBV_QP_RQ_PSN}. */
    public static final int RQ_PSN = types_h.IBV_QP_RQ_PSN();

    /** Outstanding reads and atomics as initiator. C: {@code IBV_QP_MAX_QP_RD_ATOMIC}. */
    public static final int MAX_QP_RD_ATOMIC = types_h.IBV_QP_MAX_QP_RD_ATOMIC();

    /** Alternate path. C: {@code IBV_QP_ALT_PATH}. */
    public static final int ALT_PATH = types_h.IBV_QP_ALT_PATH();

    /** RNR delay asked of the sender. C: {@code IBV_QP_MIN_RNR_TIMER}. */
    public static final int MIN_RNR_TIMER = types_h.IBV_QP_MIN_RNR_TIMER();

    /** First sent packet number. C: {@code IBV_QP_SQ_PSN}. */
    public static final int SQ_PSN = types_h.IBV_QP_SQ_PSN();

    /** Outstanding reads and atomics as responder. C: {@code IBV_QP_MAX_DEST_RD_ATOMIC}. */
    public static final int MAX_DEST_RD_ATOMIC = types_h.IBV_QP_MAX_DEST_RD_ATOMIC();

    /** Path migration state. C: {@code IBV_QP_PATH_MIG_STATE}. */
    public static final int PATH_MIG_STATE = types_h.IBV_QP_PATH_MIG_STATE();

    /** Queue capacities. C: {@code IBV_QP_CAP}. */
    public static final int CAP = types_h.IBV_QP_CAP();

    /** The peer's QP number. C: {@code IBV_QP_DEST_QPN}. */
    public static final int DEST_QPN = types_h.IBV_QP_DEST_QPN();

    /** Largest rate of packets. C: {@code IBV_QP_RATE_LIMIT}. */
    public static final int RATE_LIMIT = types_h.IBV_QP_RATE_LIMIT();

    private QpAttributeMask() {
    }
}
