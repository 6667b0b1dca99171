package dev.verbs.cm;

import dev.verbs.QueuePair;
import dev.verbs.VerbsResource;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * An identifier of the connection manager: a listener, or one side of a connection. The calls start something whose outcome
 * arrives as an event on the id's channel; none blocks. {@link CmListener} and {@link CmConnection} do the waiting.
 *
 * <p>The queue pair is the caller's own (C: an external QP): this class takes it through its states with
 * {@code rdma_init_qp_attr} and {@code ibv_modify_qp}, so that timers are what {@link ConnectionParameters} says.
 *
 * <p>One thread at a time. C: {@code struct rdma_cm_id}.
 */
public interface CmId extends VerbsResource {
    /**
     * The channel on which its events arrive.
     *
     * @return the channel
     */
    CmEventChannel channel();

    /**
     * Binds to a local address. C: {@code rdma_bind_addr}.
     *
     * @param address address of a device, port 0 for any
     */
    void bind(InetSocketAddress address);

    /**
     * Finds the device and the path's local end. Event: ADDR_RESOLVED or ADDR_ERROR. C: {@code rdma_resolve_addr}.
     *
     * @param source      local address, null for any
     * @param destination the peer
     * @param timeout     when the connection manager gives up
     */
    void resolveAddress(InetSocketAddress source, InetSocketAddress destination, Duration timeout);

    /**
     * Finds the path. Event: ROUTE_RESOLVED or ROUTE_ERROR. C: {@code rdma_resolve_route}.
     *
     * @param timeout when the connection manager gives up
     */
    void resolveRoute(Duration timeout);

    /**
     * Starts listening. Events: CONNECT_REQUEST. C: {@code rdma_listen}.
     *
     * @param backlog requests that may wait, at least 1
     */
    void listen(int backlog);

    /**
     * Asks the peer for a connection. Event: CONNECT_RESPONSE (then call {@link #establish}) or, on iWARP, ESTABLISHED; or
     * REJECTED, UNREACHABLE, CONNECT_ERROR. C: {@code rdma_connect}.
     *
     * @param qp         a queue pair in RESET on the device of this id; goes to INIT
     * @param parameters what to say
     */
    void connect(QueuePair qp, ConnectionParameters parameters);

    /**
     * Answers CONNECT_RESPONSE: takes the queue pair to RTS and tells the peer. C: {@code rdma_establish}.
     */
    void establish();

    /**
     * Accepts the request that made this id; takes the queue pair to RTS. Event: ESTABLISHED. C: {@code rdma_accept}.
     *
     * @param qp         a queue pair in RESET or INIT on the device of this id
     * @param parameters what to say
     */
    void accept(QueuePair qp, ConnectionParameters parameters);

    /**
     * Refuses the request that made this id. C: {@code rdma_reject}.
     *
     * @param privateData payload for the peer, at most {@link PrivateData#MAX_REJECT} bytes
     */
    void reject(byte[] privateData);

    /**
     * Ends the connection; both sides get DISCONNECTED, the queue pair goes to ERR and is flushed.
     * C: {@code rdma_disconnect}.
     */
    void disconnect();

    /**
     * The local address.
     *
     * @return address and port, null if not bound
     */
    InetSocketAddress localAddress();

    /**
     * Name of the device that the address belongs to.
     *
     * @return the name, null if not bound to one device
     */
    String deviceName();

    /**
     * Port of the device.
     *
     * @return the port, from 1; 0 if not bound to one device
     */
    int port();
}
