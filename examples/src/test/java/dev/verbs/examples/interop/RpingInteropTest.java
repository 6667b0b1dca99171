package dev.verbs.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.Context;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.Verbs;
import dev.verbs.examples.CommandRun;
import dev.verbs.examples.VerbsCommand;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.testkit.PortAddress;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** librdmacm's {@code rping} on one side, {@code verbs rping} on the other. */
@ExtendWith(RealDevice.class)
class RpingInteropTest {
    private static String tool;
    private static String address;
    /** Null where the port has none. */
    private static String address6;

    @BeforeAll
    static void prepare() {
        if (TestProvider.isSoft()) {
            return; // every test is skipped
        }
        tool = CProcess.tool("rping", "rdmacm-utils");
        try (VerbsProvider provider = TestProvider.open(); Context context = Verbs.open(provider, TestProvider.deviceName())) {
            final PortSelection port = PortSelection.choose(context, PortOptions.AUTOMATIC);
            address = PortAddress.of(context, port).getHostAddress();
            address6 = PortAddress.ipv6(context, port).map(found -> found.getHostAddress().replaceFirst("%.*", "")).orElse(null);
        }
    }

    /**
     * When all is done, rping closes its event channel while its own thread may be about to read the next event there: then that thread
     * ends the process with -1. What was exchanged is looked at in any case.
     */
    private static void assertEndedWell(final CProcess rping) {
        final int code = rping.await(Interop.DEADLINE);
        final boolean lostItsOwnRace = code == 255 && rping.errors().contains("DISCONNECT EVENT...\n")
            && rping.errors().endsWith("rdma_get_cm_event: Bad file descriptor\n");
        assertTrue(code == 0 || lostItsOwnRace, rping::toString);
    }

    private static List<String> pings(final String output, final String prefix) {
        return output.lines().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length())).toList();
    }

    @Test
    void shouldBeAClientOfC() {
        beAClient(address, "7301");
    }

    @Test
    void shouldBeAClientOfCOverIpv6() {
        assumeTrue(address6 != null, "the port has no IPv6 address");
        beAClient(address6, "7304");
    }

    private static void beAClient(final String address, final String port) {
        try (CProcess server = CProcess.start(tool, "-s", "-V", "-v", "-a", address, "-p", port, "-S", "100")) {
            final long deadline = System.nanoTime() + Interop.DEADLINE.toNanos();
            CommandRun client;
            do { // nothing shows from outside that an rdma_cm listener is there
                client = Interop.run("rping", "-c", "-a", address, "-p", port, "-V", "-v", "-C", "20", "-S", "100");
            } while (client.err().contains("nobody listens") && server.isAlive() && System.nanoTime() < deadline);
            final CommandRun last = client;
            assertEquals(0, last.exitCode(), () -> last + "\n" + server);
            assertEndedWell(server);
            assertTrue(last.out().contains("client: 20 pings of 100 bytes done and validated"), last::toString);
            final List<String> sent = pings(last.out(), "ping data: ");
            assertEquals(20, sent.size(), last::toString);
            assertEquals(sent, pings(server.output(), "server ping data: "), server::toString);
        }
    }

    @Test
    void shouldBeAServerForC() {
        beAServer(address, "7302");
    }

    @Test
    void shouldBeAServerForCOverIpv6() {
        assumeTrue(address6 != null, "the port has no IPv6 address");
        beAServer(address6, "7305");
    }

    private static void beAServer(final String address, final String port) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final String device = Interop.device();
        final Waiting.Pending<Integer> server = Waiting.start("rping server", () -> VerbsCommand.execute(new PrintWriter(out, true),
            new PrintWriter(err, true), "rping", "--provider", TestProvider.name(), "--device", device, "-s", "-d", "-v", "-a", address,
            "-p", port));
        assertTrue(Waiting.until(Interop.DEADLINE, () -> out.toString().contains("listens on")), () -> out + "\n" + err);
        try (CProcess client = CProcess.start(tool, "-c", "-V", "-v", "-a", address, "-p", port, "-C", "20", "-S", "1000")) {
            assertEndedWell(client);
            assertEquals(0, server.get(Interop.DEADLINE), () -> out + "\n" + err);
            assertTrue(out.toString().contains("server: 20 pings of 1000 bytes served"), out::toString);
            final List<String> received = pings(client.output(), "ping data: ");
            assertEquals(20, received.size(), client::toString);
            assertEquals(received, pings(out.toString(), "server ping data: "));
        }
    }

    @Test
    void shouldSayThatNobodyListens() {
        final CommandRun run = Interop.run("rping", "-c", "-a", address, "-p", "7303", "-C", "1");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.isOneSentence() && run.err().contains("nobody listens"), run::toString);
    }
}
