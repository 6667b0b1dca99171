package dev.verbs.benchmarks.paths;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.verbs.benchmarks.Spread;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The table and the JSON of a run.
 *
 * @param command     what was typed
 * @param conditions  JVMs, rounds, lengths
 * @param figures     what was measured
 */
record Report(String command, Map<String, Object> conditions, List<Figure> figures) {
    private static final String ROW = "| %-22s | %5s | %-5s | %-24s | %-24s | %-24s | %-20s | %-20s | %-24s | %19s |%n";

    static Map<String, Object> machine() {
        final Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
        machine.put("cpus", Runtime.getRuntime().availableProcessors());
        return machine;
    }

    /** A table in Markdown: median [least - most] of the rounds. */
    void print(final PrintStream out) {
        out.println("ns per operation, median [least - most] of the rounds; " + conditions);
        out.println("B/op: allocated by this library's loop (the thread's own counter) / by the whole JVM (JMH's profiler)");
        out.printf(Locale.ROOT, ROW, "path", "batch", "on", "C", "bare FFM", "Java", "Java / C", "Java / bare", "Java - C, ns", "B/op");
        out.printf(Locale.ROOT, ROW, "---", "--:", "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        for (final Figure figure : figures) {
            out.printf(Locale.ROOT, ROW, figure.name(), figure.batch(), figure.target(), time(figure.c()), time(figure.bare()),
                time(figure.java()), text(figure.ratioToC(), "%.2f"), text(figure.ratioToBare(), "%.2f"),
                time(figure.extra()), bytes(figure));
        }
    }

    private static String time(final List<Double> values) {
        return values.isEmpty() ? "-" : text(values, Math.abs(Spread.of(values).median()) < 100 ? "%.1f" : "%.0f");
    }

    /** A dash where nothing was measured. */
    private static String text(final List<Double> values, final String format) {
        return values.isEmpty() ? "-" : Spread.of(values).text(format);
    }

    private static String bytes(final Figure figure) {
        return String.format(Locale.ROOT, "%.3g / %s", Spread.of(figure.bytes()).median(),
            figure.jmhBytes().isEmpty() ? "-" : String.format(Locale.ROOT, "%.3g", Spread.of(figure.jmhBytes()).median()));
    }

    /** Every round of every figure. */
    void write(final Path file, final List<Limits.Verdict> verdicts) throws IOException {
        final Map<String, Object> root = new LinkedHashMap<>();
        root.put("command", command);
        root.putAll(conditions);
        root.put("machine", machine());
        final List<Map<String, Object>> all = new ArrayList<>();
        for (final Figure figure : figures) {
            final Map<String, Object> one = new LinkedHashMap<>();
            one.put("path", figure.path());
            one.put("target", figure.target());
            one.put("parameters", figure.parameters());
            one.put("unit", "ns/op");
            side(one, "c", figure.c());
            side(one, "bare", figure.bare());
            side(one, "java", figure.java());
            side(one, "javaToC", figure.ratioToC());
            side(one, "javaToBare", figure.ratioToBare());
            side(one, "javaAboveC", figure.extra());
            side(one, "bytesPerOperation", figure.bytes());
            side(one, "jmhBytesPerOperation", figure.jmhBytes());
            one.put("operations", figure.operations());
            all.add(one);
        }
        root.put("figures", all);
        if (!verdicts.isEmpty()) {
            root.put("limits", verdicts.stream().map(Report::verdict).toList());
        }
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), root);
    }

    private static void side(final Map<String, Object> into, final String name, final List<Double> values) {
        if (!values.isEmpty()) {
            final Spread spread = Spread.of(values);
            into.put(name, Map.of("median", spread.median(), "least", spread.least(), "most", spread.most(), "rounds", values));
        }
    }

    private static Map<String, Object> verdict(final Limits.Verdict verdict) {
        return Map.of("what", verdict.what(), "unit", verdict.unit(), "median", verdict.spread().median(), "least",
            verdict.spread().least(), "most", verdict.spread().most(), "limit", verdict.most(), "holds", verdict.holds());
    }
}
