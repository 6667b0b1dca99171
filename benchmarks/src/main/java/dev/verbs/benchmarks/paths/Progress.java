package dev.verbs.benchmarks.paths;

import java.io.PrintStream;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** A line per benchmark as it begins, and what a measuring JVM says if it fails; JMH's own output would hide the table. */
final class Progress implements OutputFormat {
    private final PrintStream out;
    private String last = "";
    private int started;

    Progress(final PrintStream out) {
        this.out = out;
    }

    /** Benchmarks that have begun, each with its parameters. */
    int started() {
        return started;
    }

    @Override
    public void startBenchmark(final BenchmarkParams params) {
        final StringBuilder line = new StringBuilder(params.getBenchmark().replaceFirst("^.*\\.", ""));
        params.getParamsKeys().forEach(key -> line.append(' ').append(key).append('=').append(params.getParam(key)));
        if (!last.contentEquals(line)) { // once, not per JVM
            last = line.toString();
            started++;
            out.println(last);
        }
    }

    @Override
    public void iteration(final BenchmarkParams params, final IterationParams iteration, final int number) {
        // the table tells
    }

    @Override
    public void iterationResult(final BenchmarkParams params, final IterationParams iteration, final int number,
        final IterationResult data) {
        // the table tells
    }

    @Override
    public void endBenchmark(final BenchmarkResult result) {
        // the table tells
    }

    @Override
    public void startRun() {
        // nothing to say
    }

    @Override
    public void endRun(final Collection<RunResult> result) {
        // the table tells
    }

    @Override
    public void print(final String text) {
        // JMH's remarks
    }

    @Override
    public void println(final String text) {
        if (text.startsWith("<failure>") || text.contains("Exception") || text.startsWith("\tat ") || text.startsWith("Caused by")) {
            out.println(text);
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }

    @Override
    public void verbosePrintln(final String text) {
        // JMH's remarks
    }

    @Override
    public void write(final int b) {
        // what a JVM prints beside
    }

    @Override
    public void write(final byte[] b) {
        // what a JVM prints beside
    }
}
