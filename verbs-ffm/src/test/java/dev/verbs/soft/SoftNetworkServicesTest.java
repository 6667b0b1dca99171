package dev.verbs.soft;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.AddressHandle;
import dev.verbs.Gid;
import dev.verbs.GrhDescriptor;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.RcTuning;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.SrqConfig;
import dev.verbs.UcEndpoint;
import dev.verbs.UdEndpoint;
import dev.verbs.WcStatus;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is not a plain reliable request, over links that take time: order, fences, drained queues, shared receives, losses. */
class SoftNetworkServicesTest {
    private static final long LATENCY_NS = 2_000;
    private static final int QKEY = 0x1234;
    private static final RcTuning TUNING = RcTuning.DEFAULT.withRetries(14, 2, 7);

    private final List<String> lines = new ArrayList<>();
    private SoftNetwork network;
    private NetworkNode a;
    private NetworkNode b;

    private void open(final FaultPlan plan) {
        network = SoftNetwork.builder().hosts("a", "b").links(new LinkModel(LATENCY_NS, 8_000_000_000L, 0)).faults(plan).seed(1)
            .virtualTime().trace(lines::add).build();
        a = new NetworkNode(network, "a", 1 << 16);
        b = new NetworkNode(network, "b", 1 << 16);
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
        network.close();
    }

    private long now() {
        return network.virtualTime().clock().nanoTime();
    }

    private static QueuePair create(final NetworkNode node, final QpType type) {
        final QueuePair qp = node.domain.createQueuePair(new QueuePairConfig(type, node.cq, node.cq, 16, 16, 1, 1, 0, false));
        node.queuePairs.add(qp);
        return qp;
    }

    private QueuePair connectUnreliable() {
        final QueuePair here = create(a, QpType.UC);
        final QueuePair there = create(b, QpType.UC);
        UcEndpoint.init(here, a.port, AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE);
        UcEndpoint.init(there, b.port, AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE);
        UcEndpoint.of(there, b.port, 5).connect(here, a.port, 7);
        UcEndpoint.of(here, a.port, 7).connect(there, b.port, 5);
        return here;
    }

    @Test
    void shouldLoseWritesOfAnUnreliableConnectionInSilence() {
        open(new FaultPlan(1).partition(Duration.ofNanos(5_000), Duration.ofNanos(5_000), "b"));
        final QueuePair qp = connectUnreliable();
        network.virtualTime().begin();
        for (int i = 0; i < 3; i++) {
            a.memory.set(JAVA_LONG, i * 8L, i + 1);
            network.virtualTime().run(() -> false, Duration.ofNanos(Math.max(0, i * 5_000L - now())));
            a.write(qp, i, i * 8L, 8, b, i * 8L);
            a.expect(i, WcStatus.SUCCESS);
        }
        assertEquals(1, b.memory.get(JAVA_LONG, 0));
        assertEquals(0, b.memory.get(JAVA_LONG, 8), "it was lost");
        assertEquals(3, b.memory.get(JAVA_LONG, 16));
        assertEquals(1, network.losses().get("LINK"));
    }

    @Test
    void shouldDeliverDatagramsToTheHostThatTheyAreFor() {
        open(new FaultPlan(1));
        final QueuePair here = create(a, QpType.UD);
        final QueuePair there = create(b, QpType.UD);
        UdEndpoint.init(here, a.port, QKEY);
        UdEndpoint.start(here, 0);
        UdEndpoint.init(there, b.port, QKEY);
        UdEndpoint.start(there, 0);
        try (AddressHandle path = a.domain.createAddressHandle(a.port.pathTo(0, b.port.gid().gid()));
             AddressHandle loop = a.domain.createAddressHandle(a.port.pathTo(0, a.port.gid().gid()))) {
            network.virtualTime().begin();
            b.receive(there, 9, 1024, GrhDescriptor.SIZE + 8);
            a.memory.set(JAVA_LONG, 0, 77);
            final SendRequests requests = SendRequests.allocate(Arena.ofAuto(), 2, 1);
            requests.target(requests.send(1, a.at(0), 8, a.region.lkey(), SendFlags.SIGNALED), loop, there.number(), QKEY); // not there
            requests.target(requests.send(2, a.at(0), 8, a.region.lkey(), SendFlags.SIGNALED), path, there.number(), QKEY);
            assertEquals(2, here.postSend(requests));
            a.expect(1, WcStatus.SUCCESS);
            assertEquals(0, now(), "lost on the host itself");
            b.expect(9, WcStatus.SUCCESS);
            assertEquals(LATENCY_NS + 8, now());
            assertEquals(77, b.memory.get(JAVA_LONG, 1024 + GrhDescriptor.SIZE));
            a.expect(2, WcStatus.SUCCESS);
            assertEquals(1, network.losses().get("NO_TARGET"));
        }
    }

