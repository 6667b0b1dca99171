package dev.verbs.benchmarks.compare;

import dev.verbs.examples.VerbsCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;

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
    private static final long SETTLE_MOST_NS = 60_000_000_000L;
    private static final int SETTLED = 2;

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
            final int status = command.execute(out, out, line.split("\t"));
            settle();
            out.println(STATUS + status);
            out.flush();
        }
    }

    /** Waits until the compilers have nothing left to do: what they do now, they would do while the next is measured. */
    private static void settle() {
        final long until = System.nanoTime() + SETTLE_MOST_NS;
        int idle = 0;
        while (idle < SETTLED && until - System.nanoTime() > 0) {
            LockSupport.parkNanos(SETTLE_NS);
            idle = isIdle(compilerQueue()) ? idle + 1 : 0;
        }
    }

    /** Whether nothing is said to be compiled or to wait for it: there are headings, which end with a colon, and "Empty". */
    static boolean isIdle(final String queues) {
        return queues.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.equals("Empty") || line.endsWith(":"));
    }

    /** As {@code jcmd PID Compiler.queue} prints it. */
    static String compilerQueue() {
        try {
            return (String)ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "compilerQueue", new Object[] {new String[0]},
                new String[] {String[].class.getName()});
        } catch (final JMException e) {
            throw new IllegalStateException("this JVM does not tell what it compiles", e);
        }
    }
}
