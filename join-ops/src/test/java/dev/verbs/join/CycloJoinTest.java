package dev.verbs.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.verbs.PortOptions;
import dev.verbs.VerbsException;
import dev.verbs.join.local.HashJoin;
import dev.verbs.join.local.JoinPredicate;
import dev.verbs.join.local.LocalJoin;
import dev.verbs.join.local.MatchAggregate;
import dev.verbs.join.local.MatchBuffer;
import dev.verbs.join.local.MatchHandler;
import dev.verbs.join.local.NestedLoopsJoin;
import dev.verbs.join.local.TestTuples;
import dev.verbs.join.local.TestTuples.Tuple;
import dev.verbs.join.ring.Cut;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.transport.Agents;
import dev.verbs.transport.ring.RingConfig;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CycloJoinTest extends VerbsTest {
    /** 15 tuples per fragment: small pieces make many fragments, more than there are elements. */
    private static final RingConfig SMALL = RingConfig.DEFAULT.withElements(3, 320);

    private static final PortOptions OPTIONS = new PortOptions(TestProvider.deviceName(), 0, -1, 0);

    private final Arena arena = own(Arena.ofShared());

    /** The pieces of both relations: {@code pieces.get(host)}. */
    private record Pieces(List<List<Tuple>> rotating, List<List<Tuple>> stationary) {
        List<Tuple> all(final List<List<Tuple>> relation) {
            return relation.stream().flatMap(List::stream).toList();
        }

        long most(final List<List<Tuple>> relation) {
            return relation.stream().mapToLong(List::size).max().orElse(0);
        }

        List<JoinInput> inputs(final Arena arena) {
            final List<JoinInput> inputs = new ArrayList<>();
            for (int host = 0; host < rotating.size(); host++) {
                inputs.add(new JoinInput(TestTuples.toMemory(arena, rotating.get(host)), rotating.get(host).size(),
                    TestTuples.toMemory(arena, stationary.get(host)), stationary.get(host).size()));
            }
            return inputs;
        }
    }

    /** Random pieces, dealt out to random hosts; some hosts get nothing. */
    private static Pieces random(final SplittableRandom random, final int hosts, final int most) {
        final long keys = 1 + random.nextInt(most);
        final List<List<Tuple>> rotating = new ArrayList<>();
        final List<List<Tuple>> stationary = new ArrayList<>();
        for (int host = 0; host < hosts; host++) {
            rotating.add(random.nextInt(5) == 0 ? List.of() : TestTuples.random(random, random.nextInt(most), keys, random.nextInt(12)));
            stationary.add(random.nextInt(5) == 0 ? List.of() : TestTuples.random(random, random.nextInt(most), keys, random.nextInt(40)));
        }
        return new Pieces(rotating, stationary);
    }

    private static List<List<Tuple>> deal(final SplittableRandom random, final int hosts, final int tuples, final int skewOneIn) {
        final List<List<Tuple>> pieces = new ArrayList<>();
        for (int host = 0; host < hosts; host++) {
            pieces.add(TestTuples.random(random, tuples - host, 3000, skewOneIn));
        }
        return pieces;
    }

    private CycloJoinRunner open(final CycloJoinConfig config, final IntFunction<LocalJoin> locals,
        final IntFunction<MatchHandler> handlers, final CycloJoinRunner.Threads threads) {
        return own(CycloJoinRunner.open(provider(), OPTIONS, config, locals, handlers, threads));
    }

    /** Collects the distributed output of all hosts; each host has its own map. */
    private static final class Output {
        final List<Map<List<Long>, Integer>> hosts = new ArrayList<>();

        MatchHandler handler(final int host) {
            final Map<List<Long>, Integer> matches = new HashMap<>();
            hosts.add(matches);
            return (key, rotating, stationary) -> matches.merge(List.of(key, rotating, stationary), 1, Integer::sum);
        }

        Map<List<Long>, Integer> merged() {
            final Map<List<Long>, Integer> all = new HashMap<>();
            hosts.forEach(host -> host.forEach((match, count) -> all.merge(match, count, Integer::sum)));
            return all;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldJoinLikeCollectionsDo(final int hosts) {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        long matches = 0;
        long fragments = 0;
        for (int round = 0; round < 10; round++) {
            final Pieces pieces = random(random, hosts, 300);
            final CycloJoinConfig config = CycloJoinConfig.of(SMALL.withHosts(hosts).withElements(2 + random.nextInt(3), 320),
                pieces.most(pieces.rotating()), pieces.most(pieces.stationary())).withProbeTuples(1 + random.nextInt(20));
            final Output output = new Output();
            try (CycloJoinRunner runner = CycloJoinRunner.open(provider(), OPTIONS, config,
                host -> new HashJoin(config.stationaryCapacity(), config.rotatingCapacity()), output::handler,
                CycloJoinRunner.Threads.CALLER)) {
                final List<JoinStatistics> done = runner.revolve(pieces.inputs(arena), TestProvider.deadline());
                fragments += done.stream().mapToLong(JoinStatistics::fragments).sum();
                matches += done.stream().mapToLong(JoinStatistics::matches).sum();
            }
            assertEquals(TestTuples.hashMapJoin(pieces.all(pieces.rotating()), pieces.all(pieces.stationary())), output.merged(),
                "seed " + seed + " round " + round);
        }
        assertTrue(matches > 0);
        System.out.println("cyclo-join on " + hosts + " hosts: 10 random joins, " + fragments + " meetings, " + matches
            + " matches, seed " + seed);
    }

    @Test
    void shouldJoinWithAnyPredicate() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        final JoinPredicate band = (left, right) -> Math.abs(left - right) <= 1;
        final Pieces pieces = random(random, 3, 200);
        final CycloJoinConfig config = CycloJoinConfig.of(SMALL.withHosts(3), 200, 200);
        final Output output = new Output();
        final CycloJoinRunner runner = open(config, host -> new NestedLoopsJoin(200, band), output::handler,
            CycloJoinRunner.Threads.CALLER);
        runner.revolve(pieces.inputs(arena), TestProvider.deadline());
        assertEquals(TestTuples.nestedLoopsJoin(pieces.all(pieces.rotating()), pieces.all(pieces.stationary()), band), output.merged(),
            "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void shouldLetEveryPairOfPiecesMeetOnce(final int hosts) {
        final SplittableRandom random = new SplittableRandom(hosts);
        final List<List<Tuple>> rotating = new ArrayList<>();
        final List<List<Tuple>> stationary = new ArrayList<>();
        for (int host = 0; host < hosts; host++) {
            rotating.add(TestTuples.random(random, 15 * (host + 2) - 5, 50, 0)); // host + 2 fragments each
            stationary.add(TestTuples.random(random, 40, 50, 0));
        }
        final Pieces pieces = new Pieces(rotating, stationary);
        final List<CountingJoin> joins = new ArrayList<>();
        final CycloJoinRunner runner = open(CycloJoinConfig.of(SMALL.withHosts(hosts), 1000, 40), host -> {
            joins.add(new CountingJoin(new HashJoin(40, 1000)));
            return joins.getLast();
        }, host -> (key, left, right) -> { }, CycloJoinRunner.Threads.CALLER);
        final int revolutions = 3;
        List<JoinStatistics> done = runner.revolve(pieces.inputs(arena), TestProvider.deadline());
        final long[] bytes = done.stream().mapToLong(JoinStatistics::bytesSent).toArray();
        for (int again = 1; again < revolutions; again++) {
            done = runner.revolve(null, TestProvider.deadline());
            for (int host = 0; host < hosts; host++) {
                bytes[host] += done.get(host).bytesSent();
            }
        }
        for (int host = 0; host < hosts; host++) {
            assertEquals(runner.hosts().get(host).ring().bytesSent(), bytes[host], "statistics and the link's own counter");
        }
        int meetings = 0;
        for (int host = 0; host < hosts; host++) {
            for (int owner = 0; owner < hosts; owner++) {
                for (int id = 0; id < owner + 2; id++) {
                    final CountingJoin.Meeting meeting = new CountingJoin.Meeting(owner, id);
                    assertEquals(revolutions, joins.get(host).meetings.get(meeting), host + " and " + meeting);
                    assertEquals((host - owner + hosts) % hosts + 1, joins.get(host).hops.get(meeting));
                    meetings++;
                }
            }
            assertEquals(hosts * (hosts + 3) / 2, joins.get(host).meetings.size());
            assertEquals(revolutions, done.get(host).revolution());
            assertEquals(hosts == 1 ? 0 : hosts * (hosts + 3) / 2 - (predecessorFragments(host, hosts)), done.get(host).fragmentsSent());
        }
        System.out.println("meetings on " + hosts + " hosts: " + meetings + ", each exactly once in each of " + revolutions
            + " revolutions");
    }

    /** Every fragment passes every link but the one into its owner: a host sends all but those of its successor. */
    private static int predecessorFragments(final int host, final int hosts) {
        return (host + 1) % hosts + 2;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void shouldJoinWithOneThreadPerHost(final int hosts) {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        final Pieces pieces = new Pieces(deal(random, hosts, 4000, 0), deal(random, hosts, 4000, 400));
        final Map<List<Long>, Integer> expected = TestTuples.hashMapJoin(pieces.all(pieces.rotating()), pieces.all(pieces.stationary()));
        final CycloJoinConfig config = CycloJoinConfig.of(SMALL.withHosts(hosts).withElements(4, 1024), 4000, 4000);
        final List<MatchAggregate> results = new ArrayList<>();
        final CycloJoinRunner runner = open(config, host -> new HashJoin(4000, 4000), host -> {
            results.add(new MatchAggregate(arena));
            return results.getLast();
        }, CycloJoinRunner.Threads.ONE_PER_HOST);
        long count = 0;
        long checksum = 0;
        for (final Map.Entry<List<Long>, Integer> match : expected.entrySet()) {
            count += match.getValue();
            final List<Long> m = match.getKey();
            checksum += match.getValue() * MatchAggregate.mix(m.get(0), m.get(1), m.get(2));
        }
        for (int pass = 1; pass <= 5; pass++) {
            results.forEach(MatchAggregate::clear);
            runner.revolve(pass % 2 == 1 ? pieces.inputs(arena) : null, TestProvider.deadline());
            assertEquals(count, results.stream().mapToLong(MatchAggregate::matches).sum(), "seed " + seed + " pass " + pass);
            assertEquals(checksum, results.stream().mapToLong(MatchAggregate::checksum).sum(), "seed " + seed + " pass " + pass);
        }
        System.out.println("one thread per host, " + hosts + " hosts: 5 revolutions of " + count + " matches, seed " + seed);
    }

    /** Receiver and transmitter of all hosts on one thread, the join entities on another: they meet in the elements only. */
    @Test
    void shouldJoinOnAnotherThreadThanTheRing() throws Exception {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        final Pieces pieces = new Pieces(deal(random, 3, 3000, 0), deal(random, 3, 3000, 500));
        final Output output = new Output();
        final CycloJoinRunner runner = open(CycloJoinConfig.of(SMALL.withHosts(3), 3000, 3000).withProbeTuples(4),
            host -> new HashJoin(3000, 3000), output::handler, CycloJoinRunner.Threads.CALLER);
        final AtomicBoolean stop = new AtomicBoolean();
        final List<Agent> rings = runner.hosts().stream().map(host -> host.ring().agent()).toList();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            final Future<?> turning = thread.submit(() -> {
                while (!stop.get()) {
                    if (Agents.step(rings) == 0) {
                        Thread.yield();
                    }
                }
            });
            try {
                final List<JoinInput> inputs = pieces.inputs(arena);
                for (int host = 0; host < 3; host++) {
                    runner.joins().get(host).start(inputs.get(host));
                }
                Agents.runUntil(() -> runner.joins().stream().allMatch(join -> join.state() == CycloJoin.State.DONE),
                    TestProvider.deadline(), runner.joins());
            } finally {
                stop.set(true);
            }
            turning.get();
        }
        assertEquals(TestTuples.hashMapJoin(pieces.all(pieces.rotating()), pieces.all(pieces.stationary())), output.merged(),
            "seed " + seed);
    }

    @Test
    void shouldLeaveTheOutputOnTheHostsAsATable() {
        final SplittableRandom random = new SplittableRandom(8);
        final Pieces pieces = random(random, 3, 100);
        final List<MatchBuffer> tables = new ArrayList<>();
        final CycloJoinRunner runner = open(CycloJoinConfig.of(SMALL.withHosts(3), 100, 100), host -> new HashJoin(100, 100), host -> {
            tables.add(new MatchBuffer(arena, 100_000));
            return tables.getLast();
        }, CycloJoinRunner.Threads.CALLER);
        final List<JoinStatistics> done = runner.revolve(pieces.inputs(arena), TestProvider.deadline());
        final Map<List<Long>, Integer> found = new HashMap<>();
        for (int host = 0; host < 3; host++) {
            final MatchBuffer table = tables.get(host);
            assertEquals(0, table.overflowed());
            assertEquals(done.get(host).matches(), table.size());
            for (long row = 0; row < table.size(); row++) {
                found.merge(List.of(table.key(row), table.rotating(row), table.stationary(row)), 1, Integer::sum);
            }
        }
        assertEquals(TestTuples.hashMapJoin(pieces.all(pieces.rotating()), pieces.all(pieces.stationary())), found);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void shouldFailAndGiveNoAnswerWhenALinkIsCut(final int hosts) {
        final SplittableRandom random = new SplittableRandom(3);
        final List<List<Tuple>> tuples = new ArrayList<>();
        for (int host = 0; host < hosts; host++) {
            tuples.add(TestTuples.random(random, 500, 300, 0));
        }
        final Pieces pieces = new Pieces(tuples, tuples);
        final CycloJoinRunner runner = open(CycloJoinConfig.of(SMALL.withHosts(hosts), 500, 500), host -> new HashJoin(500, 500),
            host -> (key, left, right) -> { }, CycloJoinRunner.Threads.CALLER);
        final List<JoinInput> inputs = pieces.inputs(arena);
        for (int host = 0; host < hosts; host++) {
            runner.joins().get(host).start(inputs.get(host));
        }
        for (int step = 0; step < 20; step++) {
            runner.step();
        }
        runner.joins().forEach(join -> assertEquals(CycloJoin.State.TURNING, join.state()));
        Cut.successor(runner.hosts().get(hosts - 1));
        final long deadline = System.nanoTime() + TestProvider.deadline().toNanos();
        while (runner.joins().stream().anyMatch(join -> join.state() == CycloJoin.State.TURNING)) {
            assertTrue(System.nanoTime() < deadline, "not all hosts noticed");
            runner.step();
        }
        for (final CycloJoin join : runner.joins()) {
            assertEquals(CycloJoin.State.FAILED, join.state());
            assertNotNull(join.failure());
            assertThrows(VerbsException.class, join::statistics);
            assertThrows(IllegalStateException.class, join::startAgain);
        }
        System.out.println("cut on " + hosts + " hosts: " + runner.joins().getFirst().failure().getMessage());
    }

    @Test
    void shouldFailAtTheRunWhenALinkIsCutAmongThreads() {
        final List<List<Tuple>> tuples = new ArrayList<>();
        for (int host = 0; host < 3; host++) {
            tuples.add(TestTuples.random(new SplittableRandom(host), 2000, 300, 0));
        }
        final CycloJoinRunner[] runner = new CycloJoinRunner[1];
        final long[] matches = new long[1];
        runner[0] = open(CycloJoinConfig.of(SMALL.withHosts(3), 2000, 2000).withProbeTuples(4), host -> new HashJoin(2000, 2000),
            host -> (key, left, right) -> {
                if (host == 1 && ++matches[0] == 2000) { // in the middle of the join, on the host's own thread
                    Cut.successor(runner[0].hosts().get(1));
                }
            }, CycloJoinRunner.Threads.ONE_PER_HOST);
        final VerbsException failure = assertThrows(VerbsException.class,
            () -> runner[0].revolve(new Pieces(tuples, tuples).inputs(arena), TestProvider.deadline()));
        System.out.println("cut among threads after " + matches[0] + " matches of host 1: " + failure.getMessage());
        assertTrue(matches[0] >= 2000);
    }

    @Test
    void shouldFailWhenAHandlerThrows() {
        final List<List<Tuple>> tuples = List.of(List.of(new Tuple(1, 2)), List.of(new Tuple(1, 3)));
        final CycloJoinRunner runner = open(CycloJoinConfig.of(SMALL.withHosts(2), 10, 10), host -> new HashJoin(10, 10),
            host -> (key, left, right) -> {
                throw new IllegalStateException("the disk is full");
            }, CycloJoinRunner.Threads.CALLER);
        final VerbsException failure = assertThrows(VerbsException.class,
            () -> runner.revolve(new Pieces(tuples, tuples).inputs(arena), TestProvider.deadline()));
        assertTrue(failure.getMessage().contains("the disk is full"), failure.getMessage());
    }

    @Test
    void shouldFailWhenAHostNeverStarts() {
        final CycloJoinRunner runner = open(CycloJoinConfig.of(SMALL.withHosts(2), 10, 10).withDeadline(50_000_000L),
            host -> new HashJoin(10, 10), host -> (key, left, right) -> { }, CycloJoinRunner.Threads.CALLER);
        final List<List<Tuple>> tuples = List.of(List.of(new Tuple(1, 2)), List.of(new Tuple(1, 3)));
        runner.joins().getFirst().start(new Pieces(tuples, tuples).inputs(arena).getFirst());
        final long deadline = System.nanoTime() + TestProvider.deadline().toNanos();
        while (runner.joins().getFirst().state() != CycloJoin.State.FAILED) {
            assertTrue(System.nanoTime() < deadline);
            runner.step();
        }
        assertTrue(runner.joins().getFirst().failure().getMessage().contains("1 of 2 hosts"),
            runner.joins().getFirst().failure().getMessage());
    }

    @Test
    void shouldRefuseFragmentsOfAnotherAlgorithm() {
        final List<List<Tuple>> tuples = List.of(List.of(new Tuple(1, 2)), List.of(new Tuple(1, 3)));
        final CycloJoinRunner runner = open(CycloJoinConfig.of(SMALL.withHosts(2), 10, 10),
            host -> host == 0 ? new HashJoin(10, 10) : new NestedLoopsJoin(10, (left, right) -> left == right),
            host -> (key, left, right) -> { }, CycloJoinRunner.Threads.CALLER);
        final VerbsException failure = assertThrows(VerbsException.class,
            () -> runner.revolve(new Pieces(tuples, tuples).inputs(arena), TestProvider.deadline()));
        assertFalse(failure.getMessage().isEmpty());
    }

    @Test
    void shouldNotAllocateInARevolution() {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final List<List<Tuple>> tuples = new ArrayList<>();
        for (int host = 0; host < 3; host++) {
            tuples.add(TestTuples.random(new SplittableRandom(host), 3000, 3000, 0));
        }
        final MatchAggregate aggregate = new MatchAggregate(arena);
        final CycloJoinRunner runner = open(CycloJoinConfig.of(SMALL.withHosts(3).withElements(4, 4096), 3000, 3000),
            host -> new HashJoin(3000, 3000), host -> aggregate, CycloJoinRunner.Threads.CALLER);
        runner.revolve(new Pieces(tuples, tuples).inputs(arena), TestProvider.deadline());
        for (int warmUp = 0; warmUp < 300; warmUp++) {
            runner.revolve(null, TestProvider.deadline());
        }
        final long from = System.nanoTime();
        final long before = threads.getCurrentThreadAllocatedBytes();
        final int passes = 200;
        for (int pass = 0; pass < passes; pass++) {
            runner.revolve(null, TestProvider.deadline());
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        final long watches = 6 * ((System.nanoTime() - from) / 10_000_000 + 1);
        final long tuplesJoined = 3L * 9000 * passes;
        System.out.println(passes + " revolutions: " + allocated + " bytes allocated for " + tuplesJoined + " tuples joined, "
            + "three statistics records per revolution included, about " + watches + " questions to the connection manager");
        assertTrue(allocated < 4_096L * passes + 2_048 * watches, allocated + " bytes for " + tuplesJoined + " tuples");
    }
}
