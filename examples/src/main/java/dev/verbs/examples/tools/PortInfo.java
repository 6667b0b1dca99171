package dev.verbs.examples.tools;

import dev.verbs.Context;
import dev.verbs.GidEntry;
import dev.verbs.GidType;
import dev.verbs.LinkLayer;
import dev.verbs.Mtu;
import dev.verbs.PortAttributes;
import dev.verbs.TransportType;
import java.util.ArrayList;
import java.util.List;

/** What {@code ibv_devinfo [-v]} of rdma-core 44 prints about a port, in its order and words. */
final class PortInfo {
    private PortInfo() {
    }

    static InfoPage of(final Context context, final int port, final boolean verbose) {
        final PortAttributes a = context.queryPort(port);
        final InfoPage page = InfoPage.ofPort(port);
        final String state = switch (a.state()) {
            case DOWN, INIT, ARMED, ACTIVE -> "PORT_" + a.state();
            default -> "invalid state";
        };
        page.add("state", state + " (" + a.state().code() + ")", state)
            .add("max_mtu", mtu(a.maxMtu()), a.maxMtu().bytes()).add("active_mtu", mtu(a.activeMtu()), a.activeMtu().bytes())
            .add("sm_lid", a.smLid()).add("port_lid", a.lid()).add("port_lmc", String.format("0x%02x", a.lmc()), a.lmc())
            .add("link_layer", switch (a.linkLayer()) {
                case UNSPECIFIED -> "Unspecified";
                case INFINIBAND -> "InfiniBand";
                case ETHERNET -> "Ethernet";
                case UNKNOWN -> "Unknown";
            });
        if (verbose) {
            details(context, a, page);
            gids(context.gids(port), a, page);
        }
        return page;
    }

    private static String mtu(final Mtu mtu) {
        return (mtu == Mtu.UNKNOWN ? "invalid MTU" : mtu.bytes()) + " (" + mtu.code() + ")";
    }

    private static void details(final Context context, final PortAttributes a, final InfoPage page) {
        page.add("max_msg_sz", "0x" + Long.toHexString(a.maxMessageSize()), a.maxMessageSize())
            .add("port_cap_flags", String.format("0x%08x", a.flags()), Integer.toUnsignedLong(a.flags()))
            .add("port_cap_flags2", String.format("0x%04x", a.flags2()), a.flags2())
            .add("max_vl_num", lanes(a.maxVl()) + " (" + a.maxVl() + ")", a.maxVl())
            .add("bad_pkey_cntr", "0x" + Integer.toHexString(a.badPkeyCounter()), a.badPkeyCounter())
            .add("qkey_viol_cntr", "0x" + Integer.toHexString(a.badQkeyCounter()), a.badQkeyCounter())
            .add("sm_sl", a.smServiceLevel()).add("pkey_tbl_len", a.pkeyTableLength()).add("gid_tbl_len", a.gidTableLength())
            .add("subnet_timeout", a.subnetTimeout()).add("init_type_reply", a.initTypeReply())
            .add("active_width", (a.lanes() == 0 ? "invalid width" : a.lanes()) + "X (" + a.activeWidth() + ")", a.lanes())
            .add("active_speed", speed(a.activeSpeed()) + " (" + a.activeSpeed() + ")", speed(a.activeSpeed()));
        if (context.device().transport() == TransportType.IB) {
            page.add("phys_state", physical(a.physicalState()) + " (" + a.physicalState() + ")", physical(a.physicalState()));
        }
    }

    /** Virtual lanes of a code. */
    private static String lanes(final int code) {
        return switch (code) {
            case 1 -> "1";
            case 2 -> "2";
            case 3 -> "4";
            case 4 -> "8";
            case 5 -> "15";
            default -> "invalid value";
        };
    }

    /** Speed of a lane. */
    static String speed(final int code) {
        return switch (code) {
            case 1 -> "2.5 Gbps";
            case 2 -> "5.0 Gbps";
            case 4, 8 -> "10.0 Gbps";
            case 16 -> "14.0 Gbps";
            case 32 -> "25.0 Gbps";
            case 64 -> "50.0 Gbps";
            case 128 -> "100.0 Gbps";
            default -> "invalid speed";
        };
    }

    static String physical(final int state) {
        return switch (state) {
            case 1 -> "SLEEP";
            case 2 -> "POLLING";
            case 3 -> "DISABLED";
            case 4 -> "PORT_CONFIGURATION TRAINNING"; // sic
            case 5 -> "LINK_UP";
            case 6 -> "LINK_ERROR_RECOVERY";
            case 7 -> "PHY TEST";
            default -> "invalid physical state";
        };
    }

    private static void gids(final List<GidEntry> gids, final PortAttributes a, final InfoPage page) {
        final List<String> shown = new ArrayList<>();
        for (final GidEntry entry : gids) {
            final boolean v2 = entry.type() == GidType.ROCE_V2;
            final String text = v2 ? GidText.compressed(entry.gid()) : GidText.full(entry.gid());
            if (hasInterfaceId(entry)) {
                page.lines().add(String.format("\t\t\tGID[%3d]:\t\t%s%s", entry.index(), text,
                    v2 || a.linkLayer() == LinkLayer.ETHERNET ? v2 ? ", RoCE v2" : ", RoCE v1" : ""));
                shown.add(text);
            }
        }
        page.tree().put("gids", shown);
    }

    /** ibv_devinfo leaves out GIDs whose last 8 bytes are 0. */
    private static boolean hasInterfaceId(final GidEntry entry) {
        final byte[] raw = entry.gid().bytes();
        int bits = 0;
        for (int i = raw.length / 2; i < raw.length; i++) {
            bits |= raw[i];
        }
        return bits != 0;
    }
}
