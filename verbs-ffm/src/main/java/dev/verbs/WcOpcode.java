package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * What a completion completes; valid only when its status is SUCCESS.
 *
 * <p>C: {@code enum ibv_wc_opcode}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum WcOpcode {
    /** A send, with or without immediate. */
    SEND(types_h.IBV_WC_SEND()),
    /** An RDMA write. */
    RDMA_WRITE(types_h.IBV_WC_RDMA_WRITE()),
    /** An RDMA read. */
    RDMA_READ(types_h.IBV_WC_RDMA_READ()),
    /** A compare and swap. */
    COMP_SWAP(types_h.IBV_WC_COMP_SWAP()),
    /** A fetch and add. */
    FETCH_ADD(types_h.IBV_WC_FETCH_ADD()),
    /** A memory window bind. */
    BIND_MW(types_h.IBV_WC_BIND_MW()),
    /** A local invalidate. */
    LOCAL_INV(types_h.IBV_WC_LOCAL_INV()),
    /** A receive that a send filled. */
    RECV(types_h.IBV_WC_RECV()),
    /** A receive that a write with immediate consumed. */
    RECV_RDMA_WITH_IMM(types_h.IBV_WC_RECV_RDMA_WITH_IMM()),
    /** A code that is newer than this library. */
    UNKNOWN(-1);

    private static final CodeTable<WcOpcode> TABLE = new CodeTable<>(values(), WcOpcode::code, UNKNOWN);

    private final int code;

    WcOpcode(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static WcOpcode of(final int code) {
        return TABLE.get(code);
    }
}
