package dev.verbs;

import dev.verbs.headers.types_h;
import java.util.List;

/**
 * What a device does for raw packets. Combine with {@code |}.
 *
 * <p>C: {@code enum ibv_raw_packet_caps}.
 */
public final class RawPacketFlags {
    /** Takes VLAN tags off. C: {@code IBV_RAW_PACKET_CAP_CVLAN_STRIPPING}. */
    public static final int CVLAN_STRIPPING = types_h.IBV_RAW_PACKET_CAP_CVLAN_STRIPPING();

    /** Delivers frame check sequences. C: {@code IBV_RAW_PACKET_CAP_SCATTER_FCS}. */
    public static final int SCATTER_FCS = types_h.IBV_RAW_PACKET_CAP_SCATTER_FCS();

    /** IP checksums. C: {@code IBV_RAW_PACKET_CAP_IP_CSUM}. */
    public static final int IP_CSUM = types_h.IBV_RAW_PACKET_CAP_IP_CSUM();

    /** Delays drops when there is no receive. C: {@code IBV_RAW_PACKET_CAP_DELAY_DROP}. */
    public static final int DELAY_DROP = types_h.IBV_RAW_PACKET_CAP_DELAY_DROP();

    private RawPacketFlags() {
    }

    /**
     * The names of the flags that are set, in the order of their bits; what has no name here follows as one hexadecimal number.
     * No C counterpart.
     *
     * @param flags the flags
     * @return the names, empty if no flag is set
     */
    public static List<String> names(final int flags) {
        return FlagNames.of(RawPacketFlags.class, Integer.toUnsignedLong(flags));
    }
}
