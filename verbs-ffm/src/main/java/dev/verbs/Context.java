package dev.verbs;

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
