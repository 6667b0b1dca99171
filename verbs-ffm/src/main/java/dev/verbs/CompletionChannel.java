package dev.verbs;

import java.time.Duration;

/**
 * Where completion queues announce completions, for those who would rather sleep than poll. One waiter at a time; several
 * threads may wait, and each announcement wakes one. C: {@code struct ibv_comp_channel}, closed with {@code ibv_destroy_comp_channel}.
 *
 * <p>The sequence that loses nothing: {@link CompletionQueue#requestNotification}, poll until empty, {@link #await}, again.
 * One announcement is made per request, however many completions came meanwhile. Events are acknowledged for the caller, so that a
 * queue can always be closed; what it had announced and nobody took is dropped then.
 *
 * <p>In an epoll of the application's own: register {@link #fd()} for reading (level or edge triggered). When it is readable, call
 * {@link #poll()} until it returns null, and for each queue that it returned: {@code requestNotification}, then poll it until it is empty.
 * The descriptor is non-blocking and belongs to the channel: take it out of the epoll before the channel is closed, and neither read
 * nor close it.
 */
public interface CompletionChannel extends VerbsResource {
    /**
     * The context it was made on. C: {@code ibv_comp_channel.context}.
     *
     * @return the context
     */
    Context context();

    /**
     * Waits for the next announcement. Blocks; closing the channel wakes the waiter. C: {@code poll(2)} on the channel's fd,
     * then {@code ibv_get_cq_event} and {@code ibv_ack_cq_events}.
     *
     * @param timeout how long to wait, 0 to look only
     * @return the queue that announced, null when the time is over
     * @throws VerbsException EBADF if the channel is closed, EINTR if the thread is interrupted, else what the device says
     */
    CompletionQueue await(Duration timeout);

    /**
     * Takes the next announcement if there is one. Does not block. C: {@code ibv_get_cq_event} on a non-blocking descriptor, and
     * {@code ibv_ack_cq_events}.
     *
     * @return the queue that announced, null if none has
     * @throws VerbsException EBADF if the channel is closed, EINTR if the thread is interrupted, else what the device says
     */
    default CompletionQueue poll() {
        return await(Duration.ZERO);
    }

    /**
     * The descriptor that becomes readable when a queue announces, for the application's own {@code epoll} or {@code poll}. C:
     * {@code ibv_comp_channel.fd}. Any thread.
     *
     * @return the file descriptor, non-blocking, valid until the channel is closed
     * @throws VerbsException EOPNOTSUPP on the software device, which has none; EBADF if the channel is closed
     */
    int fd();
}