    @Test
    void shouldReachTheMembersOfAGroupThatTheLinksLeadTo() throws Exception {
        open(new FaultPlan(1).partition(Duration.ofNanos(10_000), Duration.ofMillis(1), "b"));
        final Gid group = Gid.of(InetAddress.getByName("239.1.2.3"));
        final QueuePair here = create(a, QpType.UD);
        final QueuePair there = create(b, QpType.UD);
        final QueuePair own = create(a, QpType.UD);
        for (final QueuePair qp : List.of(here, there, own)) {
            UdEndpoint.init(qp, qp == there ? b.port : a.port, QKEY);
            UdEndpoint.start(qp, 0);
        }
        there.attachMulticast(group, 0);
        own.attachMulticast(group, 0);
        try (AddressHandle path = a.domain.createAddressHandle(a.port.pathTo(0, group))) {
            network.virtualTime().begin();
            for (int i = 0; i < 2; i++) {
                b.receive(there, 20 + i, 1024, GrhDescriptor.SIZE + 8);
                a.receive(own, 30 + i, 2048, GrhDescriptor.SIZE + 8);
            }
            final SendRequests requests = SendRequests.allocate(Arena.ofAuto(), 1, 1);
            requests.target(requests.send(1, a.at(0), 8, a.region.lkey(), SendFlags.SIGNALED), path, UdEndpoint.MULTICAST_QPN, QKEY);
            assertEquals(1, here.postSend(requests));
            b.expect(20, WcStatus.SUCCESS);
            assertEquals(LATENCY_NS + 8, now());
            a.expect(30, WcStatus.SUCCESS);
            a.expect(1, WcStatus.SUCCESS);
            network.virtualTime().run(() -> false, Duration.ofNanos(50_000));
            requests.rewind();
            assertEquals(1, here.postSend(requests));
            a.expect(31, WcStatus.SUCCESS); // on its own host
            a.expect(1, WcStatus.SUCCESS);
            assertEquals(1, network.losses().get("LINK"), "b is parted");
        }
        there.detachMulticast(group, 0);
        own.detachMulticast(group, 0);
    }

    @Test
    void shouldHoldAFencedRequestUntilReadsHaveCome() {
        open(new FaultPlan(1));
        final QueuePair qp = a.connect(b, TUNING);
        network.virtualTime().begin();
        final SendRequests requests = SendRequests.allocate(Arena.ofAuto(), 2, 1);
        requests.read(1, a.at(0), 1_000, a.region.lkey(), b.at(0), b.region.rkey(), SendFlags.SIGNALED);
        requests.write(2, a.at(0), 1_000, a.region.lkey(), b.at(4_096), b.region.rkey(), SendFlags.SIGNALED | SendFlags.FENCE);
        b.memory.set(JAVA_LONG, 0, 5);
        assertEquals(2, qp.postSend(requests));
        a.expect(1, WcStatus.SUCCESS);
        assertEquals(2 * LATENCY_NS + 1_000, now());
        a.expect(2, WcStatus.SUCCESS);
        assertEquals(4 * LATENCY_NS + 2_000, now(), "it left when the read had come");
        assertEquals(5, b.memory.get(JAVA_LONG, 4_096), "it wrote what was read");
    }

    @Test
    void shouldKeepWhatIsPostedWhileTheQueueIsDrained() {
        open(new FaultPlan(1));
        final QueuePair qp = a.connect(b, TUNING);
        network.virtualTime().begin();
        a.write(qp, 1, 0, 8, b, 0);
        qp.modify(new QpAttributes().state(QpState.SQD));
        a.write(qp, 2, 0, 8, b, 8);
        a.expect(1, WcStatus.SUCCESS);
        network.virtualTime().run(() -> false, Duration.ofMillis(1));
        assertEquals(0, a.cq.poll(a.done), "held");
        qp.modify(new QpAttributes().state(QpState.RTS));
        a.expect(2, WcStatus.SUCCESS);
    }

    @Test
    void shouldTakeReceivesOfASharedQueueInTheOrderOfArrival() {
        open(new FaultPlan(1).stall("a", "b", Duration.ZERO, Duration.ofNanos(50_000)));
        try (SharedReceiveQueue srq = b.domain.createSharedReceiveQueue(new SrqConfig(16, 1));
             QueuePair other = b.domain.createQueuePair(QueuePairConfig.rc(b.cq, 16, 16).withSrq(srq));
             QueuePair mine = a.domain.createQueuePair(QueuePairConfig.rc(a.cq, 16, 16))) {
            RcEndpoint.connectPair(mine, a.port, other, b.port, NetworkNode.ACCESS);
            network.virtualTime().begin();
            for (int i = 0; i < 4; i++) {
                b.receives.clear().receive(i, b.at(i * 8L), 8, b.region.lkey());
                assertEquals(1, srq.postReceive(b.receives));
                a.memory.set(JAVA_LONG, i * 8L, i + 10);
                a.send(mine, 100 + i, i * 8L, 8);
            }
            for (int i = 0; i < 4; i++) {
                b.expect(i, WcStatus.SUCCESS);
                assertEquals(i + 10, b.memory.get(JAVA_LONG, i * 8L));
                a.expect(100 + i, WcStatus.SUCCESS);
            }
            assertTrue(now() > 50_000);
        }
    }

    @Test
    void shouldWriteDownWhatWasLost() {
        open(new FaultPlan(1));
        final QueuePair qp = connectUnreliable();
        network.virtualTime().begin();
        network.part("a");
        a.write(qp, 1, 0, 8, b, 0);
        a.expect(1, WcStatus.SUCCESS);
        assertTrue(lines.stream().anyMatch(line -> line.contains(" loss ") && line.contains("LINK")), lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.contains(" fault ") && line.contains("part")), lines::toString);
        network.heal();
        assertTrue(lines.getLast().contains(" fault ") && lines.getLast().contains("again"), lines::getLast);
    }
}
