package dev.verbs;

import dev.verbs.headers.types_h;
import java.util.List;

/**
 * What else a port can do. Combine with {@code |}.
 *
 * <p>C: {@code enum ibv_port_cap_flags2}.
 */
public final class PortFlags2 {
    /** The node description can be set. C: {@code IBV_PORT_SET_NODE_DESC_SUP}. */
    public static final int SET_NODE_DESC = types_h.IBV_PORT_SET_NODE_DESC_SUP();

    /** Extended port information. C: {@code IBV_PORT_INFO_EXT_SUP}. */
    public static final int INFO_EXT = types_h.IBV_PORT_INFO_EXT_SUP();

    /** Virtualisation. C: {@code IBV_PORT_VIRT_SUP}. */
    public static final int VIRT = types_h.IBV_PORT_VIRT_SUP();

    /** Port state tables of switches. C: {@code IBV_PORT_SWITCH_PORT_STATE_TABLE_SUP}. */
    public static final int SWITCH_PORT_STATE_TABLE = types_h.IBV_PORT_SWITCH_PORT_STATE_TABLE_SUP();

    /** Links of 2 lanes. C: {@code IBV_PORT_LINK_WIDTH_2X_SUP}. */
    public static final int LINK_WIDTH_2X = types_h.IBV_PORT_LINK_WIDTH_2X_SUP();

    /** 50 Gbit/s per lane. C: {@code IBV_PORT_LINK_SPEED_HDR_SUP}. */
    public static final int LINK_SPEED_HDR = types_h.IBV_PORT_LINK_SPEED_HDR_SUP();

    /** 100 Gbit/s per lane. C: {@code IBV_PORT_LINK_SPEED_NDR_SUP}. */
    public static final int LINK_SPEED_NDR = types_h.IBV_PORT_LINK_SPEED_NDR_SUP();

    private PortFlags2() {
    }

    /**
     * The names of the flags that are set, in the order of their bits; what has no name here follows as one hexadecimal number.
     * No C counterpart.
     *
     * @param flags the flags
     * @return the names, empty if no flag is set
     */
    public static List<String> names(final int flags) {
        return FlagNames.of(PortFlags2.class, Integer.toUnsignedLong(flags));
    }
}
