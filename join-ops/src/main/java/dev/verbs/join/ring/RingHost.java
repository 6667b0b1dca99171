package dev.verbs.join.ring;

import dev.verbs.PortOptions;
import dev.verbs.cm.CmListener;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.transport.NodeDirectory;
import dev.verbs.transport.TransportNode;
import dev.verbs.transport.ring.RingConfig;
import dev.verbs.transport.ring.RingSetup;
import dev.verbs.transport.ring.Roundabout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;

/**
 * Everything of the network that one host of a join owns: its opened device, its listener, its place in the ring.
 */
public final class RingHost implements AutoCloseable {
    private final TransportNode node;
    private final CmListener listener;
    private final FragmentRing ring;

    private RingHost(final TransportNode node, final CmListener listener, final FragmentRing ring) {
        this.node = node;
        this.listener = listener;
        this.ring = ring;
    }

    /**
     * Joins a ring of processes. Blocks until both neighbours are connected.
     *
     * @param node             the host's node; belongs to the host if this returns
     * @param listener         listens at the host's address of the directory; belongs to the host if this returns; null for a
     *                         ring of one host
     * @param directory        who listens where, the same on all hosts; null for a ring of one host
     * @param self             index of this host
     * @param config           what the ring is made of, the same on all hosts
     * @param rotatingCapacity most tuples of this host's piece of the rotating relation
     * @param clock            clock of the duty cycles
     * @param timeout          for everything together
     * @return the host
     */
    public static RingHost join(final TransportNode node, final CmListener listener, final NodeDirectory directory, final int self,
        final RingConfig config, final long rotatingCapacity, final NanoClock clock, final Duration timeout) {
        final Roundabout ring = RingSetup.join(node, listener, directory, self, config, clock, timeout);
        try {
            return new RingHost(node, listener, new FragmentRing(node, ring, rotatingCapacity));
        } catch (final RuntimeException e) {
            ring.close();
            throw e;
        }
    }

    /**
     * Opens all hosts of a ring inside this process; they share nothing but the provider. Uses one thread per host, for
     * the set-up only.
     *
     * @param provider         where the devices are
     * @param options          device, port and GID of every host
     * @param config           what the ring is made of
     * @param rotatingCapacity most tuples of a host's piece of the rotating relation
     * @param clock            clock of the duty cycles
     * @param timeout          for everything together
     * @return the hosts, to be closed with {@link #closeAll}
     */
    public static List<RingHost> openAll(final VerbsProvider provider, final PortOptions options, final RingConfig config,
        final long rotatingCapacity, final NanoClock clock, final Duration timeout) {
        final List<TransportNode> nodes = new ArrayList<>();
        final List<CmListener> listeners = new ArrayList<>();
        final List<RingHost> hosts = new ArrayList<>();
        try {
            for (int self = 0; self < config.hosts(); self++) {
                nodes.add(TransportNode.open(provider, options));
                listeners.add(config.hosts() == 1 ? null : nodes.getLast().listen(0, 1));
            }
            final NodeDirectory directory = config.hosts() == 1 ? null
                : new NodeDirectory(listeners.stream().map(CmListener::address).toList());
            joinAll(nodes, listeners, hosts, self -> join(nodes.get(self), listeners.get(self), directory, self, config, rotatingCapacity,
                clock, timeout));
            return hosts;
        } catch (final RuntimeException e) {
            hosts.forEach(host -> host.ring.close());
            CloseHelper.quietCloseAll(listeners);
            CloseHelper.quietCloseAll(nodes);
            throw e;
        }
    }

    /** Makes one host. */
    @FunctionalInterface
    private interface Joiner {
        RingHost join(int self);
    }

    private static void joinAll(final List<TransportNode> nodes, final List<CmListener> listeners, final List<RingHost> hosts,
        final Joiner joiner) {
        RuntimeException failure = null;
        try (ExecutorService threads = Executors.newFixedThreadPool(nodes.size())) {
            final List<Future<RingHost>> joining = new ArrayList<>();
            for (int self = 0; self < nodes.size(); self++) {
                final int host = self;
                joining.add(threads.submit(() -> joiner.join(host)));
            }
            for (final Future<RingHost> future : joining) {
                try {
                    hosts.add(future.get());
                } catch (final ExecutionException e) {
                    failure = e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
                } catch (final InterruptedException e) {
                    Thread.currentThread().interrupt();
                    failure = new IllegalStateException("interrupted while " + listeners.size() + " hosts joined the ring", e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * The host's place in the ring.
     *
     * @return the ring as a join sees it
     */
    public FragmentRing ring() {
        return ring;
    }

    /**
     * The node.
     *
     * @return the host's node
     */
    public TransportNode node() {
        return node;
    }

    /**
     * Closes hosts of one process: first all their connections, then what carries them.
     *
     * @param hosts the hosts
     */
    public static void closeAll(final List<RingHost> hosts) {
        hosts.forEach(host -> host.ring.close());
        hosts.forEach(RingHost::close);
    }

    /** Leaves the ring, closes listener and node. */
    @Override
    public void close() {
        ring.close();
        if (listener != null) {
            listener.close();
        }
        node.close();
    }
}
