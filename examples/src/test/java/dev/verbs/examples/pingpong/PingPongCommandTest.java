package dev.verbs.examples.pingpong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.examples.CommandRun;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static CommandRun both(final String... more) {
        final String[] usual = {"pingpong", "--provider", "soft", "-n", "300", "-c"};
        final String[] args = Arrays.copyOf(usual, usual.length + more.length);
        System.arraycopy(more, 0, args, usual.length, more.length);
        return CommandRun.of(args);
    }

    /** With several queue pairs an end may have received one more on each but one when it has sent its last. */
    private static void assertBothRight(final CommandRun run, final int queuePairs) {
        assertEquals(0, run.exitCode(), run::toString);
        for (final String who : new String[] {"client", "server"}) {
            final Matcher right = Pattern.compile(who + ": all (\\d+) messages received were right").matcher(run.out());
            assertTrue(right.find(), run::toString);
            final int received = Integer.parseInt(right.group(1));
            assertTrue(received >= 300 && received < 300 + queuePairs, run::toString);
            assertTrue(run.out().contains(who + ": 300 iters in "), run::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"uc, 1", "uc, 4096", "uc, 65537", "ud, 1", "ud, 1000", "ud, 1024"})
    void shouldCarryEverySizeUnreliably(final String type, final long size) {
        assertBothRight(both("--type", type, "-s", "" + size), 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uc", "ud"})
    void shouldSleepOnEventsOfAnUnreliableService(final String type) {
        assertBothRight(both("--type", type, "-e"), 1);
    }

    @Test
    void shouldSendDatagramsOf1024BytesUnlessTold() {
        final CommandRun run = both("--type", "ud");
        assertTrue(run.out().contains("client: " + 1024 * 300 * 2 + " bytes in "), run::toString);
    }

    @Test
    void shouldRefuseADatagramLongerThanAPacket() {
        final CommandRun run = both("--type", "ud", "-s", "1025");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.isOneSentence() && run.err().contains("can send in one message of UD (1024)"), run::toString);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "16, 16", "16, 500", "255, 255"})
    void shouldShareOneReceiveQueue(final int queuePairs, final int depth) {
        final CommandRun run = both("--srq", "-q", "" + queuePairs, "-r", "" + depth, "-s", "5000");
        assertBothRight(run, queuePairs);
        assertEquals(queuePairs, run.out().lines().filter(line -> line.startsWith("client:   remote address:")).count());
    }

    @Test
    void shouldSleepOnEventsOfManyQueuePairs() {
        assertBothRight(both("--srq", "-e"), 16);
    }

    @Test
    void shouldUseSixteenQueuePairsUnlessTold() {
        final CommandRun run = both("--srq");
        assertEquals(16, run.out().lines().filter(line -> line.startsWith("server:   local address:")).count(), run::toString);
    }

    private static void assertMisused(final String why, final String... args) {
        final CommandRun run = both(args);
        assertEquals(2, run.exitCode(), run::toString);
        assertTrue(run.err().contains(why), run::toString);
    }

    @Test
    void shouldRefuseToShareReceivesOfAnUnreliableService() {
        assertMisused("goes with reliable connections only", "--srq", "--type", "uc");
    }

    @Test
    void shouldRefuseANumberOfQueuePairsWithoutASharedQueue() {
        assertMisused("num-qp 4 goes with --srq", "-q", "4");
    }

    @Test
    void shouldRefuseFewerReceivesThanQueuePairs() {
        assertMisused("less than one receive for each of 16", "--srq", "-r", "15");
    }

    @Test
    void shouldRefuseMoreQueuePairsThanCTakes() {
        assertMisused("num-qp 256 is not in 0 .. 255", "--srq", "-q", "256");
    }

    @Test
    void shouldRefuseAnUnknownType() {
        assertMisused("xrc", "--type", "xrc");
    }
}
