package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * What a send work request does.
 *
 * <p>C: {@code enum ibv_wr_opcode}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum WrOpcode {
    /** Writes local memory into the peer's memory. C: {@code IBV_WR_RDMA_WRITE}. */
    RDMA_WRITE(types_h.IBV_WR_RDMA_WRITE()),
    /** A write that also consumes a receive at the peer and carries 32 bits. C: {@code IBV_WR_RDMA_WRITE_WITH_IMM}. */
    RDMA_WRITE_WITH_IMM(types_h.IBV_WR_RDMA_WRITE_WITH_IMM()),
    /** Sends into the peer's next receive. C: {@code IBV_WR_SEND}. */
    SEND(types_h.IBV_WR_SEND()),
    /** A send that carries 32 bits beside the payload. C: {@code IBV_WR_SEND_WITH_IMM}. */
    SEND_WITH_IMM(types_h.IBV_WR_SEND_WITH_IMM()),
    /** Reads the peer's memory into local memory. C: {@code IBV_WR_RDMA_READ}. */
    RDMA_READ(types_h.IBV_WR_RDMA_READ()),
    /** Compares and swaps 8 bytes of the peer's memory. C: {@code IBV_WR_ATOMIC_CMP_AND_SWP}. */
    ATOMIC_CMP_AND_SWP(types_h.IBV_WR_ATOMIC_CMP_AND_SWP()),
    /** Adds to 8 bytes of the peer's memory. C: {@code IBV_WR_ATOMIC_FETCH_AND_ADD}. */
    ATOMIC_FETCH_AND_ADD(types_h.IBV_WR_ATOMIC_FETCH_AND_ADD()),
    /** Invalidates a local key. C: {@code IBV_WR_LOCAL_INV}. */
    LOCAL_INV(types_h.IBV_WR_LOCAL_INV()),
    /** Binds a memory window. C: {@code IBV_WR_BIND_MW}. */
    BIND_MW(types_h.IBV_WR_BIND_MW()),
    /** A send that invalidates a key at the peer. C: {@code IBV_WR_SEND_WITH_INV}. */
    SEND_WITH_INV(types_h.IBV_WR_SEND_WITH_INV()),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1);

    private static final CodeTable<WrOpcode> TABLE = new CodeTable<>(values(), WrOpcode::code, UNKNOWN);

    private final int code;

    WrOpcode(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_wr_opcode}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_wr_opcode}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static WrOpcode of(final int code) {
        return TABLE.get(code);
    }
}
