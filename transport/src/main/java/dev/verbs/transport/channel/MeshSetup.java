package dev.verbs.transport.channel;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.RejectedException;
import dev.verbs.memory.RegisteredArena;
import dev.verbs.transport.Cleanup;
import dev.verbs.transport.ConnectedPair;
import dev.verbs.transport.NodeDirectory;
import dev.verbs.transport.PairConfig;
import dev.verbs.transport.TransportNode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;

/**
 * One node's part in making a mesh, in one thread. All nodes make the connections that they take part in in one and the same
 * order (by distance, then by the producer's number), so the first one that is not made yet always has both its nodes waiting
 * for it: nobody waits in a circle. Requests that come before their turn are kept.
 */
final class MeshSetup {
    private static final long RETRY_NS = 10_000_000L;

    private final TransportNode node;
    private final CmListener listener;
    private final RegisteredArena arena;
    private final NodeDirectory directory;
    private final int self;
    private final WriteChannelConfig config;
    private final NanoClock clock;
    private final long deadlineNs;
    private final CmRequest[] early;

    MeshSetup(final TransportNode node, final CmListener listener, final RegisteredArena arena, final NodeDirectory directory,
        final int self, final WriteChannelConfig config, final NanoClock clock, final Duration timeout) {
        this.node = node;
        this.listener = listener;
        this.arena = arena;
        this.directory = directory;
        this.self = self;
        this.config = config;
        this.clock = clock;
        this.deadlineNs = System.nanoTime() + timeout.toNanos();
        this.early = new CmRequest[directory.size()];
    }

    /** Fills in both arrays as far as it gets: on an exception the caller closes what is there. */
    void run(final ChannelProducer[] producers, final ChannelConsumer[] consumers) {
        final int nodes = directory.size();
        try {
            for (int distance = 1; distance < nodes; distance++) {
                final int to = (self + distance) % nodes;
                final int from = (self - distance + nodes) % nodes;
                if (self < from) {
                    producers[to] = produce(to);
                    consumers[from] = consume(from);
                } else {
                    consumers[from] = consume(from);
                    producers[to] = produce(to);
                }
            }
        } finally {
            for (final CmRequest request : early) {
                if (request != null) {
                    refuse(request, "node " + self + " gave up");
                }
            }
        }
    }

    private Duration left(final String what) {
        final long nanos = deadlineNs - System.nanoTime();
        if (nanos <= 0) {
            throw new VerbsException("mesh", Errno.ETIMEDOUT, "node " + self + " of " + directory.size() + ": " + what);
        }
        return Duration.ofNanos(nanos);
    }

    private ChannelProducer produce(final int to) {
        return ChannelProducer.connect(node, arena, new ChannelId(self, to, 0), config, clock,
            (pair, hello) -> connect(directory.address(to), to, pair, hello));
    }

    private ConnectedPair connect(final InetSocketAddress address, final int to, final PairConfig pair, final byte[] hello) {
        while (true) {
            try {
                return ConnectedPair.connect(node, address, pair, hello,
                    left("node " + to + " does not listen at " + address));
            } catch (final RejectedException e) {
                if (e.peerData().length > 0) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NS); // not started yet
            }
        }
    }

    private ChannelConsumer consume(final int from) {
        final String what = "node " + from + " did not connect to " + listener.address();
        while (early[from] == null) {
            final CmRequest request = listener.await(left(what));
            if (request == null) {
                left(what);
            } else {
                keep(request);
            }
        }
        final Duration left = left(what); // before the request is taken from those that run() answers
        final CmRequest request = early[from];
        early[from] = null;
        return ChannelConsumer.accept(node, arena, request, config, clock, left);
    }

    private void keep(final CmRequest request) {
        final ChannelId id;
        try {
            id = ChannelHello.of(request.peerData()).id();
        } catch (final RuntimeException e) {
            Cleanup.refuse(request, e); // a stranger: told so, and forgotten
            return;
        } catch (final Throwable e) {
            Cleanup.refuse(request, e);
            throw e;
        }
        if (id.to() != self || id.from() == self || id.from() >= early.length) {
            refuse(request, "channel " + id + " does not end here: this is node " + self + " of " + early.length);
            return;
        }
        final CmRequest older = early[id.from()];
        early[id.from()] = request;
        if (older != null) {
            refuse(older, "a newer request of node " + id.from() + " came");
        }
    }

    /** A peer that is gone cannot be told, and need not be. */
    private static void refuse(final CmRequest request, final String words) {
        Cleanup.refuse(request, new VerbsException("mesh", Errno.ECONNREFUSED, words));
    }
}
