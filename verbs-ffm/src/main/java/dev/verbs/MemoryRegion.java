package dev.verbs;

import java.lang.foreign.MemorySegment;

/**
 * Memory that the device may use. Any thread. C: {@code struct ibv_mr}.
 *
 * <p>{@link #close()} refuses with EBUSY while a queue pair or a shared receive queue of the same domain has work in flight
 * that may use it, and names that queue. Peers lose access with the close. The region keeps memory of automatic arenas
 * reachable; memory of any other arena must outlive it, which the arenas of {@code dev.verbs.memory} enforce.
 */
public interface MemoryRegion extends VerbsResource {
    /**
     * The domain it was registered in.
     *
     * @return the domain
     */
    ProtectionDomain protectionDomain();

    /**
     * The registered memory.
     *
     * @return the segment, as it was given
     */
    MemorySegment segment();

    /**
     * How local entries and peers address its first byte: where it lies in memory, unless it was registered with an address of
     * its own or zero-based.
     *
     * @return the address
     */
    long address();

    /**
     * How much is registered.
     *
     * @return the length in bytes
     */
    long length();

    /**
     * The key for local scatter/gather entries.
     *
     * @return the key, host order
     */
    int lkey();

    /**
     * The key for peers. It travels as the program likes; rdma-core's examples send it in network order.
     *
     * @return the key, host order
     */
    int rkey();

    /**
     * What stands for the region in a work request that binds a window to it. For providers: C has the address of its structure
     * there.
     *
     * @return the handle, valid while the region is open
     */
    long handle();

    /**
     * What is allowed.
     *
     * @return flags of {@link AccessFlags}
     */
    int access();
}
