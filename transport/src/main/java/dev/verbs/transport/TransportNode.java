package dev.verbs.transport;

import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.DeviceAttributes;
import dev.verbs.Errno;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.Verbs;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmListener;
import dev.verbs.memory.RegisteredArena;
import dev.verbs.spi.VerbsProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What one node owns: its own opened device, one protection domain, the port it uses and the address that peers reach it at.
 * Several nodes of one process share nothing but the provider, which stays the caller's.
 *
 * <p>Set-up calls, any thread. Close what was made from the node first.
 */
public final class TransportNode implements AutoCloseable {
    private final VerbsProvider provider;
    private final Context context;
    private final ProtectionDomain domain;
    private final PortSelection port;
    private final DeviceAttributes limits;
    private final InetAddress address;
    /** Memory that could not be freed when its owner was done, because other queue pairs of the domain were busy. */
    private final List<RegisteredArena> retired = new ArrayList<>();
    private boolean closed;

    private TransportNode(final VerbsProvider provider, final Context context, final ProtectionDomain domain,
        final PortSelection port, final InetAddress address) {
        this.provider = provider;
        this.context = context;
        this.domain = domain;
        this.port = port;
        this.limits = context.queryDevice();
        this.address = address == null ? port.gid().gid().address() : address;
    }

    /**
     * Opens a node that is reached at the address of its port's GID.
     *
     * @param provider where its device is
     * @param options  device, port and GID; what is left out is chosen
     * @return the node, to be closed by the caller
     * @throws VerbsException if there is no such device or port: the message lists those there are
     */
    public static TransportNode open(final VerbsProvider provider, final PortOptions options) {
        return open(provider, options, null);
    }

    /**
     * Opens a node.
     *
     * @param provider where its device is
     * @param options  device, port and GID; what is left out is chosen
     * @param address  where peers reach it: an address of the device's interface, null for the address of the GID
     * @return the node, to be closed by the caller
     * @throws VerbsException if there is no such device or port: the message lists those there are
     */
    public static TransportNode open(final VerbsProvider provider, final PortOptions options, final InetAddress address) {
        final Context context = Verbs.open(provider, options.device());
        ProtectionDomain domain = null;
        try {
            final PortSelection port = PortSelection.choose(context, options);
            domain = context.allocateProtectionDomain();
            return new TransportNode(provider, context, domain, port, address);
        } catch (final Throwable e) {
            Cleanup.after(e, domain, context);
            throw e;
        }
    }

    /**
     * The provider.
     *
     * @return the one that was given
     */
    public VerbsProvider provider() {
        return provider;
    }

    /**
     * The opened device.
     *
     * @return the node's own context
     */
    public Context context() {
        return context;
    }

    /**
     * The device.
     *
     * @return the device
     */
    public Device device() {
        return context.device();
    }

    /**
     * The domain of all regions and queue pairs of this node.
     *
     * @return the domain
     */
    public ProtectionDomain domain() {
        return domain;
    }

    /**
     * The port, and why it was chosen.
     *
     * @return the choice
     */
    public PortSelection port() {
        return port;
    }

    /**
     * Limits of the device, asked when the node was opened.
     *
     * @return the limits
     */
    public DeviceAttributes limits() {
        return limits;
    }

    /**
     * Where peers reach this node.
     *
     * @return the address
     */
    public InetAddress address() {
        return address;
    }

    /**
     * Listens for connections. Set-up call.
     *
     * @param tcpPort port number of the connection manager, 0 for any
     * @param backlog requests that may wait, at least 1
     * @return the listener; its address says the port. Close it after the pairs that were accepted from it
     */
    public CmListener listen(final int tcpPort, final int backlog) {
        sweepQuietly();
        return CmListener.bind(provider, new InetSocketAddress(address, tcpPort), backlog);
    }

    /**
     * Makes a completion queue.
     *
     * @param entries least number of completions that it holds
     * @return the queue, to be closed by the caller
     */
    public CompletionQueue createCompletionQueue(final int entries) {
        sweepQuietly();
        return context.createCompletionQueue(entries);
    }

    /**
     * Makes a queue pair in this node's domain.
     *
     * @param config its queues and limits
     * @return the queue pair in RESET, to be closed by the caller
     */
    public QueuePair createQueuePair(final QueuePairConfig config) {
        sweepQuietly();
        return domain.createQueuePair(config);
    }

    /**
     * Takes memory whose owner is done with it. If no queue pair of the domain has work in flight, its regions are closed and it
     * is freed at once. If one has, it is kept, and tried again by every later call of this method, {@link #listen},
     * {@link #createCompletionQueue} and {@link #createQueuePair}, and by {@link #close()}: by set-up calls only, none of which
     * lies on the way of a message. A device does not say which region a request in flight uses, so one busy channel may delay
     * the memory of a closed one.
     *
     * @param arena the memory; belongs to this node from now on
     */
    public synchronized void retire(final RegisteredArena arena) {
        retired.add(arena);
        sweep();
    }

    /**
     * How much retired memory has not been freed yet.
     *
     * @return bytes
     */
    public synchronized long retiredBytes() {
        return retired.stream().mapToLong(RegisteredArena::capacity).sum();
    }

    private synchronized void sweepQuietly() {
        try {
            sweep();
        } catch (final VerbsException e) {
            // what cannot be freed stays retired: it is no reason to refuse something else, and close() says why
        }
    }

    private void sweep() {
        retired.removeIf(arena -> {
            try {
                arena.deregister();
                arena.close();
                return true;
            } catch (final VerbsException e) {
                if (e.errno() != Errno.EBUSY) {
                    throw e;
                }
                return false; // another queue pair of the domain is busy: kept, and tried again
            }
        });
    }

    /**
     * Gives everything back; does nothing if that has happened.
     *
     * @throws VerbsException (EBUSY) while something made from the node is open: the message names it
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        sweep();
        domain.close();
        context.close();
        closed = true;
    }

    @Override
    public String toString() {
        return "node at " + address.getHostAddress() + " on " + port.explanation();
    }
}
