package dev.verbs;

import java.lang.foreign.MemorySegment;

/**
 * Regions and queue pairs that may work together. Any thread. C: {@code struct ibv_pd}, closed with {@code ibv_dealloc_pd}.
 */
public interface ProtectionDomain extends VerbsResource {
    /**
     * The context that it was made on. C: {@code ibv_pd.context}.
     *
     * @return the context
     */
    Context context();

    /**
     * Registers memory with the device: it stays pinned until the region is closed. C: {@code ibv_reg_mr}.
     *
     * <p>Whose memory it is: the region keeps memory of automatic arenas reachable. Memory of any other arena must not be freed
     * before the region is closed; the arenas of {@code dev.verbs.memory} refuse to be closed before. Memory that neither Java nor
     * this library allocated ({@code MemorySegment.ofAddress(..).reinterpret(..)}, a mapped file) stays its owner's: nothing here
     * can know when it is unmapped, and a device goes on reading and writing the pages it had pinned, whatever is mapped at the
     * address by then. Close the region first.
     *
     * <p>Segments may overlap, lie at any address and have any length; whole pages are pinned, and count as locked memory once per
     * region. A writable mapping of a file works where its file system lets pages be pinned (tmpfs always); a private one shows
     * peers the copied pages; a READ_ONLY one is refused with EFAULT by Linux 6.1. With HUGETLB the memory must consist of huge
     * pages. RELAXED_ORDERING is ignored where kernel or device do not know it.
     *
     * @param memory a native or mapped segment of at least 1 byte
     * @param access flags of {@link AccessFlags}; remote writes and atomics need LOCAL_WRITE
     * @return the region, to be closed by the caller
     * @throws IllegalArgumentException if the segment lives on the heap, where the collector moves it, or is read-only but
     *     would be written
     * @throws VerbsException           ENOMEM with the limits in force (RLIMIT_MEMLOCK, control groups) and what is registered;
     *     EFAULT with the mappings found at the address; EOPNOTSUPP for ON_DEMAND without paging on demand; EINVAL for access flags
     *     that contradict each other
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
     * Registers the whole address space, paged on demand (implicit ODP): any address of the process can stand in an entry. C:
     * {@code ibv_reg_mr(pd, NULL, SIZE_MAX, access | IBV_ACCESS_ON_DEMAND)}.
     *
     * @param access flags of {@link AccessFlags}
     * @return the region, to be closed by the caller; its segment is empty and it counts no bytes
     * @throws VerbsException EOPNOTSUPP if the device has no implicit paging on demand
     */
    MemoryRegion registerAddressSpace(int access);

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
     * @throws VerbsException EINVAL if a limit of the device is passed, or a queue is of another context or domain; EOPNOTSUPP if the
     *     device has no such queue pairs; EBADF if the domain or a queue is closed
     */
    QueuePair createQueuePair(QueuePairConfig config);

    /**
     * Makes a queue pair in the state RESET whose send requests can be built in place. C: {@code ibv_create_qp_ex},
     * {@code ibv_qp_to_qp_ex}.
     *
     * @param config its queues and limits, and what it shall be able to send: {@link QueuePairConfig#withSendOps}
     * @return the queue pair, to be closed by the caller
     * @throws VerbsException EOPNOTSUPP if the device has no such queue pairs, or not all of the operations on that service;
     *     else as {@link #createQueuePair}
     * @throws IllegalArgumentException if the configuration names no operation
     */
    default ExtendedQueuePair createExtendedQueuePair(final QueuePairConfig config) {
        if (config.sendOps().isEmpty()) {
            throw new IllegalArgumentException("the configuration names no operation: add some with QueuePairConfig.withSendOps");
        }
        return (ExtendedQueuePair)createQueuePair(config);
    }

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
     * @throws VerbsException EINVAL if the port does not exist or its GID index is not in use, else what the system says if the
     *     peer's GID cannot be reached: the message offers the GIDs that fit
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
