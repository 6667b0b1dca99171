package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * The state of a port.
 *
 * <p>C: {@code enum ibv_port_state}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum PortState {
    /** Reserved. C: {@code IBV_PORT_NOP}. */
    NOP(types_h.IBV_PORT_NOP(), "no state change (NOP)"),
    /** No link. C: {@code IBV_PORT_DOWN}. */
    DOWN(types_h.IBV_PORT_DOWN(), "down"),
    /** Link up, not configured. C: {@code IBV_PORT_INIT}. */
    INIT(types_h.IBV_PORT_INIT(), "init"),
    /** Configured, not active. C: {@code IBV_PORT_ARMED}. */
    ARMED(types_h.IBV_PORT_ARMED(), "armed"),
    /** Ready for traffic. C: {@code IBV_PORT_ACTIVE}. */
    ACTIVE(types_h.IBV_PORT_ACTIVE(), "active"),
    /** Active, link deferred. C: {@code IBV_PORT_ACTIVE_DEFER}. */
    ACTIVE_DEFER(types_h.IBV_PORT_ACTIVE_DEFER(), "active defer"),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1, "unknown");

    private static final CodeTable<PortState> TABLE = new CodeTable<>(values(), PortState::code, UNKNOWN);

    private final int code;
    private final String text;

    PortState(final int code, final String text) {
        this.code = code;
        this.text = text;
    }

    /**
     * What it is called in English. C: {@code ibv_port_state_str}.
     *
     * @return the words of the C function
     */
    public String text() {
        return text;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_port_state}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_port_state}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static PortState of(final int code) {
        return TABLE.get(code);
    }
}
