package dev.verbs.ibv;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.cm.MulticastMembership;
import dev.verbs.headers.rdma_cm_join_mc_attr_ex;
import dev.verbs.headers.types_h;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The multicast groups of one id. librdmacm forgets to free those that are not left before the id is destroyed. */
final class CmMulticast {
    private final MemorySegment id;
    /** Groups joined and not left; under this object's lock. */
    private final List<InetAddress> groups = new ArrayList<>();

    CmMulticast(final MemorySegment id) {
        this.id = id;
    }

    synchronized void join(final IbvCmId owner, final InetAddress group) {
        try (Frame frame = new Frame()) {
            frame.checkErrno("rdma_join_multicast", LibCmSetup.joinMulticast(frame, id, address(frame, group), MemorySegment.NULL),
                CmDiagnosis.join(owner, group, frame.errno()));
        }
        groups.add(group);
    }

    synchronized void join(final IbvCmId owner, final InetAddress group, final MulticastMembership membership) {
        try (Frame frame = new Frame()) {
            final MemorySegment attributes = rdma_cm_join_mc_attr_ex.allocate(frame.arena);
            rdma_cm_join_mc_attr_ex.comp_mask(attributes,
                types_h.RDMA_CM_JOIN_MC_ATTR_ADDRESS() | types_h.RDMA_CM_JOIN_MC_ATTR_JOIN_FLAGS());
            rdma_cm_join_mc_attr_ex.join_flags(attributes, membership.code());
            rdma_cm_join_mc_attr_ex.addr(attributes, address(frame, group));
            frame.checkErrno("rdma_join_multicast_ex", LibCmSetup.joinMulticastEx(frame, id, attributes, MemorySegment.NULL),
                CmDiagnosis.join(owner, group, frame.errno()));
        }
        groups.add(group);
    }

    synchronized void leave(final IbvCmId owner, final InetAddress group) {
        try (Frame frame = new Frame()) {
            frame.checkErrno("rdma_leave_multicast", LibCmSetup.leaveMulticast(frame, id, address(frame, group)),
                owner.describe() + " has not joined " + group.getHostAddress() + "; it is in " + groups);
        }
        groups.remove(group);
    }

    synchronized void leaveAll(final IbvCmId owner) {
        for (final InetAddress group : List.copyOf(groups)) {
            try {
                leave(owner, group);
            } catch (final VerbsException e) {
                groups.remove(group); // the kernel ends it with the id
            }
        }
    }

    private static MemorySegment address(final Frame frame, final InetAddress group) {
        if (!group.isMulticastAddress()) {
            throw new VerbsException("rdma_join_multicast", Errno.EINVAL, group.getHostAddress() + " is not a multicast address "
                + "(224.0.0.0/4, ff00::/8)");
        }
        return SocketAddresses.write(new InetSocketAddress(group, 0), frame.arena);
    }
}
