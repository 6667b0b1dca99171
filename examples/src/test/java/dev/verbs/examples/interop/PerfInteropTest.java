package dev.verbs.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.PortSelection;
import dev.verbs.examples.CommandRun;
import dev.verbs.examples.VerbsCommand;
import dev.verbs.examples.perf.PerfTool;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** perftest's tools on one side, {@code verbs perf} on the other. Both poll on few processors: few messages. */
@ExtendWith(RealDevice.class)
class PerfInteropTest {
    private static final String ITERATIONS = "20";
    private static final AtomicInteger PORT = new AtomicInteger(18_650);
    private static String address;
    private static String device;

    @BeforeAll
    static void prepare() {
        if (!TestProvider.isSoft()) {
            final PortSelection port = Interop.port();
            address = port.gid().gid().address().getHostAddress();
            device = Interop.device();
        }
    }

    static Stream<Arguments> everyTool() {
        return Arrays.stream(PerfTool.values()).flatMap(tool -> Stream.of("", "-R").map(more -> Arguments.of(tool, more)));
    }

    private static List<String> options(final String port, final String... more) {
        final List<String> all = new ArrayList<>(List.of("-d", device, "-F", "-p", port));
        Arrays.stream(more).flatMap(option -> Arrays.stream(option.split(" "))).filter(option -> !option.isEmpty()).forEach(all::add);
        if (!all.contains("-n") && !all.contains("-D")) {
            all.addAll(List.of("-n", ITERATIONS));
        }
        return all;
    }

    private static CProcess c(final PerfTool tool, final String port, final String host, final String... more) {
        final List<String> all = options(port, more);
        all.addFirst(CProcess.tool("ib_" + tool.toolName(), "perftest"));
        if (!host.isEmpty()) {
            all.add(host);
        }
        return CProcess.start(all.toArray(String[]::new));
    }

    /** A Java end on a thread of its own. */
    private record Java(Waiting.Pending<Integer> exit, StringWriter out, StringWriter err) {
        static Java start(final PerfTool tool, final String port, final String host, final String... more) {
            final List<String> all = new ArrayList<>(List.of("perf", tool.toolName(), "--provider", TestProvider.name(), "--warm-up", "0",
                "--deadline", "20"));
            all.addAll(options(port, more));
            if (!host.isEmpty()) {
                all.add(host);
            }
            final StringWriter out = new StringWriter();
            final StringWriter err = new StringWriter();
            return new Java(Waiting.start("verbs perf", () -> VerbsCommand.execute(new PrintWriter(out, true), new PrintWriter(err, true),
                all.toArray(String[]::new))), out, err);
        }

        /** Runs a client until the C server listens: nothing shows from outside that a listener of the connection manager is there. */
        static Java client(final PerfTool tool, final String port, final CProcess server, final String... more) {
            final long deadline = System.nanoTime() + Interop.DEADLINE.toNanos();
            Java java;
            do {
                java = start(tool, port, address, more);
                java.exit.get(Interop.DEADLINE);
            } while (java.err.toString().contains("nobody listens") && server.isAlive() && System.nanoTime() < deadline);
            return java;
        }

        void awaitListening() {
            assertTrue(Waiting.until(Interop.DEADLINE, () -> out.toString().contains("Waiting for client") || !exit.thread().isAlive()),
                this::toString);
        }

        @Override
        public String toString() {
            return "--- Java stdout\n" + out + "--- Java stderr\n" + err;
        }
    }

