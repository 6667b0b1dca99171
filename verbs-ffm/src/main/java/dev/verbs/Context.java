package dev.verbs;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;

/**
 * An opened device: the root of everything made on it. Any thread; a close waits for calls under way. C: {@code struct ibv_context},
 * closed with {@code ibv_close_device}.
 */
public interface Context extends VerbsResource {
    /**
     * The device that was opened. C: {@code ibv_context.device}.
     *
     * @return the device
     */
    Device device();

    /**
     * The limits of the device. C: {@code ibv_query_device}.
     *
     * @return the limits, asked of the device now
     * @throws VerbsException if the context is closed (EBADF)
     */
    DeviceAttributes queryDevice();

    /**
     * Everything that the device says about itself. C: {@code ibv_query_device_ex}; where the driver lacks it,
     * {@code ibv_query_device}.
     *
     * @return the attributes, asked of the device now
     * @throws VerbsException if the context is closed (EBADF)
     */
    DeviceAttributesEx queryDeviceEx();

    /**
     * How far the atomicity of the device's atomic operations reaches. C: {@code ibv_device_attr.atomic_cap}.
     *
     * @return the reach, {@link AtomicCapability#NONE} if there are no atomic operations
     * @throws VerbsException if the context is closed (EBADF)
     */
    default AtomicCapability atomicCapability() {
        return queryDevice().atomicCapability();
    }

    /**
     * Completion vectors: interrupts over which completion queues can be spread. C: {@code ibv_context.num_comp_vectors}.
     *
     * @return how many there are, at least 1
     */
    int completionVectors();

    /**
     * The state of a port. C: {@code ibv_query_port}.
     *
     * @param port the port, from 1
     * @return its state, asked of the device now
     * @throws VerbsException if there is no such port (EINVAL) or the context is closed (EBADF)
     */
    PortAttributes queryPort(int port);

    /**
     * The GID table of a port, unused entries left out. C: {@code ibv_query_gid_table}.
     *
     * @param port the port, from 1
     * @return its entries in the order of their indices
     * @throws VerbsException if there is no such port (EINVAL) or the context is closed (EBADF)
     */
    List<GidEntry> gids(int port);

    /**
     * One entry of the GID table of a port, with its type and network interface. C: {@code ibv_query_gid_ex}.
     *
     * @param port  the port, from 1
     * @param index index in the table, from 0
     * @return the entry
     * @throws VerbsException if there is no such port or index (EINVAL), or the entry is not in use (ENODATA)
     */
    GidEntry gid(int port, int index);

    /**
     * One GID of a port. C: {@code ibv_query_gid}.
     *
     * @param port  the port, from 1
     * @param index index in the table, from 0
     * @return the GID, all zero for an entry that is not in use
     * @throws VerbsException if there is no such port or index (EINVAL)
     */
    Gid queryGid(int port, int index);

    /**
     * One partition key of a port. C: {@code ibv_query_pkey}.
     *
     * @param port  the port, from 1
     * @param index index in the table, from 0
     * @return the key, 16 bits, host order; bit 15 says full member
     * @throws VerbsException if there is no such port or index (EINVAL)
     */
    int pkey(int port, int index);

    /**
     * Where a partition key stands. C: {@code ibv_get_pkey_index}.
     *
     * @param port the port, from 1
     * @param pkey the key, 16 bits, host order
     * @return its first index in the table, from 0
     * @throws VerbsException if there is no such port (EINVAL), or the table does not hold the key (ENOENT)
     */
    int pkeyIndex(int port, int pkey);

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
     * @throws VerbsException EBADF if the context is closed, EOPNOTSUPP if the device has none, as the software device
     */
    int asyncFd();

    /**
     * The path back to the sender of a datagram. C: {@code ibv_init_ah_from_wc}.
     *
     * @param completions what was polled
     * @param index       which completion: of a receive of a UD queue pair
     * @param grh         the first {@link GrhDescriptor#SIZE} bytes of what was received, native memory
     * @param port        the port that it came in at, from 1
     * @return the path, for {@link ProtectionDomain#createAddressHandle(AddressVector)}
     * @throws VerbsException if the header is none, or the GID that it was sent to is not (any more) one of the port's
     */
    AddressVector pathBack(WorkCompletions completions, int index, MemorySegment grh, int port);

    /**
     * Makes a protection domain. C: {@code ibv_alloc_pd}.
     *
     * @return the domain, to be closed by the caller
     * @throws VerbsException if the context is closed (EBADF), or what the device says
     */
    ProtectionDomain allocateProtectionDomain();

    /**
     * Makes a channel on which completion queues announce completions. C: {@code ibv_create_comp_channel}.
     *
     * @return the channel, to be closed by the caller
     * @throws VerbsException if the context is closed (EBADF), or no more file descriptors are to be had (EMFILE)
     */
    CompletionChannel createCompletionChannel();

    /**
     * Makes a completion queue that is polled. C: {@code ibv_create_cq}.
     *
     * @param entries least number of completions that it holds, at least 1
     * @return the queue, to be closed by the caller
     * @throws VerbsException EINVAL if {@code entries} is not in 1 .. maxCqe, EBADF if the context is closed
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
     * @throws VerbsException EINVAL if {@code entries} is not in 1 .. maxCqe, EBADF if the context is closed
     */
    default CompletionQueue createCompletionQueue(final int entries, final CompletionChannel channel) {
        return createCompletionQueue(entries, channel, 0);
    }

    /**
     * Makes a completion queue whose announcements come through a certain completion vector, that is, interrupt. C:
     * {@code ibv_create_cq}.
     *
     * @param entries least number of completions that it holds, at least 1
     * @param channel where it announces, null for none
     * @param vector  the vector, from 0 to {@link #completionVectors()} - 1
     * @return the queue, to be closed by the caller
     * @throws VerbsException EINVAL if {@code entries} is not in 1 .. maxCqe, there is no such vector or the channel is of another context;
     *     EBADF if the context or the channel is closed
     */
    CompletionQueue createCompletionQueue(int entries, CompletionChannel channel, int vector);

    /**
     * Makes an extended completion queue. C: {@code ibv_create_cq_ex}.
     *
     * @param config its size, channel and fields
     * @return the queue, to be closed by the caller
     * @throws VerbsException EINVAL if a value is out of range or the channel is of another context, EOPNOTSUPP if the device has no
     *     extended queues or not all of the fields and flags, EBADF if the context or the channel is closed
     */
    ExtendedCompletionQueue createExtendedCompletionQueue(ExtendedCqConfig config);
}
