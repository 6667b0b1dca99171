package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.Gid;
import dev.verbs.VerbsException;
import dev.verbs.cm.AddressHints;
import dev.verbs.cm.AddressInfo;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Names and literals, as {@code rdma_getaddrinfo} reads them; services are port numbers only. */
final class CmNames {
    private static final int MAX_PORT = 65_535;

    private CmNames() {
    }

    static List<AddressInfo> get(final String node, final String service, final AddressHints hints) {
        if (node == null && service == null && hints.source() == null) {
            throw new VerbsException("rdma_getaddrinfo", Errno.EINVAL, "give a node, a service or both");
        }
        if (node == null && service == null) {
            return List.of(info(hints, null));
        }
        final int port = port(node, service, hints);
        final InetAddress found = Arrays.stream(addresses(node, service, hints)).filter(each -> hints.family() == null
            || each instanceof Inet4Address == (hints.family() == StandardProtocolFamily.INET)).findFirst()
            .orElseThrow(() -> unknown(node, service, hints, "it has no address of the family"));
        return List.of(info(hints, new InetSocketAddress(found, port)));
    }

    private static AddressInfo info(final AddressHints hints, final InetSocketAddress address) {
        return new AddressInfo(hints.portSpace(), hints.portSpace().queuePairType(), hints.passive(),
            hints.passive() ? address : hints.source(), hints.passive() ? null : address, null, null);
    }

    private static InetAddress[] addresses(final String node, final String service, final AddressHints hints) {
        try {
            if (node == null) {
                return hints.passive() ? new InetAddress[] {InetAddress.getByAddress(new byte[Integer.BYTES]),
                    InetAddress.getByAddress(new byte[Gid.LENGTH])} : InetAddress.getAllByName(null);
            }
            return hints.numericHost() ? new InetAddress[] {InetAddress.ofLiteral(node)} : InetAddress.getAllByName(node);
        } catch (final UnknownHostException e) {
            throw unknown(node, service, hints, "is it in DNS or /etc/hosts?");
        } catch (final IllegalArgumentException e) {
            throw unknown(node, service, hints, "a literal address is wanted (10.0.0.1, fd00::1)");
        }
    }

    private static int port(final String node, final String service, final AddressHints hints) {
        try {
            final int port = service == null ? 0 : Integer.parseInt(service);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (final NumberFormatException e) {
            throw unknown(node, service, hints, "the service must be a port number here");
        }
        throw unknown(node, service, hints, "ports are 0 to " + MAX_PORT);
    }

    private static VerbsException unknown(final String node, final String service, final AddressHints hints, final String why) {
        return new VerbsException("rdma_getaddrinfo", Errno.ENOENT, "node " + node + ", service " + service + ", " + hints + ": " + why);
    }
}