    private static void bothSucceed(final Java java, final CProcess c) {
        assertEquals(0, java.exit().get(Interop.DEADLINE), () -> java + "\n" + c);
        assertEquals(0, c.await(Interop.DEADLINE), () -> java + "\n" + c);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyTool")
    void shouldBeAClientOfC(final PerfTool tool, final String more) {
        final String port = "" + PORT.incrementAndGet();
        try (CProcess server = c(tool, port, "", more)) {
            bothSucceed(Java.client(tool, port, server, more), server);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyTool")
    void shouldBeAServerForC(final PerfTool tool, final String more) {
        final String port = "" + PORT.incrementAndGet();
        final Java server = Java.start(tool, port, "", more);
        server.awaitListening();
        try (CProcess client = c(tool, port, address, more)) {
            bothSucceed(server, client);
        }
    }

    /** What only some tools have, with C at one end or the other. */
    @ParameterizedTest(name = "C {0}, {1} {2}")
    @CsvSource({"server,WRITE_BW,-b -q 2", "client,SEND_BW,-b -s 1000", "server,READ_BW,-b -e", "client,SEND_BW,-a -n 5",
        "server,WRITE_LAT,-a -n 5", "server,SEND_LAT,-c UD", "client,SEND_BW,-c UC", "client,SEND_BW,--use-srq -q 2",
        "server,WRITE_BW,-z", "client,WRITE_BW,-R -q 2",
        "server,WRITE_BW,-R -q 2", "server,WRITE_BW,-l 4", "client,SEND_LAT,-e", "server,SEND_BW,-D 2 -f 0",
        "server,ATOMIC_BW,-A CMP_AND_SWAP", "client,WRITE_LAT,-c UC -x 1 -m 512", "server,SEND_BW,--reversed"})
    void shouldServeTheSameOptions(final String role, final PerfTool tool, final String more) {
        final String port = "" + PORT.incrementAndGet();
        if (role.equals("server")) {
            try (CProcess server = c(tool, port, "", more)) {
                bothSucceed(Java.client(tool, port, server, more), server);
            }
        } else {
            final Java server = Java.start(tool, port, "", more);
            server.awaitListening();
            try (CProcess client = c(tool, port, address, more)) {
                bothSucceed(server, client);
            }
        }
    }

    /** Lines up to the results, without what is different each time, and without what C prints about devices that it does not know. */
    private static List<String> header(final String output) {
        final List<String> lines = output.lines().map(line -> line.replaceAll("0x[0-9a-f]+", "0x#"))
            .filter(line -> !line.startsWith(" Provider") && !line.startsWith(" Warm-up ops")).toList();
        final int titles = (int)lines.stream().takeWhile(line -> !line.startsWith(" #bytes")).count();
        final List<String> kept = new ArrayList<>();
        for (final String line : lines.subList(0, Math.min(lines.size(), titles + 1))) {
            if (!line.startsWith("----") || !kept.isEmpty() && !kept.getLast().equals(line) && !kept.getLast().isEmpty()) {
                kept.add(line);
            }
        }
        return kept;
    }

    @ParameterizedTest
    @EnumSource(PerfTool.class)
    void shouldPrintWhatCPrints(final PerfTool tool) {
        final String port = "" + PORT.incrementAndGet();
        final String another = "" + PORT.incrementAndGet();
        final Java javaServer = Java.start(tool, another, "");
        javaServer.awaitListening();
        final Java javaClient = Java.start(tool, another, address);
        assertEquals(0, javaClient.exit().get(Interop.DEADLINE), javaClient::toString);
        assertEquals(0, javaServer.exit().get(Interop.DEADLINE), javaServer::toString);
        try (CProcess server = c(tool, port, "")) {
            Interop.awaitListener(Integer.parseInt(port), server);
            try (CProcess client = c(tool, port, address)) {
                assertEquals(0, client.await(Interop.DEADLINE), client::toString);
                assertEquals(0, server.await(Interop.DEADLINE), server::toString);
                assertEquals(header(client.output()), header(javaClient.out().toString()));
                assertEquals(header(server.output()), header(javaServer.out().toString()));
            }
        }
    }

    /** The peer is killed in the middle; the Java end must end with one line, soon. */
    private static void endsWithOneLine(final Java java, final CProcess c) {
        assertTrue(Waiting.until(Interop.DEADLINE, () -> java.out().toString().contains(" #bytes") || !java.exit().thread().isAlive()),
            java::toString);
        assertTrue(java.exit().thread().isAlive(), () -> java + "\n" + c);
        c.close(); // SIGKILL
        assertEquals(1, java.exit().get(Interop.DEADLINE), java::toString);
        assertEquals(1, java.err().toString().lines().count(), java::toString);
        assertTrue(java.err().toString().startsWith("verbs perf"), java::toString);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"WRITE_LAT,''", "WRITE_LAT,-R", "SEND_LAT,''", "READ_LAT,''", "WRITE_BW,''", "SEND_BW,-b"})
    void shouldEndAsAClientWhenCIsKilled(final PerfTool tool, final String more) {
        final String port = "" + PORT.incrementAndGet();
        try (CProcess server = c(tool, port, "", more, "-n 10000000")) {
            if (more.equals("-R")) {
                LockSupport.parkNanos(2_000_000_000L); // nothing shows that its listener is there; a refused client fails the test
            } else {
                Interop.awaitListener(Integer.parseInt(port), server);
            }
            endsWithOneLine(Java.start(tool, port, address, more, "-n 10000000"), server);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"WRITE_LAT,''", "WRITE_BW,''", "SEND_BW,''", "WRITE_BW,-R"})
    void shouldEndAsAServerWhenCIsKilled(final PerfTool tool, final String more) {
        final String port = "" + PORT.incrementAndGet();
        final Java server = Java.start(tool, port, "", more, "-n 10000000");
        server.awaitListening();
        try (CProcess client = c(tool, port, address, more, "-n 10000000")) {
            endsWithOneLine(server, client);
        }
    }

    @ParameterizedTest
    @EnumSource(PerfTool.class)
    void shouldKnowTheOptionsThatTheInstalledToolPrints(final PerfTool tool) {
        try (CProcess help = CProcess.start(CProcess.tool("ib_" + tool.toolName(), "perftest"), "-h")) {
            help.await(Interop.DEADLINE);
            final String java = CommandRun.of("perf", tool.toolName(), "--help").out();
            final List<String> unknown = Pattern.compile("(?m)^\\s+(?:-\\w, )?(--[\\w-]+)").matcher(help.output()).results()
                .map(match -> match.group(1)).filter(name -> !java.contains(name)).toList();
            assertEquals(List.of(), unknown);
            assertTrue(help.output().contains("--iters"), help::toString);
        }
    }
}
