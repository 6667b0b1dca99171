package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * What a send work request does.
 *
 * <p>C: {@code enum ibv_wr_opcode}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum WrOpcode {
    /** Writes local memory into the peer's memory. */
    RDMA_WRITE(types_h.IBV_WR_RDMA_WRITE()),
    /** A write that also consumes a receive at the peer and carries 32 bits. */
    RDMA_WRITE_WITH_IMM(types_h.IBV_WR_RDMA_WRITE_WITH_IMM()),
    /** Sends into the peer's next receive. */
    SEND(types_h.IBV_WR_SEND()),
    /** A send that carries 32 bits beside the payload. */
    SEND_WITH_IMM(types_h.IBV_WR_SEND_WITH_IMM()),
    /** Reads the peer's memory into local memory. */
    RDMA_READ(types_h.IBV_WR_RDMA_READ()),
    /** Compares and swaps 8 bytes of the peer's memory. */
    ATOMIC_CMP_AND_SWP(types_h.IBV_WR_ATOMIC_CMP_AND_SWP()),
    /** Adds to 8 bytes of the peer's memory. */
    ATOMIC_FETCH_AND_ADD(types_h.IBV_WR_ATOMIC_FETCH_AND_ADD()),
    /** Invalidates a local key. */
    LOCAL_INV(types_h.IBV_WR_LOCAL_INV()),
    /** Binds a memory window. */
    BIND_MW(types_h.IBV_WR_BIND_MW()),
    /** A send that invalidates a key at the peer. */
    SEND_WITH_INV(types_h.IBV_WR_SEND_WITH_INV()),
    /** A code that is newer than this library. */
    UNKNOWN(-1);

    private static final CodeTable<WrOpcode> TABLE = new CodeTable<>(values(), WrOpcode::code, UNKNOWN);

    private final int code;

    WrOpcode(final int code) {
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
    public static WrOpcode of(final int code) {
        return TABLE.get(code);
    }
}
