package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * How far the atomicity of a device's atomic operations reaches.
 *
 * <p>C: {@code enum ibv_atomic_cap}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum AtomicCapability {
    /** No atomic operations. C: {@code IBV_ATOMIC_NONE}. */
    NONE(types_h.IBV_ATOMIC_NONE()),
    /** Among operations of this device. C: {@code IBV_ATOMIC_HCA}. */
    HCA(types_h.IBV_ATOMIC_HCA()),
    /** Among operations of all devices and processors. C: {@code IBV_ATOMIC_GLOB}. */
    GLOB(types_h.IBV_ATOMIC_GLOB()),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1);

    private static final CodeTable<AtomicCapability> TABLE = new CodeTable<>(values(), AtomicCapability::code, UNKNOWN);

    private final int code;

    AtomicCapability(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_atomic_cap}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_atomic_cap}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static AtomicCapability of(final int code) {
        return TABLE.get(code);
    }
}
