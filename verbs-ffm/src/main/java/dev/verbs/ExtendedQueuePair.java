package dev.verbs;

import java.lang.foreign.MemorySegment;

/**
 * A queue pair whose send requests can be made in place, one call after the other, and are posted together. C:
 * {@code struct ibv_qp_ex}.
 *
 * <pre>{@code
 *   qp.start();
 *   qp.write(1, remoteAddress, rkey, 0);                 // a builder begins a request ...
 *   qp.local(address, length, lkey);                     // ... a setter says what it carries
 *   qp.sendWithImm(2, immediate, SendFlags.SIGNALED);
 *   qp.inline(segment, 0, 16);
 *   final int accepted = qp.complete();                  // both, or none: then qp.errno() says why
 * }</pre>
 *
 * <p>From {@code start} to {@code complete} or {@code abort} there is a <em>batch</em>. Most libraries hold the send queue's lock
 * meanwhile: keep it short, and do all of it in one thread. Within a batch {@link #postSend} accepts nothing (EBUSY), a
 * {@link MemoryWindow#bind} fails, and the queue pair can neither be modified, drained nor closed (EBUSY). What the batch names
 * counts as {@link #inFlight()} from its builder on.
 *
 * <p>Each call is a call into the library (5 ns and more from Java): a prepared list ({@link SendRequests}) is cheaper. This is for
 * requests whose number or shape is only known while they are made. Nothing here blocks or allocates. Mistakes in the order of the
 * calls are thrown before anything is touched, and leave the batch as it was: {@link VerbsException} with EOPNOTSUPP for an
 * operation that was not asked for ({@link QueuePairConfig#withSendOps}), with EINVAL without a batch, for a setter without a
 * request that takes it, or a second one for the same payload. What is wrong with a request itself is remembered, and
 * {@link #complete} says it and posts nothing.
 *
 * <p>A request carries at most one payload: {@link #local}, {@link #localList}, {@link #inline} or {@link #inlineList}; without one
 * it is empty. A datagram needs its {@link #target}. The flag {@link SendFlags#INLINE} is set and cleared by these.
 */
public interface ExtendedQueuePair extends QueuePair {
    /** The call does not belong here: a batch where there must be none, or none where there must be one. No C counterpart. */
    int MISUSED = -2;

    /**
     * Begins a batch. C: {@code ibv_wr_start}.
     *
     * @return 0; {@link #MISUSED} if there is a batch already; {@link #CLOSED}
     */
    int start();

    /**
     * Posts the batch and ends it, whatever the outcome. C: {@code ibv_wr_complete}.
     *
     * @return requests accepted: all of them, or 0, and {@link #errno()} says why; {@link #MISUSED} if there is no batch;
     *     {@link #CLOSED}
     */
    int complete();

    /**
     * Forgets the batch and ends it. C: {@code ibv_wr_abort}.
     *
     * @return 0; {@link #MISUSED} if there is no batch; {@link #CLOSED}
     */
    int abort();

    /**
     * Why the last {@link #complete} accepted nothing. C: what {@code ibv_wr_complete} returned.
     *
     * @return 0 if it accepted all; ENOMEM: the queue is full, poll and try again; EINVAL: wrong state, a payload above the limits
     *     of the queue pair, an atomic that is not 8 aligned bytes, a datagram without a path that is open, a bind of
     *     a closed window or to a closed region; EOPNOTSUPP: see
     *     {@link #localList}
     */
    int errno();

    /**
     * Begins a SEND. C: {@code ibv_wr_send}.
     *
     * @param wrId  the number that its completion carries
     * @param flags flags of {@link SendFlags}
     */
    void send(long wrId, int flags);

    /**
     * Begins a SEND with immediate. C: {@code ibv_wr_send_imm}.
     *
     * @param wrId      the number that its completion carries
     * @param immediate 32 bits for the receiver's completion, as a number
     * @param flags     flags of {@link SendFlags}
     */
    void sendWithImm(long wrId, int immediate, int flags);

    /**
     * Begins a SEND that also invalidates a window of the peer. C: {@code ibv_wr_send_inv}.
     *
     * @param wrId  the number that its completion carries
     * @param rkey  key of the peer's type 2 window
     * @param flags flags of {@link SendFlags}
     */
    void sendWithInvalidate(long wrId, int rkey, int flags);

    /**
     * Begins an RDMA WRITE. C: {@code ibv_wr_rdma_write}.
     *
     * @param wrId          the number that its completion carries
     * @param remoteAddress where to write in the peer's memory
     * @param rkey          remote key of the peer's region
     * @param flags         flags of {@link SendFlags}
     */
    void write(long wrId, long remoteAddress, int rkey, int flags);

