package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * What kind of node a device is.
 *
 * <p>C: {@code enum ibv_node_type}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum NodeType {
    /** A channel adapter (InfiniBand, RoCE). C: {@code IBV_NODE_CA}. */
    CA(types_h.IBV_NODE_CA(), "InfiniBand channel adapter"),
    /** A switch. C: {@code IBV_NODE_SWITCH}. */
    SWITCH(types_h.IBV_NODE_SWITCH(), "InfiniBand switch"),
    /** A router. C: {@code IBV_NODE_ROUTER}. */
    ROUTER(types_h.IBV_NODE_ROUTER(), "InfiniBand router"),
    /** An iWARP adapter. C: {@code IBV_NODE_RNIC}. */
    RNIC(types_h.IBV_NODE_RNIC(), "iWARP NIC"),
    /** A usNIC. C: {@code IBV_NODE_USNIC}. */
    USNIC(types_h.IBV_NODE_USNIC(), "usNIC"),
    /** A usNIC over UDP. C: {@code IBV_NODE_USNIC_UDP}. */
    USNIC_UDP(types_h.IBV_NODE_USNIC_UDP(), "usNIC UDP"),
    /** Not specified. C: {@code IBV_NODE_UNSPECIFIED}. */
    UNSPECIFIED(types_h.IBV_NODE_UNSPECIFIED(), "unspecified"),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1, "unknown");

    private static final CodeTable<NodeType> TABLE = new CodeTable<>(values(), NodeType::code, UNKNOWN);

    private final int code;
    private final String text;

    NodeType(final int code, final String text) {
        this.code = code;
        this.text = text;
    }

    /**
     * What it is called in English. C: {@code ibv_node_type_str}.
     *
     * @return the words of the C function
     */
    public String text() {
        return text;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_node_type}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_node_type}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static NodeType of(final int code) {
        return TABLE.get(code);
    }
}
