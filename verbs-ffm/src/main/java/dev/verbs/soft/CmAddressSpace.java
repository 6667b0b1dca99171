package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Addresses and ports of a fabric's connection manager. Its monitor guards the state of all identifiers of the fabric.
 */
final class CmAddressSpace {
    private static final int FIRST_EPHEMERAL = 32_768;
    private static final int LAST_EPHEMERAL = 60_999;
    /** Bytes that the fabric's IPv4 network has in common: 10.0.0.0/24. */
    private static final int PREFIX_BYTES = 3;

    private final List<InetAddress> addresses;
    private final Map<Integer, SoftCmId> bound = new HashMap<>();
    private final SplittableRandom random;
    private int nextEphemeral = FIRST_EPHEMERAL;

    CmAddressSpace(final List<InetAddress> addresses, final long seed) {
        this.addresses = addresses;
        this.random = new SplittableRandom(seed);
    }

    boolean isLocal(final InetAddress address) {
        return addresses.contains(address);
    }

    /** The IPv4 address of the fabric's device. */
    InetAddress primary() {
        return addresses.stream().filter(Inet4Address.class::isInstance).findFirst().orElseThrow();
    }

    /** Whether the device's network leads there: the peer itself may be missing. */
    boolean isReachable(final InetAddress address) {
        if (isLocal(address)) {
            return true;
        }
        final byte[] raw = address.getAddress();
        final byte[] own = primary().getAddress();
        return raw.length == own.length && java.util.Arrays.equals(raw, 0, PREFIX_BYTES, own, 0, PREFIX_BYTES);
    }

    /** Takes a port for an identifier; returns the full address. */
    InetSocketAddress bind(final SoftCmId id, final InetSocketAddress wanted) {
        final InetAddress address = wanted.getAddress();
        if (address == null || !address.isAnyLocalAddress() && !isLocal(address)) {
            throw new VerbsException("rdma_bind_addr", Errno.EADDRNOTAVAIL, wanted + " is not an address of "
                + SoftDevice.NAME + ": there are " + addresses.stream().map(InetAddress::getHostAddress).toList()
                + " and the wildcard");
        }
        final int port = wanted.getPort() == 0 ? ephemeral() : wanted.getPort();
        if (bound.putIfAbsent(port, id) != null) {
            throw new VerbsException("rdma_bind_addr", Errno.EADDRINUSE, "port " + port + " of " + SoftDevice.NAME
                + " is taken by another identifier: choose another, or 0 for any");
        }
        return new InetSocketAddress(address, port);
    }

    private int ephemeral() {
        for (int tries = FIRST_EPHEMERAL; tries <= LAST_EPHEMERAL; tries++) {
            final int port = nextEphemeral;
            nextEphemeral = port == LAST_EPHEMERAL ? FIRST_EPHEMERAL : port + 1;
            if (!bound.containsKey(port)) {
                return port;
            }
        }
        throw new VerbsException("rdma_bind_addr", Errno.EADDRINUSE, "every port from " + FIRST_EPHEMERAL + " to "
            + LAST_EPHEMERAL + " is taken");
    }

    void unbind(final InetSocketAddress address) {
        bound.remove(address.getPort());
    }

    /** Who has a port, null if nobody has. */
    SoftCmId at(final InetSocketAddress destination) {
        final SoftCmId id = bound.get(destination.getPort());
        return id != null && (id.localAddress().getAddress().isAnyLocalAddress()
            || id.localAddress().getAddress().equals(destination.getAddress())) ? id : null;
    }

    int randomPsn() {
        return random.nextInt() & SoftQueuePair.PSN_MASK;
    }
}
