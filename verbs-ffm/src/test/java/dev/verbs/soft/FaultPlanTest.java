package dev.verbs.soft;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.QueuePair;
import dev.verbs.RcTuning;
import dev.verbs.SendFlags;
import dev.verbs.WcStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;

/**
 * Programs among random faults, in virtual time: whatever happens, each accepted signalled request completes once within the deadline,
 * what succeeded is in the memory of a living peer, everything closes, and one seed gives one log.
 */
class FaultPlanTest {
    /** What all plans together must have led to. */
    private static final List<WcStatus> WANTED = List.of(WcStatus.SUCCESS, WcStatus.RETRY_EXC_ERR, WcStatus.WR_FLUSH_ERR,
        WcStatus.REM_ACCESS_ERR);
    private static final int SEEDS = 60;
    private static final int FAULTS = 6;
    private static final int REQUESTS = 600;
    private static final int RECEIVES = 32;
    private static final long OWN_BYTES = (long)REQUESTS * Long.BYTES;
    private static final Duration WORK = Duration.ofMillis(5);
    /** Longer than all retries of a queue pair: 4 timeouts of 4.2 ms, 6 pauses of 0.64 ms, one after the other for 600 requests. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final List<String> HOSTS = List.of("a", "b", "c");
    private static final RcTuning TUNING = RcTuning.DEFAULT.withRetries(10, 3, 6);
    private static final AgentCost COST = AgentCost.modelled(400, 100);

    /** What a request shall have done. */
    private record Wanted(Program peer, long at, long value, boolean isWrite) {
    }

    /** Writes words of its own into the memories of the others, and sends them messages. */
    private static final class Program implements Agent {
        final NetworkNode node;
        final int index;
        final List<QueuePair> ways = new ArrayList<>();
        final List<Program> peers = new ArrayList<>();
        final Map<Long, Wanted> open = new HashMap<>();
        final List<Wanted> succeeded = new ArrayList<>();
        final Map<WcStatus, Integer> statuses = new EnumMap<>(WcStatus.class);
        private final SplittableRandom random;
        private long nextId;
        private long refused;

        Program(final NetworkNode node, final int index, final long seed) {
            this.node = node;
            this.index = index;
            this.random = new SplittableRandom(seed + index);
        }

        void connect(final Program peer) {
            ways.add(node.connect(peer.node, TUNING));
            peers.add(peer);
            peer.ways.add(peer.node.last());
            peer.peers.add(this);
        }

        void receive(final QueuePair qp) {
            node.receives.clear().receive(-1, node.at(scratch()), Long.BYTES, node.region.lkey());
            qp.postReceive(node.receives);
        }

        private static long scratch() {
            return HOSTS.size() * OWN_BYTES;
        }

        @Override
        public int doWork() {
            int work = poll();
            for (int i = 0; i < ways.size() && !isDone(); i++) {
                work += post(ways.get(i), peers.get(i));
            }
            return work;
        }

        boolean isDone() {
            return nextId == REQUESTS || refused > 4L * REQUESTS;
        }

        private int post(final QueuePair qp, final Program peer) {
            final long at = index * OWN_BYTES + nextId * Long.BYTES;
            final long value = (long)(index + 1) << 32 | nextId;
            final boolean isWrite = random.nextInt(4) != 0;
            node.memory.set(JAVA_LONG, at, value);
            node.sends.clear();
            if (isWrite) {
                node.sends.write(nextId, node.at(at), Long.BYTES, node.region.lkey(), peer.node.at(at), peer.node.region.rkey(),
                    SendFlags.SIGNALED);
            } else {
                node.sends.send(nextId, node.at(at), Long.BYTES, node.region.lkey(), SendFlags.SIGNALED);
            }
            if (qp.postSend(node.sends) == 0) {
                refused++;
                return 0;
            }
            open.put(nextId, new Wanted(peer, at, value, isWrite));
            nextId++;
            return 1;
        }

        int poll() {
            final int count = node.cq.poll(node.done);
            for (int i = 0; i < count; i++) {
                final WcStatus status = node.done.status(i);
                if (node.done.wrId(i) >= 0) {
                    completed(node.done.wrId(i), status);
                } else if (status == WcStatus.SUCCESS) {
                    receive(way(node.done.qpNumber(i)));
                }
            }
            return Math.max(0, count);
        }

        private void completed(final long id, final WcStatus status) {
            final Wanted wanted = open.remove(id);
            assertTrue(wanted != null, () -> node.name + ": request " + id + " completed twice, or was never accepted");
            statuses.merge(status, 1, Integer::sum);
            if (status == WcStatus.SUCCESS && wanted.isWrite) {
                succeeded.add(wanted);
            }
        }

        private QueuePair way(final int number) {
            return ways.stream().filter(qp -> qp.number() == number).findFirst().orElseThrow();
        }

        @Override
        public String roleName() {
            return "program";
        }
    }

