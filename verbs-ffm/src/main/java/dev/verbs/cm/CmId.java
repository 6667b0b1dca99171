package dev.verbs.cm;

import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.VerbsResource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * An identifier of the connection manager: a listener, or one side of a connection. The calls start something whose outcome
 * arrives as an event on the id's channel; none blocks. {@link CmListener} and {@link CmConnection} do the waiting.
 *
 * <p>The queue pair is the caller's own (C: an external QP): this class takes it through its states with
 * {@code rdma_init_qp_attr} and {@code ibv_modify_qp}, so that timers are what {@link ConnectionParameters} says.
 *
 * <p>Any thread; calls exclude each other, and a close waits for the one that is under way. Each that asks for something throws
 * {@link dev.verbs.VerbsException}: EBADF if the id is closed, EINVAL if it is in another state than the call needs.
 * C: {@code struct rdma_cm_id}.
 */
public interface CmId extends VerbsResource {
    /**
     * The channel on which its events arrive. C: {@code rdma_cm_id.channel}.
     *
     * @return the channel
     */
    CmEventChannel channel();

    /**
     * What it offers or asks for. C: {@code rdma_cm_id.ps}.
     *
     * @return the port space that it was made in
     */
    PortSpace portSpace();

    /**
     * Lets its events arrive on another channel, those that nobody has read included. Not while somebody waits for its events
     * on the old one. C: {@code rdma_migrate_id}.
     *
     * @param to a channel of the same provider
     * @throws dev.verbs.VerbsException (EINVAL) if it is of another one
     */
    void migrate(CmEventChannel to);

    /**
     * Sets an option. C: {@code rdma_set_option}.
     *
     * @param option what to set; each says until when
     * @param value  its value
     * @throws IllegalArgumentException if the value is out of range
     * @throws dev.verbs.VerbsException (EINVAL) if it is too late for the option or it does not fit the port space
     */
    void set(CmOption option, int value);

    /**
     * Binds to a local address. C: {@code rdma_bind_addr}.
     *
     * @param address address of a device, or a wildcard (then the id is on no device before an address is resolved or a request
     *     arrives); port 0 for any
     * @throws dev.verbs.VerbsException EADDRNOTAVAIL or ENODEV if no device has the address, EADDRINUSE if the port is taken
     */
    void bind(InetSocketAddress address);

    /**
     * Finds the device and the path's local end. Event: ADDR_RESOLVED or ADDR_ERROR. C: {@code rdma_resolve_addr}.
     *
     * @param source      local address, null for any
     * @param destination the peer
     * @param timeout     when the connection manager gives up, in whole milliseconds, at least 1
     */
    void resolveAddress(InetSocketAddress source, InetSocketAddress destination, Duration timeout);

    /**
     * Finds the path. Event: ROUTE_RESOLVED or ROUTE_ERROR. C: {@code rdma_resolve_route}.
     *
     * @param timeout when the connection manager gives up, in whole milliseconds, at least 1
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
     * Asks like {@link #connect(QueuePair, ConnectionParameters)}, but leaves the queue pair to the caller, who takes it
     * through its states with {@link #initQpAttributes}. For an id of a datagram service the only way: it asks for the peer's
     * queue pair and key; events ESTABLISHED or UNREACHABLE. C: {@code rdma_connect}.
     *
     * @param qpNumber   number of the queue pair, which need not be of this provider; 0 for a datagram service
     * @param parameters what to say
     */
    void connect(int qpNumber, ConnectionParameters parameters);

    /**
     * Answers CONNECT_RESPONSE: takes the queue pair, if connect was given one, to RTS and tells the peer.
     * C: {@code rdma_establish}.
     */
    void establish();

    /**
     * The attributes that a state of the queue pair needs, as the connection manager has agreed on them: INIT after the address
     * was resolved or a request came; RTR and RTS after the peer answered, or on the request's id. Change what you like and
     * give them to {@link QueuePair#modify}. Of datagrams the manager knows INIT; RTR and RTS are what librdmacm uses itself.
     * C: {@code rdma_init_qp_attr}.
     *
     * <p>The manager leaves min_rnr_timer at 0, which means 655 ms; set it, as {@link #establish} does.
     *
     * @param state INIT, RTR or RTS
     * @return the attributes, the state among them
     */
    QpAttributes initQpAttributes(QpState state);

    /**
     * Takes a UD queue pair from RESET to RTS with port, partition and queue key of this id. C: what {@code rdma_create_qp} does
     * for datagrams.
     *
     * @param qp a UD queue pair in RESET on the device of this id
     */
    default void prepareDatagrams(final QueuePair qp) {
        for (final QpState state : new QpState[] {QpState.INIT, QpState.RTR, QpState.RTS}) {
            qp.modify(initQpAttributes(state));
        }
    }

