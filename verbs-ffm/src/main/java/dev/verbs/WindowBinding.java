package dev.verbs;

/**
 * What a memory window opens. C: {@code struct ibv_mw_bind_info}.
 *
 * @param region  the region, which needs MW_BIND; not null, for unbinding too [mr]
 * @param address where the window starts: an address of the region, as {@link MemoryRegion#address()} counts [addr]
 * @param length  its length in bytes; 0 unbinds a window of type 1 [length]
 * @param access  what peers may do through it: REMOTE_READ, REMOTE_WRITE, REMOTE_ATOMIC of {@link AccessFlags} (the last two
 *                need LOCAL_WRITE of the region); ZERO_BASED (type 2 only): peers address its first byte as 0 [mw_access_flags]
 */
public record WindowBinding(MemoryRegion region, long address, long length, int access) {
    /** Refuses what cannot be meant. */
    public WindowBinding {
        if (region == null) {
            throw new IllegalArgumentException("a window is bound to a region: none was given");
        }
        if (length < 0) {
            throw new IllegalArgumentException("length " + length + " is negative");
        }
    }

    /**
     * A part of a region, counted from its start. No C counterpart.
     *
     * @param region the region
     * @param offset where the window starts in it, in bytes
     * @param length its length in bytes
     * @param access what peers may do through it
     * @return the binding
     */
    public static WindowBinding of(final MemoryRegion region, final long offset, final long length, final int access) {
        return new WindowBinding(region, region.address() + offset, length, access);
    }
}
