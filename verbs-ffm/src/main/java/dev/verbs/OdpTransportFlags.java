package dev.verbs;

import dev.verbs.headers.types_h;
import java.util.List;

/**
 * What pages on demand, per kind of queue pair. Combine with {@code |}.
 *
 * <p>C: {@code enum ibv_odp_transport_cap_bits}.
 */
public final class OdpTransportFlags {
    /** Sends. C: {@code IBV_ODP_SUPPORT_SEND}. */
    public static final int SEND = types_h.IBV_ODP_SUPPORT_SEND();

    /** Receives. C: {@code IBV_ODP_SUPPORT_RECV}. */
    public static final int RECV = types_h.IBV_ODP_SUPPORT_RECV();

    /** Writes. C: {@code IBV_ODP_SUPPORT_WRITE}. */
    public static final int WRITE = types_h.IBV_ODP_SUPPORT_WRITE();

    /** Reads. C: {@code IBV_ODP_SUPPORT_READ}. */
    public static final int READ = types_h.IBV_ODP_SUPPORT_READ();

    /** Atomic operations. C: {@code IBV_ODP_SUPPORT_ATOMIC}. */
    public static final int ATOMIC = types_h.IBV_ODP_SUPPORT_ATOMIC();

    /** Receives of shared receive queues. C: {@code IBV_ODP_SUPPORT_SRQ_RECV}. */
    public static final int SRQ_RECV = types_h.IBV_ODP_SUPPORT_SRQ_RECV();

    private OdpTransportFlags() {
    }

    /**
     * The names of the flags that are set, in the order of their bits; what has no name here follows as one hexadecimal number.
     * No C counterpart.
     *
     * @param flags the flags
     * @return the names, empty if no flag is set
     */
    public static List<String> names(final int flags) {
        return FlagNames.of(OdpTransportFlags.class, Integer.toUnsignedLong(flags));
    }
}
