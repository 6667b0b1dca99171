package dev.verbs.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Text that perftest 4.5 printed over rdma_rxe. */
class PerfOutputTest {
    private static final int SIZE = 4096;

    @ParameterizedTest
    @EnumSource(PerfTest.class)
    void shouldReadWhatEachToolPrints(final PerfTest test) throws IOException {
        final PerfOutput.Row row = PerfOutput.only(Captured.text(test), test, SIZE);
        assertEquals(test.isLatency() ? 1000 : 2000, row.iterations());
        assertEquals(test.isLatency() ? 7 : 3, row.columns().size());
    }

    @Test
    void shouldReadEveryColumnOfALatency() throws IOException {
        final PerfOutput.Row row = PerfOutput.only(Captured.text(PerfTest.SEND_LAT), PerfTest.SEND_LAT, SIZE);
        assertEquals(77.03, row.columns().get("t_min[usec]"));
        assertEquals(366.65, row.columns().get("t_max[usec]"));
        assertEquals(78.25, row.columns().get("t_typical[usec]"));
        assertEquals(83.54, row.columns().get("t_avg[usec]"));
        assertEquals(20.62, row.columns().get("t_stdev[usec]"));
        assertEquals(170.86, row.columns().get("99% percentile[usec]"));
        assertEquals(366.65, row.columns().get("99.9% percentile[usec]"));
        assertEquals(78.25, PerfTest.SEND_LAT.figure(SIZE, row.columns()));
    }

    @Test
    void shouldReadEveryColumnOfABandwidth() throws IOException {
        final PerfOutput.Row row = PerfOutput.only(Captured.text(PerfTest.WRITE_BW), PerfTest.WRITE_BW, SIZE);
        assertEquals(42.43, row.columns().get("BW peak[MB/sec]"));
        assertEquals(40.36, row.columns().get("BW average[MB/sec]"));
        assertEquals(0.010331, row.columns().get("MsgRate[Mpps]"));
    }

    @ParameterizedTest
    @EnumSource(value = PerfTest.class, names = ".*_BW", mode = EnumSource.Mode.MATCH_ANY)
    void shouldComputeThePrintedBandwidthFromTheMessageRate(final PerfTest test) throws IOException {
        final PerfOutput.Row row = PerfOutput.only(Captured.text(test), test, SIZE);
        assertEquals(row.columns().get("BW average[MB/sec]"), test.figure(SIZE, row.columns()), 0.006);
    }

    @Test
    void shouldTakeADeviationThatIsNoNumber() throws IOException {
        final String text = Captured.text(PerfTest.WRITE_LAT).replaceFirst("\\s18\\.05 ", " -nan   "); // seen on a busy machine
        final PerfOutput.Row row = PerfOutput.only(text, PerfTest.WRITE_LAT, SIZE);
        assertTrue(row.columns().get("t_stdev[usec]").isNaN());
        assertEquals(78.08, row.columns().get(PerfTest.TYPICAL));
    }

    @Test
    void shouldReadAllRowsOfATable() throws IOException {
        final String text = Captured.text(PerfTest.WRITE_BW);
        final String more = text.replace(" 4096       2000", " 2048       2000             41.00              40.00  \t\t   0.020480\n"
            + " 4096       2000");
        assertEquals(List.of(2048L, 4096L), PerfOutput.parse(more).stream().map(PerfOutput.Row::bytes).toList());
        assertThrows(IllegalArgumentException.class, () -> PerfOutput.only(more, PerfTest.WRITE_BW, SIZE));
    }

    @Test
    void shouldSayWhatWasPrintedInsteadOfFigures() {
        final String refused = "Couldn't connect to 127.0.0.1:18515\nUnable to open file descriptor for socket connection";
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> PerfOutput.parse(refused));
        assertTrue(e.getMessage().contains("Couldn't connect"), e.getMessage());
    }

    @Test
    void shouldRefuseARowThatDoesNotFitItsTitles() throws IOException {
        final String text = Captured.text(PerfTest.READ_LAT).replaceFirst("(?m)^( 4096 .*)$", "$1 17.0");
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> PerfOutput.parse(text));
        assertTrue(e.getMessage().contains("does not fit"), e.getMessage());
    }

    @Test
    void shouldRefuseAnotherSizeAndAFigureOfNothing() throws IOException {
        final String text = Captured.text(PerfTest.READ_LAT);
        assertThrows(IllegalArgumentException.class, () -> PerfOutput.only(text, PerfTest.READ_LAT, 8));
        assertThrows(IllegalArgumentException.class, () -> PerfOutput.only(text, PerfTest.READ_BW, SIZE));
        final String zero = Captured.text(PerfTest.READ_BW).replaceFirst("0\\.0\\d+(?=\\s*\\n)", "0.000000");
        assertThrows(IllegalArgumentException.class, () -> PerfOutput.only(zero, PerfTest.READ_BW, SIZE));
    }
}
