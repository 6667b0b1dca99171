package dev.verbs.benchmarks.compare;

import dev.verbs.examples.VerbsCommand;
import dev.verbs.examples.perf.Compilers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A JVM that runs one {@code verbs} command after the other, each given by a line of tab-separated words on stdin, so that a JVM
 * starts, and compiles, once per test and not once per measurement. After each command, and when the compilers are
 * done, comes all that it printed, and a line that tells its exit status: as C's tools, which print into a pipe when they end. What
 * came earlier would be read, and compiled for, by the program that compares, on the client's CPU and in the middle of the measurement.
 */
final class PerfHost {
    /** Begins the line that ends a command's output. */
    static final String STATUS = "\u0001exit ";
    /** Tells that the JVM is there. */
    static final String READY = STATUS + "ready";

    private static final int STACK = 1 << 20;
    private static final int STACKS = 256;
    private static final int PAGE = 4096;

    private PerfHost() {
    }

    /** A command line as in {@link VerbsCommand#execute}. */
    @FunctionalInterface
    interface Command {
        int execute(PrintWriter out, PrintWriter err, String... args);
    }

    /**
     * Runs until stdin ends, or the thread that started this JVM.
     *
     * @param args none
     */
    public static void main(final String[] args) throws IOException {
        Signals.endWithParent(); // who is stopped does not see that stdin ends
        final PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out,
            VerbsCommand::execute);
    }

    static void serve(final BufferedReader in, final PrintWriter out, final Command command) throws IOException {
        final Random stacks = new Random();
        out.println(READY);
        out.flush();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            final String[] words = line.split("\t");
            final StringWriter printed = new StringWriter();
            final PrintWriter held = new PrintWriter(printed);
            final int status = inItsOwnThread(() -> command.execute(held, held, words), stacks);
            Compilers.settle(); // on a processor that is shared with what is measured next
            out.print(printed);
            out.println(STATUS + status);
            out.flush();
        }
    }

    /** A new thread for each command, with a stack of another size: what is a thread's lies elsewhere each time, as in C. */
    private static int inItsOwnThread(final Callable<Integer> command, final Random stacks) throws IOException {
        final FutureTask<Integer> task = new FutureTask<>(command);
        new Thread(null, task, "measurement", STACK + (long)stacks.nextInt(STACKS) * PAGE).start();
        try {
            return task.get();
        } catch (final ExecutionException e) {
            throw new IOException("the command failed", e.getCause());
        } catch (final InterruptedException e) {
            throw new InterruptedIOException();
        }
    }
}
