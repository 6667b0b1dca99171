package dev.verbs;

import java.util.Comparator;
import java.util.List;

/**
 * The port, GID and MTU that a program uses on a device, and why. No C counterpart.
 *
 * @param port       the port, from 1
 * @param gid        the local GID with its index
 * @param lid        the port's LID, 0 on Ethernet
 * @param mtu        path MTU
 * @param linkLayer  what the port runs on
 * @param explanation what was chosen and why, for people
 */
public record PortSelection(int port, GidEntry gid, int lid, Mtu mtu, LinkLayer linkLayer, String explanation) {
    /**
     * Chooses what the options leave open: the first active port; a RoCE v2 GID of an IPv4 address before other RoCE v2
     * GIDs before the rest; the active MTU. C: {@code ibv_query_port}, {@code ibv_query_gid_table}.
     *
     * @param context the opened device
     * @param options what the user said
     * @return the choice
     * @throws VerbsException if no port is active, or what was asked for is not there: the message lists what is
     */
    public static PortSelection choose(final Context context, final PortOptions options) {
        final int port = options.port() == 0 ? firstActive(context) : options.port();
        final PortAttributes attributes = context.queryPort(port);
        final List<GidEntry> gids = context.gids(port);
        final GidEntry gid = gid(context, gids, options.gidIndex(), port);
        final Mtu mtu = options.mtuBytes() == 0 ? attributes.activeMtu() : Mtu.ofBytes(options.mtuBytes());
        if (mtu.bytes() > attributes.activeMtu().bytes()) {
            throw new VerbsException("ibv_query_port", Errno.EINVAL, "mtu " + mtu.bytes() + " is more than the active MTU "
                + attributes.activeMtu().bytes() + " of port " + port + " of " + context.device().name());
        }
        final String explanation = context.device().name() + " port " + port
            + (options.port() == 0 ? " (first active)" : " (given)")
            + ", gid " + gid.index() + " = " + gid.gid() + " " + gid.type()
            + (options.gidIndex() < 0 ? " (best of " + gids.size() + ")" : " (given)")
            + ", mtu " + mtu.bytes() + (options.mtuBytes() == 0 ? " (active)" : " (given)");
        return new PortSelection(port, gid, attributes.lid(), mtu, attributes.linkLayer(), explanation);
    }

    /**
     * The address vector from this port to a peer. C: {@code struct ibv_ah_attr}.
     *
     * @param peerLid the peer's LID
     * @param peerGid the peer's GID
     * @return a global route on Ethernet or where the peer has no LID, else a local one
     */
    public AddressVector pathTo(final int peerLid, final Gid peerGid) {
        return linkLayer == LinkLayer.ETHERNET || peerLid == 0
            ? AddressVector.global(port, gid.index(), peerGid)
            : AddressVector.local(port, peerLid);
    }

    private static int firstActive(final Context context) {
        final StringBuilder states = new StringBuilder();
        final int ports = context.queryDevice().ports();
        for (int port = 1; port <= ports; port++) {
            final PortState state = context.queryPort(port).state();
            if (state == PortState.ACTIVE) {
                return port;
            }
            states.append(port == 1 ? "" : ", ").append("port ").append(port).append(' ').append(state);
        }
        throw new VerbsException("ibv_query_port", Errno.ENODEV, "no active port on " + context.device().name() + " (" + states
            + "): bring its link up");
    }

    private static GidEntry gid(final Context context, final List<GidEntry> gids, final int wanted, final int port) {
        if (wanted < 0) {
            return gids.stream().max(Comparator.comparingInt(PortSelection::rank)
                .thenComparing(Comparator.comparingInt(GidEntry::index).reversed()))
                .orElseThrow(() -> new VerbsException("ibv_query_gid", Errno.ENOENT, "the GID table of port " + port + " of "
                    + context.device().name() + " is empty: give its interface an address"));
        }
        return gids.stream().filter(entry -> entry.index() == wanted).findFirst()
            .orElseThrow(() -> new VerbsException("ibv_query_gid", Errno.ENOENT, "gid-index " + wanted + " of port " + port
                + " of " + context.device().name() + " is not in use; there are " + gids));
    }

    private static int rank(final GidEntry entry) {
        return (entry.type() == GidType.ROCE_V2 ? 2 : 0) + (entry.gid().isIpv4Mapped() ? 1 : 0);
    }
}
