package dev.verbs.examples.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Gid;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is printed is compared with what perftest 4.5 printed on rdma_rxe. */
class PerfPrinterTest {
    private static final Gid GID = PerfKeysTest.GID;

    private static List<String> printed(final PerfConfig config, final Consumer<PerfPrinter> what) {
        final StringWriter out = new StringWriter();
        what.accept(new PerfPrinter(new PrintWriter(out), config));
        return out.toString().lines().toList();
    }

    /** The recorded line before the last one: the result. */
    private static String row(final String recording) {
        final List<String> lines = PerfFlagTest.recorded(recording);
        return lines.get(lines.size() - 2);
    }

    private static String titles(final String recording) {
        final List<String> lines = PerfFlagTest.recorded(recording);
        return lines.get(lines.size() - 3);
    }

    @Test
    void shouldPrintALatencyLikeC() {
        final PerfConfig config = PerfConfigReaderTest.config(PerfTool.WRITE_LAT);
        final LatencyReport report = new LatencyReport(2, 200, 2119.86, 6307.90, 4002.17, 4003.80, 537.83, 6063.87, 6307.90, new double[0],
            new double[0]);
        assertEquals(List.of(row("write_lat-def.client.txt")), printed(config, printer -> printer.latency(report)));
        assertEquals(List.of(PerfPrinter.LINE, titles("write_lat-def.client.txt")), printed(config, PerfPrinter::titles));
    }

    @Test
    void shouldPrintATimedLatencyLikeC() {
        final PerfConfig config = PerfConfigReaderTest.config(PerfTool.SEND_LAT, PerfFlag.DURATION, 3);
        assertEquals(List.of(row("send_lat-D.client.txt")), printed(config, printer -> printer.timedLatency(2, 129, 3888.72, 128.58, 0)));
        assertEquals(List.of(PerfPrinter.LINE, titles("send_lat-D.client.txt")), printed(config, PerfPrinter::titles));
    }

    @Test
    void shouldPrintABandwidthLikeC() {
        final PerfConfig config = PerfConfigReaderTest.config(PerfTool.WRITE_BW);
        assertEquals(List.of(row("write_bw-def.client.txt")),
            printed(config, printer -> printer.bandwidth(new BandwidthReport(65_536, 200, 49.87, 40.22, 0.000643), 0)));
        assertEquals(List.of(PerfPrinter.LINE, titles("write_bw-def.client.txt")), printed(config, PerfPrinter::titles));
    }

    @Test
    void shouldPrintGigabitsLikeC() {
        final PerfConfig config = PerfConfigReaderTest.config(PerfTool.SEND_BW, PerfFlag.GIGABITS, "");
        final PerfConfig.Report report = config.report();
        assertTrue(report.gigabits());
        assertEquals(titles("send_bw-b.server.txt"), printed(config, PerfPrinter::titles).getLast());
        assertEquals(" 1000       200           0.351701            0.084028            0.023004",
            printed(config, printer -> printer.bandwidth(new BandwidthReport(1000, 200, 0.351701, 0.084028, 0.023004), 0)).getFirst());
    }

    @Test
    void shouldPrintAddressesLikeC() {
        final List<String> recorded = PerfFlagTest.recorded("write_bw-def.client.txt");
        final int at = recorded.indexOf(recorded.stream().filter(line -> line.startsWith(" local address")).findFirst().orElseThrow());
        final PerfConfig config = PerfConfigReaderTest.config(PerfTool.WRITE_BW);
        assertEquals(recorded.subList(at, at + 4), printed(config, printer -> {
            printer.address("local", new PerfKeys(0, 1, 0x23, 0x34b83a, 0x1515, 0x563437988000L, GID), true, false);
            printer.address("remote", new PerfKeys(0, 1, 0x24, 0x5008a, 0x14d4, 0x55cd5d3a3000L, GID), true, false);
        }));
    }

