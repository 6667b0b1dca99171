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
    default CmId createId() {
        return createId(PortSpace.TCP);
    }

    /**
     * Makes an id. C: {@code rdma_create_id}.
     *
     * @param space what it offers or asks for
     * @return the id, to be closed by the caller
     * @throws dev.verbs.VerbsException (EBADF) if the channel is closed
     */
    CmId createId(PortSpace space);

    /**
     * The file descriptor that becomes readable when an event arrives, for an epoll of the application; read events with
     * {@link #await} and a time of 0 until there is none. It belongs to the channel: never read, write or close it.
     * C: {@code rdma_event_channel.fd}.
     *
     * @return the descriptor, non-blocking
     * @throws dev.verbs.VerbsException EOPNOTSUPP if the channel has none (software device), EBADF if it is closed
     */
    int fd();

    /**
     * The library's own name of an event. C: {@code rdma_event_str}.
     *
     * @param type the event
     * @return its name, such as {@code RDMA_CM_EVENT_ESTABLISHED}
     */
    String nameOf(CmEventType type);

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
