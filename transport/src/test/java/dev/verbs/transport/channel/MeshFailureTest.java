package dev.verbs.transport.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Errno;
import dev.verbs.PortOptions;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.RejectedException;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import dev.verbs.transport.FaultyProvider;
import dev.verbs.transport.NodeDirectory;
import dev.verbs.transport.TransportNode;
import dev.verbs.transport.TransportTest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;

/** Meshes that cannot be made leave no listener, no request and no memory behind. */
class MeshFailureTest extends TransportTest {
    private static final WriteChannelConfig SMALL = WriteChannelConfig.of(4, 128);
    /** 2^47 bytes of slots per node of two: more than any address space gives. */
    private static final WriteChannelConfig HUGE = WriteChannelConfig.of(WriteChannelConfig.MAX_SLOTS,
        WriteChannelConfig.MAX_SLOT_BYTES);
    private static final Duration SHORT = Duration.ofMillis(60);

    private static InetSocketAddress free(final TransportNode node) {
        try (CmListener listener = node.listen(0, 1)) {
            return listener.address();
        }
    }

    @Test
    void shouldStopListeningWhenThereIsNoMemory() {
        final TransportNode node = openNode();
        final NodeDirectory directory = new NodeDirectory(List.of(free(node), new InetSocketAddress(node.address(), 1)));
        final List<String> before = List.copyOf(provider().live());
        assertThrows(OutOfMemoryError.class, () -> Mesh.connect(node, directory, 0, HUGE, SystemNanoClock.INSTANCE, SHORT));
        assertEquals(before, List.copyOf(provider().live()));
        own(node.listen(directory.address(0).getPort(), 1)); // the port is free again
    }

    @Test
    void shouldStopListeningOnEveryNodeWhenOneHasNoMemory() {
        final List<TransportNode> nodes = List.of(openNode(), openNode());
        final List<String> before = List.copyOf(provider().live());
        assertThrows(OutOfMemoryError.class, () -> Mesh.inProcess(nodes, HUGE, SystemNanoClock.INSTANCE,
            task -> Thread.ofPlatform().daemon().start(task), SHORT));
        assertEquals(before, List.copyOf(provider().live()));
    }

    @Test
    void shouldStopListeningWhenTheExecutorRefusesATask() {
        for (int most = 0; most < 3; most++) {
            final List<TransportNode> nodes = List.of(openNode(), openNode(), openNode());
            final List<String> before = List.copyOf(provider().live());
            final int limit = most;
            final AtomicInteger tasks = new AtomicInteger();
            final RejectedExecutionException full = new RejectedExecutionException("full");
            final Executor executor = task -> {
                if (tasks.getAndIncrement() == limit) {
                    throw full;
                }
                Thread.ofPlatform().daemon().start(task);
            };
            final RejectedExecutionException e = assertThrows(RejectedExecutionException.class,
                () -> Mesh.inProcess(nodes, SMALL, SystemNanoClock.INSTANCE, executor, SHORT));
            assertSame(full, e);
            assertEquals(most == 0 ? 0 : 1, e.getSuppressed().length, "the tasks that did run say why they ended");
            assertEquals(before, List.copyOf(provider().live()));
        }
    }

    /** The time runs out between the arrival of the request and its acceptance. */
    @Test
    void shouldRefuseARequestThatComesTooLate() {
        final TransportNode first = openNode();
        final long[] lateNs = new long[1];
        final TransportNode second = own(TransportNode.open(FaultyProvider.of(provider(), (target, method, real) -> {
            final Object result = real.call();
            if (result instanceof CmEvent event && event.type() == CmEventType.CONNECT_REQUEST) {
                assertTrue(Waiting.until(TestProvider.deadline(), () -> System.nanoTime() - lateNs[0] > 0));
            }
            return result;
        }), new PortOptions(TestProvider.deviceName(), 0, -1, 0)));
        final NodeDirectory directory = new NodeDirectory(List.of(free(first), free(second)));
        final Duration timeout = TestProvider.pause().multipliedBy(10);
        final Waiting.Pending<VerbsException> late = Waiting.start("node 1", () -> {
            lateNs[0] = System.nanoTime() + timeout.toNanos() * 2;
            return assertThrows(VerbsException.class,
                () -> Mesh.connect(second, directory, 1, SMALL, SystemNanoClock.INSTANCE, timeout));
        });
        final VerbsException[] refused = new VerbsException[1];
        assertTrue(Waiting.until(TestProvider.deadline(), () -> connects(first, directory.address(1), refused)));
        assertEquals("channel 0->1: the peer refused: node 1 gave up", refused[0].diagnosis());
        assertEquals(Errno.ETIMEDOUT, late.get().errno());
        assertTrue(late.get().diagnosis().contains("node 0 did not connect to "), late.get()::diagnosis);
    }

    /** Calls until somebody listens. */
    private static boolean connects(final TransportNode node, final InetSocketAddress to, final VerbsException[] refused) {
        try {
            ChannelProducer.connect(node, to, new ChannelId(0, 1, 0), SMALL, SystemNanoClock.INSTANCE, TestProvider.deadline())
                .close();
            throw new AssertionError("accepted");
        } catch (final VerbsException e) {
            refused[0] = e;
            return true;
        } catch (final RejectedException e) {
            return false;
        }
    }
}
