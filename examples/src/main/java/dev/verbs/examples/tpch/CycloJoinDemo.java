package dev.verbs.examples.tpch;

import dev.verbs.PortOptions;
import dev.verbs.join.CycloJoinConfig;
import dev.verbs.join.CycloJoinRunner;
import dev.verbs.join.JoinInput;
import dev.verbs.join.JoinStatistics;
import dev.verbs.join.local.HashJoin;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.transport.PairConfig;
import dev.verbs.transport.ring.RingConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Runs the join: generates both tables, one warm-up pass and the timed passes, and checks the answer of each. A pass
 * starts with connected hosts and raw tuples, and ends when every fragment of orders has met every host's line items and
 * all hosts know it: ordering, building and one revolution are timed, generation and check are not.
 */
public final class CycloJoinDemo {
    private static final double MILLION = 1e6;
    private static final double NANOS = 1e9;
    /** The compilers are still at work during the first passes: rates rise tenfold over them. */
    private static final int WARM_UPS = 5;
    private static final Duration PASS_TIMEOUT = Duration.ofSeconds(120);

    private final VerbsProvider provider;
    private final PortOptions options;
    private final TpchDemoConfig config;
    private final Consumer<String> progress;
    private final Consumer<List<TpchOutput>> tamper;
    private final List<Double> seconds = new ArrayList<>();
    private final List<List<JoinStatistics>> statistics = new ArrayList<>();
    private String wrong;

    private CycloJoinDemo(final VerbsProvider provider, final PortOptions options, final TpchDemoConfig config,
        final Consumer<String> progress, final Consumer<List<TpchOutput>> tamper) {
        this.provider = provider;
        this.options = options;
        this.config = config;
        this.progress = progress;
        this.tamper = tamper;
    }

    /**
     * Runs it all in this process. Blocks for seconds.
     *
     * @param provider where the devices are; stays the caller's
     * @param options  device and port of all hosts
     * @param config   how much of what
     * @param progress takes a line per step
     * @return what was found, verified or not
     * @throws dev.verbs.VerbsException if a pass failed: then there is no result
     */
    public static TpchDemoResult run(final VerbsProvider provider, final PortOptions options, final TpchDemoConfig config,
        final Consumer<String> progress) {
        return run(provider, options, config, progress, config.corrupt() ? CycloJoinDemo::flipAByte : any -> { });
    }

    /** The same, with access to the results of the last pass before they are checked. */
    static TpchDemoResult run(final VerbsProvider provider, final PortOptions options, final TpchDemoConfig config,
        final Consumer<String> progress, final Consumer<List<TpchOutput>> tamper) {
        return new CycloJoinDemo(provider, options, config, progress, tamper).run();
    }

    private static void flipAByte(final List<TpchOutput> hosts) {
        final TpchOutput last = hosts.getLast();
        final byte old = last.memory().get(ValueLayout.JAVA_BYTE, TpchOutput.CHECKSUM + 3);
        last.memory().set(ValueLayout.JAVA_BYTE, TpchOutput.CHECKSUM + 3, (byte)(old ^ 0x10));
    }

    private TpchDemoResult run() {
        long start = System.nanoTime();
        try (TpchTables tables = new TpchTables(config.scale(), config.nodes()); Arena arena = Arena.ofShared()) {
            start = step(start, "generated %,d orders and %,d line items in %d pieces each", tables.orderCount(),
                tables.lineItemCount(), config.nodes());
            final TpchCheck check = new TpchCheck(tables, config.materialise());
            start = step(start, "joined the rows again with a map: %,d matches of %,d orders", check.matches(), check.orders());
            final List<TpchOutput> outputs = new ArrayList<>();
            for (int host = 0; host < config.nodes(); host++) {
                outputs.add(new TpchOutput(arena, tables.orderCount(), config.materialise() ? tables.mostLineItems() : 0));
            }
            final CycloJoinConfig join = joinConfig(tables);
            try (CycloJoinRunner runner = CycloJoinRunner.open(provider, options, join,
                host -> new HashJoin(join.stationaryCapacity(), join.rotatingCapacity()), outputs::get,
                CycloJoinRunner.Threads.ONE_PER_HOST)) {
                step(start, "connected %d hosts with %d elements of %,d bytes each", config.nodes(), config.elements(),
                    config.elementBytes());
                for (int pass = 1 - WARM_UPS; pass <= config.passes(); pass++) {
                    pass(pass, runner, tables, outputs, check);
                }
            }
            return result(tables, check);
        }
    }

