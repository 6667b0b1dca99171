package dev.verbs.testkit;

import dev.verbs.Context;
import dev.verbs.NodeType;
import dev.verbs.PortSelection;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The IP address by which the connection manager finds a port. */
public final class PortAddress {
    private static final int MAC_LENGTH = 6;

    private PortAddress() {
    }

    /**
     * On RoCE the port's GID is its address. On iWARP the GID is the MAC address of its network interface, padded with zeros
     * (siw_query_gid() and the like): the first address of that interface, IPv4 before IPv6.
     */
    public static InetAddress of(final Context context, final PortSelection port) {
        if (context.device().nodeType() != NodeType.RNIC) {
            return port.gid().gid().address();
        }
        return ofInterface(port).min(Comparator.comparingInt(each -> each.getAddress().length))
            .orElseThrow(() -> new AssertionError("no interface with an address has the MAC of " + port.gid() + ", which is the GID of "
                + context.device().name()));
    }

    /** An IPv6 address of the port that is not link-local, if it has one. */
    public static Optional<InetAddress> ipv6(final Context context, final PortSelection port) {
        final Stream<InetAddress> all = context.device().nodeType() == NodeType.RNIC ? ofInterface(port)
            : context.gids(port.port()).stream().map(entry -> entry.gid().address());
        return all.filter(each -> each instanceof Inet6Address && !each.isLinkLocalAddress()).findFirst();
    }

    private static Stream<InetAddress> ofInterface(final PortSelection port) {
        final byte[] mac = Arrays.copyOf(port.gid().gid().bytes(), MAC_LENGTH);
        if (TestProvider.isSoft()) {
            return Stream.of(address("10.0.0.0", mac), address("fd00:10::", mac));
        }
        try {
            return NetworkInterface.networkInterfaces().filter(each -> hasMac(each, mac)).flatMap(NetworkInterface::inetAddresses);
        } catch (final SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The software device has no interface: the last two bytes of its hardware address are those of its IP addresses. */
    private static InetAddress address(final String network, final byte[] mac) {
        try {
            final byte[] raw = InetAddress.getByName(network).getAddress();
            System.arraycopy(mac, MAC_LENGTH - 2, raw, raw.length - 2, 2);
            return InetAddress.getByAddress(raw);
        } catch (final UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasMac(final NetworkInterface netInterface, final byte[] mac) {
        try {
            return Arrays.equals(mac, netInterface.getHardwareAddress());
        } catch (final SocketException e) {
            throw new UncheckedIOException(e);
        }
    }
}
