package dev.verbs;

import java.lang.foreign.MemorySegment;

/**
 * What changes about a region when it is registered anew in place. C: the flags and arguments of {@code ibv_rereg_mr}.
 *
 * @param domain        the domain that it moves to, null to stay ({@code IBV_REREG_MR_CHANGE_PD})
 * @param memory        the memory that it covers from now on, null for the same ({@code IBV_REREG_MR_CHANGE_TRANSLATION})
 * @param changesAccess whether {@code access} counts ({@code IBV_REREG_MR_CHANGE_ACCESS})
 * @param access        flags of {@link AccessFlags} (the access of {@code ibv_rereg_mr})
 */
public record MemoryChange(ProtectionDomain domain, MemorySegment memory, boolean changesAccess, int access) {
    /** Changes nothing: a start for the others. C: {@code ibv_rereg_mr} without flags. */
    public static final MemoryChange NONE = new MemoryChange(null, null, false, 0);

    /**
     * The same, with other access. C: {@code IBV_REREG_MR_CHANGE_ACCESS}.
     *
     * @param flags flags of {@link AccessFlags}
     * @return the changed copy
     */
    public MemoryChange withAccess(final int flags) {
        return new MemoryChange(domain, memory, true, flags);
    }

    /**
     * The same, with other memory. C: {@code IBV_REREG_MR_CHANGE_TRANSLATION}.
     *
     * @param other what the region covers from now on, under its own addresses
     * @return the changed copy
     */
    public MemoryChange withMemory(final MemorySegment other) {
        return new MemoryChange(domain, other, changesAccess, access);
    }

    /**
     * The same, with another domain. C: {@code IBV_REREG_MR_CHANGE_PD}.
     *
     * @param other a domain of the same context
     * @return the changed copy
     */
    public MemoryChange withDomain(final ProtectionDomain other) {
        return new MemoryChange(other, memory, changesAccess, access);
    }
}
