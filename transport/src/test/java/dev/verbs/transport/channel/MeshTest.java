package dev.verbs.transport.channel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.RejectedException;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import dev.verbs.transport.Agents;
import dev.verbs.transport.ConnectedPair;
import dev.verbs.transport.NodeDirectory;
import dev.verbs.transport.PairConfig;
import dev.verbs.transport.TransportNode;
import dev.verbs.transport.TransportTest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;

class MeshTest extends TransportTest {
    private static final WriteChannelConfig SMALL = WriteChannelConfig.of(4, 128);
    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    private List<TransportNode> nodes(final int count) {
        final List<TransportNode> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(openNode());
        }
        return nodes;
    }

    private List<Mesh> mesh(final int count) {
        final List<Mesh> meshes = Mesh.inProcess(nodes(count), SMALL, SystemNanoClock.INSTANCE, THREADS,
            TestProvider.deadline().multipliedBy(2));
        own((AutoCloseable)() -> Mesh.closeAll(meshes));
        return meshes;
    }

    /** Every node sends to every other; contents name sender, receiver and number. */
    private static final class AllToAll {
        private final List<Mesh> meshes;
        private final int messages;
        private final long[][] received;
        private final boolean[][] ended;

        AllToAll(final List<Mesh> meshes, final int messages) {
            this.meshes = meshes;
            this.messages = messages;
            this.received = new long[meshes.size()][meshes.size()];
            this.ended = new boolean[meshes.size()][meshes.size()];
        }

        boolean step() {
            for (final Mesh mesh : meshes) {
                for (int peer = 0; peer < mesh.size(); peer++) {
                    if (peer != mesh.self()) {
                        send(mesh, peer);
                        receive(mesh, peer);
                    }
                }
            }
            return meshes.stream().allMatch(Mesh::isEnded);
        }

        private void send(final Mesh mesh, final int peer) {
            final ChannelProducer producer = mesh.to(peer);
            if (producer.sent() == messages) {
                final long end = producer.endOfStream(messages);
                assertTrue(end == messages || end == ChannelStatus.BACK_PRESSURED, () -> ChannelStatus.name(end));
                return;
            }
            if (producer.sent() < messages && producer.tryClaim(16) >= 0) {
                producer.buffer().set(JAVA_LONG_UNALIGNED, producer.claimOffset(), mesh.self() * 100L + peer);
                producer.buffer().set(JAVA_LONG_UNALIGNED, producer.claimOffset() + 8, producer.sent());
                producer.commit(16, mesh.self());
            }
        }

        private void receive(final Mesh mesh, final int peer) {
            final int result = mesh.from(peer).poll((buffer, offset, length, tag) -> {
                assertEquals(16, length);
                assertEquals(peer, tag);
                assertEquals(peer * 100L + mesh.self(), buffer.get(JAVA_LONG_UNALIGNED, offset));
                assertEquals(received[peer][mesh.self()]++, buffer.get(JAVA_LONG_UNALIGNED, offset + 8));
            }, 3);
            assertTrue(result >= 0 || result == ChannelStatus.END_OF_STREAM, () -> ChannelStatus.name(result));
            ended[peer][mesh.self()] |= result == ChannelStatus.END_OF_STREAM;
        }
    }

    @Test
    void shouldStepFourNodesInOneThread() {
        final List<Mesh> meshes = mesh(4);
        final int messages = TestProvider.isSoft() ? 10_000 : 200;
        final AllToAll traffic = new AllToAll(meshes, messages);
        final long rounds = Agents.runUntil(traffic::step, TestProvider.deadline().multipliedBy(4), meshes);
        long sum = 0;
        for (int from = 0; from < 4; from++) {
            for (int to = 0; to < 4; to++) {
                assertEquals(from == to ? 0 : messages, traffic.received[from][to]);
                assertEquals(from != to, traffic.ended[from][to]);
                sum += traffic.received[from][to];
            }
        }
        System.out.println("4 nodes, 12 channels: " + sum + " messages in " + rounds + " rounds");
        meshes.forEach(mesh -> assertNull(mesh.failure()));
        assertNull(meshes.get(0).to(0));
        assertEquals(4, meshes.get(2).size());
        assertEquals(2, meshes.get(2).self());
    }

    @Test
    void shouldStandAlone() {
        final List<Mesh> meshes = mesh(1);
        assertEquals(0, meshes.getFirst().doWork());
        assertTrue(meshes.getFirst().isEnded());
    }

    @Test
    void shouldSayWhenANodeIsLost() {
        final List<Mesh> meshes = mesh(3);
        meshes.get(1).close();
        Agents.runUntil(() -> meshes.get(0).failure() != null && meshes.get(2).failure() != null, TestProvider.deadline(),
            meshes.get(0), meshes.get(2));
        assertTrue(meshes.get(0).failure().contains("the peer disconnected"), meshes.get(0)::failure);
        assertEquals(ChannelState.OPEN, meshes.get(0).to(2).state());
        assertEquals(ChannelState.OPEN, meshes.get(2).from(0).state());
        assertNotNull(meshes.get(0).to(1).failure());
    }

    @Test
    void shouldGiveUpWhenANodeDoesNotComeAndLeaveNothingOpen() {
        final TransportNode node = openNode();
        final int port;
        final int other;
        try (CmListener first = node.listen(0, 1); CmListener second = node.listen(0, 1)) {
            port = first.address().getPort();
            other = second.address().getPort();
        }
        final NodeDirectory directory = new NodeDirectory(List.of(new InetSocketAddress(node.address(), port),
            new InetSocketAddress(node.address(), other)));
        for (int self = 0; self < 2; self++) {
            final int me = self;
            final VerbsException e = assertThrows(VerbsException.class, () -> Mesh.connect(node, directory, me, SMALL,
                SystemNanoClock.INSTANCE, Duration.ofMillis(60)));
            assertEquals(Errno.ETIMEDOUT, e.errno());
            assertTrue(e.diagnosis().contains("node " + (1 - self) + (self == 0 ? " does not listen at " : " did not connect to ")
                + directory.address(self == 0 ? 1 : 1)), e::getMessage);
        }
        assertEquals(0, node.retiredBytes());
    }

    @Test
    void shouldConnectWhateverComesFirstAndRefuseStrangers() {
        final List<TransportNode> nodes = nodes(2);
        final TransportNode stranger = openNode();
        final NodeDirectory directory;
        try (CmListener first = nodes.get(0).listen(0, 1); CmListener second = nodes.get(1).listen(0, 1)) {
            directory = new NodeDirectory(List.of(first.address(), second.address()));
        }
        final Waiting.Pending<Mesh> one = Waiting.start("node 1", () -> Mesh.connect(nodes.get(1), directory, 1, SMALL,
            SystemNanoClock.INSTANCE, TestProvider.deadline()));
        Agents.runUntil(() -> {
            final RejectedException e = assertThrows(RejectedException.class, () -> ConnectedPair.connect(stranger,
                directory.address(1), PairConfig.DEFAULT, new byte[] {1}, TestProvider.deadline()));
            return new String(e.peerData()).contains("1 bytes that are not a hello");
        }, TestProvider.deadline());
        final Mesh zero = Mesh.connect(nodes.get(0), directory, 0, SMALL, SystemNanoClock.INSTANCE, TestProvider.deadline());
        final List<Mesh> meshes = List.of(zero, one.get());
        own((AutoCloseable)() -> Mesh.closeAll(meshes));
        Agents.runUntil(new AllToAll(meshes, 50)::step, TestProvider.deadline(), meshes);
    }
}