    @Test
    void shouldPrintAddressesOfTheConnectionManagerLikeC() {
        final List<String> recorded = PerfFlagTest.recorded("read_lat-R.server.txt");
        final int at = recorded.indexOf(recorded.stream().filter(line -> line.startsWith(" local address")).findFirst().orElseThrow());
        assertEquals(recorded.subList(at, at + 2), printed(PerfConfigReaderTest.config(PerfTool.READ_LAT, PerfFlag.MANAGED, ""),
            printer -> printer.address("local", new PerfKeys(0, 128, 0x2e, 0x5e6b43, 0, 0, GID), true, true)));
    }

    @Test
    void shouldPrintNothingButTheNumberWhereThatIsAsked() {
        final PerfConfig config = PerfConfigReaderTest.config(PerfTool.WRITE_BW, PerfFlag.OUTPUT, "bandwidth");
        assertEquals(List.of("40.220000"), printed(config, printer -> {
            printer.waiting();
            printer.titles();
            printer.bandwidth(new BandwidthReport(65_536, 200, 49.87, 40.22, 0.000643), 0);
            printer.line();
        }));
    }

    @Test
    void shouldPrintSamplesLikeC() {
        final PerfConfig config = PerfConfigReaderTest.config(PerfTool.SEND_LAT, PerfFlag.UNSORTED, "", PerfFlag.HISTOGRAM, "");
        final LatencyReport report = LatencyReport.of(2, new long[] {0, 12_202_700, 20_123_140, 28_222_780, 32_157_940}, 5, 2);
        final List<String> lines = printed(config, printer -> printer.latency(report));
        assertEquals(List.of("#, usec", "1, 6101.35", "2, 3960.22", "3, 4049.82", "4, 1967.58", "#, usec", "1, 1967.58", "2, 3960.22",
            PerfPrinter.LINE), lines.subList(0, 9));
        assertEquals("0.000123457", PerfPrinter.significant(0.000123456789));
        assertEquals("123457", PerfPrinter.significant(123_456.789));
        assertEquals("0", PerfPrinter.significant(0));
    }

    @Test
    void shouldLeaveOutTheTwoSlowestLikeC() {
        final long[] times = LongStream.concat(LongStream.rangeClosed(0, 100).map(i -> i * 2000), LongStream.of(1_000_000, 3_000_000))
            .toArray(); // 100 of 1 us, then 400 us and 1000 us
        final LatencyReport report = LatencyReport.of(2, times, times.length, 2);
        assertEquals(1, report.min());
        assertEquals(400, report.max());
        assertEquals(1, report.typical());
        assertEquals(1, report.average());
        assertEquals(0, report.deviation());
        assertEquals(1, report.p99());
        assertEquals(400, report.p999());
        assertEquals(100, report.sorted().length);
        assertEquals(102, report.unsorted().length);
        assertEquals(2, LatencyReport.of(2, times, times.length, 1).min(), "a whole round trip");
    }

    @Test
    void shouldFindThePeakBetweenAnyPostAndAnyCompletion() {
        final long[] posted = {0, 10, 20, 30, 40, 50};
        final long[] completed = {100, 200, 210, 220, 500, 600};
        assertEquals((220 - 0) / 4.0, BandwidthReport.fastest(posted, completed, 6, 1, 1, 600));
        assertEquals(100, BandwidthReport.fastest(new long[] {0, 100}, new long[] {100, 200}, 2, 1, 1, 200));
        final long[] rarely = {0, 0, 150, 0, 0, 600};
        assertEquals((150 - 0) / 3.0, BandwidthReport.fastest(posted, rarely, 6, 1, 3, 600), "every third message has a completion");
        final long[] rest = {0, 0, 0, 300, 0, 360};
        assertEquals((360 - 0) / 6.0, BandwidthReport.fastest(posted, rest, 6, 1, 4, 360), "and the last one");
    }
}
