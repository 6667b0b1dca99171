package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.cm.PortSpace;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Addresses and ports of one host's connection manager. Guarded by the monitor of the fabric's {@link CmAddressSpace}. Who may
 * share a port follows the kernel's {@code cma_check_port}.
 */
final class CmPorts {
    private static final int FIRST_EPHEMERAL = 32_768;
    private static final int LAST_EPHEMERAL = 60_999;
    /** Bytes that the fabric's IPv4 network has in common: 10.0.0.0/16. */
    private static final int PREFIX_BYTES = 2;
    /** The same for IPv6: /64. */
    private static final int PREFIX_BYTES_6 = 8;

    private final List<InetAddress> addresses;
    private final Map<PortSpace, Map<Integer, List<CmBinding>>> bound = new EnumMap<>(PortSpace.class);
    private int nextEphemeral = FIRST_EPHEMERAL;

    CmPorts(final List<InetAddress> addresses) {
        this.addresses = addresses;
    }

    boolean isLocal(final InetAddress address) {
        return addresses.contains(address);
    }

    /** Index of the address in the GID table. */
    int indexOf(final InetAddress address) {
        return addresses.indexOf(address);
    }

    /** The device's address of the same family. */
    InetAddress primary(final InetAddress like) {
        return addresses.stream().filter(each -> like instanceof Inet4Address ? each instanceof Inet4Address
            : each instanceof Inet6Address && each.isLinkLocalAddress() == like.isLinkLocalAddress()).findFirst().orElseThrow();
    }

    /** Whether the device's network leads there: the peer itself may be missing. */
    boolean isReachable(final InetAddress address) {
        if (isLocal(address) || address.isMulticastAddress()) {
            return true;
        }
        final byte[] raw = address.getAddress();
        final int prefix = raw.length == Integer.BYTES ? PREFIX_BYTES : PREFIX_BYTES_6;
        return addresses.stream().map(InetAddress::getAddress)
            .anyMatch(own -> own.length == raw.length && Arrays.equals(raw, 0, prefix, own, 0, prefix));
    }

    String describe() {
        return SoftDevice.NAME + " has " + addresses.stream().map(InetAddress::getHostAddress).toList();
    }

    /** Takes a port for an identifier; returns the full address. */
    InetSocketAddress bind(final CmBinding id, final InetSocketAddress wanted) {
        final InetAddress address = wanted.getAddress();
        if (address == null || !address.isAnyLocalAddress() && !isLocal(address)) {
            throw new VerbsException("rdma_bind_addr", Errno.EADDRNOTAVAIL, wanted + " is not an address of an RDMA device: "
                + describe() + " and the wildcard");
        }
        final int port = wanted.getPort() == 0 ? ephemeral(id.portSpace()) : wanted.getPort();
        final InetSocketAddress whole = new InetSocketAddress(address, port);
        check("rdma_bind_addr", id, whole, id.reuses());
        owners(id.portSpace(), port).add(id);
        return whole;
    }

    /** Refuses an address that another identifier holds. */
    void check(final String verb, final CmBinding id, final InetSocketAddress wanted, final boolean reuses) {
        for (final CmBinding other : owners(id.portSpace(), wanted.getPort())) {
            if (other == id || reuses && other.reuses()) {
                continue;
            }
            final InetAddress theirs = other.localAddress().getAddress();
            final boolean otherFamily = wanted.getAddress().getClass() != theirs.getClass();
            if (otherFamily && id.isFamilyOnly() && other.isFamilyOnly()) {
                continue;
            }
            final boolean wildcard = wanted.getAddress().isAnyLocalAddress() || theirs.isAnyLocalAddress();
            if (wildcard || wanted.getAddress().equals(theirs)) {
                throw new VerbsException(verb, wildcard ? Errno.EADDRNOTAVAIL : Errno.EADDRINUSE, wanted + ": port "
                    + wanted.getPort() + " of " + id.portSpace() + " is taken by " + other.describe()
                    + ": choose another, or 0 for any; or set REUSE_ADDRESS on both (only one may listen)");
            }
        }
    }

    private List<CmBinding> owners(final PortSpace space, final int port) {
        return bound.computeIfAbsent(space, key -> new HashMap<>()).computeIfAbsent(port, key -> new ArrayList<>());
    }

    private int ephemeral(final PortSpace space) {
        for (int tries = FIRST_EPHEMERAL; tries <= LAST_EPHEMERAL; tries++) {
            final int port = nextEphemeral;
            nextEphemeral = port == LAST_EPHEMERAL ? FIRST_EPHEMERAL : port + 1;
            if (owners(space, port).isEmpty()) {
                return port;
            }
        }
        throw new VerbsException("rdma_bind_addr", Errno.EADDRINUSE, "every port from " + FIRST_EPHEMERAL + " to "
            + LAST_EPHEMERAL + " is taken");
    }

    void unbind(final CmBinding id, final int port) {
        owners(id.portSpace(), port).remove(id);
    }

    /** Who listens there, null if nobody does. */
    SoftCmId listener(final PortSpace space, final InetSocketAddress destination) {
        return owners(space, destination.getPort()).stream().map(SoftCmId.class::cast).filter(id -> id.answers(destination.getAddress()))
            .findFirst().orElse(null);
    }
}
