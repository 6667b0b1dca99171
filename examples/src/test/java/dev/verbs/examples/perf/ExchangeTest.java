package dev.verbs.examples.perf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Mtu;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.perf.Exchange.Cycle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The conversation was recorded with strace from a pair of ib_write_bw -n 50 of perftest 4.5 on rdma_rxe. */
class ExchangeTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String VERSION = "6.06\0\0\0\0\0\0\0\0\0\0\0\0";
    private static final String PAGE = hex("00001000");
    private static final String LINE = hex("00000040");
    private static final String MTU = "3\0";
    private static final BandwidthReport REPORT = new BandwidthReport(65_536, 50, Double.longBitsToDouble(0x403f30a205878f95L),
        Double.longBitsToDouble(0x403eab2cfac4d447L), Double.longBitsToDouble(0x3f401446f6fb786cL));
    private static final String[] REPORT_BYTES = {hex("0000000000010000"), hex("0000000000000032"), hex("403f30a205878f95"),
        hex("403eab2cfac4d447"), hex("3f401446f6fb786c")};

    private static String hex(final String digits) {
        return new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1);
    }

    /** Answers from a list, and keeps what it is sent. */
    private static final class Recorded implements Wire {
        private final Deque<byte[]> answers = new ArrayDeque<>();
        private final List<String> log = new ArrayList<>();

        Recorded(final String... answers) {
            for (final String answer : answers) {
                this.answers.add(PerfKeysTest.bytes(answer));
            }
        }

        @Override
        public boolean isBinary() {
            return false;
        }

        @Override
        public void send(final byte[] message) {
            log.add("> " + new String(message, StandardCharsets.ISO_8859_1));
        }

        @Override
        public byte[] receive(final int length, final Duration timeout) {
            final byte[] answer = answers.remove();
            assertEquals(length, answer.length, "length of message " + log.size());
            log.add("< " + new String(answer, StandardCharsets.ISO_8859_1));
            return answer;
        }

        @Override
        public boolean isGone() {
            return false;
        }

        @Override
        public void close() {
            assertTrue(answers.isEmpty(), "answers that nobody asked for");
        }
    }

    private static Exchange exchange(final Wire wire, final boolean first) {
        return new Exchange(wire, first, true, 1, SOON);
    }

    @Test
    void shouldSayAsAClientWhatCSays() {
        try (Recorded wire = new Recorded(VERSION, PAGE, LINE, MTU, PerfKeysTest.SERVER_TEXT, REPORT_BYTES[0], REPORT_BYTES[1],
            REPORT_BYTES[2], REPORT_BYTES[3], REPORT_BYTES[4], PerfKeysTest.SERVER_TEXT)) {
            final Exchange exchange = exchange(wire, true);
            exchange.versions();
            assertEquals(Cycle.USUAL, exchange.cycle(Cycle.USUAL));
            assertEquals(Mtu.ofBytes(1024), exchange.mtu(Mtu.ofBytes(1024)));
            assertEquals(PerfKeysTest.SERVER, exchange.keys(PerfKeysTest.CLIENT));
            assertEquals(REPORT, exchange.reports(REPORT));
            exchange.close(PerfKeysTest.CLIENT, SOON);
            final List<String> said = wire.log.stream().filter(line -> line.startsWith("> ")).map(line -> line.substring(2)).toList();
            assertEquals(List.of(VERSION, PAGE, LINE, MTU, PerfKeysTest.CLIENT_TEXT, REPORT_BYTES[0], REPORT_BYTES[1], REPORT_BYTES[2],
                REPORT_BYTES[3], REPORT_BYTES[4], PerfKeysTest.CLIENT_TEXT, "done\0"), said);
        }
    }

    @Test
    void shouldAnswerAsAServer() {
        try (Recorded wire = new Recorded(VERSION, PAGE, LINE)) {
            final Exchange exchange = exchange(wire, false);
            exchange.versions();
            exchange.cycle(Cycle.USUAL);
            assertEquals(List.of("< " + VERSION, "> " + VERSION, "< " + PAGE, "> " + PAGE, "< " + LINE, "> " + LINE), wire.log);
        }
    }

    @Test
    void shouldAgreeOnTheLargerPageAndTheSmallerMtu() {
        try (Recorded wire = new Recorded(hex("00010000"), hex("00000020"), "5\0", "1\0")) {
            final Exchange exchange = exchange(wire, true);
            assertEquals(new Cycle(65_536, 64), exchange.cycle(Cycle.USUAL));
            assertEquals(Mtu.ofBytes(1024), exchange.mtu(Mtu.ofBytes(1024)));
            assertEquals(Mtu.ofBytes(256), exchange.mtu(Mtu.ofBytes(1024)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "6.06 6.06 6.06 6", "abc\0\0\0\0\0\0\0\0\0\0\0\0\0"})
    void shouldRefuseWhatIsNoVersion(final String answer) {
        assertRefused(answer, "it is no perftest");
    }

    @Test
    void shouldRefuseAVersionThatIsTooOld() {
        assertRefused("5.69\0\0\0\0\0\0\0\0\0\0\0\0", "5.70 is the oldest");
    }

    private static void assertRefused(final String answer, final String reason) {
        try (Recorded wire = new Recorded(answer)) {
            final CommandFailure failure = assertThrows(CommandFailure.class, exchange(wire, true)::versions);
            assertTrue(failure.getMessage().contains(reason), failure::getMessage);
        }
    }

    @Test
    void shouldGetAlongWithLaterVersions() {
        try (Recorded wire = new Recorded("6.28\0\0\0\0\0\0\0\0\0\0\0\0")) {
            exchange(wire, true).versions();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9\0", "0\0", "\0\0", "G\0"})
    void shouldRefuseAnMtuThatThereIsNot(final String answer) {
        try (Recorded wire = new Recorded(answer)) {
            final CommandFailure failure = assertThrows(CommandFailure.class, () -> exchange(wire, true).mtu(Mtu.ofBytes(1024)));
            assertTrue(failure.getMessage().contains("MTU number"), failure::getMessage);
        }
    }

    @Test
    void shouldRefuseAnAbsurdPage() {
        try (Recorded wire = new Recorded("\u00ff\u00ff\u00ff\u00ff", LINE)) {
            assertThrows(CommandFailure.class, () -> exchange(wire, true).cycle(Cycle.USUAL));
        }
    }

    @Test
    void shouldTellKeysAsAStructureWhereTheWireIsAQueuePair() {
        final PipeWire[] wires = PipeWire.pair();
        final Wire binary = new Wire() {
            @Override
            public boolean isBinary() {
                return true;
            }

            @Override
            public void send(final byte[] message) {
                wires[0].send(message);
            }

            @Override
            public byte[] receive(final int length, final Duration timeout) {
                return wires[0].receive(length, timeout);
            }

            @Override
            public boolean isGone() {
                return false;
            }

            @Override
            public void close() {
                wires[0].close();
            }
        };
        wires[1].send(PerfKeysTest.SERVER.binary(1));
        assertEquals(PerfKeysTest.SERVER, exchange(binary, true).keys(PerfKeysTest.CLIENT));
        assertArrayEquals(PerfKeysTest.CLIENT.binary(1), wires[1].receive(PerfKeys.BINARY_LENGTH, SOON));
    }

    @Test
    void shouldStepOverLinesAndStartAgainAtTheEndOfAPage() {
        assertEquals(64, Cycle.USUAL.step(2));
        assertEquals(64, Cycle.USUAL.slots(2));
        assertEquals(1024, Cycle.USUAL.step(1000));
        assertEquals(4, Cycle.USUAL.slots(1000));
        assertEquals(1, Cycle.USUAL.slots(2049));
        assertEquals(4096, Cycle.USUAL.room(2));
        assertEquals(65_536, Cycle.USUAL.room(65_536));
    }
}
