package dev.verbs;

import dev.verbs.headers.types_h;

/**
 * What protocol family a device speaks.
 *
 * <p>C: {@code enum ibv_transport_type}. A code that this version does not know reads as {@link #UNKNOWN}.
 */
public enum TransportType {
    /** InfiniBand and RoCE. C: {@code IBV_TRANSPORT_IB}. */
    IB(types_h.IBV_TRANSPORT_IB()),
    /** iWARP, over TCP. C: {@code IBV_TRANSPORT_IWARP}. */
    IWARP(types_h.IBV_TRANSPORT_IWARP()),
    /** usNIC. C: {@code IBV_TRANSPORT_USNIC}. */
    USNIC(types_h.IBV_TRANSPORT_USNIC()),
    /** usNIC over UDP. C: {@code IBV_TRANSPORT_USNIC_UDP}. */
    USNIC_UDP(types_h.IBV_TRANSPORT_USNIC_UDP()),
    /** Not specified. C: {@code IBV_TRANSPORT_UNSPECIFIED}. */
    UNSPECIFIED(types_h.IBV_TRANSPORT_UNSPECIFIED()),
    /** A code that is newer than this library. No C counterpart. */
    UNKNOWN(-1);

    private static final CodeTable<TransportType> TABLE = new CodeTable<>(values(), TransportType::code, UNKNOWN);

    private final int code;

    TransportType(final int code) {
        this.code = code;
    }

    /**
     * The value in the C structures. C: {@code enum ibv_transport_type}.
     *
     * @return the C code, -1 for {@link #UNKNOWN}
     */
    public int code() {
        return code;
    }

    /**
     * The constant of a C code; never throws and never allocates. C: {@code enum ibv_transport_type}.
     *
     * @param code the C code
     * @return its constant, {@link #UNKNOWN} if there is none
     */
    public static TransportType of(final int code) {
        return TABLE.get(code);
    }
}
