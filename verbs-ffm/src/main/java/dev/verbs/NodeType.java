package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * What kind of node a device is.
 *
 * <p>C: {@code enum ibv_node_type}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum NodeType {
    /** A channel adapter (InfiniBand, RoCE). */
    CA(types_h.IBV_NODE_CA()),
    /** A switch. */
    SWITCH(types_h.IBV_NODE_SWITCH()),
    /** A router. */
    ROUTER(types_h.IBV_NODE_ROUTER()),
    /** An iWARP adapter. */
    RNIC(types_h.IBV_NODE_RNIC()),
    /** A usNIC. */
    USNIC(types_h.IBV_NODE_USNIC()),
    /** A usNIC over UDP. */
    USNIC_UDP(types_h.IBV_NODE_USNIC_UDP()),
    /** Not specified. */
    UNSPECIFIED(types_h.IBV_NODE_UNSPECIFIED()),
    /** A code that is newer than this library. */
    UNKNOWN(-1);

    private static final CodeTable<NodeType> TABLE = new CodeTable<>(values(), NodeType::code, UNKNOWN);

    private final int code;

    NodeType(final int code) {
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
    public static NodeType of(final int code) {
        return TABLE.get(code);
    }
}
