package dev.verbs.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.benchmarks.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The arithmetic of ratios and verdicts. */
class CellTest {
    private static final double EXACT = 1e-12;
    private final List<Sample> samples = new ArrayList<>();

    @Test
    void shouldTakeTheRatioOfEachRoundAndNotOfTheMedians() {
        rounds(PerfTest.WRITE_LAT, new double[] {10, 20, 40}, new double[] {11, 40, 20});
        final Cell cell = Cell.of(samples).getFirst();
        assertEquals(List.of(1.1, 2.0, 0.5), cell.ratios());
        assertEquals(new Spread(1.1, 0.5, 2.0), cell.ratio());
        assertEquals(new Spread(20, 10, 40), cell.c());
        assertEquals(new Spread(20, 11, 40), cell.java());
    }

    @Test
    void shouldTakeTheMeanOfTheMiddleTwo() {
        final Spread spread = Spread.of(List.of(4.0, 1.0, 2.0, 9.0));
        assertEquals(3.0, spread.median(), EXACT);
        assertEquals(1.0, spread.least(), EXACT);
        assertEquals(9.0, spread.most(), EXACT);
        assertThrows(IllegalArgumentException.class, () -> Spread.of(List.of()));
    }

    @Test
    void shouldWantLatencyLowAndBandwidthHigh() {
        assertTrue(PerfTest.READ_LAT.holds(1.10));
        assertFalse(PerfTest.READ_LAT.holds(1.101));
        assertTrue(PerfTest.READ_LAT.holds(0.5));
        assertTrue(PerfTest.SEND_BW.holds(0.95));
        assertFalse(PerfTest.SEND_BW.holds(0.949));
        assertTrue(PerfTest.SEND_BW.holds(1.5));
    }

    @Test
    void shouldJudgeByTheMedian() {
        rounds(PerfTest.SEND_LAT, new double[] {10, 10, 10}, new double[] {10.9, 30, 10});
        assertTrue(Cell.of(samples).getFirst().holds());
        samples.clear();
        rounds(PerfTest.SEND_LAT, new double[] {10, 10, 10}, new double[] {11.2, 30, 10});
        assertFalse(Cell.of(samples).getFirst().holds());
    }

    @Test
    void shouldCompareTheBestOfEachSideToo() {
        rounds(PerfTest.SEND_LAT, new double[] {12, 10, 20}, new double[] {30, 40, 11});
        rounds(PerfTest.SEND_BW, new double[] {12, 10, 20}, new double[] {30, 15, 11});
        assertEquals(1.1, Cell.of(samples).getFirst().ratioOfBests(), EXACT);
        assertEquals(1.5, Cell.of(samples).getLast().ratioOfBests(), EXACT);
    }

    @Test
    void shouldSayHowOftenCWasDisturbed() {
        rounds(PerfTest.SEND_LAT, new double[] {10, 12.4, 12.6, 30}, new double[] {10, 40, 40, 40});
        rounds(PerfTest.SEND_BW, new double[] {10, 8.1, 7.9, 10}, new double[] {10, 10, 10, 10});
        samples.add(sample(PerfTest.SEND_BW, Sample.WARM_UP, Side.C, 1));
        assertEquals(3 / 8.0, result().disturbedShare(Side.C), EXACT);
        assertEquals(3 / 8.0, result().disturbedShare(Side.JAVA), EXACT);
        samples.set(3, samples.get(3).asRepeated());
        assertEquals(3 / 8.0, result().disturbedShare(Side.C), EXACT, "it was measured, too");
        assertEquals(1, result().repeated(Side.C));
        assertEquals(0, result().repeated(Side.JAVA));
        samples.clear();
        assertEquals(0, result().disturbedShare(Side.C), EXACT);
    }

    private Result result() {
        return new Result(Map.of(), new Plan(List.of(PerfTest.SEND_LAT), List.of(8), 1, 0, "", 0), samples, List.of());
    }

    @Test
    void shouldLeaveOutTheWarmUp() {
        rounds(PerfTest.SEND_BW, new double[] {10}, new double[] {20});
        samples.add(sample(PerfTest.SEND_BW, Sample.WARM_UP, Side.C, 1));
        samples.add(sample(PerfTest.SEND_BW, Sample.WARM_UP, Side.JAVA, 1000));
        assertEquals(List.of(2.0), Cell.of(samples).getFirst().ratios());
    }

    @Test
    void shouldRefuseARoundThatLacksASideOrHasOneTwice() {
        rounds(PerfTest.SEND_BW, new double[] {10, 10}, new double[] {10});
        assertThrows(IllegalArgumentException.class, () -> Cell.of(samples));
        samples.add(sample(PerfTest.SEND_BW, 1, Side.JAVA, 10));
        assertThrows(IllegalArgumentException.class, () -> Cell.of(samples));
    }

    @Test
    void shouldHaveMoreMessagesOfSmallSizesAndAMinimumOfLargeOnes() {
        assertEquals(8000, PerfTest.SEND_LAT.iterations(8));
        assertEquals(256, PerfTest.SEND_LAT.iterations(65536));
        assertEquals(20_000, PerfTest.READ_BW.iterations(8));
        assertEquals(300, PerfTest.READ_BW.iterations(65536));
    }

    private void rounds(final PerfTest test, final double[] c, final double[] java) {
        for (int i = 0; i < c.length; i++) {
            samples.add(sample(test, i + 1, Side.C, c[i]));
        }
        for (int i = 0; i < java.length; i++) {
            samples.add(sample(test, i + 1, Side.JAVA, java[i]));
        }
    }

    private Sample sample(final PerfTest test, final int round, final Side side, final double figure) {
        return new Sample(samples.size(), test, 8, 1000, round, side, figure, Map.of(), 1, false);
    }
}
