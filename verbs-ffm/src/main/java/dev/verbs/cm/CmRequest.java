package dev.verbs.cm;

import dev.verbs.QueuePair;
import java.time.Duration;

/** A connection request: accept it or reject it, once. */
public final class CmRequest {
    private final CmEventPump pump;
    private final CmEvent event;

    CmRequest(final CmEventPump pump, final CmEvent event) {
        this.pump = pump;
        this.event = event;
    }

    /**
     * What the peer said, in its true length.
     *
     * @return the payload
     * @throws dev.verbs.VerbsException (EINVAL) if the peer does not use this library's header
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
     * @throws dev.verbs.VerbsException ETIMEDOUT if the peer does not confirm in time; the id is closed
     */
    public CmConnection accept(final QueuePair qp, final ConnectionParameters parameters, final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        try {
            event.id().accept(qp, parameters);
            CmConnection.expect(pump, event.id(), CmEventType.ESTABLISHED, deadline, "rdma_accept",
                "accepting on " + event.id().localAddress());
            return new CmConnection(pump, event.id(), null, qp, event.rawPrivateData());
        } catch (final RuntimeException e) {
            pump.forget(event.id());
            event.id().close();
            throw e;
        }
    }

    /**
     * Refuses and gives the id back.
     *
     * @param privateData payload for the peer, at most {@link PrivateData#MAX_REJECT} bytes
     */
    public void reject(final byte[] privateData) {
        try {
            event.id().reject(privateData);
        } finally {
            pump.forget(event.id());
            event.id().close();
        }
    }
}
