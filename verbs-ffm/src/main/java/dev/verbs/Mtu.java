package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * Path MTU.
 *
 * <p>C: {@code enum ibv_mtu}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum Mtu {
    /** 256 bytes of payload in a packet. C: {@code IBV_MTU_256}. */
    MTU_256(types_h.IBV_MTU_256()),
    /** 512 bytes of payload in a packet. C: {@code IBV_MTU_512}. */
    MTU_512(types_h.IBV_MTU_512()),
    /** 1024 bytes of payload in a packet. C: {@code IBV_MTU_1024}. */
    MTU_1024(types_h.IBV_MTU_1024()),
    /** 2048 bytes of payload in a packet. C: {@code IBV_MTU_2048}. */
    MTU_2048(types_h.IBV_MTU_2048()),
    /** 4096 bytes of payload in a packet. C: {@code IBV_MTU_4096}. */
    MTU_4096(types_h.IBV_MTU_4096()),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1);

    private static final CodeTable<Mtu> TABLE = new CodeTable<>(values(), Mtu::code, UNKNOWN);

    private final int code;

    Mtu(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_mtu}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_mtu}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static Mtu of(final int code) {
        return TABLE.get(code);
    }

    /**
     * Payload bytes of one packet. No C counterpart.
     *
     * @return the size in bytes, 0 for {@link #UNKNOWN}
     */
    public int bytes() {
        return this == UNKNOWN ? 0 : 128 << code;
    }

    /**
     * The constant for a size. No C counterpart.
     *
     * @param bytes 256, 512, 1024, 2048 or 4096
     * @return its constant
     * @throws IllegalArgumentException for any other size
     */
    public static Mtu ofBytes(final int bytes) {
        for (final Mtu mtu : values()) {
            if (mtu != UNKNOWN && mtu.bytes() == bytes) {
                return mtu;
            }
        }
        throw new IllegalArgumentException("mtu " + bytes + " is not one of 256, 512, 1024, 2048, 4096");
    }
}
