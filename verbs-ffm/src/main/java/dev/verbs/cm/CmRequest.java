package dev.verbs.cm;

import dev.verbs.QueuePair;
import dev.verbs.VerbsException;
import dev.verbs.spi.VerbsProvider;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A connection request: accept it or reject it, once; to decide again is an IllegalStateException. One that is neither is refused
 * by its {@link #close()}, or by the listener's. Any thread. C: the {@code struct rdma_cm_id} of a {@code RDMA_CM_EVENT_CONNECT_REQUEST}.
 */
public final class CmRequest implements AutoCloseable {
    private final VerbsProvider provider;
    private final CmEventPump pump;
    private final CmEvent event;
    private final Consumer<CmRequest> decided;
    private boolean done;

    CmRequest(final VerbsProvider provider, final CmEventPump pump, final CmEvent event, final Consumer<CmRequest> decided) {
        this.provider = provider;
        this.pump = pump;
        this.event = event;
        this.decided = decided;
    }

    /**
     * What the peer said, in its true length. C: {@code rdma_conn_param.private_data}.
     *
     * @return the payload
     * @throws VerbsException (EINVAL) if the peer does not use this library's header
     */
    public byte[] peerData() {
        return event.privateData();
    }

    /**
     * What the peer said, as it arrived. C: {@code rdma_conn_param.private_data}.
     *
     * @return the bytes, possibly padded with zeros
     */
    public byte[] rawPeerData() {
        return event.rawPrivateData();
    }

    /**
     * Name of the device that the request came in on: the queue pair must be on it. C: {@code rdma_cm_id.verbs},
     * {@code ibv_get_device_name}.
     *
     * @return the name
     * @throws VerbsException (EBADF) after the request was rejected
     */
    public String deviceName() {
        return event.id().deviceName();
    }

    /**
     * Accepts, and waits until the connection stands. Blocks. C: {@code rdma_accept}.
     *
     * @param qp         a queue pair in RESET or INIT, on the device of the request; receives may have been posted in INIT
     * @param parameters what to say
     * @param timeout    how long to wait
     * @return the connection; the queue pair is in RTS
     * @throws VerbsException ETIMEDOUT if the peer does not confirm in time, EBADF if the listener is closed meanwhile; the id is
     *     closed
     */
    public CmConnection accept(final QueuePair qp, final ConnectionParameters parameters, final Duration timeout) {
        pump.enter(); // a listener that closes waits until the id is given back
        try {
            decide();
        } catch (final RuntimeException e) {
            pump.exit();
            throw e;
        }
        try {
            event.id().accept(qp, parameters);
            final String target = "accepting on " + event.id().localAddress();
            final CmEvent answer = pump.await(event.id(), timeout);
            if (answer == null) {
                throw CmFailure.late(provider, "rdma_accept", target);
            } else if (answer.type() != CmEventType.ESTABLISHED) {
                throw CmFailure.of(provider, "rdma_accept", target, answer);
            }
            return new CmConnection(pump, event.id(), null, qp, event.rawPrivateData());
        } catch (final RuntimeException | Error e) {
            release();
            throw e;
        } finally {
            pump.exit();
        }
    }

    /**
     * Answers a request for a datagram service: the peer learns where to send. Does not block; the id is given back.
     * C: {@code rdma_accept}.
     *
     * @param qpNumber   number of a UD queue pair with the key of the port space (see {@link CmId#prepareDatagrams})
     * @param parameters what to say
     */
    public void acceptDatagrams(final int qpNumber, final ConnectionParameters parameters) {
        decide();
        try {
            event.id().accept(qpNumber, parameters);
        } finally {
            release();
        }
    }

    /**
     * The request as it came, with the id and what the peer said about itself. The id is this request's: do not close it.
     * C: {@code struct rdma_cm_event}.
     *
     * @return the event
     */
    public CmEvent event() {
        return event;
    }

    /**
     * Refuses and gives the id back. C: {@code rdma_reject}.
     *
     * @param privateData payload for the peer, at most {@link PrivateData#MAX_REJECT} bytes
     * @throws VerbsException if the peer has given up meanwhile; the id is given back all the same
     */
    public void reject(final byte[] privateData) {
        decide();
        try {
            event.id().reject(privateData);
        } finally {
            release();
        }
    }

    /** Refuses the request if it was neither accepted nor rejected; else does nothing. C: {@code rdma_destroy_id}. */
    @Override
    public synchronized void close() {
        if (!done) {
            decide();
            release(); // destroying the id rejects the request
        }
    }

    private synchronized void decide() {
        if (done) {
            throw new IllegalStateException("the request was accepted, rejected or closed before");
        }
        done = true;
        decided.accept(this);
    }

    private void release() {
        event.id().close();
        pump.forget(event.id());
    }
}
