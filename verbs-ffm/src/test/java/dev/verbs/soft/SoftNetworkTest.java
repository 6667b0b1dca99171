package dev.verbs.soft;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AsyncEvent;
import dev.verbs.Errno;
import dev.verbs.EventType;
import dev.verbs.PortState;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.RcTuning;
import dev.verbs.VerbsException;
import dev.verbs.WcStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Links, faults and hosts of a network, in virtual time: every figure here is arithmetic. */
class SoftNetworkTest {
    private static final long GIB = 1L << 30;
    private static final Duration LATENCY = Duration.ofNanos(1_500);
    private static final LinkModel FAST = LinkModel.of(LATENCY, 100);
    /** ACK timeout 67 ms, 2 retries. */
    private static final RcTuning TUNING = RcTuning.DEFAULT.withRetries(14, 2, 3);
    private static final long TIMEOUT_NS = 4096L << 14;
    private static final long RNR_NS = 640_000;

    private final List<String> lines = new ArrayList<>();
    private SoftNetwork network;
    private NetworkNode a;
    private NetworkNode b;
    private QueuePair qp;

    private void open(final LinkModel model, final FaultPlan plan) {
        open(builder -> builder.links(model).faults(plan), 1 << 20);
    }

    private void open(final Consumer<SoftNetwork.Builder> more, final long bytes) {
        final SoftNetwork.Builder builder = SoftNetwork.builder().hosts("a", "b", "c").virtualTime().seed(3).trace(lines::add);
        more.accept(builder);
        network = builder.build();
        a = new NetworkNode(network, "a", bytes);
        b = new NetworkNode(network, "b", bytes);
        qp = a.connect(b, TUNING);
        network.virtualTime().begin();
    }

    @AfterEach
    void close() {
        if (network != null) {
            a.close();
            b.close();
            network.close();
        }
    }

    private long now() {
        return network.virtualTime().clock().nanoTime();
    }

    @Test
    void shouldTakeTheTimeThatArithmeticSaysForOneGibibyte() {
        open(builder -> builder.links(FAST).devices(new SoftConfig(SoftProfile.MLX5)), GIB); // a message of that length
        a.memory.set(JAVA_LONG, GIB - Long.BYTES, 42);
        final long began = now();
        a.write(qp, 1, 0, GIB, b, 0);
        a.expect(1, WcStatus.SUCCESS);
        final long expected = GIB * 8 / 100 + 2 * LATENCY.toNanos();
        assertEquals(expected, now() - began, expected / 1_000.0);
        assertEquals(42, b.memory.get(JAVA_LONG, GIB - Long.BYTES));
    }

    @Test
    void shouldShareALinkAmongQueuePairsAndPipelineRequests() {
        open(FAST, new FaultPlan(0));
        final QueuePair other = a.connect(b, TUNING);
        for (int i = 0; i < 16; i++) {
            a.write(qp, i, 0, 64_000, b, 0);
            a.write(other, 100 + i, 0, 64_000, b, 64_000);
        }
        for (int i = 0; i < 16; i++) {
            a.expect(i, WcStatus.SUCCESS);
            a.expect(100 + i, WcStatus.SUCCESS);
        }
        assertEquals(32 * 5_120 + 2 * LATENCY.toNanos(), now());
    }

    @Test
    void shouldCarryAReadOnTheWayBack() {
        open(FAST, new FaultPlan(0));
        b.memory.set(JAVA_LONG, 0, 77);
        a.read(qp, 1, 0, 125_000, b, 0);
        a.write(qp, 2, 200_000, 125_000, b, 200_000); // the ways do not share their rate
        a.expect(1, WcStatus.SUCCESS);
        assertEquals(10_000 + 2 * LATENCY.toNanos(), now());
        a.expect(2, WcStatus.SUCCESS);
        assertEquals(10_000 + 2 * LATENCY.toNanos(), now());
        assertEquals(77, a.memory.get(JAVA_LONG, 0));
    }

    @Test
    void shouldQueueAtAPortThatAllLinksShare() {
        open(builder -> builder.links(FAST).ports(new LinkModel(0, 100_000_000_000L, 0)), 1 << 20);
        try (NetworkNode c = new NetworkNode(network, "c", 1 << 20)) {
            final QueuePair third = c.connect(b, TUNING);
            a.write(qp, 1, 0, 1_000_000, b, 0);
            c.write(third, 2, 0, 1_000_000, b, 0);
            c.expect(2, WcStatus.SUCCESS);
            assertEquals(160_000 + 2 * LATENCY.toNanos(), now(), "both come in through one port");
            a.expect(1, WcStatus.SUCCESS);
        }
    }

    @Test
    void shouldSendAgainAfterReceiverNotReady() {
        open(FAST, new FaultPlan(0));
        a.send(qp, 1, 0, 8);
        network.virtualTime().run(() -> false, Duration.ofNanos(RNR_NS));
        b.receive(b.last(), 9, 64, 8);
        a.expect(1, WcStatus.SUCCESS);
        b.expect(9, WcStatus.SUCCESS);
        assertEquals(4 * LATENCY.toNanos() + RNR_NS + 2, now(), 2); // there, NAK, pause, there, ACK
    }

