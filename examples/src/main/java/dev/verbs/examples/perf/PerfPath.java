package dev.verbs.examples.perf;

import dev.verbs.AddressVector;
import dev.verbs.Context;
import dev.verbs.Gid;
import dev.verbs.GidEntry;
import dev.verbs.GidType;
import dev.verbs.LinkLayer;
import dev.verbs.Mtu;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.examples.CommandFailure;
import java.util.Comparator;

/**
 * Along which way a test runs.
 *
 * @param port    port and GID
 * @param mtu     path MTU, agreed on with the peer
 * @param options what the user said
 */
record PerfPath(PortSelection port, Mtu mtu, Options options) {
    /**
     * What the user said about the way.
     *
     * @param port             device, port, GID and MTU
     * @param ipv6             a GID of an IPv6 address
     * @param serviceLevel     service level
     * @param trafficClass     traffic class
     * @param ackTimeout       code of the local ACK timeout
     * @param pkeyIndex        index of the partition key
     * @param retryCount       retries, for queue pairs of the connection manager
     * @param typeOfService    for queue pairs of the connection manager; -1 for none
     * @param managed          the connection manager connects the queue pairs
     * @param managedExchange  the ends talk over a queue pair that the connection manager connected
     * @param host             where the server is; null at the server
     * @param tcpPort          port where the ends meet; 0 for any
     * @param source           local address to connect from or to listen on; null for any
     * @param versions         versions and MTU are exchanged
     * @param vector           completion vector
     */
    record Options(PortOptions port, boolean ipv6, int serviceLevel, int trafficClass, int ackTimeout, int pkeyIndex, int retryCount,
        int typeOfService, boolean managed, boolean managedExchange, String host, int tcpPort, String source, boolean versions,
        int vector) {

        Options at(final String otherHost, final int otherPort) {
            return new Options(port, ipv6, serviceLevel, trafficClass, ackTimeout, pkeyIndex, retryCount, typeOfService, managed,
                managedExchange, otherHost, otherPort, source, versions, vector);
        }

        Options from(final String address) {
            return new Options(port, ipv6, serviceLevel, trafficClass, ackTimeout, pkeyIndex, retryCount, typeOfService, managed,
                managedExchange, null, tcpPort, address, versions, vector);
        }

        Options unmanaged() {
            return new Options(port, ipv6, serviceLevel, trafficClass, ackTimeout, pkeyIndex, retryCount, typeOfService, false, false,
                null, 0, null, versions, vector);
        }
    }

    /** Chooses what the options leave open. */
    static PerfPath choose(final Context context, final Options options) {
        final PortSelection first = PortSelection.choose(context, options.port());
        if (!options.ipv6() || options.port().gidIndex() >= 0) {
            return new PerfPath(first, first.mtu(), options);
        }
        final GidEntry gid = context.gids(first.port()).stream().filter(entry -> !entry.gid().isIpv4Mapped())
            .max(Comparator.comparing((GidEntry entry) -> entry.type() == GidType.ROCE_V2)
                .thenComparing(Comparator.comparingInt(GidEntry::index).reversed()))
            .orElseThrow(() -> new CommandFailure("--ipv6: port " + first.port() + " has no GID of an IPv6 address"));
        return new PerfPath(new PortSelection(first.port(), gid, first.lid(), first.mtu(), first.linkLayer(), first.explanation()),
            first.mtu(), options);
    }

    PerfPath with(final Mtu agreed) {
        return new PerfPath(port, agreed, options);
    }

    boolean isEthernet() {
        return port.linkLayer() == LinkLayer.ETHERNET;
    }

    /** Whether keys carry GIDs. */
    boolean hasGid() {
        return isEthernet() || options.port().gidIndex() >= 0;
    }

    Gid gid() {
        return port.gid().gid();
    }

    /** Refuses a peer that is reached by another kind of address, and finds the way to it. */
    AddressVector to(final PerfKeys peer) {
        if (hasGid() && gid().isIpv4Mapped() != peer.gid().isIpv4Mapped()) {
            throw new CommandFailure("GID " + gid() + " here and " + peer.gid() + " there are of different kinds: choose with -x, or "
                + "--ipv6 on both ends");
        }
        final AddressVector plain = port.pathTo(peer.lid(), peer.gid()).withServiceLevel(options.serviceLevel());
        return plain.global() ? plain.withRoute(plain.hopLimit(), options.trafficClass(), plain.flowLabel()) : plain;
    }
}
