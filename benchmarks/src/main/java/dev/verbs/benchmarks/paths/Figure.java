package dev.verbs.benchmarks.paths;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What a benchmark with its parameters has given: a value per round, over all JVMs, in nanoseconds and bytes per operation. Lists of
 * a side that does not exist are empty.
 *
 * @param path       the benchmark
 * @param parameters of the benchmark, the target apart
 * @param target     what was measured on
 * @param c          the loop in C
 * @param bare       the bare loop on the Foreign Function API
 * @param java       this library
 * @param bytes      allocated by this library's loop, by the thread's own counter
 * @param jmhBytes   allocated by everything in the JVM, by JMH's profiler
 * @param operations of this library, in all rounds
 */
record Figure(String path, Map<String, String> parameters, String target, List<Double> c, List<Double> bare, List<Double> java,
    List<Double> bytes, List<Double> jmhBytes, long operations) {
    private static final String TARGET = "target";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    static Figure of(final RunResult result) {
        final BenchmarkParams params = result.getParams();
        final Map<String, String> parameters = new LinkedHashMap<>();
        params.getParamsKeys().stream().filter(key -> !key.equals(TARGET)).forEach(key -> parameters.put(key, params.getParam(key)));
        final double perInvocation = values(result, "operationsPerInvocation").getFirst();
        return new Figure(params.getBenchmark().replaceFirst("^.*\\.", ""), parameters, params.getParam(TARGET),
            values(result, "cNs"), values(result, "bareNs"), values(result, "javaNs"), values(result, "bytesPerOperation"),
            values(result, ALLOCATED).stream().map(bytes -> bytes / perInvocation).toList(),
            (long)values(result, "operations").stream().mapToDouble(Double::doubleValue).sum());
    }

    private static List<Double> values(final RunResult result, final String label) {
        final List<Double> values = new ArrayList<>();
        for (final BenchmarkResult jvm : result.getBenchmarkResults()) {
            for (final IterationResult round : jvm.getIterationResults()) {
                for (final Map.Entry<String, ? extends Result<?>> entry : entries(round)) {
                    if (entry.getKey().replace("·", "").equals(label) && !Double.isNaN(entry.getValue().getScore())) {
                        values.add(entry.getValue().getScore());
                    }
                }
            }
        }
        return values;
    }

    @SuppressWarnings("rawtypes") // as JMH declares it
    private static List<Map.Entry<String, ? extends Result<?>>> entries(final IterationResult round) {
        final List<Map.Entry<String, ? extends Result<?>>> entries = new ArrayList<>();
        for (final Map.Entry<String, Result> entry : round.getSecondaryResults().entrySet()) {
            entries.add(Map.entry(entry.getKey(), (Result<?>)entry.getValue()));
        }
        return entries;
    }

    /** Round by round, so that both sides meet the same machine; empty if one side does not exist. */
    List<Double> against(final List<Double> other, final DoubleBinaryOperator operator) {
        final List<Double> all = new ArrayList<>();
        for (int i = 0; i < Math.min(java.size(), other.size()); i++) {
            all.add(operator.applyAsDouble(java.get(i), other.get(i)));
        }
        return all;
    }

    List<Double> ratioToC() {
        return against(c, (mine, others) -> mine / others);
    }

    List<Double> ratioToBare() {
        return against(bare, (mine, others) -> mine / others);
    }

    /** Nanoseconds above C. */
    List<Double> extra() {
        return against(c, (mine, others) -> mine - others);
    }

    String name() {
        final StringBuilder name = new StringBuilder(path);
        parameters.forEach((key, value) -> {
            if (!key.equals("batch")) {
                name.append(' ').append(value.toLowerCase(Locale.ROOT));
            }
        });
        return name.toString();
    }

    String batch() {
        return parameters.getOrDefault("batch", "");
    }
}
