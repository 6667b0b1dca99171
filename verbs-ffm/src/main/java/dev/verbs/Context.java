package dev.verbs;

import java.time.Duration;
import java.util.List;

/**
 * An opened device: the root of everything made on it. Any thread. C: {@code struct ibv_context}.
 */
public interface Context extends VerbsResource {
    /**
     * The device that was opened.
     *
     * @return the device
     */
    Device device();

    /**
     * The limits of the device. C: {@code ibv_query_device}.
     *
     * @return the limits, asked of the device now
     */
    DeviceAttributes queryDevice();

    /**
     * The state of a port. C: {@code ibv_query_port}.
     *
     * @param port the port, from 1
     * @return its state, asked of the device now
     * @throws VerbsException if there is no such port
     */
    PortAttributes queryPort(int port);

    /**
     * The GID table of a port, unused entries left out. C: {@code ibv_query_gid_table}.
     *
     * @param port the port, from 1
     * @return its entries in the order of their indices
     * @throws VerbsException if there is no such port
     */
    List<GidEntry> gids(int port);

    /**
     * Waits for the next asynchronous event of the device or of anything made on this context; it is acknowledged before it is
     * returned, so that its element can always be closed. Blocks; one waiter at a time (others wait their turn); closing the
     * context or interrupting the thread wakes the waiter. Events of a queue that is closed before they are read are dropped.
     * C: {@code poll(2)} on the async fd, then {@code ibv_get_async_event} and {@code ibv_ack_async_event}.
     *
     * @param timeout how long to wait, 0 to look only
     * @return the event, null when the time is over
     * @throws VerbsException if the context is closed (EBADF), the thread is interrupted (EINTR) or the device fails
     */
    AsyncEvent awaitAsyncEvent(Duration timeout);

    /**
     * The descriptor that becomes readable when there is an event, for an application's own epoll: then call
     * {@link #awaitAsyncEvent} with a timeout of 0 until it returns null. It stays the context's: do not close it, do not make it
     * blocking. C: {@code ibv_context.async_fd}.
     *
     * @return the file descriptor, non-blocking
     * @throws VerbsException if the context is closed, or (EOPNOTSUPP) if the device has none, as the software device
     */
    int asyncFd();

    /**
     * Makes a protection domain. C: {@code ibv_alloc_pd}.
     *
     * @return the domain, to be closed by the caller
     */
    ProtectionDomain allocateProtectionDomain();

    /**
     * Makes a channel on which completion queues announce completions. C: {@code ibv_create_comp_channel}.
     *
     * @return the channel, to be closed by the caller
     */
    CompletionChannel createCompletionChannel();

    /**
     * Makes a completion queue that is polled. C: {@code ibv_create_cq}.
     *
     * @param entries least number of completions that it holds, at least 1
     * @return the queue, to be closed by the caller
     * @throws VerbsException if {@code entries} is not in 1 .. maxCqe
     */
    default CompletionQueue createCompletionQueue(final int entries) {
        return createCompletionQueue(entries, null);
    }

    /**
     * Makes a completion queue that can announce completions on a channel. C: {@code ibv_create_cq}.
     *
     * @param entries least number of completions that it holds, at least 1
     * @param channel where it announces, null for none
     * @return the queue, to be closed by the caller
     * @throws VerbsException if {@code entries} is not in 1 .. maxCqe
     */
    CompletionQueue createCompletionQueue(int entries, CompletionChannel channel);
}
