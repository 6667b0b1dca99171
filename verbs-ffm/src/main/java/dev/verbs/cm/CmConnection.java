package dev.verbs.cm;

import dev.verbs.QueuePair;
import dev.verbs.VerbsException;
import dev.verbs.spi.VerbsProvider;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * An established reliable connection, with the waiting done: every wait has a deadline.
 *
 * <p>Closing disconnects and gives the id back; the queue pair stays the caller's. Blocking calls from one thread at a time.
 * C: a connected {@code struct rdma_cm_id}.
 */
public final class CmConnection implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final CmEventPump pump;
    private final CmId id;
    private final CmEventChannel ownChannel;
    private final QueuePair qp;
    private final byte[] peerData;
    private boolean disconnected;
    private boolean ended;
    private boolean closed;

    CmConnection(final CmEventPump pump, final CmId id, final CmEventChannel ownChannel, final QueuePair qp,
        final byte[] peerData) {
        this.pump = pump;
        this.id = id;
        this.ownChannel = ownChannel;
        this.qp = qp;
        this.peerData = peerData;
    }

    /**
     * Connects a queue pair to a listener: resolves address and route, connects, establishes. C: {@code rdma_resolve_addr},
     * {@code rdma_resolve_route}, {@code rdma_connect}, {@code rdma_establish}.
     *
     * @param provider    whose connection manager is used
     * @param destination where the peer listens
     * @param qp          a queue pair in RESET, on the device that leads to the peer
     * @param parameters  what to say
     * @param timeout     for everything together
     * @return the connection; the queue pair is in RTS
     * @throws VerbsException ETIMEDOUT if the time is over; nothing is left open
     * @throws RejectedException if nobody listens there or the peer refuses
     */
    public static CmConnection connect(final VerbsProvider provider, final InetSocketAddress destination, final QueuePair qp,
        final ConnectionParameters parameters, final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        try (CmEndpoint endpoint = CmEndpoint.open(provider, PortSpace.TCP)) {
            endpoint.resolve(null, destination, timeout);
            return endpoint.connect(qp, parameters, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    /**
     * The queue pair. No C counterpart.
     *
     * @return the one that was given
     */
    public QueuePair queuePair() {
        return qp;
    }

    /**
     * The id, for what this class does not do. C: {@code struct rdma_cm_id}.
     *
     * @return the id
     */
    public CmId id() {
        return id;
    }

    /**
     * What the peer said, in its true length. C: {@code rdma_conn_param.private_data}.
     *
     * @return the payload
     * @throws VerbsException (EINVAL) if the peer does not use this library's header
     */
    public byte[] peerData() {
        return PrivateData.unframe(peerData);
    }

    /**
     * What the peer said, as it arrived. C: {@code rdma_conn_param.private_data}.
     *
     * @return the bytes, possibly padded with zeros
     */
    public byte[] rawPeerData() {
        return peerData.clone();
    }

    /**
     * Ends the connection: both queue pairs go to ERR and are flushed. Does not wait. C: {@code rdma_disconnect}.
     */
    public void disconnect() {
        if (!disconnected) {
            disconnected = true;
            id.disconnect();
        }
    }

    /**
     * Waits until the connection has ended, and answers a peer that ended it: the peer waits for that answer.
     * C: {@code rdma_get_cm_event}, {@code RDMA_CM_EVENT_DISCONNECTED}; {@code rdma_disconnect}.
     *
     * @param timeout how long to wait, 0 to look only
     * @return true if it ended
     * @throws VerbsException (EBADF) if the listener that it came from is closed
     */
    public boolean awaitDisconnect(final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        while (!ended) {
            final CmEvent event = pump.await(id, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            if (event == null) {
                return false;
            }
            ended = event.type() == CmEventType.DISCONNECTED || event.type() == CmEventType.DEVICE_REMOVAL;
        }
        disconnect();
        return true;
    }

    /**
     * Disconnects if that has not happened, and gives the id back. The queue pair stays open. C: {@code rdma_disconnect},
     * {@code rdma_destroy_id}.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!disconnected && qp.isOpen()) {
                disconnect();
                awaitDisconnect(CLOSE_TIMEOUT);
            }
        } finally {
            id.close();
            pump.forget(id);
            if (ownChannel != null) {
                ownChannel.close();
            }
        }
    }
}
