package dev.verbs.benchmarks.compare;

import dev.verbs.examples.VerbsCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * A JVM that runs one {@code verbs} command after the other, each given by a line of tab-separated words on stdin, so that a JVM
 * starts, and compiles, once per test and not once per measurement. After each command, and when the compilers are
 * done, a line tells its exit status.
 */
final class PerfHost {
    /** Begins the line that ends a command's output. */
    static final String STATUS = "\u0001exit ";
    /** Tells that the JVM is there. */
    static final String READY = STATUS + "ready";

    private static final long SETTLE_NS = 50_000_000;
    private static final long SETTLE_MOST_NS = 10_000_000_000L;
    private static final int SETTLED = 4;

    private PerfHost() {
    }

    /** A command line as in {@link VerbsCommand#execute}. */
    @FunctionalInterface
    interface Command {
        int execute(PrintWriter out, PrintWriter err, String... args);
    }

    /**
     * Runs until stdin ends.
     *
     * @param args none
     */
    public static void main(final String[] args) throws IOException {
        final PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out, VerbsCommand::execute);
    }

    static void serve(final BufferedReader in, final PrintWriter out, final Command command) throws IOException {
        out.println(READY);
        out.flush();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            final long before = compiled();
            final int status = command.execute(out, out, line.split("\t"));
            if (compiled() != before) {
                settle();
            }
            out.println(STATUS + status);
            out.flush();
        }
    }

    /** Waits until the compilers have finished nothing for a while: what they do now, they would do while the next is measured. */
    private static void settle() {
        final long until = System.nanoTime() + SETTLE_MOST_NS;
        long last = compiled();
        int quiet = 0;
        while (quiet < SETTLED && until - System.nanoTime() > 0) {
            LockSupport.parkNanos(SETTLE_NS);
            final long now = compiled();
            quiet = now == last ? quiet + 1 : 0;
            last = now;
        }
    }

    private static long compiled() {
        final CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        return compilers != null && compilers.isCompilationTimeMonitoringSupported() ? compilers.getTotalCompilationTime() : 0;
    }
}
