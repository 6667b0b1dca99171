package dev.verbs.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.PortSelection;
import dev.verbs.examples.CommandRun;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ibv_rc_pingpong} on one side, {@code verbs pingpong} on the other. Both poll on few processors: few messages. */
@ExtendWith(RealDevice.class)
class PingPongInteropTest {
    private static final String ITERATIONS = "50";
    private static String tool;
    private static PortSelection port;
    private static String address;

    @BeforeAll
    static void prepare() {
        if (TestProvider.isSoft()) {
            return; // every test is skipped
        }
        tool = CProcess.tool("ibv_rc_pingpong", "ibverbs-utils");
        port = Interop.port();
        address = port.gid().gid().address().getHostAddress();
    }

    private static CProcess c(final int tcpPort, final String size, final String... more) {
        final String[] usual = {tool, "-d", Interop.device(), "-i", "" + port.port(), "-g", "" + port.gid().index(), "-p",
            "" + tcpPort, "-n", ITERATIONS, "-s", size, "-c"};
        final String[] command = Arrays.copyOf(usual, usual.length + more.length);
        System.arraycopy(more, 0, command, usual.length, more.length);
        return CProcess.start(command);
    }

    private static void assertMeasured(final String output, final String who) {
        assertTrue(output.contains(ITERATIONS + " iters in "), () -> who + " printed no result:\n" + output);
        assertTrue(output.contains(" Mbit/sec"), () -> who + " printed no result:\n" + output);
    }

    private static void javaClient(final int tcpPort, final String size, final String... more) {
        try (CProcess server = c(tcpPort, size)) {
            Interop.awaitListener(tcpPort, server);
            final String[] usual = {"-p", "" + tcpPort, "-n", ITERATIONS, "-s", size, "-c", address};
            final String[] args = Arrays.copyOf(more, more.length + usual.length);
            System.arraycopy(usual, 0, args, more.length, usual.length);
            final CommandRun client = Interop.run("pingpong", args);
            assertEquals(0, client.exitCode(), () -> client + "\n" + server);
            assertEquals(0, server.await(Interop.DEADLINE), server::toString);
            assertFalse(server.output().contains("invalid data"), server::toString);
            assertMeasured(server.output(), "C");
            assertMeasured(client.out(), "Java");
            assertTrue(client.out().contains("all " + ITERATIONS + " messages received were right"), client::toString);
        }
    }

    @Test
    void shouldBeAClientOfC() {
        javaClient(18601, "4096");
    }

    @Test
    void shouldBeAClientOfCThatSleeps() {
        javaClient(18602, "10007", "-e");
    }

    @Test
    void shouldBeAServerForC() {
        final Waiting.Pending<CommandRun> server = Interop.start("pingpong", "-p", "18603", "-n", ITERATIONS, "-s", "5000", "-c");
        Interop.awaitListener(18603, server);
        try (CProcess client = c(18603, "5000", address)) {
            final CommandRun java = server.get(Interop.DEADLINE);
            assertEquals(0, client.await(Interop.DEADLINE), client::toString);
            assertEquals(0, java.exitCode(), () -> java + "\n" + client);
            assertTrue(java.out().contains("all " + ITERATIONS + " messages received were right"), java::toString);
            assertMeasured(client.output(), "C");
            assertMeasured(java.out(), "Java");
        }
    }

    @Test
    void shouldFindOutThatCDidNotMarkItsPages() {
        final Waiting.Pending<CommandRun> server = Interop.start("pingpong", "-p", "18604", "-n", ITERATIONS, "-s", "9000", "-c");
        Interop.awaitListener(18604, server);
        try (CProcess client = CProcess.start(tool, "-d", Interop.device(), "-i", "" + port.port(), "-g", "" + port.gid().index(),
            "-p", "18604", "-n", ITERATIONS, "-s", "9000", address)) {
            final CommandRun java = server.get(Interop.DEADLINE);
            assertEquals(0, client.await(Interop.DEADLINE), client::toString);
            assertEquals(1, java.exitCode(), java::toString);
            for (int page = 0; page < 3; page++) {
                assertTrue(java.out().contains("invalid data in page " + page), java::toString);
            }
        }
    }
}
