package dev.verbs;

import java.time.Duration;

/**
 * Where completion queues announce completions, for those who would rather sleep than poll. One waiter at a time.
 * C: {@code struct ibv_comp_channel}.
 *
 * <p>The sequence that loses nothing: {@link CompletionQueue#requestNotification}, poll until empty, {@link #await}, again.
 * Events are acknowledged for the caller, so that a queue can always be closed.
 */
public interface CompletionChannel extends VerbsResource {
    /**
     * The context it was made on.
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
     * @throws VerbsException if the channel is closed or fails
     */
    CompletionQueue await(Duration timeout);
}
