package dev.verbs.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether a server has come as far as listening: perftest's own line about it stays in a buffer, and a client does not try twice. */
@FunctionalInterface
interface Listening {
    /** Reads the kernel's tables of sockets; connecting to try would be taken for the client. */
    Listening KERNEL = port -> {
        final String local = String.format(":%04X", port);
        for (final String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(table)) && listens(Files.readAllLines(Path.of(table)), local)) {
                return true;
            }
        }
        return false;
    };

    /** Whether somebody listens on a TCP port of this machine. */
    boolean on(int port) throws IOException;

    /** Fields of a line: number, local address, remote address, state; 0A is LISTEN. */
    static boolean listens(final List<String> table, final String local) {
        for (final String line : table) {
            final String[] fields = line.strip().split("\\s+");
            if (fields.length > 3 && fields[1].endsWith(local) && fields[3].equals("0A")) {
                return true;
            }
        }
        return false;
    }

    /** Waits until somebody listens. */
    default void await(final int port, final Child server, final Deadline deadline) throws MeasurementException, InterruptedException {
        try {
            while (!on(port)) {
                if (!server.isAlive()) {
                    throw new MeasurementException("the server ended before it listened" + server.ended());
                }
                if (deadline.remainingNs() < 0) {
                    throw new MeasurementException("the server did not listen on port " + port + " within " + deadline + server.ended());
                }
                Thread.sleep(10);
            }
        } catch (final IOException e) {
            throw new MeasurementException("the kernel's table of sockets is not readable: " + e.getMessage(), e);
        }
    }
}
