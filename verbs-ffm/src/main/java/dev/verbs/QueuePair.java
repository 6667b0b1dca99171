package dev.verbs;

import java.time.Duration;

/**
 * A send queue and a receive queue. C: {@code struct ibv_qp}.
 *
 * <p>Any thread may call any method; one thread at a time posts sends, and one at a time posts receives (they may be two);
 * set-up calls exclude each other. A close by another thread waits for the calls that are under way; later ones answer
 * {@link #CLOSED} or EBADF. {@link Checking} finds a second poster. Requests of the send queue start in the order of posting;
 * receives are consumed in the order of posting.
 */
public interface QueuePair extends VerbsResource {
    /** What the posts return on a queue pair that was closed. No C counterpart. */
    int CLOSED = -1;

    /** wr_id of the marker that {@link #drain} posts behind the sends: its flush is nobody's request. No C counterpart. */
    long DRAIN_SENDS = 0xD7A1_0000_0000_0001L;

    /** wr_id of the marker that {@link #drain} posts behind the receives: its flush is nobody's request. No C counterpart. */
    long DRAIN_RECEIVES = 0xD7A1_0000_0000_0002L;

    /**
     * The domain it was made in. C: {@code ibv_qp.pd}.
     *
     * @return the domain
     */
    ProtectionDomain protectionDomain();

    /**
     * Its number on the device. C: {@code ibv_qp.qp_num}.
     *
     * @return the number, 24 bits
     */
    int number();

    /**
     * What it was made of, with the limits that the device granted (they may be larger than asked for).
     * C: {@code struct ibv_qp_init_attr} as {@code ibv_create_qp} returns it.
     *
     * @return the configuration
     */
    QueuePairConfig config();

    /**
     * Hands the remaining requests of a list to the send queue, with one call. Never blocks, never allocates, never throws.
     *
     * <p>If fewer are accepted than remain, {@link SendRequests#errno()} says why (ENOMEM: the queue is full, poll and post
     * again; EINVAL: malformed request or wrong state) and the list keeps the rest for a retry. The buffers must stay
     * untouched until the completion; the list itself is free when the call returns. C: {@code ibv_post_send}.
     *
     * @param requests the list
     * @return requests accepted, from 0 to {@code requests.remaining()}, or {@link #CLOSED}
     */
    int postSend(SendRequests requests);

    /**
     * Hands the remaining requests of a list to the receive queue; like {@link #postSend}. C: {@code ibv_post_recv}.
     *
     * @param requests the list
     * @return requests accepted, from 0 to {@code requests.remaining()}, or {@link #CLOSED}
     */
    int postReceive(ReceiveRequests requests);

    /**
     * Why the last post of a list to this queue pair accepted fewer requests than it was given. The software device says what was wrong
     * with which value, as things are now; real devices give an errno and no more. For set-up paths and error messages, by the thread
     * that posts: allocates, never throws. No C counterpart.
     *
     * @param requests what was posted, send requests or receives
     * @return the errno and the reason; without one, how many were not posted
     */
    default String explain(final WorkRequests requests) {
        return isOpen() ? requests.explain() : describe() + " is closed";
    }

    /**
     * Requests posted and not yet known to be done: a signalled completion that was polled reclaims all send requests before
     * it. Any thread; exact when nobody posts or polls meanwhile. No C counterpart.
     *
     * @return the count, 0 if regions may be closed
     */
    long inFlight();

    /**
     * The first completion with an error that was polled since the last reset: what the flushes behind it point at. An error
     * that is not a flush takes the place of flushes that were polled before it. Any thread; allocates, keeping it does not.
     * No C counterpart.
     *
     * @return the error, null if there was none
     */
    CompletionError firstError();

    /**
     * Changes state or attributes. C: {@code ibv_modify_qp} with the mask of the attributes that were set.
     *
     * <p>A reset forgets all requests; completions of the old life may still lie in the completion queue (whether they do
     * depends on the device): poll it empty, or tell the lives apart by wr_id.
     *
     * @param attributes what to change
     * @throws VerbsException if the transition is illegal or an attribute is missing, superfluous or out of range: the
     *     message names it
     */
    void modify(QpAttributes attributes);

    /**
     * Asks the device for all attributes. C: {@code ibv_query_qp}. What was never set reads as the device has it: zero, or null
     * for a path. {@code en_sqd_async_notify} reads false on a real device: the kernel does not report it.
     *
     * @return the attributes
     * @throws VerbsException (EBADF) if it is closed
     */
    QpAttributes query();

    /**
     * Asks the device what the queue pair was made of: the other half of what it is asked by {@link #query}. Its capabilities may be
     * larger than those of {@link #config()}: rdma_rxe rounds up, and does not say so when it grants them. C: {@code ibv_query_qp},
     * {@code struct ibv_qp_init_attr}.
     *
     * @return the attributes; a queue that was not made here is null
     * @throws VerbsException (EBADF) if it is closed
     */
    QpInitAttributes queryInit();

    /**
     * Asks the device for the state. C: {@code ibv_query_qp}, {@code ibv_qp_attr.qp_state}.
     *
     * @return the state
     * @throws VerbsException (EBADF) if it is closed
     */
    default QpState state() {
        return query().state();
    }

    /**
     * Takes it to ERR and waits until every outstanding request was flushed and its completion was polled; then regions and address
     * handles can be closed, and the queue pair can be reset and used again. Like the kernel's {@code ib_drain_qp}, it posts a
     * marker behind what is in flight in each queue: their flushes carry {@link #DRAIN_SENDS} and {@link #DRAIN_RECEIVES}. Receives
     * of a shared queue are not waited for.
     *
     * <p>Nobody may post meanwhile. Where the calling thread is the one that polls, {@code progress} must do so.
     * C: {@code ibv_modify_qp} to {@code IBV_QPS_ERR}, {@code ibv_post_send}, {@code ibv_post_recv}.
     *
     * @param deadline how long to wait at most
     * @param progress is called again and again while waiting: polls, or gives way to who polls
     * @throws VerbsException (ETIMEDOUT) with what is left in flight, or if the queue pair cannot go to ERR
     */
    void drain(Duration deadline, Runnable progress);

    /**
     * Drains it while another thread polls: {@link #drain(Duration, Runnable)}. C: {@code ibv_modify_qp} to
     * {@code IBV_QPS_ERR}, {@code ibv_post_send}, {@code ibv_post_recv}.
     *
     * @param deadline how long to wait at most
     * @throws VerbsException (ETIMEDOUT) with what is left in flight
     */
    default void drain(final Duration deadline) {
        drain(deadline, Thread::yield);
    }

    /**
     * Receives datagrams that are sent to a multicast group, too. Only for UD; attaching twice changes nothing. A queue pair
     * refuses to close while it is attached. C: {@code ibv_attach_mcast}.
     *
     * <p>On Ethernet the switch and the host's own kernel must know that the group is wanted here: join it with the connection
     * manager, or with a socket, for as long as the queue pair is attached.
     *
     * @param group GID of the group: {@link Gid#isMulticast()}
     * @param lid   LID of the group, 0 on Ethernet
     * @throws VerbsException (EINVAL) if this is no UD queue pair or that is no group
     */
    void attachMulticast(Gid group, int lid);

    /**
     * Ends {@link #attachMulticast}. C: {@code ibv_detach_mcast}.
     *
     * @param group GID of the group
     * @param lid   LID of the group
     * @throws VerbsException (EINVAL) if it is not attached to it
     */
    void detachMulticast(Gid group, int lid);
}
