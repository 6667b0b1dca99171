package dev.verbs.stream.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Verbs;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.stream.MemoryRecordSource;
import dev.verbs.stream.Partitioner;
import dev.verbs.stream.Query;
import dev.verbs.stream.StreamException;
import dev.verbs.stream.engine.StreamFixture.Cell;
import dev.verbs.stream.engine.StreamFixture.Event;
import dev.verbs.stream.engine.StreamFixture.Results;
import dev.verbs.stream.exchange.Cuts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole thing over one-sided channels, on the provider under test. */
class LocalClusterTest {
    private static final long DEADLINE_NS = 60_000_000_000L;

    private VerbsProvider provider;

    @BeforeEach
    void open() {
        provider = Verbs.select(System.getProperty("dev.verbs.test.provider", "soft")).provider();
    }

    @AfterEach
    void shouldLeakNothing() {
        try {
            assertEquals(List.of(), provider.live());
            assertEquals(0, provider.registeredBytes());
        } finally {
            provider.close();
        }
    }

    private record Run(StreamReport report, Map<Cell, Long> answer) {
    }

    private List<Results> results;

    private LocalCluster cluster(final StreamFixture fixture, final Query query, final Partitioner partitioner, final StreamConfig config) {
        final List<MemoryRecordSource> sources = new ArrayList<>();
        results = new ArrayList<>();
        for (int i = 0; i < fixture.slices.size(); i++) {
            sources.add(fixture.source(i));
            results.add(new Results());
        }
        return LocalCluster.open(provider, CompiledQuery.of(query, partitioner), config.withDeadlineNs(DEADLINE_NS), sources, results);
    }

    private Run run(final StreamFixture fixture, final Query query, final Partitioner partitioner, final StreamConfig config,
                    final int threads) {
        try (LocalCluster cluster = cluster(fixture, query, partitioner, config)) {
            final StreamReport report = cluster.run(threads);
            assertThrows(IllegalStateException.class, () -> cluster.run(threads));
            final Map<Cell, Long> all = new TreeMap<>();
            for (final Results each : results) {
                each.cells.forEach((cell, value) -> assertEquals(null, all.put(cell, value), () -> "two leaders have " + cell));
            }
            return new Run(report, all);
        }
    }

    @Test
    void shouldGiveTheWorkedExampleOfThePaper() {
        try (StreamFixture fixture = new StreamFixture(0)) {
            fixture.slices.add(List.of(new Event(true, 3, 5, 1), new Event(true, 1, 2, 2)));
            fixture.slices.add(List.of(new Event(true, 1, 3, 1), new Event(true, 7, 2, 2)));
            fixture.slices.add(List.of());
            final Run run = run(fixture, StreamFixture.query(false, 10, "sum"), Partitioner.single(3, 2), StreamConfig.DEFAULT, 0);
            assertEquals(Map.of(new Cell(0, 3), 5L, new Cell(0, 7), 2L, new Cell(0, 1), 5L), run.answer);
            assertEquals(3, results.get(2).cells.size());
        }
    }

