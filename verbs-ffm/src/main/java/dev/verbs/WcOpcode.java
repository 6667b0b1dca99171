package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * What a completion completes; valid only when its status is SUCCESS.
 *
 * <p>C: {@code enum ibv_wc_opcode}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum WcOpcode {
    /** A send, with or without immediate. C: {@code IBV_WC_SEND}. */
    SEND(types_h.IBV_WC_SEND()),
    /** An RDMA write. C: {@code IBV_WC_RDMA_WRITE}. */
    RDMA_WRITE(types_h.IBV_WC_RDMA_WRITE()),
    /** An RDMA read. C: {@code IBV_WC_RDMA_READ}. */
    RDMA_READ(types_h.IBV_WC_RDMA_READ()),
    /** A compare and swap. C: {@code IBV_WC_COMP_SWAP}. */
    COMP_SWAP(types_h.IBV_WC_COMP_SWAP()),
    /** A fetch and add. C: {@code IBV_WC_FETCH_ADD}. */
    FETCH_ADD(types_h.IBV_WC_FETCH_ADD()),
    /** A memory window bind. C: {@code IBV_WC_BIND_MW}. */
    BIND_MW(types_h.IBV_WC_BIND_MW()),
    /** A local invalidate. C: {@code IBV_WC_LOCAL_INV}. */
    LOCAL_INV(types_h.IBV_WC_LOCAL_INV()),
    /** A receive that a send filled. C: {@code IBV_WC_RECV}. */
    RECV(types_h.IBV_WC_RECV()),
    /** A receive that a write with immediate consumed. C: {@code IBV_WC_RECV_RDMA_WITH_IMM}. */
    RECV_RDMA_WITH_IMM(types_h.IBV_WC_RECV_RDMA_WITH_IMM()),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1);

    private static final CodeTable<WcOpcode> TABLE = new CodeTable<>(values(), WcOpcode::code, UNKNOWN);

    private final int code;

    WcOpcode(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_wc_opcode}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_wc_opcode}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static WcOpcode of(final int code) {
        return TABLE.get(code);
    }
}
