package dev.verbs.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.PortSelection;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
        final List<String> all = new ArrayList<>(List.of("-d", device, "-n", ITERATIONS, "-F", "-p", port));
        Arrays.stream(more).filter(option -> !option.isEmpty()).forEach(all::add);
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
}
