package dev.verbs.examples.cm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.examples.CommandRun;
import org.junit.jupiter.api.Test;

/** The counterparts of librdmacm's examples with both ends in this process. */
class CmCommandsTest {
    private static CommandRun run(final String... args) {
        final String[] all = new String[args.length + 2];
        all[0] = args[0];
        all[1] = "--provider";
        all[2] = "soft";
        System.arraycopy(args, 1, all, 3, args.length - 1);
        return CommandRun.of(all);
    }

    private static void assertDone(final CommandRun run, final String... lines) {
        assertEquals(0, run.exitCode(), run::toString);
        for (final String line : lines) {
            assertTrue(run.out().contains(line), () -> "no '" + line + "' in " + run);
        }
    }

    @Test
    void shouldSayHelloBothWays() {
        assertDone(run("rdma-server"), "rdma_server: received 16 bytes", "hello, server", "rdma_client: end 0");
        assertDone(run("rdma-client"), "rdma_client: received 16 bytes", "hello, client", "rdma_server: end 0");
    }

    @Test
    void shouldMakeConnectionsAndSendBothWays() {
        assertDone(run("cmatose", "-c", "4", "-C", "5", "-S", "2000"), "server: 4 connections, 20 messages each way",
            "client: 4 connections, 20 messages each way");
    }

    @Test
    void shouldMigrateBetweenChannels() {
        assertDone(run("cmatose", "-m", "-t", "16", "-a", "14"), "migrating to new event channel", "client: 1 connections");
    }

    @Test
    void shouldConnectOnlyInTheInfiniBandPortSpace() {
        assertDone(run("cmatose", "-C", "0", "-P", "ib"), "client: 1 connections, 0 messages each way");
    }

    @Test
    void shouldRefuseOptionsThatMakeNoSense() {
        for (final String[] bad : new String[][] {{"cmatose", "-c", "0"}, {"cmatose", "-P", "udp"}, {"cmatose", "-a", "32"},
            {"rdma-client", "-p", "0"}, {"rdma-server", "--gid-index", "1"}}) {
            final CommandRun run = run(bad);
            assertEquals(2, run.exitCode(), run::toString);
            assertTrue(run.isOneSentence(), run::toString);
        }
    }
}
