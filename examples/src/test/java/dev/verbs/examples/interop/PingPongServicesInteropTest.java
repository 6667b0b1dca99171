package dev.verbs.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.PortSelection;
import dev.verbs.examples.CommandRun;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code ibv_uc_pingpong}, {@code ibv_ud_pingpong} and {@code ibv_srq_pingpong} on one side, {@code verbs pingpong} on the
 * other. Both check what arrives.
 */
@ExtendWith(RealDevice.class)
class PingPongServicesInteropTest {
    private static final int FIRST_TCP_PORT = 18611;
    private static final String ITERATIONS = "60";
    private static PortSelection port;
    private static String address;

    /** The programs; sizes are neither powers of two nor, but for datagrams, one packet. */
    enum Tool {
        UC("ibv_uc_pingpong", "10007", "--type", "uc"),
        UD("ibv_ud_pingpong", "1001", "--type", "ud"),
        SRQ("ibv_srq_pingpong", "5003", "--srq");

        private final String program;
        private final String size;
        private final List<String> options;

        Tool(final String program, final String size, final String... options) {
            this.program = program;
            this.size = size;
            this.options = List.of(options);
        }

        private int tcpPort(final int test) {
            return FIRST_TCP_PORT + test * values().length + ordinal();
        }

        private CProcess c(final int tcpPort, final String... more) {
            final List<String> command = new ArrayList<>(List.of(CProcess.tool(program, "ibverbs-utils"), "-d", Interop.device(),
                "-i", "" + port.port(), "-g", "" + port.gid().index(), "-p", "" + tcpPort, "-n", ITERATIONS, "-s", size, "-c"));
            command.addAll(List.of(more));
            return CProcess.start(command.toArray(String[]::new));
        }

        private String[] java(final int tcpPort, final String... more) {
            final List<String> args = new ArrayList<>(options);
            args.addAll(List.of("-p", "" + tcpPort, "-n", ITERATIONS, "-s", size, "-c"));
            args.addAll(List.of(more));
            return args.toArray(String[]::new);
        }

        /** C's server and a Java client. */
        private void serve(final int tcpPort, final String[] cOptions, final String... javaOptions) {
            try (CProcess server = c(tcpPort, cOptions)) {
                Interop.awaitListener(tcpPort, server);
                final CommandRun client = Interop.run("pingpong", java(tcpPort, javaOptions));
                assertRight(client, server);
            }
        }

        /** A Java server and C's client. */
        private void ask(final int tcpPort, final String[] cOptions, final String... javaOptions) {
            final Waiting.Pending<CommandRun> server = Interop.start("pingpong", java(tcpPort, javaOptions));
            Interop.awaitListener(tcpPort, server);
            try (CProcess client = c(tcpPort, cOptions)) {
                assertRight(server.get(Interop.DEADLINE), client);
            }
        }
    }

    @BeforeAll
    static void prepare() {
        if (TestProvider.isSoft()) {
            return; // every test is skipped
        }
        port = Interop.port();
        address = port.gid().gid().address().getHostAddress();
    }

    private static void assertRight(final CommandRun java, final CProcess c) {
        assertEquals(0, java.exitCode(), () -> java + "\n" + c);
        assertEquals(0, c.await(Interop.DEADLINE), () -> java + "\n" + c);
        assertFalse(c.output().contains("invalid data"), c::toString);
        assertTrue(c.output().contains(ITERATIONS + " iters in "), c::toString);
        assertTrue(java.out().contains(ITERATIONS + " iters in "), java::toString);
        assertTrue(Pattern.compile("all [67]\\d messages received were right").matcher(java.out()).find(), java::toString);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeAClientOfC(final Tool tool) {
        tool.serve(tool.tcpPort(0), new String[0], address);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeAServerForC(final Tool tool) {
        tool.ask(tool.tcpPort(1), new String[] {address});
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeAClientThatSleepsOfCThatSleeps(final Tool tool) {
        tool.serve(tool.tcpPort(2), new String[] {"-e"}, "-e", address);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeAServerThatSleepsForCThatSleeps(final Tool tool) {
        tool.ask(tool.tcpPort(3), new String[] {"-e", address}, "-e");
    }

    @Test
    void shouldShareFewReceivesWithC() {
        Tool.SRQ.serve(Tool.SRQ.tcpPort(4), new String[] {"-q", "3", "-r", "4"}, "-q", "3", "-r", "4", address);
    }

    @Test
    void shouldServeFewReceivesToC() {
        Tool.SRQ.ask(Tool.SRQ.tcpPort(5), new String[] {"-q", "3", "-r", "4", address}, "-q", "3", "-r", "4");
    }

    @Test
    void shouldSayThatCHasAnotherNumberOfQueuePairs() {
        final int tcpPort = Tool.SRQ.tcpPort(6);
        final Waiting.Pending<CommandRun> server = Interop.start("pingpong", Tool.SRQ.java(tcpPort, "-q", "5"));
        Interop.awaitListener(tcpPort, server);
        try (CProcess client = Tool.SRQ.c(tcpPort, "-q", "7", address)) {
            final CommandRun java = server.get(Interop.DEADLINE);
            assertEquals(1, java.exitCode(), () -> java + "\n" + client);
            assertTrue(java.isOneSentence() && java.err().contains("the peer has 7 queue pairs instead of 5"), java::toString);
        }
    }

    /** The length of a datagram is that of its message, without the header before it. */
    @Test
    void shouldFindThatCSendsDatagramsOfAnotherSize() {
        final int tcpPort = Tool.UD.tcpPort(4);
        final Waiting.Pending<CommandRun> server = Interop.start("pingpong", "--type", "ud", "-p", "" + tcpPort, "-s", "1024");
        Interop.awaitListener(tcpPort, server);
        try (CProcess client = Tool.UD.c(tcpPort, address)) {
            final CommandRun java = server.get(Interop.DEADLINE);
            assertEquals(1, java.exitCode(), () -> java + "\n" + client);
            assertTrue(java.err().contains("the peer sent 1001 bytes instead of 1024: give both ends the same -s"), java::toString);
        }
    }

    /** A packet of a connection reaches a queue pair of datagrams: it is dropped, and nobody is told. */
    @Test
    void shouldGiveUpWhenCLosesWhatIsSent() {
        final int tcpPort = Tool.UD.tcpPort(5);
        try (CProcess server = Tool.UD.c(tcpPort)) {
            Interop.awaitListener(tcpPort, server);
            final CommandRun client = Interop.run("pingpong", "--type", "uc", "-p", "" + tcpPort, "-s", "64", "--timeout", "2", address);
            assertEquals(1, client.exitCode(), () -> client + "\n" + server);
            assertTrue(client.isOneSentence()
                && client.err().contains("heard nothing from its peer for 2 s (--timeout): 1 sent, 0 received")
                && client.err().contains("UC does not send again what is lost"), client::toString);
        }
    }
}
