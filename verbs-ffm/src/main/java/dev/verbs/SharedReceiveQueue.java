package dev.verbs;

/**
 * Receives that several queue pairs of one domain draw from, oldest first. C: {@code struct ibv_srq}.
 *
 * <p>A queue pair made with {@link QueuePairConfig#withSrq} has no receive queue of its own: a message that arrives takes the
 * oldest receive posted here, whichever queue pair it came to, and completes in that queue pair's receive completion queue
 * with that queue pair's number. Receives that nobody took stay here when a queue pair fails, is reset or is closed.
 *
 * <p>Any thread may call any method, {@link #postReceive} included: each thread with a list of its own. {@link #close()} refuses
 * while queue pairs are attached, and a region of the domain refuses to close while receives are posted here.
 */
public interface SharedReceiveQueue extends VerbsResource {
    /** What {@link #postReceive} returns on a queue that was closed. No C counterpart. */
    int CLOSED = -1;

    /**
     * The domain it was made in. C: {@code ibv_srq.pd}.
     *
     * @return the domain
     */
    ProtectionDomain protectionDomain();

    /**
     * What it was made of, with the limits that the device granted (they may be larger than asked for).
     * C: {@code ibv_srq_init_attr.attr} as {@code ibv_create_srq} returns it.
     *
     * @return the configuration; {@link #resize} and {@link #arm} do not change it, {@link #query} tells
     */
    SrqConfig config();

    /**
     * Hands the remaining requests of a list to the queue, with one call. Never blocks, never allocates, never throws.
     *
     * <p>If fewer are accepted than remain, {@link ReceiveRequests#errno()} says why (ENOMEM: the queue is full; EINVAL: a
     * malformed request) and the list keeps the rest for a retry. The buffers belong to the device until the completion; the
     * list itself is free when the call returns. C: {@code ibv_post_srq_recv}.
     *
     * @param requests the list
     * @return requests accepted, from 0 to {@code requests.remaining()}, or {@link #CLOSED}
     */
    int postReceive(ReceiveRequests requests);

    /**
     * Why the last post of a list accepted fewer receives than it was given: see {@link QueuePair#explain}. No C counterpart.
     *
     * @param requests what was posted
     * @return the errno and the reason; without one, how many were not posted
     */
    default String explain(final ReceiveRequests requests) {
        return isOpen() ? requests.explain() : describe() + " is closed";
    }

    /**
     * Receives posted and not yet known to be done: a completion gives its receive back when it is polled from the receive
     * completion queue of the queue pair that took it. Exact when nobody posts or polls meanwhile and those queues are polled
     * to the end; never too low. No C counterpart.
     *
     * @return the count, 0 if regions may be closed
     */
    long inFlight();

    /**
     * Asks the device for its limits. C: {@code ibv_query_srq}.
     *
     * @return the attributes as they are now; the limit is 0 when its event was raised or it was never armed
     * @throws VerbsException (EBADF) if it is closed
     */
    SrqConfig query();

    /**
     * Arms the limit: when fewer receives than that are left, the device raises {@code IBV_EVENT_SRQ_LIMIT_REACHED} on the
     * context, once, and disarms it. C: {@code ibv_modify_srq} with {@code IBV_SRQ_LIMIT}.
     *
     * @param receives from 1 to the queue's size; 0 disarms
     * @throws VerbsException (EINVAL) if it is out of range
     */
    void arm(int receives);

    /**
     * Makes it larger or smaller; not every device can. C: {@code ibv_modify_srq} with {@code IBV_SRQ_MAX_WR}.
     *
     * @param maxWr receives that it shall hold, at least as many as are posted and as the armed limit
     * @throws VerbsException (EINVAL) if it is out of range, EOPNOTSUPP if the device cannot resize
     */
    void resize(int maxWr);
}
