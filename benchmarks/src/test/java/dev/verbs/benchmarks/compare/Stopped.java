package dev.verbs.benchmarks.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Asks the kernel who is stopped. */
final class Stopped {
    private static final int SIGSTOP = 19;

    private Stopped() {
    }

    /** Or will be before it runs again: while it waits for a processor, the signal waits with it. */
    static boolean is(final Process process) {
        boolean stopped = false;
        for (final String line : status(process)) {
            final String value = line.substring(line.indexOf(':') + 1).strip();
            stopped |= line.startsWith("State:") && value.startsWith("T")
                || line.startsWith("ShdPnd:") && (Long.parseUnsignedLong(value, 16) & 1L << SIGSTOP - 1) != 0;
        }
        return stopped;
    }

    private static List<String> status(final Process process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
