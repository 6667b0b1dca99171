package dev.verbs;

import java.util.List;

/**
 * State and limits of a port, in the order of the C structure. C: {@code struct ibv_port_attr}, each field's C name in brackets.
 *
 * @param state its state [state]
 * @param maxMtu largest MTU [max_mtu]
 * @param activeMtu MTU in use [active_mtu]
 * @param gidTableLength entries of the GID table [gid_tbl_len]
 * @param flags what the port can do: bits of {@link PortFlags} [port_cap_flags]
 * @param maxMessageSize largest message, bytes [max_msg_sz]
 * @param badPkeyCounter packets with a bad partition key [bad_pkey_cntr]
 * @param badQkeyCounter packets with a bad queue key [qkey_viol_cntr]
 * @param pkeyTableLength entries of the partition key table [pkey_tbl_len]
 * @param lid local identifier, 0 on Ethernet [lid]
 * @param smLid LID of the subnet manager [sm_lid]
 * @param lmc low bits of the LID that choose a path [lmc]
 * @param maxVl code of the number of virtual lanes [max_vl_num]
 * @param smServiceLevel service level of the subnet manager [sm_sl]
 * @param subnetTimeout longest propagation delay in the subnet, 4.096 us * 2^value [subnet_timeout]
 * @param initTypeReply kind of initialisation that the subnet manager did [init_type_reply]
 * @param activeWidth width code: see {@link #lanes} [active_width]
 * @param activeSpeed speed code of a lane [active_speed]
 * @param physicalState state of the link: 1 sleep, 2 polling, 3 disabled, 4 training, 5 up, 6 recovery, 7 test [phys_state]
 * @param linkLayer what the port runs on [link_layer]
 * @param portFlags 1 if every packet needs a global route [flags]
 * @param flags2 what else the port can do: bits of {@link PortFlags2} [port_cap_flags2]
 */
public record PortAttributes(
    PortState state,
    Mtu maxMtu,
    Mtu activeMtu,
    int gidTableLength,
    int flags,
    long maxMessageSize,
    int badPkeyCounter,
    int badQkeyCounter,
    int pkeyTableLength,
    int lid,
    int smLid,
    int lmc,
    int maxVl,
    int smServiceLevel,
    int subnetTimeout,
    int initTypeReply,
    int activeWidth,
    int activeSpeed,
    int physicalState,
    LinkLayer linkLayer,
    int portFlags,
    int flags2) {
    /**
     * The same of a port in another state. C: {@code ibv_port_attr.state}, {@code ibv_port_attr.phys_state}.
     *
     * @param other    the state
     * @param physical the physical state that belongs to it
     * @return the changed copy
     */
    public PortAttributes withState(final PortState other, final int physical) {
        return new PortAttributes(other, maxMtu, activeMtu, gidTableLength, flags, maxMessageSize, badPkeyCounter, badQkeyCounter,
            pkeyTableLength, lid, smLid, lmc, maxVl, smServiceLevel, subnetTimeout, initTypeReply, activeWidth, activeSpeed, physical,
            linkLayer, portFlags, flags2);
    }

    /**
     * Lanes of the link. C: {@code ibv_port_attr.active_width}.
     *
     * @return 1, 2, 4, 8 or 12; 0 for a width code that is not known
     */
    public int lanes() {
        return switch (activeWidth) {
            case 1 -> 1;
            case 2 -> 4;
            case 4 -> 8;
            case 8 -> 12;
            case 16 -> 2;
            default -> 0;
        };
    }

    /**
     * What the port can do, by name. C: {@code ibv_port_attr.port_cap_flags}.
     *
     * @return the names of {@link #flags}
     */
    public List<String> flagNames() {
        return PortFlags.names(flags);
    }

    /**
     * Whether the port can do something. C: {@code ibv_port_attr.port_cap_flags}.
     *
     * @param flag a bit of {@link PortFlags}
     * @return true if so
     */
    public boolean can(final int flag) {
        return (flags & flag) != 0;
    }
}
