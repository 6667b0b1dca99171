package dev.verbs;

import java.lang.foreign.MemorySegment;

/**
 * Memory that the device may use. Any thread. C: {@code struct ibv_mr}, closed with {@code ibv_dereg_mr}.
 *
 * <p>{@link #close()} refuses with EBUSY while a queue pair or a shared receive queue of the same domain has work in flight
 * that may use it, and names that queue. Peers lose access with the close. The region keeps memory of automatic arenas
 * reachable; memory of any other arena must outlive it, which the arenas of {@code dev.verbs.memory} enforce.
 */
public interface MemoryRegion extends VerbsResource {
    /**
     * The domain it was registered in. C: {@code ibv_mr.pd}.
     *
     * @return the domain
     */
    ProtectionDomain protectionDomain();

    /**
     * The registered memory. C: {@code ibv_mr.addr}, {@code ibv_mr.length}.
     *
     * @return the segment, as it was given
     */
    MemorySegment segment();

    /**
     * How local entries and peers address its first byte: where it lies in memory, unless it was registered with an address of
     * its own or zero-based. C: the iova of {@code ibv_reg_mr_iova}.
     *
     * @return the address
     */
    long address();

    /**
     * How much is registered. C: {@code ibv_mr.length}.
     *
     * @return the length in bytes
     */
    long length();

    /**
     * The key for local scatter/gather entries. C: {@code ibv_mr.lkey}.
     *
     * @return the key, host order
     */
    int lkey();

    /**
     * The key for peers. It travels as the program likes; rdma-core's examples send it in network order. C: {@code ibv_mr.rkey}.
     *
     * @return the key, host order
     */
    int rkey();

    /**
     * What stands for the region in a work request that binds a window to it. For providers: the address of the C
     * structure with a real device. C: {@code ibv_mw_bind_info.mr}.
     *
     * @return the handle, valid while the region is open
     */
    long handle();

    /**
     * Registers anew in place: access, memory or domain. Keys may change. C: {@code ibv_rereg_mr}.
     *
     * @param change what changes
     * @throws IllegalArgumentException as {@link ProtectionDomain#registerMemory(MemorySegment, int)}
     * @throws VerbsException           EOPNOTSUPP if the device cannot; EBUSY while a queue pair of the domain has work in flight or
     *     windows are bound; after any other errno the region may not be usable any more: close it
     */
    void reregister(MemoryChange change);

    /**
     * Tells the device how part of an on-demand region will be used. C: {@code ibv_advise_mr} with one entry.
     *
     * @param advice what will happen
     * @param offset where the part starts in the region, in bytes
     * @param length its length in bytes, at most 2^32 - 1
     * @param flush  whether to wait until it is done; otherwise it may be done later, or not at all
     * @throws IndexOutOfBoundsException if the part leaves the region
     * @throws VerbsException            EOPNOTSUPP if the device has no paging on demand; else what the device says
     */
    void advise(MemoryAdvice advice, long offset, long length, boolean flush);

    /**
     * What is allowed. C: the access of {@code ibv_reg_mr}.
     *
     * @return flags of {@link AccessFlags}
     */
    int access();
}
