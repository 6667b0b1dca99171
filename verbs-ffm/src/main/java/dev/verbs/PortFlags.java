package dev.verbs;

import dev.verbs.headers.types_h;
import java.util.List;

/**
 * What a port can do. Combine with {@code |}.
 *
 * <p>C: {@code enum ibv_port_cap_flags}.
 */
public final class PortFlags {
    /** Runs a subnet manager. C: {@code IBV_PORT_SM}. */
    public static final int SM = types_h.IBV_PORT_SM();

    /** Notices. C: {@code IBV_PORT_NOTICE_SUP}. */
    public static final int NOTICE = types_h.IBV_PORT_NOTICE_SUP();

    /** Traps. C: {@code IBV_PORT_TRAP_SUP}. */
    public static final int TRAP = types_h.IBV_PORT_TRAP_SUP();

    /** Optional inter-packet delays. C: {@code IBV_PORT_OPT_IPD_SUP}. */
    public static final int OPT_IPD = types_h.IBV_PORT_OPT_IPD_SUP();

    /** Automatic migration. C: {@code IBV_PORT_AUTO_MIGR_SUP}. */
    public static final int AUTO_MIGR = types_h.IBV_PORT_AUTO_MIGR_SUP();

    /** Service level mapping. C: {@code IBV_PORT_SL_MAP_SUP}. */
    public static final int SL_MAP = types_h.IBV_PORT_SL_MAP_SUP();

    /** Keeps its management key. C: {@code IBV_PORT_MKEY_NVRAM}. */
    public static final int MKEY_NVRAM = types_h.IBV_PORT_MKEY_NVRAM();

    /** Keeps its partition keys. C: {@code IBV_PORT_PKEY_NVRAM}. */
    public static final int PKEY_NVRAM = types_h.IBV_PORT_PKEY_NVRAM();

    /** LED information. C: {@code IBV_PORT_LED_INFO_SUP}. */
    public static final int LED_INFO = types_h.IBV_PORT_LED_INFO_SUP();

    /** System image GUID. C: {@code IBV_PORT_SYS_IMAGE_GUID_SUP}. */
    public static final int SYS_IMAGE_GUID = types_h.IBV_PORT_SYS_IMAGE_GUID_SUP();

    /** Traps of partition key violations at switches. C: {@code IBV_PORT_PKEY_SW_EXT_PORT_TRAP_SUP}. */
    public static final int PKEY_SW_EXT_PORT_TRAP = types_h.IBV_PORT_PKEY_SW_EXT_PORT_TRAP_SUP();

    /** Extended speeds. C: {@code IBV_PORT_EXTENDED_SPEEDS_SUP}. */
    public static final int EXTENDED_SPEEDS = types_h.IBV_PORT_EXTENDED_SPEEDS_SUP();

    /** Has {@link PortFlags2}. C: {@code IBV_PORT_CAP_MASK2_SUP}. */
    public static final int CAP_MASK2 = types_h.IBV_PORT_CAP_MASK2_SUP();

    /** Connection management. C: {@code IBV_PORT_CM_SUP}. */
    public static final int CM = types_h.IBV_PORT_CM_SUP();

    /** SNMP tunnelling. C: {@code IBV_PORT_SNMP_TUNNEL_SUP}. */
    public static final int SNMP_TUNNEL = types_h.IBV_PORT_SNMP_TUNNEL_SUP();

    /** Reinitialisation. C: {@code IBV_PORT_REINIT_SUP}. */
    public static final int REINIT = types_h.IBV_PORT_REINIT_SUP();

    /** Device management. C: {@code IBV_PORT_DEVICE_MGMT_SUP}. */
    public static final int DEVICE_MGMT = types_h.IBV_PORT_DEVICE_MGMT_SUP();

    /** Vendor classes. C: {@code IBV_PORT_VENDOR_CLASS_SUP}. */
    public static final int VENDOR_CLASS = types_h.IBV_PORT_VENDOR_CLASS_SUP();

    /** Directed-route notices. C: {@code IBV_PORT_DR_NOTICE_SUP}. */
    public static final int DR_NOTICE = types_h.IBV_PORT_DR_NOTICE_SUP();

    /** Notices of changed capabilities. C: {@code IBV_PORT_CAP_MASK_NOTICE_SUP}. */
    public static final int CAP_MASK_NOTICE = types_h.IBV_PORT_CAP_MASK_NOTICE_SUP();

    /** Boot management. C: {@code IBV_PORT_BOOT_MGMT_SUP}. */
    public static final int BOOT_MGMT = types_h.IBV_PORT_BOOT_MGMT_SUP();

    /** Link latency measurement. C: {@code IBV_PORT_LINK_LATENCY_SUP}. */
    public static final int LINK_LATENCY = types_h.IBV_PORT_LINK_LATENCY_SUP();

    /** Raises {@link EventType#CLIENT_REREGISTER}. C: {@code IBV_PORT_CLIENT_REG_SUP}. */
    public static final int CLIENT_REREG = types_h.IBV_PORT_CLIENT_REG_SUP();

    /** GIDs that stand for IP addresses. C: {@code IBV_PORT_IP_BASED_GIDS}. */
    public static final int IP_BASED_GIDS = types_h.IBV_PORT_IP_BASED_GIDS();

    private PortFlags() {
    }

    /**
     * The names of the flags that are set, in the order of their bits; what has no name here follows as one hexadecimal number.
     * No C counterpart.
     *
     * @param flags the flags
     * @return the names, empty if no flag is set
     */
    public static List<String> names(final int flags) {
        return FlagNames.of(PortFlags.class, Integer.toUnsignedLong(flags));
    }
}
