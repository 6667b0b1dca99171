package dev.verbs.cm;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.spi.VerbsProvider;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A listener that is waited on with deadlines. Connections accepted from it share its event channel: close them before it.
 *
 * <p>Any thread may wait for requests; each goes to one of them. C: a listening {@code struct rdma_cm_id}.
 */
public final class CmListener implements AutoCloseable {
    private final VerbsProvider provider;
    private final CmEventChannel channel;
    private final CmEventPump pump;
    private final CmId id;
    /** Requests that were handed out and neither accepted nor rejected. */
    private final Set<CmRequest> undecided = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private CmListener(final VerbsProvider provider, final CmEventChannel channel, final CmId id) {
        this.provider = provider;
        this.channel = channel;
        this.pump = new CmEventPump(channel);
        this.id = id;
    }

    /**
     * Listens on a local address. C: {@code rdma_create_id}, {@code rdma_bind_addr}, {@code rdma_listen}.
     *
     * @param provider whose connection manager is used
     * @param address  address of a device, port 0 for any
     * @param backlog  requests that may wait, at least 1
     * @return the listener
     * @throws dev.verbs.VerbsException EADDRNOTAVAIL or ENODEV if no device has the address, EADDRINUSE if the port is taken
     */
    public static CmListener bind(final VerbsProvider provider, final InetSocketAddress address, final int backlog) {
        return bind(provider, PortSpace.TCP, address, backlog);
    }

    /**
     * Listens on a local address for a service. C: {@code rdma_create_id}, {@code rdma_bind_addr}, {@code rdma_listen}.
     *
     * @param provider whose connection manager is used
     * @param space    the service: connections, or datagrams
     * @param address  address of a device, port 0 for any
     * @param backlog  requests that may wait, at least 1
     * @return the listener
     * @throws dev.verbs.VerbsException EADDRNOTAVAIL or ENODEV if no device has the address (the message says which addresses
     *     there are), EADDRINUSE if the port is taken
     */
    public static CmListener bind(final VerbsProvider provider, final PortSpace space, final InetSocketAddress address,
        final int backlog) {
        final CmEventChannel channel = provider.createEventChannel();
        CmId id = null;
        try {
            id = channel.createId(space);
            id.bind(address);
            id.listen(backlog);
            return new CmListener(provider, channel, id);
        } catch (final RuntimeException e) {
            if (id != null) {
                id.close();
            }
            channel.close();
            throw e instanceof VerbsException refused && refused.errno() != Errno.EADDRINUSE
                ? CmFailure.explained(provider, refused) : e;
        }
    }

    /**
     * Listens on an address. C: {@code rdma_create_ep} with a passive address, {@code rdma_listen}.
     *
     * @param provider whose connection manager is used
     * @param info     a passive address, of {@link VerbsProvider#addressInfo}
     * @param backlog  requests that may wait, at least 1
     * @return the listener
     * @throws IllegalArgumentException if the address is not passive
     * @throws dev.verbs.VerbsException as {@link #bind(VerbsProvider, PortSpace, InetSocketAddress, int)}
     */
    public static CmListener bind(final VerbsProvider provider, final AddressInfo info, final int backlog) {
        if (!info.passive()) {
            throw new IllegalArgumentException(info + " is not passive: give AddressHints.LISTEN");
        }
        return bind(provider, info.portSpace(), info.source(), backlog);
    }

    /**
     * Where it listens. C: {@code rdma_get_local_addr}.
     *
     * @return address and port
     */
    public InetSocketAddress address() {
        return id.localAddress();
    }

    /**
     * Waits for a connection request. Blocks. C: {@code rdma_get_request}, with a deadline.
     *
     * @param timeout how long to wait, 0 to look only
     * @return the request, to be accepted or rejected; null when the time is over
     * @throws VerbsException (EBADF) if the listener is closed
     */
    public CmRequest await(final Duration timeout) {
        final CmEvent event = pump.await(id, timeout);
        if (event == null) {
            return null;
        }
        final CmRequest request = new CmRequest(provider, pump, event, undecided::remove);
        undecided.add(request);
        return request;
    }

    /**
     * Stops listening and wakes who waits here or in {@link CmRequest#accept}, with EBADF; requests that nobody took or decided
     * are refused. Connections must have been closed before. C: {@code rdma_destroy_id}, {@code rdma_destroy_event_channel}.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        pump.close();
        try {
            id.close();
            pump.forget(id);
            undecided.forEach(CmRequest::close);
            channel.close();
            closed = true;
        } finally {
            if (!closed) {
                pump.open(); // a connection is left: it needs its events
            }
        }
    }
}
