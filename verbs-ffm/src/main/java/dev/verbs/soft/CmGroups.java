package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.VerbsException;
import dev.verbs.cm.DatagramDestination;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Datagrams and the multicast groups of one identifier. Guarded by the {@link CmAddressSpace}'s monitor. */
final class CmGroups {
    private final List<InetAddress> groups = new ArrayList<>();

    void check(final String verb, final InetAddress group) {
        if (!group.isMulticastAddress()) {
            throw new VerbsException(verb, Errno.EINVAL, group.getHostAddress() + " is not a multicast address (224.0.0.0/4, ff00::/8)");
        }
    }

    void add(final InetAddress group) {
        groups.add(group);
    }

    void remove(final String id, final InetAddress group) {
        if (!groups.remove(group)) {
            throw new VerbsException("rdma_leave_multicast", Errno.EADDRNOTAVAIL, id + " has not joined " + group.getHostAddress()
                + "; it is in " + groups);
        }
    }

    /** Where to send to all members: as on RoCE version 2 the group's GID is its address. */
    static DatagramDestination destination(final InetAddress group, final int gidIndex, final int trafficClass) {
        return new DatagramDestination(CmEndpoint.path(gidIndex, group, trafficClass), DatagramDestination.MULTICAST_QP,
            DatagramDestination.DEFAULT_QKEY);
    }

    /** What a UD queue pair needs: nothing is agreed on with a peer. */
    static QpAttributes attributes(final QpState state) {
        final QpAttributes attributes = new QpAttributes().state(state);
        return switch (state) {
            case INIT -> attributes.pkeyIndex(0).port(SoftDevice.PORTS).qkey(DatagramDestination.DEFAULT_QKEY);
            case RTS -> attributes.sqPsn(0);
            default -> attributes;
        };
    }
}
