package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * The protocol that a GID stands for.
 *
 * <p>C: {@code enum ibv_gid_type}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum GidType {
    /** InfiniBand. C: {@code IBV_GID_TYPE_IB}. */
    IB(types_h.IBV_GID_TYPE_IB()),
    /** RoCE version 1 (Ethernet). C: {@code IBV_GID_TYPE_ROCE_V1}. */
    ROCE_V1(types_h.IBV_GID_TYPE_ROCE_V1()),
    /** RoCE version 2 (UDP). C: {@code IBV_GID_TYPE_ROCE_V2}. */
    ROCE_V2(types_h.IBV_GID_TYPE_ROCE_V2()),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1);

    private static final CodeTable<GidType> TABLE = new CodeTable<>(values(), GidType::code, UNKNOWN);

    private final int code;

    GidType(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_gid_type}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_gid_type}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static GidType of(final int code) {
        return TABLE.get(code);
    }
}
