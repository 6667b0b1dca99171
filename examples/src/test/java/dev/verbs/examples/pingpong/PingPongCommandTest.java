package dev.verbs.examples.pingpong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.examples.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both ends in this process; the command itself fails if anything is left open. */
class PingPongCommandTest {
    @ParameterizedTest
    @CsvSource({"1, 2", "63, 3", "4096, 500", "4097, 7", "65537, 64", "1000003, 4"})
    void shouldCarryEverySize(final long size, final int depth) {
        final CommandRun run = CommandRun.of("pingpong", "--provider", "soft", "-n", "100", "-c", "-s", "" + size, "-r", "" + depth);
        assertEquals(0, run.exitCode(), run::toString);
        for (final String who : new String[] {"client", "server"}) {
            assertTrue(run.out().contains(who + ": " + size * 200 + " bytes in "), run::toString);
            assertTrue(run.out().contains(who + ": 100 iters in "), run::toString);
            assertTrue(run.out().contains(who + ": all 100 messages received were right"), run::toString);
            assertTrue(run.out().contains(who + ":   remote address: LID 0x"), run::toString);
        }
        System.out.println("pingpong: checked 200 messages of " + size + " bytes, " + depth + " receives");
    }

    @Test
    void shouldSayWhatItChoseAndThatBothEndsAreHere() {
        final CommandRun run = CommandRun.of("pingpong", "--provider", "soft", "-n", "10");
        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.out().contains("provider: soft ("), run::toString);
        assertTrue(run.out().contains("(first active)"), run::toString);
        assertTrue(run.out().contains("both ends run in this process"), run::toString);
    }

    @Test
    void shouldSleepOnEvents() {
        final CommandRun run = CommandRun.of("pingpong", "--provider", "soft", "-n", "500", "-e", "-c");
        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.out().contains("client: all 500 messages received were right"), run::toString);
    }

    @Test
    void shouldTakeTheShortNamesOfC() {
        final CommandRun given = CommandRun.of("pingpong", "--provider", "soft", "-n", "1", "-i", "1", "-g", "0", "-m", "256");
        assertEquals(0, given.exitCode(), given::toString);
        assertTrue(given.out().contains("port 1 (given)") && given.out().contains("mtu 256 (given)"), given::toString);
        final CommandRun absent = CommandRun.of("pingpong", "--provider", "soft", "-d", "nonsense");
        assertTrue(absent.err().contains("no device is called 'nonsense'"), absent::toString);
    }

    @Test
    void shouldRefuseADepthThatTheDeviceCannotDo() {
        final CommandRun run = CommandRun.of("pingpong", "--provider", "soft", "-r", "1048576");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.isOneSentence() && run.err().contains("rx-depth 1048576 is more than"), run::toString);
    }
}
