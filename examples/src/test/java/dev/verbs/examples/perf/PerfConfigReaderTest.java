package dev.verbs.examples.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Defaults and dependencies of perftest 4.5. */
class PerfConfigReaderTest {
    static final PerfConfig.Waits WAITS = new PerfConfig.Waits(0, Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ZERO, true);

    /** Options in pairs: a flag and its value. */
    static PerfConfig config(final PerfTool tool, final Object... options) {
        final Map<PerfFlag, String> given = new EnumMap<>(PerfFlag.class);
        for (int i = 0; i < options.length; i += 2) {
            given.put((PerfFlag)options[i], options[i + 1].toString());
        }
        return new PerfConfigReader(tool, given).read(null, true, WAITS);
    }

    private static PerfConfig.Traffic traffic(final PerfTool tool, final Object... options) {
        return config(tool, options).traffic();
    }

    private static void assertRefused(final String reason, final PerfTool tool, final Object... options) {
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> config(tool, options));
        assertTrue(e.getMessage().contains(reason), e::getMessage);
    }

    @Test
    void shouldHaveTheDefaultsOfEachTool() {
        assertEquals(2, traffic(PerfTool.SEND_LAT).size());
        assertEquals(65_536, traffic(PerfTool.READ_BW).size());
        assertEquals(8, traffic(PerfTool.ATOMIC_BW).size());
        assertEquals(5000, traffic(PerfTool.WRITE_BW).iterations());
        assertEquals(1000, traffic(PerfTool.SEND_BW).iterations());
        assertEquals(1, traffic(PerfTool.WRITE_LAT).txDepth());
        assertEquals(128, traffic(PerfTool.WRITE_BW).txDepth());
        assertEquals(512, traffic(PerfTool.SEND_BW).rxDepth());
        assertEquals(1, traffic(PerfTool.WRITE_BW).rxDepth());
        assertFalse(traffic(PerfTool.WRITE_LAT).relaxed());
        assertTrue(traffic(PerfTool.WRITE_BW).relaxed());
    }

    @Test
    void shouldAskForFewerCompletionsOfSmallMessagesOnly() {
        assertEquals(1, traffic(PerfTool.WRITE_BW).cqModeration());
        assertEquals(100, traffic(PerfTool.WRITE_BW, PerfFlag.SIZE, 8192).cqModeration());
        assertEquals(1, traffic(PerfTool.WRITE_BW, PerfFlag.SIZE, 8193).cqModeration());
        assertEquals(100, traffic(PerfTool.WRITE_BW, PerfFlag.ALL, "").cqModeration());
        assertEquals(7, traffic(PerfTool.WRITE_BW, PerfFlag.CQ_MODERATION, 7).cqModeration());
        assertEquals(16, traffic(PerfTool.WRITE_BW, PerfFlag.POST_LIST, 16, PerfFlag.ITERATIONS, 1600).cqModeration());
    }

    @Test
    void shouldNotHaveMoreOutstandingThanThereAreMessages() {
        final PerfConfig.Traffic few = traffic(PerfTool.SEND_BW, PerfFlag.ITERATIONS, 20, PerfFlag.SIZE, 8);
        assertEquals(20, few.txDepth());
        assertEquals(20, few.rxDepth());
        assertEquals(20, few.cqModeration());
    }

    @Test
    void shouldHaveAReceiveForEveryMessageThatMayGetLost() {
        assertEquals(3000, traffic(PerfTool.SEND_BW, PerfFlag.CONNECTION, "UC", PerfFlag.ITERATIONS, 3000).rxDepth());
        assertEquals(16_000, traffic(PerfTool.SEND_BW, PerfFlag.CONNECTION, "UD", PerfFlag.ITERATIONS, 20_000).rxDepth());
        assertEquals(100, traffic(PerfTool.SEND_BW, PerfFlag.CONNECTION, "UD", PerfFlag.RX_DEPTH, 100).rxDepth());
    }

    @Test
    void shouldLookForAPeakUpTo20000Messages() {
        assertFalse(traffic(PerfTool.WRITE_BW, PerfFlag.ITERATIONS, 20_000).noPeak());
        assertTrue(traffic(PerfTool.WRITE_BW, PerfFlag.ITERATIONS, 20_001).noPeak());
        assertTrue(traffic(PerfTool.WRITE_BW, PerfFlag.NO_PEAK, "").noPeak());
        assertTrue(traffic(PerfTool.WRITE_BW, PerfFlag.DURATION, 5).noPeak());
    }

    @Test
    void shouldMeasureForATime() {
        final PerfConfig.Traffic timed = traffic(PerfTool.SEND_LAT, PerfFlag.DURATION, 9);
        assertTrue(timed.isTimed());
        assertEquals(2, timed.margin());
        assertRefused("twice the margin", PerfTool.SEND_LAT, PerfFlag.DURATION, 4, PerfFlag.MARGIN, 2);
        assertRefused("-D goes neither", PerfTool.SEND_LAT, PerfFlag.DURATION, 4, PerfFlag.ALL, "");
    }

    @Test
    void shouldRefuseListsThatDoNotFit() {
        assertRefused("not a multiple of post_list 3", PerfTool.WRITE_BW, PerfFlag.POST_LIST, 3);
        assertRefused("not a multiple of cq-mod 3", PerfTool.WRITE_BW, PerfFlag.POST_LIST, 4, PerfFlag.CQ_MODERATION, 3);
        assertRefused("tx-depth 2 is less", PerfTool.WRITE_BW, PerfFlag.POST_LIST, 4, PerfFlag.TX_DEPTH, 2);
    }

    @Test
    void shouldRefuseServicesThatTheOperationHasNot() {
        assertRefused("read_lat over UC is not supported", PerfTool.READ_LAT, PerfFlag.CONNECTION, "UC");
        assertRefused("write_bw over UD is not supported", PerfTool.WRITE_BW, PerfFlag.CONNECTION, "UD");
        assertRefused("send_bw over XRC is not supported", PerfTool.SEND_BW, PerfFlag.CONNECTION, "XRC");
        assertRefused("librdmacm has no unreliable connections", PerfTool.SEND_BW, PerfFlag.CONNECTION, "UC", PerfFlag.MANAGED, "");
    }

    @Test
    void shouldSayWhichNumberIsOutOfRange() {
        assertRefused("--iters 4 is not in 5 .. 100000000", PerfTool.SEND_BW, PerfFlag.ITERATIONS, 4);
        assertRefused("--size 'much' is not a number", PerfTool.SEND_BW, PerfFlag.SIZE, "much");
        assertRefused("--port 70000", PerfTool.SEND_BW, PerfFlag.TCP_PORT, 70_000);
        assertRefused("--tos goes with -R", PerfTool.SEND_BW, PerfFlag.TYPE_OF_SERVICE, 3);
        assertRefused("--output 'latency' is none of bandwidth, message_rate", PerfTool.SEND_BW, PerfFlag.OUTPUT, "latency");
    }

    @Test
    void shouldComputeGapsOfARate() {
        assertEquals(8_000, traffic(PerfTool.WRITE_BW, PerfFlag.RATE, 1, PerfFlag.BURST, 1, PerfFlag.SIZE, 1000).rate().gapNs(1000));
        assertEquals(1_000_000, traffic(PerfTool.WRITE_BW, PerfFlag.RATE, 1, PerfFlag.RATE_UNITS, "M", PerfFlag.BURST, 1).rate()
            .gapNs(1 << 20) / 1000);
        assertEquals(128_000, traffic(PerfTool.WRITE_BW, PerfFlag.RATE, 1e6, PerfFlag.RATE_UNITS, "p").rate().gapNs(8));
        assertRefused("go with --rate_limit", PerfTool.WRITE_BW, PerfFlag.BURST, 1);
        assertRefused("HW is not supported", PerfTool.WRITE_BW, PerfFlag.RATE, 1, PerfFlag.RATE_TYPE, "HW");
        assertRefused("neither with atomics", PerfTool.ATOMIC_BW, PerfFlag.RATE, 1);
    }

    @Test
    void shouldShortenATestForTheWarmUp() {
        final PerfConfig.Traffic warm = traffic(PerfTool.WRITE_BW, PerfFlag.POST_LIST, 16, PerfFlag.ITERATIONS, 32, PerfFlag.QUEUE_PAIRS, 2)
            .shorter(1000, 64);
        assertEquals(64, warm.size());
        assertEquals(1008, warm.iterations());
        assertEquals(2016, warm.total());
        assertEquals(32, warm.txDepth());
    }
}
