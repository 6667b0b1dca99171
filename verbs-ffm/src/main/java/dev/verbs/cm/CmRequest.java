package dev.verbs.cm;

import dev.verbs.QueuePair;
import dev.verbs.VerbsException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A connection request: accept it or reject it, once. One that is neither is refused by its {@link #close()}, or by the
 * listener's.
 */
public final class CmRequest implements AutoCloseable {
    private final CmEventPump pump;
    private final CmEvent event;
    private final Consumer<CmRequest> decided;
    private boolean done;

    CmRequest(final CmEventPump pump, final CmEvent event, final Consumer<CmRequest> decided) {
        this.pump = pump;
        this.event = event;
        this.decided = decided;
    }

    /**
     * What the peer said, in its true length.
     *
     * @return the payload
     * @throws VerbsException (EINVAL) if the peer does not use this library's header
     */
    public byte[] peerData() {
        return event.privateData();
    }

    /**
     * What the peer said, as it arrived.
     *
     * @return the bytes, possibly padded with zeros
     */
    public byte[] rawPeerData() {
        return event.rawPrivateData();
    }

    /**
     * Name of the device that the request came in on: the queue pair must be on it.
     *
     * @return the name
     * @throws VerbsException (EBADF) after the request was rejected
     */
    public String deviceName() {
        return event.id().deviceName();
    }

    /**
     * Accepts, and waits until the connection stands.
     *
     * @param qp         a queue pair in RESET or INIT, on the device of the request; receives may have been posted in INIT
     * @param parameters what to say
     * @param timeout    how long to wait
     * @return the connection; the queue pair is in RTS
     * @throws VerbsException ETIMEDOUT if the peer does not confirm in time; the id is closed
     */
    public CmConnection accept(final QueuePair qp, final ConnectionParameters parameters, final Duration timeout) {
        decide();
        final long deadline = System.nanoTime() + timeout.toNanos();
        try {
            event.id().accept(qp, parameters);
            CmConnection.expect(pump, event.id(), CmEventType.ESTABLISHED, deadline, "rdma_accept",
                "accepting on " + event.id().localAddress());
            return new CmConnection(pump, event.id(), null, qp, event.rawPrivateData());
        } catch (final RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    /**
     * Refuses and gives the id back.
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

    /** Refuses the request if it was neither accepted nor rejected; else does nothing. */
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
