package dev.verbs.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.examples.CommandRun;
import dev.verbs.examples.VerbsCommand;
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

    @BeforeAll
    static void prepare() {
        if (TestProvider.isSoft()) {
            return; // every test is skipped
        }
        tool = CProcess.tool("rping", "rdmacm-utils");
        address = Interop.port().gid().gid().address().getHostAddress();
    }

    private static List<String> pings(final String output, final String prefix) {
        return output.lines().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length())).toList();
    }

    @Test
    void shouldBeAClientOfC() {
        try (CProcess server = CProcess.start(tool, "-s", "-V", "-v", "-a", address, "-p", "7301", "-S", "100")) {
            final long deadline = System.nanoTime() + Interop.DEADLINE.toNanos();
            CommandRun client;
            do { // nothing shows from outside that an rdma_cm listener is there
                client = Interop.run("rping", "-c", "-a", address, "-p", "7301", "-V", "-v", "-C", "20", "-S", "100");
            } while (client.err().contains("nobody listens") && server.isAlive() && System.nanoTime() < deadline);
            final CommandRun last = client;
            assertEquals(0, last.exitCode(), () -> last + "\n" + server);
            assertEquals(0, server.await(Interop.DEADLINE), server::toString);
            assertTrue(last.out().contains("client: 20 pings of 100 bytes done and validated"), last::toString);
            final List<String> sent = pings(last.out(), "ping data: ");
            assertEquals(20, sent.size(), last::toString);
            assertEquals(sent, pings(server.output(), "server ping data: "), server::toString);
        }
    }

    @Test
    void shouldBeAServerForC() {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final Waiting.Pending<Integer> server = Waiting.start("rping server", () -> VerbsCommand.execute(new PrintWriter(out, true),
            new PrintWriter(err, true), "rping", "--provider", TestProvider.name(), "-s", "-d", "-v", "-a", address, "-p", "7302"));
        assertTrue(Waiting.until(Interop.DEADLINE, () -> out.toString().contains("listens on")), () -> out + "\n" + err);
        try (CProcess client = CProcess.start(tool, "-c", "-V", "-v", "-a", address, "-p", "7302", "-C", "20", "-S", "1000")) {
            assertEquals(0, client.await(Interop.DEADLINE), () -> client + "\n" + out + err);
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
