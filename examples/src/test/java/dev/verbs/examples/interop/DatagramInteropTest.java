package dev.verbs.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.examples.CommandRun;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * librdmacm's {@code udaddy} and {@code mckey} on one side, their counterparts in Java on the other. The C
 * udaddy has no option for its port: its tests share one.
 */
@ExtendWith(RealDevice.class)
class DatagramInteropTest {
    private static String address;

    @BeforeAll
    static void prepare() {
        if (!TestProvider.isSoft()) {
            address = Interop.port().gid().gid().address().getHostAddress();
        }
    }

    private static String[] with(final String[] first, final String... more) {
        final List<String> all = new ArrayList<>(Arrays.asList(first));
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    private static String tool(final String name) {
        return CProcess.tool(name, "rdmacm-utils");
    }

    private static void udaddyClient(final String... options) {
        try (CProcess server = CProcess.start(with(new String[] {tool("udaddy"), "-b", address}, options))) {
            final CommandRun run = Interop.client(server, "udaddy", with(options, "-s", address));
            assertEquals(0, run.exitCode(), () -> run + "\n" + server);
            assertEquals(0, server.await(Interop.DEADLINE), server::toString);
            assertTrue(server.output().contains("data transfers complete") && server.output().contains("return status 0"),
                server::toString);
        }
    }

    private static void udaddyServer(final String ended, final String... options) {
        final JavaEnd server = JavaEnd.start("listens on", "udaddy", with(options, "-b", address));
        try (CProcess client = CProcess.start(with(new String[] {tool("udaddy"), "-s", address}, options))) {
            assertEquals(0, client.await(Interop.DEADLINE), () -> client + "\n" + server);
            assertTrue(client.output().contains("data transfers complete") && client.output().contains("return status 0"),
                client::toString);
            server.expectEnd(ended);
        }
    }

    @Test
    void shouldBeAUdaddyClientOfC() {
        udaddyClient();
    }

    @Test
    void shouldBeAUdaddyClientOfCWithSeveralQueuePairs() {
        udaddyClient("-c", "3", "-C", "7", "-S", "500", "-t", "32");
    }

    @Test
    void shouldBeAUdaddyServerForC() {
        udaddyServer("server: 1 queue pairs, 10 datagrams each way");
    }

    @Test
    void shouldBeAUdaddyServerForCWithSeveralQueuePairs() {
        udaddyServer("server: 3 queue pairs, 21 datagrams each way", "-c", "3", "-C", "7", "-S", "500", "-t", "32");
    }

    /** The C receiver writes that it has joined when its queue pair is attached and its receives are posted. */
    private static void mckeySender(final String group, final String... options) {
        final String[] common = {"-m", group, "-b", address, "-C", "7", "-S", "500"};
        try (CProcess receiver = CProcess.start(with(new String[] {CProcess.tool("stdbuf", "coreutils"), "-oL", tool("mckey")},
            common))) {
            assertTrue(Waiting.until(Interop.DEADLINE, () -> receiver.output().contains("joined") || !receiver.isAlive())
                && receiver.output().contains("joined"), receiver::toString);
            final CommandRun run = Interop.run("mckey", with(with(common, "-s"), options));
            assertEquals(0, run.exitCode(), () -> run + "\n" + receiver);
            assertEquals(0, receiver.await(Interop.DEADLINE), receiver::toString);
            assertTrue(receiver.output().contains("data transfers complete") && receiver.output().contains("return status 0"),
                receiver::toString);
        }
    }

    private static void mckeyReceiver(final String group, final String... options) {
        final String[] common = {"-m", group, "-b", address, "-C", "7", "-S", "500"};
        final JavaEnd receiver = JavaEnd.start("receiving data transfers", "mckey", common);
        try (CProcess sender = CProcess.start(with(with(new String[] {tool("mckey"), "-s"}, common), options))) {
            assertEquals(0, sender.await(Interop.DEADLINE), () -> sender + "\n" + receiver);
            assertTrue(sender.output().contains("data transfers complete"), sender::toString);
            receiver.expectEnd("receiver: 1 queue pairs, 7 datagrams; return status 0");
        }
    }

    @Test
    void shouldBeAMckeySenderToC() {
        mckeySender("239.7.8.1");
    }

    @Test
    void shouldBeAMckeySenderToCThatOnlySends() {
        mckeySender("239.7.8.2", "-o");
    }

    @Test
    void shouldBeAMckeyReceiverOfC() {
        mckeyReceiver("239.7.8.3");
    }

    @Test
    void shouldBeAMckeyReceiverOfCThatOnlySends() {
        mckeyReceiver("239.7.8.4", "-o");
    }
}
