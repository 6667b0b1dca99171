package dev.verbs.soft;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.RcTuning;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The same in real time, with a thread per host: programs of users do not step anything. */
class SoftNetworkRealTimeTest {
    private static final int WORDS = 2_000;
    private static final Duration LATENCY = Duration.ofNanos(50_000);
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final RcTuning TUNING = RcTuning.DEFAULT.withRetries(10, 2, 7);

    private static SoftNetwork open(final FaultPlan plan) {
        return SoftNetwork.builder().hosts("a", "b").links(LinkModel.of(LATENCY, 40)).faults(plan).build();
    }

    /** Writes words until one fails, waiting for each; returns how many succeeded, and leaves the failure in the queue. */
    private static WcStatus writeAll(final NetworkNode from, final QueuePair qp, final NetworkNode to, final int[] succeeded) {
        try (Arena arena = Arena.ofConfined()) {
            final WorkCompletions one = WorkCompletions.allocate(arena, 1);
            for (int i = 0; i < WORDS; i++) {
                from.memory.set(JAVA_LONG, i * 8L, i + 1);
                from.write(qp, i, i * 8L, 8, to, i * 8L);
                assertEquals(1, from.cq.poll(one, DEADLINE), "no completion within the deadline");
                assertEquals(i, one.wrId(0));
                if (!one.isSuccess(0)) {
                    return one.status(0);
                }
                succeeded[0]++;
            }
            return WcStatus.SUCCESS;
        }
    }

    @Test
    void shouldWriteBothWaysWithAThreadPerHost() throws Exception {
        try (SoftNetwork network = open(new FaultPlan(1)); NetworkNode a = new NetworkNode(network, "a", 1 << 16);
             NetworkNode b = new NetworkNode(network, "b", 1 << 16)) {
            final QueuePair there = a.connect(b, TUNING);
            final QueuePair back = b.connect(a, TUNING);
            final long began = System.nanoTime();
            final int[] counts = new int[1];
            final int[] others = new int[1];
            // each writes from its lower half to the other's: what comes is what the other has, word by word
            final CompletableFuture<WcStatus> other = CompletableFuture.supplyAsync(() -> writeAll(b, back, a, others));
            assertEquals(WcStatus.SUCCESS, writeAll(a, there, b, counts));
            assertEquals(WcStatus.SUCCESS, other.get(DEADLINE.toSeconds(), TimeUnit.SECONDS));
            assertEquals(WORDS, counts[0]);
            assertEquals(WORDS, others[0]);
            assertTrue(System.nanoTime() - began >= 2 * LATENCY.toNanos() * WORDS, "faster than the link");
            for (int i = 0; i < WORDS; i++) {
                assertEquals(i + 1, b.memory.get(JAVA_LONG, i * 8L));
            }
        }
    }

    @Test
    void shouldReportADeadHostToAProgramThatWaits() {
        try (SoftNetwork network = open(new FaultPlan(1).kill("b", Duration.ofMillis(40)));
             NetworkNode a = new NetworkNode(network, "a", 1 << 16); NetworkNode b = new NetworkNode(network, "b", 1 << 16)) {
            final QueuePair qp = a.connect(b, TUNING);
            final int[] counts = new int[1];
            assertEquals(WcStatus.RETRY_EXC_ERR, writeAll(a, qp, b, counts));
            assertEquals(QpState.ERR, qp.state());
            for (int i = 0; i < counts[0]; i++) {
                assertEquals(i + 1, b.memory.get(JAVA_LONG, i * 8L), "it succeeded before the host died");
            }
        }
    }

    @Test
    void shouldFlushWhatADeadHostHasUnderWay() {
        try (SoftNetwork network = open(new FaultPlan(1)); NetworkNode a = new NetworkNode(network, "a", 1 << 16);
             NetworkNode b = new NetworkNode(network, "b", 1 << 16)) {
            final QueuePair qp = a.connect(b, TUNING);
            network.part("a");
            a.write(qp, 1, 0, 8, b, 0);
            network.kill("a");
            final WorkCompletions one = WorkCompletions.allocate(Arena.ofAuto(), 1);
            assertEquals(1, a.cq.poll(one, DEADLINE));
            assertEquals(WcStatus.WR_FLUSH_ERR, one.status(0));
            assertTrue(one.describe(0).contains("host a is dead"), () -> one.describe(0));
            assertTrue(Waiting.until(DEADLINE, () -> qp.state() == QpState.ERR));
            assertEquals(0, a.cq.poll(one));
        }
    }
}
