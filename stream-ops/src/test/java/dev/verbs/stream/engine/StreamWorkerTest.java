package dev.verbs.stream.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.stream.Partitioner;
import dev.verbs.stream.Query;
import dev.verbs.stream.engine.StreamFixture.Cell;
import dev.verbs.stream.engine.StreamFixture.Event;
import dev.verbs.stream.engine.StreamFixture.Results;
import dev.verbs.stream.exchange.MemoryFabric;
import dev.verbs.stream.state.EntryDescriptor;
import dev.verbs.stream.state.OperatorKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Workers on an exchange of queues: every interleaving is a seed away. */
class StreamWorkerTest {
    private static final int MOST_ROUNDS = 1_000_000;

    private long now;

    /** Workers that are stepped by hand. */
    private final class Workers implements AutoCloseable {
        final List<StreamWorker> workers = new ArrayList<>();
        final List<Results> results = new ArrayList<>();
        final MemoryFabric fabric;
        private final Random random;

        Workers(final StreamFixture fixture, final Query query, final Partitioner partitioner, final StreamConfig config,
                final Random random) {
            this.random = random;
            final int nodes = fixture.slices.size();
            fabric = new MemoryFabric(nodes, config.slots(), config.slotBytes(), EntryDescriptor.entryBytes(query.aggregate()), random);
            final OperatorKernel kernel = Kernels.compile(query, partitioner);
            for (int i = 0; i < nodes; i++) {
                results.add(new Results());
                workers.add(new StreamWorker(i, nodes, query, kernel, config, fixture.source(i), fabric.exchange(i), results.get(i),
                    () -> now));
            }
        }

        /** Steps workers in random order until all have stopped. */
        void run() {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                if (workers.stream().allMatch(worker -> worker.state() != StreamWorker.State.RUNNING)) {
                    return;
                }
                workers.get(random.nextInt(workers.size())).doWork();
            }
            throw new AssertionError("still running after " + MOST_ROUNDS + " steps");
        }

        Map<Cell, Long> answer() {
            final Map<Cell, Long> all = new TreeMap<>();
            for (int i = 0; i < workers.size(); i++) {
                assertEquals(StreamWorker.State.FINISHED, workers.get(i).state(),
                    () -> workers.stream().map(StreamWorker::failure).toList().toString());
                for (final Map.Entry<Cell, Long> each : results.get(i).cells.entrySet()) {
                    assertEquals(null, all.put(each.getKey(), each.getValue()), "two leaders have " + each.getKey());
                }
            }
            return all;
        }