    private CycloJoinConfig joinConfig(final TpchTables tables) {
        final RingConfig ring = new RingConfig(config.nodes(), config.elements(), config.elementBytes(), PairConfig.DEFAULT);
        return CycloJoinConfig.of(ring, tables.mostOrders(), tables.mostLineItems());
    }

    /** One pass, and its check; passes up to 0 warm up. */
    private void pass(final int pass, final CycloJoinRunner runner, final TpchTables tables, final List<TpchOutput> outputs,
        final TpchCheck check) {
        outputs.forEach(TpchOutput::clear);
        final List<JoinInput> inputs = tables.inputs();
        final long start = System.nanoTime();
        final List<JoinStatistics> done = runner.revolve(inputs, PASS_TIMEOUT);
        final double elapsed = (System.nanoTime() - start) / NANOS;
        if (pass > 0) {
            seconds.add(elapsed);
            statistics.add(done);
        }
        if (pass == config.passes()) {
            tamper.accept(outputs);
        }
        final String problem = check.verify(outputs);
        if (problem != null && wrong == null) {
            wrong = (pass <= 0 ? "warm-up" : "pass " + pass) + ": " + problem;
        }
        progress.accept(String.format(Locale.ROOT, "%s: %.1f M tuples/s, %.1f MB through the ring, %s",
            pass <= 0 ? "warm-up" : "pass " + pass, rate(tables, elapsed), bytes(done) / MILLION,
            problem == null ? "every order's matches right" : "WRONG"));
    }

    private static double rate(final TpchTables tables, final double elapsed) {
        return (tables.orderCount() + tables.lineItemCount()) / elapsed / MILLION;
    }

    private static long bytes(final List<JoinStatistics> hosts) {
        return hosts.stream().mapToLong(JoinStatistics::bytesSent).sum();
    }

    private TpchDemoResult result(final TpchTables tables, final TpchCheck check) {
        final Double[] sorted = seconds.toArray(Double[]::new);
        Arrays.sort(sorted);
        final double median = (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
        final List<JoinStatistics> typical = statistics.get(seconds.indexOf(sorted[sorted.length / 2]));
        final double prepareMs = typical.stream().mapToLong(JoinStatistics::prepareNs).max().orElse(0) / MILLION;
        final double waitingMs = typical.stream().mapToLong(JoinStatistics::waitingNs).average().orElse(0) / MILLION;
        final long matches = typical.stream().mapToLong(JoinStatistics::matches).sum();
        final String description = wrong != null ? "WRONG: " + wrong : String.format(Locale.ROOT,
            "%,d orders joined with %,d line items on %d hosts: %.3f s median of %d, %.1f M tuples/s, %.1f MB through the ring; "
                + "%,d matches, sums, checksum and the matches of each of %,d orders exact", tables.orderCount(), tables.lineItemCount(),
            config.nodes(), median, seconds.size(), rate(tables, median), bytes(typical) / MILLION, matches, check.orders());
        return new TpchDemoResult(config.scale(), config.nodes(), tables.orderCount(), tables.lineItemCount(), matches,
            typical.stream().mapToLong(JoinStatistics::fragments).sum(), bytes(typical), seconds, median, rate(tables, median), prepareMs,
            waitingMs, wrong == null, description);
    }

    private long step(final long start, final String format, final Object... values) {
        final long now = System.nanoTime();
        progress.accept(String.format(Locale.ROOT, format, values) + String.format(Locale.ROOT, " (%.1f s)", (now - start) / NANOS));
        return now;
    }
}
