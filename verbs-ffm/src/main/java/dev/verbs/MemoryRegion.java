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
     * Where the memory starts: the base for local entries and, unless zero-based, for peers.
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
     * What is allowed.
     *
     * @return flags of {@link AccessFlags}
     */
    int access();
}
