package dev.verbs.benchmarks.compare;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the comparison in the virtual machine. Its CPUs are two threads of this machine there, because with one the ends of a ping-pong
 * would wait for the emulator's time slices. Such an emulator may run an instruction that another CPU is just patching, and a JVM
 * patches its code; so each JVM, this program's own included, stays on one CPU from its first instruction on.
 */
final class Guest {
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Path script;
    private final Path out;
    private final int seconds;

    /**
     * A guest.
     *
     * @param script  starts the virtual machine
     * @param out     directory that the guest shares
     * @param seconds after which it is stopped
     */
    Guest(final Path script, final Path out, final int seconds) {
        this.script = script;
        this.out = out;
        this.seconds = seconds;
    }

    /**
     * Runs this program again, inside; its output passes through.
     *
     * @param args of this program
     * @return its exit status
     */
    int run(final List<String> args) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(script.toString(), "--parallel", "--out", out.toString(), "--timeout",
            Integer.toString(seconds), "--"));
        command.addAll(Pinning.on(1, java(Compare.class))); // not where the clients are
        command.addAll(args);
        final Process machine = new ProcessBuilder(command).inheritIO().start();
        final Thread stop = new Thread(() -> stop(machine));
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            return machine.waitFor();
        } catch (final InterruptedException e) {
            stop(machine);
            throw e;
        } finally {
            if (!machine.isAlive()) {
                Runtime.getRuntime().removeShutdownHook(stop);
            }
        }
    }

    /** The script ends the emulator by itself when it is told to stop. */
    private static void stop(final Process machine) {
        machine.destroy();
        try {
            machine.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A JVM like this one, with another main class, and further options, over which this JVM's own win. */
    static List<String> java(final Class<?> main, final String... options) {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }
}
