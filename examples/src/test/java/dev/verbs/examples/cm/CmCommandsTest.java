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
    void shouldAskAServiceForQueuePairsAndExchangeDatagrams() {
        assertDone(run("udaddy", "-c", "3", "-C", "5", "-S", "1000", "-t", "16"), "server: 3 queue pairs, 15 datagrams each way",
            "client: 3 queue pairs, 15 datagrams each way");
        assertDone(run("udaddy", "-C", "0"), "client: 1 queue pairs, 0 datagrams each way");
    }

    @Test
    void shouldSendToAMulticastGroup() {
        for (final String[] one : new String[][] {{"mckey", "-m", "239.7.7.7"}, {"mckey", "-m", "239.7.7.7", "-s", "-o"},
            {"mckey", "-m", "239.7.7.7", "-c", "2", "-C", "5", "-S", "1024"}}) {
            assertDone(run(one), "mckey: joined dgid", "receiver: ", "sender: ");
        }
    }

    @Test
    void shouldSayThatADatagramIsLongerThanTheMtu() {
        final CommandRun run = run("mckey", "-m", "239.7.7.7", "-S", "4096");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.isOneSentence() && run.err().contains("MTU"), run::toString);
    }

    @Test
    void shouldRefuseOptionsThatMakeNoSense() {
        for (final String[] bad : new String[][] {{"cmatose", "-c", "0"}, {"cmatose", "-P", "udp"}, {"cmatose", "-a", "32"},
            {"rdma-client", "-p", "0"}, {"rdma-server", "--gid-index", "1"},
            {"udaddy", "-S", "4097"}, {"udaddy", "-c", "0"}, {"udaddy", "-t", "256"}, {"mckey"}, {"mckey", "-m", "10.1.2.3"},
            {"mckey", "-m", "239.7.7.7", "-o"}}) {
            final CommandRun run = run(bad);
            assertEquals(2, run.exitCode(), run::toString);
            assertTrue(run.isOneSentence(), run::toString);
        }
    }
}
