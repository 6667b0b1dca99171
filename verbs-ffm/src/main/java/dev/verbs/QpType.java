package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * Transport services.
 *
 * <p>C: {@code enum ibv_qp_type}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum QpType {
    /** Reliable connection. C: {@code IBV_QPT_RC}. */
    RC(types_h.IBV_QPT_RC()),
    /** Unreliable connection. C: {@code IBV_QPT_UC}. */
    UC(types_h.IBV_QPT_UC()),
    /** Unreliable datagram. C: {@code IBV_QPT_UD}. */
    UD(types_h.IBV_QPT_UD()),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1);

    private static final CodeTable<QpType> TABLE = new CodeTable<>(values(), QpType::code, UNKNOWN);

    private final int code;

    QpType(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_qp_type}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_qp_type}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static QpType of(final int code) {
        return TABLE.get(code);
    }
}