        @Override
        public void close() {
            workers.forEach(StreamWorker::close);
        }
    }

    private static StreamConfig config(final Random random) {
        return StreamConfig.DEFAULT.withBatchRecords(1 + random.nextInt(50)).withEpochRecords(1 + random.nextInt(300))
            .withEntries(1 + random.nextInt(40), 1 + random.nextInt(20)).withSlots(2 + random.nextInt(4), 256 + random.nextInt(800));
    }

    @Test
    void shouldGiveTheWorkedExampleOfThePaper() {
        try (StreamFixture fixture = new StreamFixture(0)) {
            fixture.slices.add(List.of(new Event(true, 3, 5, 1), new Event(true, 1, 2, 2)));
            fixture.slices.add(List.of(new Event(true, 1, 3, 1), new Event(true, 7, 2, 2)));
            fixture.slices.add(List.of());
            final Query query = StreamFixture.query(false, 10, "sum");
            try (Workers three = new Workers(fixture, query, Partitioner.single(3, 2), StreamConfig.DEFAULT, new Random(1))) {
                three.run();
                assertEquals(Map.of(new Cell(0, 3), 5L, new Cell(0, 7), 2L, new Cell(0, 1), 5L), three.answer());
                assertEquals(3, three.results.get(2).cells.size(), "worker 3 leads");
                assertEquals(4, three.workers.get(2).counters().pairs, "two partial sums from each of workers 1 and 2");
                assertEquals(1, three.workers.get(2).counters().windows);
            }
        }
    }

    @Test
    void shouldNotTriggerBeforeTheSlowestWatermarkHasPassed() {
        try (StreamFixture fixture = new StreamFixture(0)) {
            fixture.slices.add(List.of(new Event(true, 1, 1, 5), new Event(true, 1, 1, 9), new Event(true, 1, 1, 10)));
            fixture.slices.add(List.of(new Event(true, 1, 1, 5), new Event(true, 1, 1, 9), new Event(true, 1, 1, 10)));
            final StreamConfig config = StreamConfig.DEFAULT.withBatchRecords(1).withEpochRecords(1);
            final Query query = StreamFixture.query(false, 10, "count");
            try (Workers two = new Workers(fixture, query, Partitioner.single(2, 0), config, new Random(2))) {
                final StreamWorker leader = two.workers.get(0);
                final StreamWorker helper = two.workers.get(1);
                step(leader, 100);
                assertEquals(0, two.results.get(0).cells.size(), "its own watermark alone triggers nothing");
                // Three epochs of one record each: watermarks 5, 9 and, as the slice ends with the third, the end of time.
                while (helper.counters().records < 2) {
                    helper.doWork();
                }
                step(leader, 100);
                assertEquals(0, two.results.get(0).cells.size(), "9 has not passed the end of [0, 10)");
                two.run();
                assertEquals(Map.of(new Cell(0, 1), 4L, new Cell(10, 1), 2L), two.answer());
            }
        }
    }

    private static void step(final StreamWorker worker, final int times) {
        for (int i = 0; i < times; i++) {
            worker.doWork();
        }
    }

    @Test
    void shouldEqualASequentialCountWhateverTheInterleaving() {
        final long seed = Long.getLong("dev.verbs.test.seed", System.nanoTime());
        final Random random = new Random(seed);
        final String[] aggregates = {"count", "sum", "max"};
        long cells = 0;
        long epochs = 0;
        long records = 0;
        long stalls = 0;
        final int runs = 150;
        for (int run = 0; run < runs; run++) {
            final int nodes = 1 + run % 5;
            final String how = aggregates[run % 3];
            final long windowMs = 1 + random.nextInt(100);
            final boolean viewsOnly = random.nextBoolean();
            try (StreamFixture fixture = StreamFixture.random(random, nodes, 2_000, 1 + random.nextInt(300));
                 Workers workers = new Workers(fixture, StreamFixture.query(viewsOnly, windowMs, how), Partitioner.even(nodes),
                     config(random), random)) {
                workers.run();
                final Map<Cell, Long> expected = fixture.expected(viewsOnly, windowMs, how);
                assertEquals(expected, workers.answer(), "seed " + seed + " run " + run);
                for (final StreamWorker worker : workers.workers) {
                    assertEquals(0, worker.counters().late, "seed " + seed + " run " + run);
                    epochs += worker.counters().epochs;
                    records += worker.counters().records;
                    stalls += worker.counters().stalls;
                }
                cells += expected.size();
            }
        }
        System.out.printf("%d runs, %d records, %d epochs, %d stalls, %d results compared; seed %d%n", runs, records, epochs, stalls,
            cells, seed);
        assertTrue(cells > 10_000 && epochs > 1_000 && stalls > 0, "seed " + seed);
    }

    @Test
    void shouldCountAndDropWhatBreaksThePromiseOfTheWatermark() {
        try (StreamFixture fixture = new StreamFixture(0)) {
            // The bound says ascending; time 3 after an epoch whose watermark was 25 is late, 21 is not: its window is open.
            fixture.slices.add(List.of(new Event(true, 1, 1, 5), new Event(true, 1, 1, 25), new Event(true, 1, 1, 3),
                new Event(true, 1, 1, 21), new Event(true, 1, 1, 30)));
            try (Workers one = new Workers(fixture, StreamFixture.query(false, 10, "count"), Partitioner.even(1),
                StreamConfig.DEFAULT.withBatchRecords(2).withEpochRecords(2), new Random(3))) {
                one.run();
                assertEquals(Map.of(new Cell(0, 1), 1L, new Cell(20, 1), 2L, new Cell(30, 1), 1L), one.answer());
                assertEquals(1, one.workers.get(0).counters().late);
            }
        }
    }

    @Test
    void shouldFailLoudlyWhenABufferIsLost() {
        try (StreamFixture fixture = StreamFixture.random(new Random(4), 2, 3_000, 500);
             Workers two = new Workers(fixture, StreamFixture.query(false, 10, "count"), Partitioner.even(2),
                 StreamConfig.DEFAULT.withEpochRecords(100).withSlots(2, 512), new Random(4))) {
            int round = 0;
            while (round++ < MOST_ROUNDS && !two.fabric.lose(0, 1)) {
                two.workers.get(0).doWork();
            }
            for (int i = 0; i < 10_000; i++) {
                two.workers.get(i % 2).doWork();
            }
            assertEquals(StreamWorker.State.FAILED, two.workers.get(1).state());
            assertTrue(two.workers.get(1).failure().getMessage().contains("expected was buffer 0 of epoch 0"),
                two.workers.get(1).failure().getMessage());
            assertEquals(0, two.results.get(1).cells.size(), "no answer of what was not complete");
        }
    }

    @Test
    void shouldFailAtTheDeadline() {
        try (StreamFixture fixture = StreamFixture.random(new Random(5), 2, 3_000, 500);
             Workers two = new Workers(fixture, StreamFixture.query(false, 10, "count"), Partitioner.even(2),
                 StreamConfig.DEFAULT.withDeadlineNs(1_000_000), new Random(5))) {
            for (int i = 0; i < 1_000; i++) {
                two.workers.get(0).doWork();
            }
            assertEquals(StreamWorker.State.RUNNING, two.workers.get(0).state(), "the other one has not said anything");
            now += 1_000_001;
            two.workers.get(0).doWork();
            assertEquals(StreamWorker.State.FAILED, two.workers.get(0).state());
            assertNotNull(two.workers.get(0).failure());
            assertTrue(two.workers.get(0).failure().getMessage().contains("not finished after 1 ms"));
        }
    }
}