    /**
     * Begins an RDMA WRITE with immediate, which consumes a receive at the peer. C: {@code ibv_wr_rdma_write_imm}.
     *
     * @param wrId          the number that its completion carries
     * @param remoteAddress where to write in the peer's memory
     * @param rkey          remote key of the peer's region
     * @param immediate     32 bits for the receiver's completion, as a number
     * @param flags         flags of {@link SendFlags}
     */
    void writeWithImm(long wrId, long remoteAddress, int rkey, int immediate, int flags);

    /**
     * Begins an RDMA READ; its payload says where to, never inline. C: {@code ibv_wr_rdma_read}.
     *
     * @param wrId          the number that its completion carries
     * @param remoteAddress where to read in the peer's memory
     * @param rkey          remote key of the peer's region
     * @param flags         flags of {@link SendFlags}
     */
    void read(long wrId, long remoteAddress, int rkey, int flags);

    /**
     * Begins a compare and swap, as {@link SendRequests#compareAndSwap}; its payload is where the 8 bytes arrive. C:
     * {@code ibv_wr_atomic_cmp_swp}.
     *
     * @param wrId          the number that its completion carries
     * @param remoteAddress where in the peer's memory, a multiple of 8
     * @param rkey          remote key of the peer's region
     * @param compare       what is expected there
     * @param swap          what is to stand there
     * @param flags         flags of {@link SendFlags}
     */
    void compareAndSwap(long wrId, long remoteAddress, int rkey, long compare, long swap, int flags);

    /**
     * Begins a fetch and add, as {@link SendRequests#fetchAndAdd}; its payload is where the 8 bytes arrive. C:
     * {@code ibv_wr_atomic_fetch_add}.
     *
     * @param wrId          the number that its completion carries
     * @param remoteAddress where in the peer's memory, a multiple of 8
     * @param rkey          remote key of the peer's region
     * @param addend        what is added
     * @param flags         flags of {@link SendFlags}
     */
    void fetchAndAdd(long wrId, long remoteAddress, int rkey, long addend, int flags);

    /**
     * Makes a bind of a type 2 window, as {@link SendRequests#bindWindow}; it has no payload. C: {@code ibv_wr_bind_mw}.
     *
     * @param wrId    the number that its completion carries
     * @param window  the window, of the queue pair's domain, not bound; it must stay open until the bind has completed
     * @param rkey    its new key, usually {@link MemoryWindow#nextRkey()}
     * @param binding what it opens, at least 1 byte
     * @param flags   flags of {@link SendFlags}
     * @throws IllegalArgumentException if the window is of type 1
     */
    void bindWindow(long wrId, MemoryWindow window, int rkey, WindowBinding binding, int flags);

    /**
     * Makes a local invalidate: the window of this side with that key is no longer bound; it has no payload. C:
     * {@code ibv_wr_local_inv}.
     *
     * @param wrId  the number that its completion carries
     * @param rkey  key of a type 2 window that is bound
     * @param flags flags of {@link SendFlags}
     */
    void localInvalidate(long wrId, int rkey, int flags);

    /**
     * The payload of the request: one buffer, untouched until the completion. C: {@code ibv_wr_set_sge}.
     *
     * @param address its address
     * @param length  bytes, 0 to 2^32 - 1
     * @param lkey    local key of its region
     */
    void local(long address, long length, int lkey);

    /**
     * The payload of the request: several buffers, untouched until the completion. C: {@code ibv_wr_set_sge_list}.
     *
     * <p>rdma-core before 64 takes all entries for as long as the first one, on rdma_rxe: there entries that differ in length are
     * refused (EOPNOTSUPP); post such requests as a list.
     *
     * @param entries written with {@link SgeDescriptor#set}, the first one at offset 0; free when the call returns
     * @param count   how many, from 0
     * @throws IndexOutOfBoundsException if the segment has no such number of entries
     */
    void localList(MemorySegment entries, int count);

    /**
     * The payload of the request: bytes that are copied now; nothing needs to be registered. C: {@code ibv_wr_set_inline_data}.
     *
     * @param source where they lie; heap segments are welcome
     * @param from   their offset in bytes
     * @param length how many, from 0 to the max_inline_data of the queue pair
     */
    void inline(MemorySegment source, long from, long length);

    /**
     * The payload of the request: the bytes of several segments, one behind the other, which are copied now. C:
     * {@code ibv_wr_set_inline_data_list}.
     *
     * @param sources where they lie; heap segments are welcome
     * @param count   how many of them, from 0
     */
    void inlineList(MemorySegment[] sources, int count);

    /**
     * Whom a datagram is for; before or after the payload. Only for UD. C: {@code ibv_wr_set_ud_addr}.
     *
     * @param handle     the path; it must stay open until the completion
     * @param remoteQpn  number of the queue pair that it is for
     * @param remoteQkey that queue pair's queue key
     */
    void target(AddressHandle handle, int remoteQpn, int remoteQkey);
}
