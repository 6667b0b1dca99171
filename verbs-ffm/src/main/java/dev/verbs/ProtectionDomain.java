package dev.verbs;

import java.lang.foreign.MemorySegment;

/**
 * Regions and queue pairs that may work together. Any thread. C: {@code struct ibv_pd}.
 */
public interface ProtectionDomain extends VerbsResource {
    /**
     * The context that it was made on.
     *
     * @return the context
     */
    Context context();

    /**
     * Registers memory with the device: it stays pinned until the region is closed. C: {@code ibv_reg_mr}.
     *
     * <p>The region keeps memory of automatic arenas reachable. Memory of any other arena must not be freed before the region
     * is closed; the arenas of {@code dev.verbs.memory} refuse to be closed before.
     *
     * @param memory a native or mapped segment of at least 1 byte
     * @param access flags of {@link AccessFlags}; remote writes and atomics need LOCAL_WRITE
     * @return the region, to be closed by the caller
     * @throws IllegalArgumentException if the segment lives on the heap, where the collector moves it, or is read-only but
     *     would be written
     * @throws VerbsException           if the device refuses
     */
    MemoryRegion registerMemory(MemorySegment memory, int access);

    /**
     * Registers memory under addresses of its own. C: {@code ibv_reg_mr_iova}, {@code ibv_reg_mr_iova2} where optional access
     * bits are set.
     *
     * @param memory a native or mapped segment of at least 1 byte
     * @param iova   how local entries and peers address its first byte; in its page it must lie where the memory lies in its own
     * @param access flags of {@link AccessFlags}
     * @return the region, to be closed by the caller
     * @throws IllegalArgumentException as {@link #registerMemory(MemorySegment, int)}
     * @throws VerbsException           (EINVAL) if {@code iova} and memory differ in their offset in a page; else as
     *     {@link #registerMemory(MemorySegment, int)}
     */
    MemoryRegion registerMemory(MemorySegment memory, long iova, int access);

    /**
     * Allocates a memory window, not bound to anything. C: {@code ibv_alloc_mw}.
     *
     * @param type how it will be bound
     * @return the window, to be closed by the caller
     * @throws VerbsException EOPNOTSUPP if the device has no windows of that type; ENOMEM if all are in use
     */
    MemoryWindow allocateMemoryWindow(MemoryWindowType type);

    /**
     * Makes a queue pair in the state RESET. C: {@code ibv_create_qp}.
     *
     * @param config its queues and limits
     * @return the queue pair, to be closed by the caller
     * @throws VerbsException if a limit of the device is passed
     */
    QueuePair createQueuePair(QueuePairConfig config);

    /**
     * Makes a queue of receives that several queue pairs of this domain can draw from. C: {@code ibv_create_srq}.
     *
     * @param config its limits
     * @return the queue, to be closed by the caller
     * @throws VerbsException if a limit of the device is passed (EINVAL), or it has no shared receive queues (EOPNOTSUPP)
     */
    SharedReceiveQueue createSharedReceiveQueue(SrqConfig config);

    /**
     * Makes a path that datagrams are sent along. C: {@code ibv_create_ah}.
     *
     * @param path where to
     * @return the address handle, to be closed by the caller
     * @throws VerbsException if the port does not exist, its GID index is not in use, or the peer's GID cannot be reached: the
     *     message offers the GIDs that fit
     */
    AddressHandle createAddressHandle(AddressVector path);

    /**
     * Makes the path back to the sender of a datagram. C: {@code ibv_create_ah_from_wc}.
     *
     * @param completions what was polled
     * @param index       which completion: of a receive of a UD queue pair
     * @param grh         the first {@link GrhDescriptor#SIZE} bytes of what was received, native memory
     * @param port        the port that it came in at, from 1
     * @return the address handle, to be closed by the caller
     * @throws VerbsException if the header is none, or the GID that it was sent to is not (any more) one of the port's
     */
    AddressHandle createAddressHandle(WorkCompletions completions, int index, MemorySegment grh, int port);
}