    /** Runs programs under a plan; returns what happened on all hosts, in order. */
    private static String run(final long seed, final FaultPlan plan, final Map<WcStatus, Integer> statuses) {
        final StringBuilder log = new StringBuilder();
        try (SoftNetwork network = SoftNetwork.builder().hosts(HOSTS.toArray(new String[0])).virtualTime().seed(seed)
            .links(LinkModel.of(Duration.ofNanos(2_000), 25)).faults(plan).trace(line -> log.append(line).append('\n')).build()) {
            final VirtualTime time = network.virtualTime();
            final List<Program> programs = new ArrayList<>();
            for (final String host : HOSTS) {
                programs.add(new Program(new NetworkNode(network, host, HOSTS.size() * OWN_BYTES + 64), programs.size(), seed));
            }
            for (int i = 0; i < programs.size(); i++) {
                for (int j = i + 1; j < programs.size(); j++) {
                    programs.get(i).connect(programs.get(j));
                }
            }
            for (final Program program : programs) {
                program.ways.forEach(qp -> {
                    for (int i = 0; i < RECEIVES; i++) {
                        program.receive(qp);
                    }
                });
                time.add(program.node.name, program, COST);
            }
            assertTrue(time.isReproducible());
            time.run(() -> programs.stream().allMatch(program -> program.isDone() && program.open.isEmpty()), DEADLINE);
            programs.forEach(FaultPlanTest::drain);
            for (final Program program : programs) {
                assertEquals(Map.of(), program.open, () -> program.node.name + " has accepted what never completed");
                program.statuses.forEach((status, count) -> statuses.merge(status, count, Integer::sum));
                for (final Wanted wanted : program.succeeded) {
                    assertEquals(wanted.value, wanted.peer.node.memory.get(JAVA_LONG, wanted.at), "it succeeded, and is not there");
                }
            }
            programs.forEach(program -> program.node.close());
        }
        return log.toString();
    }

    /** A dead host's program is not stepped any more: what it was told waits. */
    private static void drain(final Program program) {
        int polled;
        do {
            polled = program.poll();
        } while (polled > 0);
    }

    @Test
    void shouldKeepItsPromisesAmongRandomFaults() {
        final long seed = Long.getLong("dev.verbs.seed", System.nanoTime());
        System.out.println("fault plans: seed " + seed);
        final Map<WcStatus, Integer> statuses = new EnumMap<>(WcStatus.class);
        final SplittableRandom seeds = new SplittableRandom(seed);
        int plans = 0;
        for (; plans < SEEDS || plans < 10 * SEEDS && !statuses.keySet().containsAll(WANTED); plans++) { // a seed may draw no such fault
            final long one = seeds.nextLong();
            final FaultPlan plan = FaultPlan.random(one, HOSTS, WORK, FAULTS);
            try {
                final String log = run(one, plan, statuses);
                if (plans % 10 == 0) {
                    assertEquals(log, run(one, plan, new EnumMap<>(WcStatus.class)), "one seed, two logs");
                    assertNotEquals(log, run(one + 1, plan, new EnumMap<>(WcStatus.class)), "a log that says nothing");
                }
            } catch (final AssertionError e) {
                throw new AssertionError("seed " + one + ", " + plan + ": " + e.getMessage(), e);
            }
        }
        System.out.println("fault plans: " + plans + " plans of " + FAULTS + " faults, completions: " + statuses);
        for (final WcStatus seen : WANTED) {
            assertTrue(statuses.getOrDefault(seen, 0) > 0, () -> "no plan led to " + seen + ": " + statuses);
        }
    }

    @Test
    void shouldLoseMessagesAtRandomAndSendThemAgain() {
        final Map<WcStatus, Integer> statuses = new EnumMap<>(WcStatus.class);
        final FaultPlan plan = new FaultPlan(5).lose("a", "b", 0.1).lose("b", "c", 0.05);
        final String log = run(9, plan, statuses);
        assertEquals(Map.of(WcStatus.SUCCESS, HOSTS.size() * REQUESTS), statuses);
        assertEquals(log, run(9, plan, new EnumMap<>(WcStatus.class)));
    }

    @Test
    void shouldSucceedWithoutFaults() {
        final Map<WcStatus, Integer> statuses = new EnumMap<>(WcStatus.class);
        run(1, new FaultPlan(1), statuses);
        assertEquals(Map.of(WcStatus.SUCCESS, HOSTS.size() * REQUESTS), statuses);
    }

    @Test
    void shouldDrawFaultsOfEveryKind() {
        final String all = FaultPlan.random(3, HOSTS, WORK, 200).toString();
        for (final String kind : List.of("STALL", "DELAY", "Partition", "PortDown", "NotReady", "FailRequest", "Drop", "Kill")) {
            assertTrue(all.contains(kind), kind);
        }
        assertEquals(1, all.split("Kill", -1).length - 1, "one host dies at most");
    }
}
