package dev.verbs.spi;

import dev.verbs.Errno;
import dev.verbs.Gid;
import dev.verbs.QpType;
import dev.verbs.VerbsException;
import java.util.LinkedHashSet;
import java.util.Set;

/** The multicast groups that a queue pair is attached to. Under the queue pair's lock. */
final class MulticastGroups {
    private static final int MOST_LID = 0xFFFF;

    /**
     * A group.
     *
     * @param gid its GID
     * @param lid its LID, 0 on Ethernet
     */
    record Group(Gid gid, int lid) {
        @Override
        public String toString() {
            return gid + (lid == 0 ? "" : " lid " + lid);
        }
    }

    private final Set<Group> attached = new LinkedHashSet<>();

    /** Refuses what no device can attach; false if it is attached already. */
    boolean canAttach(final AbstractQueuePair qp, final Group group) {
        if (qp.config().type() != QpType.UD) {
            throw refused("ibv_attach_mcast", qp.describe() + " is " + qp.config().type() + ": only UD receives multicasts");
        }
        if (!group.gid.isMulticast()) {
            throw refused("ibv_attach_mcast", group.gid + " is not a multicast GID: ff00::/8, or ::ffff:224.0.0.0 with 4 bits");
        }
        if (group.lid < 0 || group.lid > MOST_LID) {
            throw refused("ibv_attach_mcast", "lid " + group.lid + " is not in 0 .. " + MOST_LID);
        }
        return !attached.contains(group);
    }

    void attached(final Group group) {
        attached.add(group);
    }

    void requireAttached(final AbstractQueuePair qp, final Group group) {
        if (!attached.contains(group)) {
            throw refused("ibv_detach_mcast", qp.describe() + " is not attached to " + group + "; it is attached to " + attached);
        }
    }

    void detached(final Group group) {
        attached.remove(group);
    }

    /** ibv_destroy_qp(3): it fails while the queue pair is attached to a group. */
    void requireNone(final AbstractQueuePair qp) {
        if (!attached.isEmpty()) {
            throw new VerbsException("ibv_destroy_qp", Errno.EBUSY, qp.describe() + " is still attached to the multicast groups "
                + attached + ": detach it first");
        }
    }

    private static VerbsException refused(final String verb, final String diagnosis) {
        return new VerbsException(verb, Errno.EINVAL, diagnosis);
    }
}
