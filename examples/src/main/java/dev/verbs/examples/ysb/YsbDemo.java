package dev.verbs.examples.ysb;

import dev.verbs.PortOptions;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.stream.MemoryRecordSource;
import dev.verbs.stream.Partitioner;
import dev.verbs.stream.engine.CompiledQuery;
import dev.verbs.stream.engine.LocalCluster;
import dev.verbs.stream.engine.StreamConfig;
import dev.verbs.stream.engine.StreamReport;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Runs the benchmark: generates the slices, two warm-up passes and the timed passes, and checks the answer of each timed pass. A
 * pass starts with connected channels and empty state, and ends when every window has been triggered on every leader.
 */
public final class YsbDemo {
    private static final double MILLION = 1e6;
    private static final double NANOS = 1e9;
    private static final int WARM_UPS = 2;
    private static final int FUSED_PASSES = 3;
    private static final long TABLE_ENTRY_BYTES = 24;

    private final VerbsProvider provider;
    private final PortOptions options;
    private final YsbConfig config;
    private final Consumer<String> progress;
    private final CompiledQuery query;
    private final List<StreamReport> reports = new ArrayList<>();
    private final List<List<YsbAnswers>> answers = new ArrayList<>();

    private YsbDemo(final VerbsProvider provider, final PortOptions options, final YsbConfig config, final Consumer<String> progress) {
        this.provider = provider;
        this.options = options;
        this.config = config;
        this.progress = progress;
        query = CompiledQuery.of(YsbRecord.viewsPerCampaign(config.windowMs()), Partitioner.even(config.nodes()));
    }

    /**
     * Runs it all in this process. Blocks for seconds.
     *
     * @param provider where the devices are; stays the caller's
     * @param options  device and port of all nodes
     * @param config   how much of what
     * @param progress takes a line per step
     * @return what was found, verified or not
     * @throws dev.verbs.stream.StreamException if a pass failed: then there is no result
     */
    public static YsbResult run(final VerbsProvider provider, final PortOptions options, final YsbConfig config,
                                final Consumer<String> progress) {
        return new YsbDemo(provider, options, config, progress).run();
    }

    private YsbResult run() {
        long start = System.nanoTime();
        try (YsbSlices slices = new YsbSlices(config)) {
            start = step(start, "generated %,d records of %d bytes in %d slices", config.records(), YsbRecord.SCHEMA.recordBytes(),
                config.nodes());
            for (int pass = -WARM_UPS; pass < config.passes(); pass++) {
                pass(slices, pass < 0);
            }
            start = System.nanoTime();
            final double fused = fused(slices);
            start = step(start, "the same query as one plain loop on one thread: %.1f M records/s", fused);
            final YsbCheck check = new YsbCheck(slices, config.windowMs());
            start = step(start, "counted the raw bytes again: %,d views in %,d results", check.views(), check.cells());
            if (config.corrupt()) {
                corrupt();
            }
            final String wrong = verify(check);
            step(start, wrong == null ? "compared every count of %d passes" : "compared the counts of %d passes", config.passes());
            return result(check, fused, wrong);
        }
    }

    private void pass(final YsbSlices slices, final boolean warmUp) {
        final List<MemoryRecordSource> sources = new ArrayList<>();
        final List<YsbAnswers> collected = new ArrayList<>();
        for (int node = 0; node < config.nodes(); node++) {
            sources.add(new MemoryRecordSource(YsbRecord.SCHEMA, slices.slice(node), config.disorderMs()));
            collected.add(new YsbAnswers());
        }
        final StreamConfig stream = StreamConfig.DEFAULT.withEpochRecords(config.epochRecords());
        try (LocalCluster cluster = LocalCluster.open(provider, options, query, stream, sources, collected, SystemNanoClock.INSTANCE)) {
            final StreamReport report = cluster.run(config.threads());
            progress.accept(String.format(Locale.ROOT, "%s: %.1f M records/s, %d epochs, %.1f MB through channels",
                warmUp ? "warm-up" : "pass " + (answers.size() + 1), rate(report.elapsedNs()), report.epochs(),
                report.bytesSent() / MILLION));
            if (report.late() > 0 || report.records() != config.records()) {
                throw new IllegalStateException(report.late() + " records were late and " + report.records() + " of "
                    + config.records() + " read: the generator broke its own bound on disorder");
            }
            if (!warmUp) {
                reports.add(report);
                answers.add(collected);
            }
        }
    }

    private double rate(final double nanos) {
        return config.records() / nanos * NANOS / MILLION;
    }

    private double fused(final YsbSlices slices) {
        final long cells = (long) config.campaigns() * (config.windows() + 2);
        final int bits = Long.SIZE - Long.numberOfLeadingZeros(2 * cells - 1);
        long best = Long.MAX_VALUE;
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment table = arena.allocate(TABLE_ENTRY_BYTES << bits, Long.BYTES);
            for (int pass = 0; pass < FUSED_PASSES; pass++) {
                table.fill((byte) 0);
                final long start = System.nanoTime();
                for (int node = 0; node < slices.count(); node++) {
                    FusedLoop.run(slices.slice(node), table, bits, config.windowMs());
                }
                best = Math.min(best, System.nanoTime() - start);
            }
        }
        return rate(best);
    }

    private void corrupt() {
        for (final YsbAnswers node : answers.getLast()) {
            if (node.size() > 0) {
                node.corrupt(node.size() / 2);
                return;
            }
        }
    }

    private String verify(final YsbCheck check) {
        for (int pass = 0; pass < answers.size(); pass++) {
            final String wrong = check.verify(answers.get(pass));
            if (wrong != null) {
                return "pass " + (pass + 1) + ": " + wrong;
            }
        }
        return null;
    }

    private YsbResult result(final YsbCheck check, final double fused, final String wrong) {
        final double[] seconds = reports.stream().mapToDouble(report -> report.elapsedNs() / NANOS).toArray();
        final double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        final double median = (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
        final StreamReport last = reports.getLast();
        final String description = wrong != null ? "WRONG: " + wrong : String.format(Locale.ROOT,
            "%,d records on %d nodes, %d epochs, %d windows: %.3f s median of %d, %.1f M records/s; %,d counts and %,d views exact",
            config.records(), config.nodes(), last.epochs(), check.windows(), median, seconds.length, rate(median * NANOS),
            check.cells(), check.views());
        return new YsbResult(config.records(), YsbRecord.SCHEMA.recordBytes(), config.nodes(), Math.min(config.threads(), config.nodes()),
            last.epochs(), check.windows(), check.cells(), check.views(), last.bytesSent(), Arrays.stream(seconds).boxed().toList(),
            median, rate(median * NANOS), fused, wrong == null, description);
    }

    private long step(final long start, final String format, final Object... values) {
        final long now = System.nanoTime();
        progress.accept(String.format(Locale.ROOT, format, values) + String.format(Locale.ROOT, " (%.1f s)", (now - start) / NANOS));
        return now;
    }
}
