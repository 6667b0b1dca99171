package dev.verbs.cm;

import dev.verbs.Errno;
import dev.verbs.QueuePair;
import dev.verbs.VerbsException;
import dev.verbs.spi.VerbsProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * An id on a channel of its own, made from an address: bound if the address is passive, else with address and route resolved.
 * C: {@code rdma_create_ep}, whose waiting is done here with a deadline; {@code rdma_destroy_ep} is {@link #close()}.
 *
 * <p>One thread at a time, except that any thread may close it: who waits is woken with EBADF.
 */
public final class CmEndpoint implements AutoCloseable {
    private final VerbsProvider provider;
    private final CmEventChannel channel;
    private final CmEventPump pump;
    private final CmId id;
    /** Whether a connection has taken id and channel over. Written by the thread that connects. */
    private volatile boolean given;
    /** Under this object's lock. */
    private boolean closed;

    private CmEndpoint(final VerbsProvider provider, final CmEventChannel channel, final CmId id) {
        this.provider = provider;
        this.channel = channel;
        this.pump = new CmEventPump(channel);
        this.id = id;
    }

    /**
     * An endpoint without an address. C: {@code rdma_create_event_channel}, {@code rdma_create_id}.
     *
     * @param provider whose connection manager is used
     * @param space    service
     * @return the endpoint, to be closed by the caller
     */
    public static CmEndpoint open(final VerbsProvider provider, final PortSpace space) {
        final CmEventChannel channel = provider.createEventChannel();
        try {
            return new CmEndpoint(provider, channel, channel.createId(space));
        } catch (final RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /**
     * An endpoint at an address: bound, or with the way to the peer resolved. C: {@code rdma_create_ep}.
     *
     * @param provider whose connection manager is used
     * @param info     the address, of {@link VerbsProvider#addressInfo}
     * @param timeout  for everything together
     * @return the endpoint, to be closed by the caller
     * @throws VerbsException if the address is taken or leads nowhere, ETIMEDOUT if the time is over; nothing is left open
     */
    public static CmEndpoint create(final VerbsProvider provider, final AddressInfo info, final Duration timeout) {
        final CmEndpoint made = open(provider, info.portSpace());
        try {
            if (info.passive()) {
                made.bind(info.source());
            } else {
                made.resolve(info.source(), info.destination(), timeout);
            }
            return made;
        } catch (final RuntimeException | Error e) {
            made.close();
            throw e;
        }
    }

    /**
     * The id, for what this class does not do. Its events are this endpoint's: do not read its channel.
     * C: {@code struct rdma_cm_id}.
     *
     * @return the id
     */
    public CmId id() {
        return id;
    }

    /**
     * Binds to a local address. C: {@code rdma_bind_addr}.
     *
     * @param address address of a device or a wildcard, port 0 for any
     * @throws VerbsException as {@link CmId#bind}, and says which devices there are
     */
    public void bind(final InetSocketAddress address) {
        explained(() -> id.bind(address));
    }

    private void explained(final Runnable call) {
        try {
            call.run();
        } catch (final VerbsException e) {
            throw e.errno() == Errno.EADDRINUSE || e.errno() == Errno.EBADF ? e : CmFailure.explained(provider, e);
        }
    }

    /**
     * Finds device and route to a peer. Blocks. C: {@code rdma_resolve_addr}, {@code rdma_resolve_route}.
     *
     * @param source      local address, null for any
     * @param destination the peer
     * @param timeout     for both together
     * @throws VerbsException if it leads nowhere, ETIMEDOUT if the time is over
     */
    public void resolve(final InetSocketAddress source, final InetSocketAddress destination, final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        final String target = "connecting to " + destination;
        pump.enter();
        try {
            explained(() -> id.resolveAddress(source, destination, timeout));
            expect(CmEventType.ADDR_RESOLVED, deadline, "rdma_resolve_addr", target);
            explained(() -> id.resolveRoute(timeout));
            expect(CmEventType.ROUTE_RESOLVED, deadline, "rdma_resolve_route", target);
        } finally {
            pump.exit();
        }
    }

    /**
     * Asks for a connection and establishes it. Blocks. The connection takes id and channel over. C: {@code rdma_connect},
     * {@code rdma_establish}.
     *
     * @param qp         a queue pair in RESET on the id's device
     * @param parameters what to say
     * @param timeout    how long to wait
     * @return the connection; the queue pair is in RTS
     * @throws RejectedException if nobody listens there or the peer refuses
     * @throws VerbsException    ETIMEDOUT if the time is over, EBADF if the endpoint is closed meanwhile
     */
    public CmConnection connect(final QueuePair qp, final ConnectionParameters parameters, final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        pump.enter();
        try {
            final String target = "connecting to " + id.peerAddress();
            connect(target, qp, parameters);
            final CmEvent answer = next(deadline, "rdma_connect", target);
            if (answer.type() == CmEventType.CONNECT_RESPONSE) {
                id.establish();
            } else if (answer.type() != CmEventType.ESTABLISHED) {
                throw CmFailure.of(provider, "rdma_connect", target, answer);
            }
            given = true;
            return new CmConnection(pump, id, channel, qp, answer.rawPrivateData());
        } finally {
            pump.exit();
        }
    }

    /** On iWARP a loop back to a port where nobody listens is refused at once. */
    private void connect(final String target, final QueuePair qp, final ConnectionParameters parameters) {
        try {
            id.connect(qp, parameters);
        } catch (final VerbsException e) {
            throw e.errno() == Errno.ECONNREFUSED ? RejectedException.refused(target, e) : e;
        }
    }

    /**
     * Asks a datagram service where to send. Blocks. C: {@code rdma_connect}.
     *
     * @param parameters what to say
     * @param timeout    how long to wait
     * @return the answer, with {@link CmEvent#datagram()} and the service's private data
     * @throws RejectedException if nobody offers the service there or the peer refuses
     * @throws VerbsException    ETIMEDOUT if the time is over
     */
    public CmEvent ask(final ConnectionParameters parameters, final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        pump.enter();
        try {
            final String target = "asking " + id.peerAddress();
            id.connect(0, parameters);
            return expect(CmEventType.ESTABLISHED, deadline, "rdma_connect", target);
        } finally {
            pump.exit();
        }
    }

    /**
     * Joins a multicast group. Blocks. C: {@code rdma_join_multicast_ex}.
     *
     * @param group      the group's address
     * @param membership whether to receive as well
     * @param timeout    how long to wait
     * @return where to send, and what to attach the queue pair to
     * @throws VerbsException if the group cannot be joined, ETIMEDOUT if the time is over
     */
    public DatagramDestination join(final InetAddress group, final MulticastMembership membership, final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        pump.enter();
        try {
            id.joinMulticast(group, membership);
            return expect(CmEventType.MULTICAST_JOIN, deadline, "rdma_join_multicast", "joining " + group.getHostAddress())
                .datagram();
        } finally {
            pump.exit();
        }
    }

    /**
     * The next event of the id, whatever it is. Blocks. C: {@code rdma_get_cm_event}, {@code rdma_ack_cm_event}.
     *
     * @param timeout how long to wait, 0 to look only
     * @return the event, null when the time is over
     * @throws VerbsException (EBADF) if the endpoint is closed
     */
    public CmEvent await(final Duration timeout) {
        return pump.await(id, timeout);
    }

    private CmEvent expect(final CmEventType type, final long deadline, final String verb, final String target) {
        final CmEvent event = next(deadline, verb, target);
        if (event.type() != type) {
            throw CmFailure.of(provider, verb, target, event);
        }
        return event;
    }

    private CmEvent next(final long deadline, final String verb, final String target) {
        final CmEvent event = pump.await(id, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        if (event == null) {
            throw CmFailure.late(provider, verb, target);
        }
        return event;
    }

    /**
     * Gives id and channel back, unless a connection has them; wakes who waits. C: {@code rdma_destroy_ep}.
     *
     * @throws VerbsException (EBUSY) if another thread is still inside a call after 2 s
     */
    @Override
    public synchronized void close() {
        if (closed || given) {
            return;
        }
        if (!pump.close()) {
            throw new VerbsException("rdma_destroy_ep", Errno.EBUSY, id.describe() + ": another thread is inside a call");
        }
        closed = true;
        if (!given) { // the last call may have made a connection
            id.close();
            channel.close();
        } else {
            pump.open();
        }
    }
}
