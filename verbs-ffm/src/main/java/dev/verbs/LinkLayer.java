package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * What a port runs on.
 *
 * <p>C: {@code enum IBV_LINK_LAYER_*}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum LinkLayer {
    /** InfiniBand, by tradition. */
    UNSPECIFIED(types_h.IBV_LINK_LAYER_UNSPECIFIED()),
    /** InfiniBand. */
    INFINIBAND(types_h.IBV_LINK_LAYER_INFINIBAND()),
    /** Ethernet: RoCE or iWARP. */
    ETHERNET(types_h.IBV_LINK_LAYER_ETHERNET()),
    /** A code that is newer than this library. */
    UNKNOWN(-1);

    private static final CodeTable<LinkLayer> TABLE = new CodeTable<>(values(), LinkLayer::code, UNKNOWN);

    private final int code;

    LinkLayer(final int code) {
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
    public static LinkLayer of(final int code) {
        return TABLE.get(code);
    }
}
