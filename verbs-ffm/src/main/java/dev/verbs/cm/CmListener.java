package dev.verbs.cm;

import dev.verbs.spi.VerbsProvider;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A listener that is waited on with deadlines. Connections accepted from it share its event channel: close them before it.
 */
public final class CmListener implements AutoCloseable {
    private final CmEventChannel channel;
    private final CmEventPump pump;
    private final CmId id;
    /** Requests that were handed out and neither accepted nor rejected. */
    private final Set<CmRequest> undecided = ConcurrentHashMap.newKeySet();
    private boolean closed;

    private CmListener(final CmEventChannel channel, final CmId id) {
        this.channel = channel;
        this.pump = new CmEventPump(channel);
        this.id = id;
    }

    /**
     * Listens on a local address.
     *
     * @param provider whose connection manager is used
     * @param address  address of a device, port 0 for any
     * @param backlog  requests that may wait, at least 1
     * @return the listener
     * @throws dev.verbs.VerbsException EADDRNOTAVAIL or ENODEV if no device has the address, EADDRINUSE if the port is taken
     */
    public static CmListener bind(final VerbsProvider provider, final InetSocketAddress address, final int backlog) {
        final CmEventChannel channel = provider.createEventChannel();
        CmId id = null;
        try {
            id = channel.createId();
            id.bind(address);
            id.listen(backlog);
            return new CmListener(channel, id);
        } catch (final RuntimeException e) {
            if (id != null) {
                id.close();
            }
            channel.close();
            throw e;
        }
    }

    /**
     * Where it listens.
     *
     * @return address and port
     */
    public InetSocketAddress address() {
        return id.localAddress();
    }

    /**
     * Waits for a connection request.
     *
     * @param timeout how long to wait, 0 to look only
     * @return the request, to be accepted or rejected; null when the time is over
     */
    public CmRequest await(final Duration timeout) {
        final CmEvent event = pump.await(id, timeout);
        if (event == null) {
            return null;
        }
        final CmRequest request = new CmRequest(pump, event, undecided::remove);
        undecided.add(request);
        return request;
    }

    /** Stops listening; requests that nobody took or decided are refused. Connections must have been closed before. */
    @Override
    public void close() {
        if (!closed) {
            id.close();
            pump.forget(id);
            undecided.forEach(CmRequest::close);
            channel.close();
            closed = true;
        }
    }
}
