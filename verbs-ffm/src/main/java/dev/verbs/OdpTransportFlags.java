package dev.verbs;

import dev.verbs.headers.types_h;
import java.util.List;

/**
 * What pages on demand, per kind of queue pair. Combine with {@code |}.
 *
 * <p>C: {@code enum ibv_odp_transport_cap_bits}.
 */
public final class OdpTransportFlags {
    /** Sends. */
    public static final int SEND = types_h.IBV_ODP_SUPPORT_SEND();

    /** Receives. */
    public static final int RECV = types_h.IBV_ODP_SUPPORT_RECV();

    /** Writes. */
    public static final int WRITE = types_h.IBV_ODP_SUPPORT_WRITE();

    /** Reads. */
    public static final int READ = types_h.IBV_ODP_SUPPORT_READ();

    /** Atomic operations. */
    public static final int ATOMIC = types_h.IBV_ODP_SUPPORT_ATOMIC();

    /** Receives of shared receive queues. */
    public static final int SRQ_RECV = types_h.IBV_ODP_SUPPORT_SRQ_RECV();

    private OdpTransportFlags() {
    }

    /**
     * The names of the flags that are set, in the order of their bits; what has no name here follows as one hexadecimal number.
     *
     * @param flags the flags
     * @return the names, empty if no flag is set
     */
    public static List<String> names(final int flags) {
        return FlagNames.of(OdpTransportFlags.class, Integer.toUnsignedLong(flags));
    }
}