    /**
     * Tells the connection manager that the peer was heard on the queue pair although its confirmation did not arrive (event
     * COMM_EST of the queue pair): the accepted request counts as established. C: {@code rdma_notify} with
     * {@code IBV_EVENT_COMM_EST}.
     */
    void notifyEstablished();

    /**
     * Accepts the request that made this id; takes the queue pair to RTS. Event: ESTABLISHED. C: {@code rdma_accept}.
     *
     * @param qp         a queue pair in RESET or INIT on the device of this id
     * @param parameters what to say
     */
    void accept(QueuePair qp, ConnectionParameters parameters);

    /**
     * Accepts like {@link #accept(QueuePair, ConnectionParameters)}, but leaves the queue pair to the caller, who has taken it
     * to RTS with {@link #initQpAttributes}. For a datagram service the only way: the peer learns the number and sends; there
     * is no event. C: {@code rdma_accept}.
     *
     * @param qpNumber   number of the queue pair
     * @param parameters what to say
     */
    void accept(int qpNumber, ConnectionParameters parameters);

    /**
     * Refuses the request that made this id, or the answer to its own request. The peer gets REJECTED (datagram services:
     * UNREACHABLE). C: {@code rdma_reject}.
     *
     * @param privateData payload for the peer, at most {@link PrivateData#MAX_REJECT} bytes, of a datagram service
     *     {@link PrivateData#MAX_DATAGRAM_ANSWER}
     */
    void reject(byte[] privateData);

    /**
     * Refuses because of the vendor's options that the peer proposed. C: {@code rdma_reject_ece}.
     *
     * @param privateData payload for the peer, as in {@link #reject}
     */
    void rejectEce(byte[] privateData);

    /**
     * What to propose or answer as vendor's options, before connect or accept. C: {@code rdma_set_local_ece}.
     *
     * @param ece the options; the vendor id is not 0
     */
    void setLocalEce(Ece ece);

    /**
     * The vendor's options that the peer proposed (on the id of a request) or answered (after CONNECT_RESPONSE).
     * C: {@code rdma_get_remote_ece}.
     *
     * @return the options, {@link Ece#NONE} if it said nothing
     */
    Ece remoteEce();

    /**
     * Joins a multicast group to send and to receive. Event: MULTICAST_JOIN, whose destination says what to attach the queue
     * pair to and where to send; or MULTICAST_ERROR. C: {@code rdma_join_multicast}.
     *
     * @param group the group's address, of the same family as the id's own
     */
    void joinMulticast(InetAddress group);

    /**
     * Joins a multicast group. Events as for {@link #joinMulticast(InetAddress)}. C: {@code rdma_join_multicast_ex}.
     *
     * @param group      the group's address
     * @param membership whether to receive as well
     */
    void joinMulticast(InetAddress group, MulticastMembership membership);

    /**
     * Leaves a multicast group; detach the queue pair before. C: {@code rdma_leave_multicast}.
     *
     * @param group the group's address
     * @throws dev.verbs.VerbsException (EADDRNOTAVAIL) if the id has not joined it
     */
    void leaveMulticast(InetAddress group);

    /**
     * Ends the connection; both sides get DISCONNECTED, the queue pair goes to ERR and is flushed.
     * C: {@code rdma_disconnect}.
     */
    void disconnect();

    /**
     * The local address. C: {@code rdma_get_local_addr}.
     *
     * @return address and port, null if not bound
     */
    InetSocketAddress localAddress();

    /**
     * The peer's address. C: {@code rdma_get_peer_addr}.
     *
     * @return address and port, null if there is no peer yet
     */
    InetSocketAddress peerAddress();

    /**
     * The local port of the port space. C: {@code rdma_get_src_port}.
     *
     * @return 1 to 65535, 0 if not bound
     */
    int localPort();

    /**
     * The peer's port of the port space. C: {@code rdma_get_dst_port}.
     *
     * @return 1 to 65535, 0 if there is no peer yet
     */
    int peerPort();

    /**
     * Name of the device that the address belongs to. C: {@code rdma_cm_id.verbs}, {@code ibv_get_device_name}.
     *
     * @return the name, null if not bound to one device
     */
    String deviceName();

    /**
     * Port of the device. C: {@code rdma_cm_id.port_num}.
     *
     * @return the port, from 1; 0 if not bound to one device
     */
    int port();
}
