package dev.verbs.benchmarks.compare;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process whose output, stdout and stderr as one, is read line by line with a deadline. Closing kills it and what it started, by
 * id. A reader thread waits for lines; it does nothing while a test measures, as the tools print at their end.
 */
final class Child implements AutoCloseable {
    private static final Duration KILL = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final String END = new String("end"); // compared by identity

    private final Process process;
    private final String name;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuilder seen = new StringBuilder();

    private Child(final String name, final Process process) {
        this.name = name;
        this.process = process;
        Thread.ofPlatform().daemon().name("output of " + name).start(this::read);
    }

    /** Starts a process. */
    static Child start(final String name, final List<String> command) throws MeasurementException {
        try {
            return new Child(name, new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (final IOException e) {
            throw new MeasurementException(name + " does not start: " + e.getMessage(), e);
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (final IOException e) {
            lines.add(name + ": " + e.getMessage()); // the pipe of a killed process
        } finally {
            lines.add(END);
        }
    }

    /** Writes a line to its stdin. */
    void tell(final String line) throws MeasurementException {
        try {
            final BufferedWriter writer = process.outputWriter();
            writer.write(line);
            writer.newLine();
            writer.flush();
        } catch (final IOException e) {
            throw new MeasurementException(name + " ended: " + e.getMessage() + ended(), e);
        }
    }

    /** The next line, or null at the end of the output. */
    String line(final Deadline deadline) throws MeasurementException, InterruptedException {
        final String line = lines.poll(Math.max(deadline.remainingNs(), 0), TimeUnit.NANOSECONDS);
        if (line == null) {
            throw new MeasurementException(name + " was not done within " + deadline + ended());
        }
        if (line == END) {
            lines.add(END);
            return null;
        }
        seen.append(line).append('\n');
        return line;
    }

    /** All of its output, whatever it thinks of it: {@code ib_write_lat -V} prints its version and fails. */
    String text(final Deadline deadline) throws MeasurementException, InterruptedException {
        while (line(deadline) != null) {
            deadline.check();
        }
        return seen.toString();
    }

    /** Waits for the end of the process; returns all of its output. */
    String output(final Deadline deadline) throws MeasurementException, InterruptedException {
        text(deadline);
        if (!process.waitFor(Math.max(deadline.remainingNs(), 0), TimeUnit.NANOSECONDS)) {
            throw new MeasurementException(name + " was not done within " + deadline + ended());
        }
        if (process.exitValue() != 0) {
            throw new MeasurementException(name + " failed with exit status " + process.exitValue() + ended());
        }
        return seen.toString();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** What it has printed, for a message; the last words of a process that ended may still be in the pipe. */
    String ended() {
        try {
            final Deadline deadline = Deadline.in(process.isAlive() ? Duration.ZERO : LAST_WORDS);
            String line = lines.poll(Math.max(deadline.remainingNs(), 0), TimeUnit.NANOSECONDS);
            while (line != null && line != END) {
                seen.append(line).append('\n');
                line = lines.poll(Math.max(deadline.remainingNs(), 0), TimeUnit.NANOSECONDS);
            }
            if (line == END) {
                lines.add(END);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        final String text = seen.toString().replace(PerfHost.STATUS, "exit ").strip();
        return text.isEmpty() ? "; it printed nothing" : "; it printed:\n" + text;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        boolean interrupted = false;
        final long until = System.nanoTime() + KILL.toNanos();
        while (process.isAlive() && until - System.nanoTime() > 0) {
            try {
                process.waitFor(Math.max(until - System.nanoTime(), 1), TimeUnit.NANOSECONDS);
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
