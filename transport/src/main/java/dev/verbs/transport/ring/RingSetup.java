package dev.verbs.transport.ring;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.RejectedException;
import dev.verbs.transport.Cleanup;
import dev.verbs.transport.ConnectedPair;
import dev.verbs.transport.NodeDirectory;
import dev.verbs.transport.TransportNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;

/**
 * Connects a host to its neighbours in the ring: to its successor, and from its predecessor.
 *
 * <p>Host 0 calls its successor first and answers its predecessor last; every other host answers first. So the ring
 * closes whatever the order in which the hosts start, with one thread per host.
 */
public final class RingSetup {
    private static final long RETRY_NS = 2_000_000;

    private RingSetup() {
    }

    /**
     * Joins a ring. Blocks until both neighbours are connected.
     *
     * @param node      this host's node
     * @param listener  where this host listens; stays the caller's, to be closed after the ring; null for a ring of one host
     * @param directory who listens where, the same on all hosts, in the order of the ring; null for a ring of one host
     * @param self      index of this host in the ring
     * @param config    what the ring is made of, the same on all hosts
     * @param clock     clock of the duty cycle
     * @param timeout   for everything together
     * @return the host's place in the ring, to be stepped and closed by the caller
     * @throws VerbsException           ETIMEDOUT if a neighbour is missing; EINVAL if it is configured otherwise; EOPNOTSUPP if
     *                                  the device does not place bytes in order; nothing is left open
     * @throws IllegalArgumentException if {@code self} or the directory do not fit the configuration
     */
    public static Roundabout join(final TransportNode node, final CmListener listener, final NodeDirectory directory, final int self,
        final RingConfig config, final NanoClock clock, final Duration timeout) {
        return join(node, listener, directory, self, config, clock, timeout, config.mayInject());
    }

    /** The same with another limit of own fragments under way: tests show that one more jams the ring. */
    static Roundabout join(final TransportNode node, final CmListener listener, final NodeDirectory directory, final int self,
        final RingConfig config, final NanoClock clock, final Duration timeout, final int mayInject) {
        if (self < 0 || self >= config.hosts()) {
            throw new IllegalArgumentException("host " + self + " of a ring of " + config.hosts());
        }
        if (config.hosts() > 1 && directory.size() != config.hosts()) {
            throw new IllegalArgumentException("a directory of " + directory.size() + " nodes for a ring of " + config.hosts());
        }
        if (config.hosts() > 1 && !node.device().guarantees().ordersPlacement()) {
            throw new VerbsException("ring", Errno.EOPNOTSUPP, node.device().name() + " does not promise that bytes are placed in order, "
                + "and a ring polls the word that is written behind a fragment: use another device");
        }
        final RingMemory memory = new RingMemory(node, config);
        RingLink predecessor = null;
        RingLink successor = null;
        try {
            if (config.hosts() == 1) {
                return new Roundabout(node, config, self, memory, null, null, clock, mayInject);
            }
            final long deadline = System.nanoTime() + timeout.toNanos();
            if (self == 0) {
                successor = call(node, directory, self, config, memory, deadline);
            }
            predecessor = answer(node, listener, self, config, memory, deadline);
            if (self != 0) {
                successor = call(node, directory, self, config, memory, deadline);
            }
            return new Roundabout(node, config, self, memory, predecessor, successor, clock, mayInject);
        } catch (final Throwable e) {
            Cleanup.after(e, successor, predecessor, () -> node.retire(memory.arena));
            throw e;
        }
    }

    private static RingLink call(final TransportNode node, final NodeDirectory directory, final int self, final RingConfig config,
        final RingMemory memory, final long deadline) {
        final int next = (self + 1) % config.hosts();
        final byte[] hello = hello(self, config, memory);
        while (true) {
            final ConnectedPair pair;
            try {
                pair = ConnectedPair.connect(node, directory.address(next), config.pairForRing(), hello, left(deadline));
            } catch (final RejectedException e) {
                final String reason = new String(e.peerData(), StandardCharsets.UTF_8);
                if (!reason.isEmpty()) {
                    throw new VerbsException("rdma_connect", Errno.EINVAL, "host " + next + " refused: " + reason);
                }
                left(deadline); // nobody listens there yet: hosts start in any order
                LockSupport.parkNanos(RETRY_NS);
                continue;
            }
            return link(pair, next, config, memory);
        }
    }

    private static RingLink answer(final TransportNode node, final CmListener listener, final int self, final RingConfig config,
        final RingMemory memory, final long deadline) {
        final int previous = (self + config.hosts() - 1) % config.hosts();
        final CmRequest request = listener.await(left(deadline));
        if (request == null) {
            throw new VerbsException("rdma_get_request", Errno.ETIMEDOUT, "host " + previous + ", the predecessor of host " + self
                + ", did not call " + listener.address());
        }
        final byte[] reply;
        final Duration left;
        try {
            requireMatch("rdma_accept", RingHello.read(request.peerData()), previous, config);
            reply = hello(self, config, memory);
            left = left(deadline);
        } catch (final Throwable e) {
            Cleanup.refuse(request, e);
            throw e;
        }
        return link(ConnectedPair.accept(node, request, config.pairForRing(), reply, left), previous, config, memory);
    }

    private static RingHello requireMatch(final String verb, final RingHello peer, final int expected, final RingConfig config) {
        final String wrong = peer == null ? "the peer is not a host of a ring" : peer.mismatch(expected, config);
        if (wrong != null) {
            throw new VerbsException(verb, Errno.EINVAL, wrong);
        }
        return peer;
    }

    private static RingLink link(final ConnectedPair pair, final int expected, final RingConfig config, final RingMemory memory) {
        try {
            return new RingLink(pair, memory,
                requireMatch("rdma_connect", RingHello.read(pair.peerHello()), expected, config).memory());
        } catch (final Throwable e) {
            Cleanup.after(e, pair);
            throw e;
        }
    }

    private static byte[] hello(final int self, final RingConfig config, final RingMemory memory) {
        return new RingHello(self, config.hosts(), config.elements(), config.elementBytes(), memory.remote(config)).toBytes();
    }

    private static Duration left(final long deadline) {
        final long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new VerbsException("ring", Errno.ETIMEDOUT, "the ring was not closed in time: is every host up?");
        }
        return Duration.ofNanos(left);
    }
}