    @Test
    void shouldEqualASequentialCountOverChannels() {
        final long seed = Long.getLong("dev.verbs.test.seed", System.nanoTime());
        final Random random = new Random(seed);
        long cells = 0;
        long buffers = 0;
        int run = 0;
        for (; run < 20 || run < 100 && (cells <= 1_000 || buffers <= 1_000); run++) { // a seed may draw large buffers for few records
            final int nodes = 1 + run % 5;
            final String how = List.of("count", "sum", "max").get(run % 3);
            final long windowMs = 1 + random.nextInt(200);
            final StreamConfig config = StreamConfig.DEFAULT.withBatchRecords(1 + random.nextInt(100))
                .withEpochRecords(100 + random.nextInt(1_000)).withEntries(1 + random.nextInt(100), 16)
                .withSlots(2 + random.nextInt(6), 256 + 64 * random.nextInt(10));
            try (StreamFixture fixture = StreamFixture.random(random, nodes, 4_000, 1 + random.nextInt(300))) {
                final Run actual = run(fixture, StreamFixture.query(true, windowMs, how), Partitioner.even(nodes), config,
                    run % 4 == 3 ? 2 : 0);
                assertEquals(fixture.expected(true, windowMs, how), actual.answer, "seed " + seed + " run " + run);
                assertEquals(fixture.records(), actual.report.records(), "seed " + seed);
                assertEquals(0, actual.report.late(), "seed " + seed);
                cells += actual.answer.size();
                buffers += actual.report.buffersSent();
            }
        }
        System.out.printf("%d runs, %d results compared, %d buffers through channels; seed %d%n", run, cells, buffers, seed);
        assertTrue(cells > 1_000 && buffers > 1_000, "seed " + seed);
    }

    @Test
    void shouldEndWithAnErrorWhenAQueuePairIsCut() {
        final int failed = cutAt(cluster -> Cuts.cutProducer(cluster.fabric(), 1, 0));
        System.out.println("a producer's queue pair in error: failed in " + failed + " of 12 places");
    }

    @Test
    void shouldEndWithAnErrorWhenAConsumerIsClosed() {
        final int failed = cutAt(cluster -> Cuts.closeConsumer(cluster.fabric(), 1, 0));
        System.out.println("a consumer closed: failed in " + failed + " of 12 places");
    }

    /** Three slices that are not at their end after all the cycles before a cut. */
    private static StreamFixture longSlices() {
        for (int seed = 11;; seed++) {
            final StreamFixture fixture = StreamFixture.random(new Random(seed), 3, 9_000, 300);
            if (fixture.slices.stream().allMatch(slice -> slice.size() > 4_000)) {
                return fixture;
            }
            fixture.close();
        }
    }

    /** Cuts after more and more duty cycles; every run must fail, and no leader may have answered with less than everything. */
    private int cutAt(final Consumer<LocalCluster> cut) {
        int failed = 0;
        for (int place = 0; place < 12; place++) {
            try (StreamFixture fixture = longSlices()) {
                final StreamConfig config = StreamConfig.DEFAULT.withBatchRecords(20).withEpochRecords(200).withSlots(2, 512);
                final Query query = StreamFixture.query(false, 20, "count");
                final Map<Cell, Long> expected = fixture.expected(false, 20, "count");
                try (LocalCluster cluster = cluster(fixture, query, Partitioner.even(3), config)) {
                    for (int i = 0; i < place * 10; i++) {
                        cluster.workers().forEach(StreamWorker::doWork);
                    }
                    cut.accept(cluster);
                    final StreamException failure = assertThrows(StreamException.class, () -> cluster.run(0));
                    assertNotNull(failure.getMessage());
                    assertTrue(failure.getMessage().contains("channel"), failure.getMessage());
                    failed++;
                }
                int answered = 0;
                for (final Results each : results) {
                    for (final Map.Entry<Cell, Long> cell : each.cells.entrySet()) {
                        assertEquals(expected.get(cell.getKey()), cell.getValue(), "a window was triggered before it was complete");
                        answered++;
                    }
                }
                assertTrue(answered < expected.size(), answered + " of " + expected.size() + " results at place " + place);
            }
        }
        assertEquals(12, failed);
        return failed;
    }

    @Test
    void shouldRefuseWhatDoesNotFitTogether() {
        try (StreamFixture fixture = new StreamFixture(0)) {
            fixture.slices.add(List.of());
            final CompiledQuery two = CompiledQuery.of(StreamFixture.query(false, 10, "sum"), Partitioner.even(2));
            assertThrows(IllegalArgumentException.class, () -> LocalCluster.open(provider, two, StreamConfig.DEFAULT,
                List.of(fixture.source(0)), List.of(new Results())));
        }
    }
}
