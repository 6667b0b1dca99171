package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * What a port runs on.
 *
 * <p>C: {@code IBV_LINK_LAYER_*}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum LinkLayer {
    /** InfiniBand, by tradition. C: {@code IBV_LINK_LAYER_UNSPECIFIED}. */
    UNSPECIFIED(types_h.IBV_LINK_LAYER_UNSPECIFIED()),
    /** InfiniBand. C: {@code IBV_LINK_LAYER_INFINIBAND}. */
    INFINIBAND(types_h.IBV_LINK_LAYER_INFINIBAND()),
    /** Ethernet: RoCE or iWARP. C: {@code IBV_LINK_LAYER_ETHERNET}. */
    ETHERNET(types_h.IBV_LINK_LAYER_ETHERNET()),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1);

    private static final CodeTable<LinkLayer> TABLE = new CodeTable<>(values(), LinkLayer::code, UNKNOWN);

    private final int code;

    LinkLayer(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures. C: {@code IBV_LINK_LAYER_*}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code IBV_LINK_LAYER_*}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static LinkLayer of(final int code) {
        return TABLE.get(code);
    }
}
