package dev.verbs.benchmarks.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * {@code verbs perf} in two JVMs, one per end, that serve all measurements until {@link #renew()}; see {@link PerfHost}. After a
 * failure both are ended, and the next measurement begins with new ones.
 */
final class JavaPair implements PerfPair {
    private static final int WARM_UP_SIZE = 64;
    /** A JVM that loads its classes and compiles, under emulation, takes that much longer. */
    private static final int COLD = 5;
    /** Messages of one run of a warm-up: what it made hot is compiled before the next. */
    private static final int MOST = 20_000;
    private static final int LEAST = 5;
    /**
     * Messages of each size that a warm-up begins with: what only some sizes do is in the profiles before C2 compiles the loops. Else
     * it would drop what it compiled when it meets them, and what it compiles then in the middle of a loop is a few per cent slower.
     * So few that it compiles little before it has seen them all; and no multiple of the completions' moderation, so that the last
     * message asks for one.
     */
    static final int OF_EACH = 255;
    /** What does not count. */
    private static final long LITTLE_MS = 20;

    private final List<String> host;
    private final List<String> options;
    private final Pinning pinning;
    private final Listening listening;
    private final Duration limit;
    private final int warmUp;
    private final List<Integer> sizes;
    private Child client;
    private Child server;
    private PerfTest warm;
    private long compiledMs;

    /**
     * A pair.
     *
     * @param host      starts a {@link PerfHost}
     * @param options   of {@code verbs perf}, on top of those of the measurement
     * @param pinning   where the ends run
     * @param listening tells that a server listens
     * @param limit     how long a measurement may take; the start and the warm-up may take more
     * @param warmUp    messages of 64 bytes between the new JVMs before a test's first measurement, in runs of their own. The warm-up
     *                  that verbs perf does by itself is off: its ends, two threads of one JVM, would share one CPU here
     * @param sizes     bytes of the messages that will be measured; a few of each begin the warm-up
     */
    JavaPair(final List<String> host, final List<String> options, final Pinning pinning, final Listening listening,
        final Duration limit, final int warmUp, final List<Integer> sizes) {
        this.host = List.copyOf(host);
        this.options = List.copyOf(options);
        this.pinning = pinning;
        this.listening = listening;
        this.limit = limit;
        this.warmUp = warmUp;
        this.sizes = List.copyOf(sizes);
    }

    @Override
    public void prepare(final Measurement measurement) throws MeasurementException, InterruptedException {
        boolean done = false;
        try {
            start();
            if (warm != measurement.test() && warmUp > 0) {
                warmUp(measurement);
            }
            warm = measurement.test();
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private void warmUp(final Measurement measurement) throws MeasurementException, InterruptedException {
        final Duration cold = limit.multipliedBy(COLD);
        for (final int size : sizes) {
            run(measurement.with(size, OF_EACH), cold);
        }
        for (int left = warmUp; left > 0; left -= MOST) {
            run(measurement.with(WARM_UP_SIZE, Math.clamp(left, LEAST, MOST)), cold);
        }
    }

    @Override
    public String measure(final Measurement measurement) throws MeasurementException, InterruptedException {
        prepare(measurement);
        boolean done = false;
        try {
            final String output = run(measurement, limit);
            done = true;
            return output;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    @Override
    public boolean isSettled() {
        return compiledMs <= LITTLE_MS;
    }

    private String run(final Measurement measurement, final Duration time) throws MeasurementException, InterruptedException {
        final Deadline deadline = Deadline.in(time);
        final List<String> command = new ArrayList<>(List.of("perf", measurement.test().tool()));
        command.addAll(measurement.options());
        command.addAll(List.of("--warm-up", "0", "--allocations"));
        command.addAll(options);
        server.tell(String.join("\t", command));
        listening.await(measurement.port(), server, deadline);
        command.add("127.0.0.1");
        client.tell(String.join("\t", command));
        final String output = output(client, "client of " + measurement + " in Java", deadline);
        final String served = output(server, "server of " + measurement + " in Java", deadline);
        compiledMs = PerfOutput.compiledMs(output) + PerfOutput.compiledMs(served);
        return output;
    }

    /** The JVMs end with the thread that calls this; see {@link PerfHost#main}. */
    private void start() throws MeasurementException, InterruptedException {
        if (client == null) {
            final Deadline deadline = Deadline.in(limit.multipliedBy(COLD));
            synchronized (this) {
                server = Child.start("the server's JVM", pinning.server(host));
                client = Child.start("the client's JVM", pinning.client(host));
            }
            ready(server, deadline);
            ready(client, deadline);
        }
    }

    private static void ready(final Child child, final Deadline deadline) throws MeasurementException, InterruptedException {
        for (String line = child.line(deadline); !PerfHost.READY.equals(line); line = child.line(deadline)) {
            if (line == null) {
                throw new MeasurementException("a JVM ended at its start" + child.ended());
            }
        }
    }

    private String output(final Child child, final String name, final Deadline deadline)
        throws MeasurementException, InterruptedException {
        final StringBuilder output = new StringBuilder();
        String line = child.line(deadline);
        while (line != null && !line.startsWith(PerfHost.STATUS)) {
            output.append(line).append('\n');
            line = child.line(deadline);
        }
        if (line == null) {
            throw new MeasurementException(name + ": the JVM ended" + child.ended());
        }
        if (!line.equals(PerfHost.STATUS + 0)) {
            throw new MeasurementException(name + " failed with status " + line.substring(PerfHost.STATUS.length())
                + "; it printed:\n" + output.toString().strip());
        }
        return output.toString();
    }

    @Override
    public void renew() {
        close();
    }

    @Override
    public synchronized List<Long> processes() {
        return Stream.of(server, client).filter(Objects::nonNull).filter(Child::isAlive).map(Child::pid).toList();
    }

    /** Also called by the thread that ends the JVM. */
    @Override
    public synchronized void close() {
        for (final Child child : new Child[] {client, server}) {
            if (child != null) {
                child.close();
            }
        }
        client = null;
        server = null;
        warm = null;
    }
}
