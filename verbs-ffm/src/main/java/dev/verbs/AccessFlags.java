package dev.verbs;

import dev.verbs.headers.types_h;
import java.util.List;

/**
 * What a memory region or a queue pair allows. Combine with {@code |}.
 *
 * <p>C: {@code enum ibv_access_flags}.
 */
public final class AccessFlags {
    /** The device may write here for its own side: receives, read responses. C: {@code IBV_ACCESS_LOCAL_WRITE}. */
    public static final int LOCAL_WRITE = types_h.IBV_ACCESS_LOCAL_WRITE();

    /** Peers may write; a region needs LOCAL_WRITE too. C: {@code IBV_ACCESS_REMOTE_WRITE}. */
    public static final int REMOTE_WRITE = types_h.IBV_ACCESS_REMOTE_WRITE();

    /** Peers may read. C: {@code IBV_ACCESS_REMOTE_READ}. */
    public static final int REMOTE_READ = types_h.IBV_ACCESS_REMOTE_READ();

    /** Peers may do atomics; a region needs LOCAL_WRITE too. C: {@code IBV_ACCESS_REMOTE_ATOMIC}. */
    public static final int REMOTE_ATOMIC = types_h.IBV_ACCESS_REMOTE_ATOMIC();

    /** Memory windows may be bound to the region. C: {@code IBV_ACCESS_MW_BIND}. */
    public static final int MW_BIND = types_h.IBV_ACCESS_MW_BIND();

    /** Remote addresses count from 0. C: {@code IBV_ACCESS_ZERO_BASED}. */
    public static final int ZERO_BASED = types_h.IBV_ACCESS_ZERO_BASED();

    /** On-demand paging. C: {@code IBV_ACCESS_ON_DEMAND}. */
    public static final int ON_DEMAND = types_h.IBV_ACCESS_ON_DEMAND();

    /** The region consists of huge pages. C: {@code IBV_ACCESS_HUGETLB}. */
    public static final int HUGETLB = types_h.IBV_ACCESS_HUGETLB();

    /** The device may reorder its accesses. Optional: ignored where it is not known. C: {@code IBV_ACCESS_RELAXED_ORDERING}. */
    public static final int RELAXED_ORDERING = types_h.IBV_ACCESS_RELAXED_ORDERING();

    private AccessFlags() {
    }

    /**
     * The names of the flags that are set, in the order of their bits; what has no name here follows as one hexadecimal number.
     * No C counterpart.
     *
     * @param flags the flags
     * @return the names, empty if no flag is set
     */
    public static List<String> names(final long flags) {
        return FlagNames.of(AccessFlags.class, flags);
    }
}
