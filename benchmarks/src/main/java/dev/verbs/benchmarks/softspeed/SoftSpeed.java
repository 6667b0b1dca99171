package dev.verbs.benchmarks.softspeed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.verbs.benchmarks.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.DoubleUnaryOperator;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code ./verbs softspeed}: measures the software device and says whether every limit holds. */
@Command(name = "verbs softspeed", sortOptions = false, mixinStandardHelpOptions = true,
    description = "Measures the software device against what this machine can do, in JVMs of its own (JMH). Exit status 1 if a figure "
        + "falls short of its limit.")
public final class SoftSpeed implements Callable<Integer> {
    private static final String NORM = "gc.alloc.rate.norm";
    private static final double ALLOCATED_LIMIT = 0.5;

    @Option(names = "--jvms", defaultValue = "3", description = "JVMs per benchmark (default: ${DEFAULT-VALUE})")
    private int jvms;

    @Option(names = "--rounds", defaultValue = "10", description = "rounds in each JVM, after 5 of warm-up (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--round-ms", defaultValue = "300", description = "length of a round (default: ${DEFAULT-VALUE})")
    private int roundMs;

    @Option(names = "--only", defaultValue = "", description = "part of a benchmark's name: write64k, writeList64k, write8,"
        + " send64, pingPong8")
    private String only;

    @Option(names = "--json", description = "also writes every figure there")
    private Path json;

    private final List<Line> lines = new ArrayList<>();

    private SoftSpeed() {
    }

    /** A figure and its limit: at least or at most. */
    private record Line(String what, String unit, double median, double least, double most, boolean atLeast, double limit,
        String beside, List<Double> rounds) {
        private boolean holds() {
            return atLeast ? median >= limit : median <= limit;
        }
    }

    /**
     * Runs.
     *
     * @param args see {@code --help}
     */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new SoftSpeed()).execute(args));
    }

    @Override
    public Integer call() throws RunnerException, IOException {
        final Collection<RunResult> results = new Runner(new OptionsBuilder()
            .include("dev\\.verbs\\.benchmarks\\.softspeed\\..*" + only).forks(jvms)
            .warmupIterations(5).warmupTime(TimeValue.milliseconds(roundMs))
            .measurementIterations(rounds).measurementTime(TimeValue.milliseconds(roundMs))
            .jvmArgs("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow") // JMH's own need
            .addProfiler(GCProfiler.class).verbosity(VerboseMode.SILENT).shouldFailOnError(true).build()).run();
        for (final RunResult result : results) {
            judge(result);
        }
        print();
        if (json != null) {
            write();
        }
        return !lines.isEmpty() && lines.stream().allMatch(Line::holds) ? 0 : 1;
    }

    private void judge(final RunResult result) {
        final String name = result.getParams().getBenchmark().replaceFirst("^.*\\.", "");
        switch (name) {
            case "write64k", "writeList64k" -> add(result, "RDMA WRITE of 64 KiB, "
                + (name.equals("write64k") ? "one posted and polled at a time" : "lists of 16, each polled"),
                "of MemorySegment.copy", "share", x -> x, true, 0.9,
                beside(result, "%.2f µs against %.2f µs", 1e-3));
            case "write8" -> add(result, "RDMA WRITE of 8 bytes, lists of 64, per core", "M/s", "ownNs", ns -> 1e3 / ns, true, 10,
                "one thread posts and polls");
            case "send64" -> add(result, "SEND/RECV of 64 bytes, lists of 32", "M/s", "ownNs", ns -> 1e3 / ns, true, 5,
                "one thread sends, one receives");
            case "pingPong8" -> add(result, "ping-pong of 8-byte writes, half a round trip", "ns over bare stores", "excessNs", x -> x,
                false, 150, beside(result, "%.0f ns against %.0f ns", 1));
            default -> throw new IllegalStateException("no limit is known for " + name);
        }
        add(result, name + ": threads' own counters", "B/request", "bytesPerRequest", x -> x, false, 0, "exact");
        add(result, name + ": JMH's counter", "B/request", NORM, x -> x, false, ALLOCATED_LIMIT, "everything in the JVM");
    }

    private static String beside(final RunResult result, final String format, final double scale) {
        return String.format(Locale.ROOT, format, Spread.of(values(result, "ownNs")).median() * scale,
            Spread.of(values(result, "limitNs")).median() * scale);
    }

    private static List<Double> values(final RunResult result, final String label) {
        final List<Double> values = new ArrayList<>();
        for (final BenchmarkResult fork : result.getBenchmarkResults()) {
            for (final IterationResult round : fork.getIterationResults()) {
                round.getSecondaryResults().forEach((key, value) -> {
                    if (key.replace("·", "").equals(label)) {
                        values.add(value.getScore());
                    }
                });
            }
        }
        if (values.isEmpty()) {
            throw new IllegalStateException("JMH reported no " + label + " for " + result.getParams().getBenchmark());
        }
        return values;
    }

    private void add(final RunResult result, final String what, final String unit, final String label,
        final DoubleUnaryOperator conversion, final boolean atLeast, final double limit, final String beside) {
        final List<Double> all = values(result, label).stream().map(conversion::applyAsDouble).toList();
        final Spread spread = Spread.of(all);
        lines.add(new Line(what, unit, spread.median(), spread.least(), spread.most(), atLeast, limit, beside, all));
    }

    private void print() {
        System.out.println("software device: median [least - most] of " + jvms * rounds + " rounds in " + jvms + " JVMs; "
            + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + ", " + System.getProperty("os.arch")
            + ", " + Runtime.getRuntime().availableProcessors() + " CPUs");
        for (final Line line : lines) {
            final String figures = String.format(Locale.ROOT, "%.3g [%.3g - %.3g] %s", line.median, line.least, line.most, line.unit);
            System.out.printf(Locale.ROOT, "%-5s %-46s %-46s limit %s %-5s %s%n", line.holds() ? "ok" : "SHORT", line.what, figures,
                line.atLeast ? "≥" : "≤", String.format(Locale.ROOT, "%.3g", line.limit), line.beside);
        }
    }

    private void write() throws IOException {
        final Map<String, Object> root = new LinkedHashMap<>();
        root.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        root.put("cpus", Runtime.getRuntime().availableProcessors());
        root.put("jvms", jvms);
        root.put("roundsPerJvm", rounds);
        final List<Map<String, Object>> figures = new ArrayList<>();
        for (final Line line : lines) {
            final Map<String, Object> figure = new LinkedHashMap<>();
            figure.put("what", line.what);
            figure.put("unit", line.unit);
            figure.put("median", line.median);
            figure.put("least", line.least);
            figure.put("most", line.most);
            figure.put("limit", (line.atLeast ? ">= " : "<= ") + line.limit);
            figure.put("holds", line.holds());
            figure.put("rounds", line.rounds);
            figures.add(figure);
        }
        root.put("figures", figures);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), root);
    }
}
