package dev.verbs;

/**
 * A key for part of a region, given and taken by the send queue without registering anew. C: {@code struct ibv_mw},
 * closed with {@code ibv_dealloc_mw}.
 *
 * <p>A window of type 1 is bound with {@link #bind}; one of type 2 with {@link SendRequests#bindWindow}, and then
 * {@link #bound} says with which key. A region refuses to be closed while windows are bound to it, where the device sees to
 * that. Close a window before the queue pair that it is bound to: rdma_rxe makes the queue pair wait 50 s for it. Invalidate a
 * window of type 2 only while it is bound: otherwise rdma_rxe of Linux 6.1 follows a null pointer in the kernel.
 *
 * <p>Allocation, {@link #bound} and close: any thread. {@link #bind} and {@link #unbind} post to the send queue: only the thread
 * that posts sends there.
 */
public interface MemoryWindow extends VerbsResource {
    /**
     * The domain it was allocated in. C: {@code ibv_mw.pd}.
     *
     * @return the domain
     */
    ProtectionDomain protectionDomain();

    /**
     * How it is bound. C: {@code ibv_mw.type}.
     *
     * @return its type
     */
    MemoryWindowType type();

    /**
     * The key for peers, valid once the bind has completed with success. After a bind that failed it is not valid. C: {@code ibv_mw.rkey}.
     *
     * @return the key of the last bind that was posted ({@link #bind}) or told ({@link #bound}), host order
     */
    int rkey();

    /**
     * The key that the next bind should give: peers that still have the old one are refused. C: {@code ibv_inc_rkey}.
     *
     * @return {@link #rkey()} with its lowest 8 bits increased
     */
    default int nextRkey() {
        return increase(rkey());
    }

    /**
     * Increases the lowest 8 bits of a key, which are the program's to choose. C: {@code ibv_inc_rkey}.
     *
     * {@snippet lang=c :
     * static inline uint32_t ibv_inc_rkey(uint32_t rkey)
     * {
     *     const uint32_t mask = 0x000000ff;
     *     uint8_t newtag = (uint8_t)((rkey + 1) & mask);
     *     return (rkey & ~mask) | newtag;
     * }
     * }
     *
     * @param rkey a key, host order
     * @return the key after it; 0xff is followed by 0x00
     */
    static int increase(final int rkey) {
        final int mask = 0xFF;
        return rkey & ~mask | rkey + 1 & mask;
    }

    /**
     * What stands for the window in a work request. For providers: the address of the C structure with a real device.
     * C: {@code ibv_send_wr.bind_mw.mw}.
     *
     * @return the handle, valid while the window is open
     */
    long handle();

    /**
     * Says which key a work request gave to this window: call it when the bind has completed with success, and before the next
     * one. C: the program writes {@code ibv_mw.rkey}.
     *
     * @param rkey the key of the bind
     * @throws VerbsException (EBADF) if the window is closed
     */
    void bound(int rkey);

    /**
     * Posts a bind of a type 1 window to a send queue: the key changes, the old one is refused once the bind has completed.
     * Never blocks; counts as a request in flight. C: {@code ibv_bind_mw}.
     *
     * @param qp      the queue pair, of the same domain
     * @param binding what to open; its region must stay open until the bind has completed
     * @param wrId    the number that its completion carries
     * @param flags   flags of {@link SendFlags}
     * @throws VerbsException EINVAL for a window of type 2, a zero-based binding, or a queue pair that takes no sends; EPERM for
     *     a region of another domain; ENOMEM if the send queue is full; EBADF if one of them is closed. What only the device
     *     finds ends in a completion with MW_BIND_ERR
     */
    void bind(QueuePair qp, WindowBinding binding, long wrId, int flags);

    /**
     * Posts a bind of no bytes: no key opens the window any more. C: {@code ibv_bind_mw} with length 0.
     *
     * @param qp    the queue pair
     * @param wrId  the number that its completion carries
     * @param flags flags of {@link SendFlags}
     * @throws VerbsException as {@link #bind}; EINVAL if the window was not bound
     */
    void unbind(QueuePair qp, long wrId, int flags);
}
