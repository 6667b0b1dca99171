package dev.verbs.cm;

import dev.verbs.VerbsResource;
import java.time.Duration;

/**
 * Where events of the connection manager arrive. Any thread may wait; each event goes to one of them.
 * C: {@code struct rdma_event_channel}.
 */
public interface CmEventChannel extends VerbsResource {
    /**
     * Makes an id for reliable connections. C: {@code rdma_create_id} with {@code RDMA_PS_TCP}.
     *
     * @return the id, to be closed by the caller
     */
    CmId createId();

    /**
     * Waits for the next event and acknowledges it. Blocks; closing the channel wakes the waiter.
     * C: {@code poll(2)}, {@code rdma_get_cm_event}, {@code rdma_ack_cm_event}.
     *
     * @param timeout how long to wait, 0 to look only
     * @return the event, null when the time is over
     * @throws dev.verbs.VerbsException if the channel is closed or fails
     */
    CmEvent await(Duration timeout);
}
