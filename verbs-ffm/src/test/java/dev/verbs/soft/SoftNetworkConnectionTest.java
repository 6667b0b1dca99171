package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.WcStatus;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.PortSpace;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connection manager over links that take time and fail. */
class SoftNetworkConnectionTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final long LATENCY_NS = 10_000;

    private SoftNetwork network;
    private NetworkNode a;
    private NetworkNode b;
    private CmEventChannel active;
    private CmEventChannel passive;
    private CmId client;
    private CmId listener;
    private CmId server;

    private void open(final FaultPlan plan) {
        network = SoftNetwork.builder().hosts("a", "b").virtualTime().seed(1).links(new LinkModel(LATENCY_NS, 0, 0)).faults(plan).build();
        a = new NetworkNode(network, "a", 4096);
        b = new NetworkNode(network, "b", 4096);
        active = network.provider("a").createEventChannel();
        passive = network.provider("b").createEventChannel();
        listener = passive.createId(PortSpace.TCP);
        listener.bind(new InetSocketAddress("10.0.0.2", 7471));
        listener.listen(4);
        client = active.createId(PortSpace.TCP);
        client.resolveAddress(null, new InetSocketAddress("10.0.0.2", 7471), SOON);
        expect(active, CmEventType.ADDR_RESOLVED);
        client.resolveRoute(SOON);
        expect(active, CmEventType.ROUTE_RESOLVED);
        network.virtualTime().begin();
    }

    @AfterEach
    void close() {
        for (final CmId id : new CmId[] {client, server, listener}) {
            if (id != null) {
                id.close();
            }
        }
        active.close();
        passive.close();
        a.close();
        b.close();
        network.close();
    }

    private static CmEvent expect(final CmEventChannel channel, final CmEventType type) {
        final CmEvent event = channel.await(SOON);
        assertNotNull(event, () -> "no event; expected " + type);
        assertEquals(type, event.type(), event::toString);
        return event;
    }

    private long now() {
        return network.virtualTime().clock().nanoTime();
    }

    private static QueuePair queuePair(final NetworkNode node) {
        final QueuePair qp = node.domain.createQueuePair(QueuePairConfig.rc(node.cq, 16, 16));
        node.queuePairs.add(qp);
        return qp;
    }

    private void connect() {
        final QueuePair mine = queuePair(a);
        client.connect(mine, ConnectionParameters.DEFAULT);
        server = expect(passive, CmEventType.CONNECT_REQUEST).id();
        server.accept(queuePair(b), ConnectionParameters.DEFAULT);
        expect(active, CmEventType.CONNECT_RESPONSE);
        client.establish();
        expect(passive, CmEventType.ESTABLISHED);
    }

    @Test
    void shouldConnectHostsThatAreApart() {
        open(new FaultPlan(1));
        connect();
        assertEquals(3 * LATENCY_NS, now(), "request, answer, ready to use");
        a.write(a.last(), 1, 0, 8, b, 0);
        a.expect(1, WcStatus.SUCCESS);
        client.disconnect();
        expect(active, CmEventType.DISCONNECTED);
        expect(passive, CmEventType.DISCONNECTED);
    }

    @Test
    void shouldConnectThroughAPartitionThatEnds() {
        open(new FaultPlan(1).partition(Duration.ZERO, Duration.ofSeconds(10), "b"));
        connect();
        assertTrue(now() > Duration.ofSeconds(10).toNanos(), () -> "at " + now());
    }

    @Test
    void shouldGiveUpOnADeadHost() {
        open(new FaultPlan(1).kill("b", Duration.ZERO));
        client.connect(queuePair(a), ConnectionParameters.DEFAULT);
        expect(active, CmEventType.UNREACHABLE);
        expect(passive, CmEventType.DEVICE_REMOVAL);
        assertNull(passive.await(Duration.ZERO));
    }
}
