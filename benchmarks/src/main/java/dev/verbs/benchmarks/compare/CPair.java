package dev.verbs.benchmarks.compare;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** C's perftest, a process per end and measurement: its tools measure once, or all sizes up to 8 MiB, which would take too long. */
final class CPair implements PerfPair {
    private final Path directory;
    private final Pinning pinning;
    private final Listening listening;
    private final Duration limit;
    private final List<Child> running = new ArrayList<>();

    /**
     * A pair.
     *
     * @param directory where the tools are, null for the search path
     * @param pinning   where the ends run
     * @param listening tells that a server listens
     * @param limit     how long a measurement may take
     */
    CPair(final Path directory, final Pinning pinning, final Listening listening, final Duration limit) {
        this.directory = directory;
        this.pinning = pinning;
        this.listening = listening;
        this.limit = limit;
    }

    @Override
    public String measure(final Measurement measurement) throws MeasurementException, InterruptedException {
        final Deadline deadline = Deadline.in(limit);
        final List<String> command = command(measurement);
        try {
            final Child server = start("server of " + measurement + " in C", pinning.server(command));
            listening.await(measurement.port(), server, deadline);
            command.add("127.0.0.1");
            final Child client = start("client of " + measurement + " in C", pinning.client(command));
            final String output = client.output(deadline);
            server.output(deadline);
            return output;
        } finally {
            close();
        }
    }

    private Child start(final String name, final List<String> command) throws MeasurementException {
        final Child child = Child.start(name, command);
        synchronized (running) {
            running.add(child);
        }
        return child;
    }

    private List<String> command(final Measurement measurement) {
        final String tool = "ib_" + measurement.test().tool();
        final List<String> command = new ArrayList<>();
        command.add(directory == null ? tool : directory.resolve(tool).toString());
        command.addAll(measurement.options());
        command.add("-F"); // no warning about the processor's frequency
        return command;
    }

    @Override
    public List<Long> processes() {
        synchronized (running) {
            return running.stream().filter(Child::isAlive).map(Child::pid).toList();
        }
    }

    /** Also called by the thread that ends the JVM. */
    @Override
    public void close() {
        synchronized (running) {
            running.forEach(Child::close);
            running.clear();
        }
    }
}