    @Test
    void shouldGiveUpWhenNoReceiveComes() {
        open(FAST, new FaultPlan(0));
        a.send(qp, 1, 0, 8);
        a.write(qp, 2, 0, 8, b, 0);
        a.expect(1, WcStatus.RNR_RETRY_EXC_ERR);
        a.expect(2, WcStatus.WR_FLUSH_ERR);
        assertEquals(QpState.ERR, qp.state());
    }

    @Test
    void shouldOfferNoReceivesForAWhileIfPlanned() {
        open(FAST, new FaultPlan(1).notReady("b", Duration.ZERO, Duration.ofMillis(1)));
        b.receive(b.last(), 9, 64, 8);
        a.send(qp, 1, 0, 8);
        a.expect(1, WcStatus.SUCCESS);
        assertTrue(now() > Duration.ofMillis(1).toNanos(), () -> "at " + now());
        b.expect(9, WcStatus.SUCCESS);
    }

    @Test
    void shouldRetryAcrossAPartitionThatEnds() {
        open(FAST, new FaultPlan(1).partition(Duration.ZERO, Duration.ofNanos(TIMEOUT_NS), "a"));
        a.write(qp, 1, 0, 8, b, 0);
        a.expect(1, WcStatus.SUCCESS);
        assertEquals(TIMEOUT_NS + 2 * LATENCY.toNanos(), now(), 3); // and 1 ns to send 8 bytes
    }

    @Test
    void shouldGiveUpAcrossAPartitionThatStays() {
        open(FAST, new FaultPlan(0));
        network.part("b");
        a.write(qp, 1, 0, 8, b, 0);
        a.expect(1, WcStatus.RETRY_EXC_ERR);
        assertEquals(3 * TIMEOUT_NS + LATENCY.toNanos(), now(), 4);
        network.heal();
        final QueuePair second = a.connect(b, TUNING);
        a.write(second, 2, 0, 8, b, 0);
        a.expect(2, WcStatus.SUCCESS);
    }

    @Test
    void shouldFailTheRequestThatWasPlannedWithItsStatus() {
        open(FAST, new FaultPlan(1).failRequest("a", 3, WcStatus.REM_ACCESS_ERR));
        for (int i = 1; i <= 4; i++) {
            a.memory.set(JAVA_LONG, 0, i);
            a.write(qp, i, 0, 8, b, i * 8);
        }
        a.expect(1, WcStatus.SUCCESS);
        a.expect(2, WcStatus.SUCCESS);
        a.expect(3, WcStatus.REM_ACCESS_ERR);
        a.expect(4, WcStatus.WR_FLUSH_ERR);
        assertEquals(0, b.memory.get(JAVA_LONG, 24), "it was not executed");
        assertEquals(QpState.ERR, b.last().state());
    }

    @Test
    void shouldDropAConnectionAndNotTheNext() {
        open(FAST, new FaultPlan(1).dropConnections("a", "b", Duration.ofMillis(1)));
        a.write(qp, 1, 0, 8, b, 0);
        a.expect(1, WcStatus.SUCCESS);
        network.virtualTime().run(() -> false, Duration.ofMillis(2));
        a.write(qp, 2, 0, 8, b, 0);
        a.expect(2, WcStatus.RETRY_EXC_ERR);
        final QueuePair second = a.connect(b, TUNING);
        a.write(second, 3, 0, 8, b, 0);
        a.expect(3, WcStatus.SUCCESS);
    }

    @Test
    void shouldTellOfAPortThatGoesDownAndComesUp() {
        final Duration outage = Duration.ofMillis(30);
        open(FAST, new FaultPlan(1).portDown("b", Duration.ofMillis(1), outage));
        assertFalse(network.virtualTime().run(() -> false, Duration.ofMillis(2)));
        assertEquals(PortState.DOWN, b.context.queryPort(1).state());
        assertEquals(AsyncEvent.ofPort(EventType.PORT_ERR, 1), b.context.awaitAsyncEvent(Duration.ZERO));
        assertEquals(PortState.ACTIVE, a.context.queryPort(1).state());
        a.write(qp, 1, 0, 8, b, 0);
        a.expect(1, WcStatus.SUCCESS); // after a timeout
        assertTrue(now() > outage.toNanos(), () -> "at " + now());
        assertEquals(PortState.ACTIVE, b.context.queryPort(1).state());
        assertEquals(AsyncEvent.ofPort(EventType.PORT_ACTIVE, 1), b.context.awaitAsyncEvent(Duration.ZERO));
    }

