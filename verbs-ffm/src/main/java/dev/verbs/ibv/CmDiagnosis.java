package dev.verbs.ibv;

import dev.verbs.Errno;
import dev.verbs.cm.CmOption;
import dev.verbs.cm.PortSpace;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Why the connection manager refused, and what to do. */
final class CmDiagnosis {
    private CmDiagnosis() {
    }

    static String bind(final InetSocketAddress address, final PortSpace space, final int errno) {
        final boolean taken = errno == Errno.EADDRINUSE || errno == Errno.EADDRNOTAVAIL && address.getAddress().isAnyLocalAddress();
        return address + (taken ? ": port " + address.getPort() + " of " + space + " is taken by another id: choose another, or 0 "
            + "for any; or set REUSE_ADDRESS on both"
            : errno == Errno.EACCES ? ": ports below 1024 need CAP_NET_BIND_SERVICE"
            : errno == Errno.EINVAL ? ": an id is bound once, and a link-local address needs its scope (fe80::1%eth0)"
            : ": it must be an address of an RDMA device's interface (rdma link, ip address), and the port must be free");
    }

    static String resolve(final InetSocketAddress source, final InetSocketAddress destination, final int errno, final String id) {
        final String from = source == null ? "" : " from " + source;
        return destination + from + (errno == Errno.EINVAL ? ": " + id + " has resolved an address, listens or is connected; or "
            + "the two addresses are of different families"
            : errno == Errno.ENETUNREACH || errno == Errno.EHOSTUNREACH ? ": no route leads there (ip route get "
            + destination.getAddress().getHostAddress() + ")"
            : errno == Errno.EADDRNOTAVAIL || errno == Errno.ENODEV ? ": no RDMA device has the local address"
            : ": no RDMA device leads there");
    }

    static String listen(final IbvCmId id, final int errno) {
        return id.describe() + (errno == Errno.EADDRINUSE || errno == Errno.EADDRNOTAVAIL
            ? ": another id is bound to " + id.localAddress() + ": only one may listen, even with REUSE_ADDRESS"
            : ": it must be bound and not yet listen or connect");
    }

    static String option(final IbvCmId id, final CmOption option, final int value) {
        return id.describe() + " of " + id.portSpace() + ", " + option + " = " + value + ": " + switch (option) {
            case ACK_TIMEOUT -> "for reliable connections only (TCP, IB), before connect or accept";
            case REUSE_ADDRESS -> "before listen; switched off before bind only";
            case ADDRESS_FAMILY_ONLY -> "before listen";
            case TYPE_OF_SERVICE -> "before the route is resolved";
        };
    }

    static String join(final IbvCmId id, final InetAddress group, final int errno) {
        final String what = id.describe() + " of " + id.portSpace() + ", group " + group.getHostAddress() + ": ";
        return what + (errno == Errno.EINVAL
            ? "the id must be of UDP or IPOIB and bound to a device's address (bind, or resolve the group's address)"
            : group.getAddress().length > Integer.BYTES
            ? "RoCE version 2 has no IPv6 multicast through rdma_cm: use an IPv4 group" : "the device has no multicast");
    }

    /** A call that came at the wrong time, most likely. */
    static String order(final IbvCmId id, final String verb, final int errno) {
        final String what = id.describe() + " of " + id.portSpace();
        return errno != Errno.EINVAL ? what : what + switch (verb) {
            case "rdma_resolve_route" -> ": after ADDR_RESOLVED, once";
            case "rdma_connect" -> ": after ROUTE_RESOLVED, once";
            case "rdma_establish" -> ": after CONNECT_RESPONSE";
            case "rdma_accept", "rdma_reject", "rdma_reject_ece" -> ": it must be the id of a CONNECT_REQUEST that nobody has "
                + "answered, and whose peer has not given up";
            case "rdma_notify" -> ": after accept, while ESTABLISHED has not come";
            default -> "";
        };
    }
}
