package dev.verbs.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.Errno;
import dev.verbs.PortOptions;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmId;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.RejectedException;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Set-up that fails half way: the peer is answered at once, the first exception is what comes out, and nothing is left open. */
class PairSetupFailureTest extends TransportTest {
    private static final ConnectionParameters FOREIGN = ConnectionParameters.DEFAULT.raw(new byte[] {42, 43, 44, 45});

    private TransportNode openNode(final FaultyProvider.Behaviour behaviour) {
        return own(TransportNode.open(FaultyProvider.of(provider(), behaviour),
            new PortOptions(TestProvider.deviceName(), 0, -1, 0)));
    }

    private QueuePair queuePair(final TransportNode node) {
        final CompletionQueue cq = own(node.createCompletionQueue(8));
        return own(node.createQueuePair(QueuePairConfig.rc(cq, 2, 2)));
    }

    /** What accepting throws, and what the client is told: before its deadline, in words. */
    private record Refused(Throwable server, RejectedException client) {
    }

    private Refused refuse(final TransportNode server, final PairConfig config, final ConnectionParameters said) {
        final TransportNode client = openNode();
        final QueuePair qp = queuePair(client);
        final CmListener listener = own(server.listen(0, 1));
        final Waiting.Pending<Throwable> accepting = Waiting.start("accept", () -> assertThrows(Throwable.class,
            () -> ConnectedPair.accept(server, listener, config, new byte[0], TestProvider.deadline())));
        final RejectedException e = assertThrows(RejectedException.class,
            () -> CmConnection.connect(provider(), listener.address(), qp, said, TestProvider.deadline()));
        final Refused refused = new Refused(accepting.get(), e);
        listener.close(); // EBUSY if the request had been left alone
        return refused;
    }

    @Test
    void shouldRefuseAPeerThatSpeaksAnotherProtocol() {
        final Refused refused = refuse(openNode(), PairConfig.DEFAULT, FOREIGN);
        assertEquals(Errno.EINVAL, ((VerbsException)refused.server).errno());
        assertTrue(new String(refused.client.peerData()).contains("the peer speaks another protocol"),
            () -> new String(refused.client.peerData()));
    }

    @Test
    void shouldRefuseWhenTheQueuesCannotBeMade() {
        final TransportNode node = openNode();
        final PairConfig large = PairConfig.DEFAULT.withDepths(node.limits().maxQpWr() + 1, 1);
        final Refused refused = refuse(node, large, ConnectionParameters.DEFAULT);
        assertTrue(refused.server instanceof VerbsException, String.valueOf(refused.server));
        assertTrue(refused.client.peerData().length > 0);
    }

    @Test
    void shouldNameTheDeviceThatARequestCameInOn() {
        final Set<Object> closed = ConcurrentHashMap.newKeySet();
        final TransportNode node = openNode((target, method, real) -> {
            if (target instanceof CmId && method.equals("close")) {
                closed.add(target);
            }
            if (method.equals("deviceName")) {
                if (closed.contains(target)) {
                    throw new VerbsException("rdma_cm_id", Errno.EBADF, "the id is closed");
                }
                return "other0";
            }
            return real.call();
        });
        final Refused refused = refuse(node, PairConfig.DEFAULT, ConnectionParameters.DEFAULT);
        assertEquals(Errno.ENODEV, ((VerbsException)refused.server).errno());
        assertTrue(refused.server.getMessage().contains("came in on other0"), refused.server::getMessage);
        assertTrue(new String(refused.client.peerData()).contains("came in on other0"));
    }

    @Test
    void shouldThrowTheFirstExceptionWhenRejectingFailsToo() {
        final TransportNode node = openNode((target, method, real) -> {
            if (method.equals("reject")) {
                real.call();
                throw new VerbsException("rdma_reject", Errno.ENODEV, "injected");
            }
            return real.call();
        });
        final Refused refused = refuse(node, PairConfig.DEFAULT, FOREIGN);
        assertEquals(Errno.EINVAL, ((VerbsException)refused.server).errno());
        assertEquals(1, refused.server.getSuppressed().length);
        assertTrue(refused.server.getSuppressed()[0].getMessage().contains("injected"));
    }

    @Test
    void shouldCloseTheConnectionWhenTheReplyIsForeign() {
        final TransportNode client = openNode();
        final TransportNode server = openNode();
        final QueuePair qp = queuePair(server);
        final CmListener listener = own(server.listen(0, 1));
        final List<String> before = List.copyOf(provider().live());
        final Waiting.Pending<CmConnection> accepting = Waiting.start("accept", () -> {
            final CmRequest request = listener.await(TestProvider.deadline());
            return request.accept(qp, FOREIGN, TestProvider.deadline());
        });
        final VerbsException e = assertThrows(VerbsException.class, () -> ConnectedPair.connect(client, listener.address(),
            PairConfig.DEFAULT, new byte[0], TestProvider.deadline()));
        assertEquals(Errno.EINVAL, e.errno());
        accepting.get().close();
        assertEquals(before, List.copyOf(provider().live()));
    }

    @Test
    void shouldDoEveryStepOfCloseWhenOneFails() {
        for (final String broken : List.of("disconnect", "close")) {
            final AtomicInteger injected = new AtomicInteger();
            final TransportNode server = openNode((target, method, real) -> {
                final Object result = real.call();
                if (target instanceof CmId && method.equals(broken) && injected.getAndIncrement() == 0) {
                    throw new IllegalStateException("injected into " + broken);
                }
                return result;
            });
            final ConnectedPair[] pairs = connectPairs(openNode(), server, PairConfig.DEFAULT, new byte[0], new byte[0]);
            final IllegalStateException e = assertThrows(IllegalStateException.class, pairs[1]::close);
            assertEquals("injected into " + broken, e.getMessage());
            assertFalse(pairs[1].queuePair().isOpen());
            assertFalse(pairs[1].completionQueue().isOpen());
            assertEquals(ConnectedPair.State.CLOSED, pairs[1].state());
            pairs[1].close();
            assertTrue(injected.get() > 0);
        }
    }
}