    @Test
    void shouldStallAndDelayALink() {
        final Duration stall = Duration.ofMillis(2);
        final Duration extra = Duration.ofNanos(70_000);
        open(FAST, new FaultPlan(1).stall("a", "b", Duration.ZERO, stall).delay("a", "b", stall, stall, extra));
        a.write(qp, 1, 0, 125, b, 0);
        a.expect(1, WcStatus.SUCCESS);
        assertEquals(stall.plus(extra).toNanos() + 10 + 2 * LATENCY.toNanos(), now());
    }

    @Test
    void shouldTellBothSidesOfADeadHost() {
        open(FAST, new FaultPlan(1).kill("b", Duration.ofMillis(1)));
        b.receive(b.last(), 9, 0, 8);
        network.virtualTime().run(() -> false, Duration.ofMillis(2));
        b.expect(9, WcStatus.WR_FLUSH_ERR);
        assertEquals(QpState.ERR, b.last().state());
        AsyncEvent event = b.context.awaitAsyncEvent(Duration.ZERO);
        assertNotNull(event);
        assertEquals(EventType.DEVICE_FATAL, event.type());
        final var devices = network.provider("b").devices();
        assertEquals(Errno.EIO, assertThrows(VerbsException.class, () -> devices.getFirst().open()).errno());
        a.write(qp, 1, 0, 8, b, 0);
        a.expect(1, WcStatus.RETRY_EXC_ERR);
    }

    @Test
    void shouldExecuteAtOnceWhereNothingTakesTime() {
        open(builder -> { }, 1 << 20);
        a.memory.set(JAVA_LONG, 0, 5);
        a.write(qp, 1, 0, 8, b, 0);
        assertEquals(5, b.memory.get(JAVA_LONG, 0));
        network.part("a");
        a.write(qp, 2, 0, 8, b, 8);
        a.expect(1, WcStatus.SUCCESS);
        a.expect(2, WcStatus.RETRY_EXC_ERR);
    }

    @Test
    void shouldStepAgentsAndChargeWhatTheyCost() {
        open(FAST, new FaultPlan(0));
        final VirtualTime time = network.virtualTime();
        final long[] cycles = new long[2];
        time.add("a", agent(() -> count(cycles, 0)), AgentCost.modelled(100, 50)); // one unit of work each: 150 ns
        time.add("b", agent(() -> count(cycles, 1)), AgentCost.modelled(300, 0));
        assertTrue(time.isReproducible());
        assertTrue(time.run(() -> cycles[1] == 1_000, Duration.ofSeconds(1)));
        assertEquals(2_000, cycles[0], 2);
        assertFalse(time.run(() -> false, Duration.ofNanos(3_000)));
        assertEquals(2_020, cycles[0], 3);
    }

    private static Agent agent(final IntSupplier work) {
        return new Agent() {
            @Override
            public int doWork() {
                return work.getAsInt();
            }

            @Override
            public String roleName() {
                return "test";
            }
        };
    }

    private static int count(final long[] cycles, final int index) {
        cycles[index]++;
        return 1;
    }

    @Test
    void shouldSayThatMeasuredCostsCannotBeReproduced() {
        open(FAST, new FaultPlan(0));
        final VirtualTime time = network.virtualTime();
        final long[] cycles = new long[1];
        time.add("a", agent(() -> count(cycles, 0)), AgentCost.measured());
        assertFalse(time.isReproducible());
        assertTrue(lines.getLast().contains("no other run is like this"), lines::getLast);
        assertTrue(time.run(() -> cycles[0] == 100, Duration.ofSeconds(10)));
        assertTrue(now() >= 99, () -> "100 cycles took " + now() + " ns");
    }

    @Test
    void shouldLetIdleAgentsWaitForATime() {
        open(FAST, new FaultPlan(0));
        final VirtualTime time = network.virtualTime();
        final long[] cycles = new long[1];
        time.add("a", agent(() -> count(cycles, 0) - 1), AgentCost.modelled(100, 0));
        assertTrue(time.run(() -> now() >= 1_000_000_000, Duration.ofSeconds(2)));
        assertTrue(cycles[0] < 100_000, () -> cycles[0] + " cycles: an idle second is not stepped through");
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> SoftNetwork.builder().hosts("a", "a"));
        assertThrows(IllegalArgumentException.class, () -> SoftNetwork.builder().build());
        assertThrows(IllegalArgumentException.class, () -> LinkModel.of(LATENCY, 0));
        assertThrows(IllegalArgumentException.class, () -> AgentCost.modelled(0, 0));
        final SoftNetwork.Builder builder = SoftNetwork.builder().hosts("a").faults(new FaultPlan(1).kill("x", Duration.ZERO));
        assertTrue(assertThrows(IllegalArgumentException.class, builder::build).getMessage().contains("'x'"));
        try (SoftNetwork real = SoftNetwork.builder().hosts("a").build()) {
            assertThrows(IllegalStateException.class, real::virtualTime);
            assertTrue(assertThrows(IllegalArgumentException.class, () -> real.provider("b")).getMessage().contains("[a]"));
        }
    }
}
