package dev.verbs.examples.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A C program that runs beside the test: its output is kept, it has a deadline, and it does not outlive the test. */
final class CProcess implements AutoCloseable {
    private final List<String> command;
    private final Process process;
    /** Apart: C buffers stdout, so that stderr would end up inside its lines. */
    private final StringBuffer output = new StringBuffer();
    private final StringBuffer errors = new StringBuffer();
    private final List<Thread> readers;

    private CProcess(final List<String> command) {
        this.command = command;
        try {
            process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
        readers = List.of(reader(process.getInputStream(), output), reader(process.getErrorStream(), errors));
    }

    /** Starts a program. */
    static CProcess start(final String... command) {
        return new CProcess(List.of(command));
    }

    /** The path of a tool; a missing one is a failure that says what to install. */
    static String tool(final String name, final String debianPackage) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"))
            .map(directory -> Path.of(directory, name))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() -> new AssertionError(name + " is not installed: apt install " + debianPackage))
            .toString();
    }

    private Thread reader(final InputStream stream, final StringBuffer to) {
        return Thread.ofPlatform().daemon().name("output of " + command.getFirst()).start(() -> read(stream, to));
    }

    private static void read(final InputStream stream, final StringBuffer to) {
        try (InputStream in = stream) {
            final byte[] chunk = new byte[4096];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                to.append(new String(chunk, 0, count, StandardCharsets.UTF_8));
            }
        } catch (final IOException e) {
            to.append("(output lost: ").append(e.getMessage()).append(")\n"); // it was destroyed
        }
    }

    /** Waits for its end; returns its exit code. */
    int await(final Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + timeout.toSeconds() + " s: " + this);
            }
            for (final Thread reader : readers) {
                reader.join(timeout);
            }
            return process.exitValue();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + this, e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it wrote to stdout. */
    String output() {
        return output.toString();
    }

    /** What it wrote to stderr. */
    String errors() {
        return errors.toString();
    }

    /** The short part first: reports are cut at their end. */
    @Override
    public String toString() {
        return String.join(" ", command) + (process.isAlive() ? " (running)" : " (exit code " + process.exitValue() + ")")
            + "\n--- its stderr\n" + errors + "--- its stdout\n" + output + "---";
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
