package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * The state of a port.
 *
 * <p>C: {@code enum ibv_port_state}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum PortState {
    /** Reserved. */
    NOP(types_h.IBV_PORT_NOP()),
    /** No link. */
    DOWN(types_h.IBV_PORT_DOWN()),
    /** Link up, not configured. */
    INIT(types_h.IBV_PORT_INIT()),
    /** Configured, not active. */
    ARMED(types_h.IBV_PORT_ARMED()),
    /** Ready for traffic. */
    ACTIVE(types_h.IBV_PORT_ACTIVE()),
    /** Active, link deferred. */
    ACTIVE_DEFER(types_h.IBV_PORT_ACTIVE_DEFER()),
    /** A code that is newer than this library. */
    UNKNOWN(-1);

    private static final CodeTable<PortState> TABLE = new CodeTable<>(values(), PortState::code, UNKNOWN);

    private final int code;

    PortState(final int code) {
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
    public static PortState of(final int code) {
        return TABLE.get(code);
    }
}
