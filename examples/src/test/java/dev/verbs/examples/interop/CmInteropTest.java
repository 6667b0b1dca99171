package dev.verbs.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.examples.CommandRun;
import dev.verbs.testkit.TestProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** librdmacm's {@code rdma_client}, {@code rdma_server} and {@code ucmatose} on one side, their counterparts in Java on the other. */
@ExtendWith(RealDevice.class)
class CmInteropTest {
    private static String address;

    @BeforeAll
    static void prepare() {
        if (!TestProvider.isSoft()) {
            address = Interop.port().gid().gid().address().getHostAddress();
        }
    }

    private static String tool(final String name) {
        return CProcess.tool(name, "rdmacm-utils");
    }

    @Test
    void shouldBeAnRdmaClientOfC() {
        try (CProcess server = CProcess.start(tool("rdma_server"), "-s", address, "-p", "7401")) {
            final CommandRun run = Interop.client(server, "rdma-client", "-s", address, "-p", "7401");
            assertEquals(0, run.exitCode(), () -> run + "\n" + server);
            assertTrue(run.out().contains("rdma_client: received 16 bytes"), run::toString);
            assertEquals(0, server.await(Interop.DEADLINE), server::toString);
            assertTrue(server.output().contains("rdma_server: end 0"), server::toString);
        }
    }

    @Test
    void shouldBeAnRdmaServerForC() {
        final JavaEnd server = JavaEnd.start("listens on", "rdma-server", "-s", address, "-p", "7402");
        try (CProcess client = CProcess.start(tool("rdma_client"), "-s", address, "-p", "7402")) {
            assertEquals(0, client.await(Interop.DEADLINE), () -> client + "\n" + server);
            assertTrue(client.output().contains("rdma_client: end 0"), client::toString);
            server.expectEnd("rdma_server: received 16 bytes");
        }
    }

    /** One connection: of several, some could come before the C server listens, and some after. */
    private static void cmatoseClient(final String port, final String... more) {
        final List<String> command = new ArrayList<>(List.of(tool("ucmatose"), "-b", address, "-p", port, "-C", "7", "-S",
            "500"));
        command.addAll(Arrays.asList(more));
        try (CProcess server = CProcess.start(command.toArray(String[]::new))) {
            final List<String> args = new ArrayList<>(List.of("-s", address, "-p", port, "-C", "7", "-S", "500"));
            args.addAll(Arrays.asList(more));
            final CommandRun run = Interop.client(server, "cmatose", args.toArray(String[]::new));
            assertEquals(0, run.exitCode(), () -> run + "\n" + server);
            assertTrue(run.out().contains("client: 1 connections, 7 messages each way"), run::toString);
            assertEquals(0, server.await(Interop.DEADLINE), server::toString);
            assertTrue(server.output().contains("data transfers complete") && server.output().contains("return status 0"),
                server::toString);
        }
    }

    private static void cmatoseServer(final String port, final String... more) {
        final List<String> args = new ArrayList<>(List.of("-b", address, "-p", port, "-c", "3", "-C", "7", "-S", "500"));
        args.addAll(Arrays.asList(more));
        final JavaEnd server = JavaEnd.start("listens on", "cmatose", args.toArray(String[]::new));
        final List<String> command = new ArrayList<>(List.of(tool("ucmatose"), "-s", address, "-p", port, "-c", "3", "-C", "7", "-S",
            "500"));
        command.addAll(Arrays.asList(more));
        try (CProcess client = CProcess.start(command.toArray(String[]::new))) {
            assertEquals(0, client.await(Interop.DEADLINE), () -> client + "\n" + server);
            assertTrue(client.output().contains("data transfers complete") && client.output().contains("return status 0"),
                client::toString);
            server.expectEnd("server: 3 connections, 21 messages each way");
        }
    }

    @Test
    void shouldBeACmatoseClientOfC() {
        cmatoseClient("7403");
    }

    @Test
    void shouldBeACmatoseServerForC() {
        cmatoseServer("7404");
    }

    @Test
    void shouldBeACmatoseClientOfCWhileBothMigrate() {
        cmatoseClient("7405", "-m", "-t", "32", "-a", "15");
    }

    @Test
    void shouldBeACmatoseServerForCInTheInfiniBandPortSpace() {
        cmatoseServer("7406", "-P", "ib");
    }
}
