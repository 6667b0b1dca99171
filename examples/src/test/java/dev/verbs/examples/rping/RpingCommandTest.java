package dev.verbs.examples.rping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.examples.CommandRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends in this process; the command itself fails if anything is left open. */
class RpingCommandTest {
    @ParameterizedTest
    @ValueSource(ints = {RpingConfig.MIN_SIZE, 64, 4097, RpingConfig.MAX_SIZE})
    void shouldPingAndValidate(final int size) {
        final CommandRun run = CommandRun.of("rping", "--provider", "soft", "-V", "-C", "25", "-S", "" + size);
        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.out().contains("client: 25 pings of " + size + " bytes done and validated"), run::toString);
        assertTrue(run.out().contains("server: 25 pings of " + size + " bytes served"), run::toString);
        System.out.println("rping: validated 25 pings of " + size + " bytes");
    }

    @Test
    void shouldPrintPingDataLikeC() {
        final CommandRun run = CommandRun.of("rping", "--provider", "soft", "-s", "-v", "-C", "2");
        assertEquals(0, run.exitCode(), run::toString);
        final List<String> client = run.out().lines().filter(line -> line.startsWith("ping data: ")).toList();
        final List<String> server = run.out().lines().filter(line -> line.startsWith("server ping data: ")).toList();
        assertEquals(List.of("ping data: rdma-ping-0: ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqr",
            "ping data: rdma-ping-1: BCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrs"), client);
        assertEquals(client.stream().map(line -> "server " + line).toList(), server);
    }

    @Test
    void shouldPrintEachStep() {
        final CommandRun run = CommandRun.of("rping", "--provider", "soft", "-c", "-d", "-C", "1");
        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.out().contains("client: ping 0: advertises its sink"), run::toString);
        assertTrue(run.out().contains("server: ping 0: received address 0x"), run::toString);
    }

    @Test
    void shouldPingTenTimesUnlessTold() {
        final CommandRun run = CommandRun.of("rping", "--provider", "soft");
        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.out().contains("client: 10 pings of 64 bytes done"), run::toString);
    }
}
