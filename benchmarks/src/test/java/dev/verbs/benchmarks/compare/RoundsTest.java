package dev.verbs.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In which order figures are taken, and what a failure does; with pairs that only write down what they were asked. */
class RoundsTest {
    private final List<String> asked = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private int failing;
    private int jvms = 1;
    private int repeats;
    /** Measurements, of both sides, that will not be settled. */
    private int unsettled;
    /** What the sides will measure, one after the other; 12.5 when there is nothing left. */
    private final Deque<Double> figures = new ArrayDeque<>();
    /** What lives longer than a measurement. */
    private final Map<Side, Process> living = new EnumMap<>(Side.class);

    @Test
    void shouldTakeTurnsInBeginning() throws Exception {
        rounds(2, 8, 64).run();
        assertEquals(List.of("C 8", "JAVA 8", "JAVA 64", "C 64", // warm-up
            "JAVA 8", "C 8", "C 64", "JAVA 64",
            "C 8", "JAVA 8", "JAVA 64", "C 64", "C closed", "JAVA closed"), withClosesSorted());
    }

    @Test
    void shouldStopWhatDoesNotMeasure() throws Exception {
        for (final Side side : Side.values()) {
            living.put(side, new ProcessBuilder("sleep", "60").start());
        }
        try {
            rounds(1, 8).run();
        } finally {
            living.values().forEach(Process::destroyForcibly);
        }
        assertEquals(List.of("C 8", "[JAVA] stopped", "JAVA 8", "[C] stopped", "JAVA 8", "[C] stopped", "C 8", "[JAVA] stopped"),
            asked.subList(0, 8));
    }

    @Test
    void shouldRenewTheJvmsBetweenRounds() throws Exception {
        jvms = 3;
        rounds(7, 8).run();
        final List<Integer> renewed = new ArrayList<>();
        int measured = 0;
        for (final String what : asked) {
            if (what.equals("JAVA renewed")) {
                renewed.add(measured);
            } else if (what.startsWith("JAVA 8")) {
                measured++;
            }
        }
        assertEquals(List.of(4, 7), renewed, "after the warm-up and 3 rounds, after 3 more");
        assertThrows(IllegalArgumentException.class, () -> {
            jvms = 0;
            rounds(1, 8);
        });
    }

    @Test
    void shouldRepeatWhatIsMuchWorseThanTheBestSoFar() throws Exception {
        repeats = 2;
        figures.addAll(List.of(12.0, 20.0, // warm-up: C, Java
            25.0, // Java: not known to be disturbed, as 20 is the best so far
            15.1, 16.0, 11.0, // C: disturbed twice
            20.0, 13.5, // C: 20 is disturbed, 13.5 is not
            40.0, 38.0, 39.0)); // Java: never better, so the best attempt counts
        final Rounds rounds = rounds(2, 8);
        rounds.run();
        final Cell cell = Cell.of(rounds.samples()).getFirst();
        assertEquals(List.of(25 / 11.0, 38 / 13.5), cell.ratios());
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), rounds.samples().stream().map(Sample::order).toList());
        assertEquals(List.of(15.1, 16.0, 20.0, 40.0, 39.0), rounds.samples().stream().filter(Sample::repeated).map(Sample::figure)
            .toList());
        assertThrows(IllegalArgumentException.class, () -> new Repeats(-1));
    }

    @Test
    void shouldRepeatWhatIsNotSettled() throws Exception {
        unsettled = 2;
        figures.addAll(List.of(99.0, 98.0, 12.0, 97.0, 96.0, 13.0));
        final Rounds rounds = rounds(1, 8);
        rounds.run();
        assertEquals(List.of(12.0, 97.0), rounds.samples().stream().filter(sample -> sample.round() == 0).map(Sample::figure).toList());
        unsettled = 100;
        asked.clear();
        rounds(1, 8).run();
        assertEquals(4 * 6, asked.stream().filter(what -> what.endsWith(" 8")).count(), "5 times more at most");
    }

    @Test
    void shouldRepeatNothingUnlessAsked() throws Exception {
        figures.addAll(List.of(12.0, 12.0, 120.0, 120.0));
        final Rounds rounds = rounds(1, 8);
        rounds.run();
        assertEquals(List.of(12.0, 12.0, 120.0, 120.0), rounds.samples().stream().map(Sample::figure).toList());
        assertTrue(rounds.samples().stream().noneMatch(Sample::repeated));
    }

    @Test
    void shouldTakeALowBandwidthForDisturbed() {
        final Repeats two = new Repeats(2);
        final Sample fast = new Sample(0, PerfTest.SEND_BW, 8, 1, 1, Side.C, 10, Map.of(), 1, false);
        final Sample slow = new Sample(0, PerfTest.SEND_BW, 8, 1, 2, Side.C, 7.9, Map.of(), 1, false);
        final Sample java = new Sample(0, PerfTest.SEND_BW, 8, 1, 2, Side.JAVA, 1, Map.of(), 1, false);
        assertFalse(two.again(List.of(fast)));
        assertTrue(two.again(List.of(slow)));
        assertTrue(two.again(List.of(slow, slow)));
        assertFalse(two.again(List.of(slow, slow, slow)), "two repetitions at most");
        assertFalse(two.again(List.of(java)), "the other side is no measure");
        assertEquals(List.of(true, false), Repeats.settled(List.of(slow, fast)).stream().map(Sample::repeated).toList());
    }

    @Test
    void shouldGiveEachMeasurementItsOwnPort() throws Exception {
        rounds(2, 8, 64).run();
        assertEquals(IntStream.range(0, ports.size()).mapToObj(i -> 18515 + i).toList(), ports);
    }

    @Test
    void shouldMarkTheWarmUpAndKeepTheOrder() throws Exception {
        final Rounds rounds = rounds(2, 8);
        rounds.run();
        assertEquals(List.of(0, 0, 1, 1, 2, 2), rounds.samples().stream().map(Sample::round).toList());
        assertEquals(List.of(0, 1, 2, 3, 4, 5), rounds.samples().stream().map(Sample::order).toList());
        assertEquals(1, Cell.of(rounds.samples()).size());
        assertEquals(2, Cell.of(rounds.samples()).getFirst().ratios().size());
    }

    @Test
    void shouldRepeatWhatFailedAndSayWhy() throws Exception {
        failing = 2;
        final Rounds rounds = rounds(1, 8);
        rounds.run();
        assertEquals(2, rounds.failures().size());
        assertTrue(rounds.failures().getFirst().contains("C, write_lat -s 8 -n 8000, round 0: no figures in the output:\nbroken"),
            rounds.failures().getFirst());
        assertEquals(4, rounds.samples().size());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("again: C, write_lat")), lines.toString());
    }

    @Test
    void shouldGiveUpAfterThreeFailuresOfOneMeasurement() {
        failing = 3;
        final MeasurementException e = assertThrows(MeasurementException.class, () -> rounds(1, 8).run());
        assertTrue(e.getMessage().startsWith("failed 3 times: C, write_lat"), e.getMessage());
    }

    @Test
    void shouldKeepTheCompleteRoundsWhenOneFails() {
        final Rounds rounds = new Rounds(plan(3, 8), 1, new Repeats(0), null,
            Map.of(Side.C, new Fake(Side.C), Side.JAVA, new Fake(Side.JAVA)),
            line -> failing = line.startsWith("write_lat round 1 of 3") ? 3 : failing);
        assertThrows(MeasurementException.class, rounds::run);
        assertEquals(List.of(0, 0, 1, 1), rounds.samples().stream().map(Sample::round).toList());
        assertEquals(1, Cell.of(rounds.samples()).size());
    }

    @Test
    void shouldBeIncompleteWithoutARound() throws Exception {
        final Rounds rounds = rounds(2, 8);
        rounds.run();
        final Plan plan = plan(2, 8);
        assertTrue(new Result(Map.of(), plan, rounds.samples(), List.of()).isComplete());
        assertTrue(!new Result(Map.of(), plan, rounds.samples().subList(0, 4), List.of()).isComplete());
        assertTrue(!new Result(Map.of(), plan(2, 8, 64), rounds.samples(), List.of()).isComplete());
    }

    @Test
    void shouldRefusePlansWithoutAnythingToDo() {
        assertThrows(IllegalArgumentException.class, () -> plan(0, 8));
        assertThrows(IllegalArgumentException.class, () -> plan(1));
        assertThrows(IllegalArgumentException.class, () -> plan(1, 1));
        assertThrows(IllegalArgumentException.class, () -> PerfTest.of("atomic_lat"));
    }

    /** The order in which the two are closed does not matter. */
    private List<String> withClosesSorted() {
        asked.subList(asked.size() - 2, asked.size()).sort(null);
        return asked;
    }

    private static Plan plan(final int rounds, final Integer... sizes) {
        return new Plan(List.of(PerfTest.WRITE_LAT), List.of(sizes), rounds, 0, "rxe0", 1);
    }

    private Rounds rounds(final int rounds, final Integer... sizes) {
        return new Rounds(plan(rounds, sizes), jvms, new Repeats(repeats), null,
            Map.of(Side.C, new Fake(Side.C), Side.JAVA, new Fake(Side.JAVA)), lines::add);
    }

    /** Prints perftest's table with one figure. */
    private final class Fake implements PerfPair {
        private final Side side;

        Fake(final Side side) {
            this.side = side;
        }

        @Override
        public boolean isSettled() {
            return unsettled-- <= 0;
        }

        @Override
        public List<Long> processes() {
            return living.containsKey(side) ? List.of(living.get(side).pid()) : List.of();
        }

        @Override
        public String measure(final Measurement measurement) {
            if (failing > 0) {
                failing--;
                return "broken";
            }
            asked.add(side + " " + measurement.size());
            if (!living.isEmpty()) {
                asked.add(living.keySet().stream().filter(other -> Stopped.is(living.get(other))).toList() + " stopped");
            }
            ports.add(measurement.port());
            return " #bytes #iterations    t_typical[usec]\n " + measurement.size() + " 1000 "
                + (figures.isEmpty() ? 12.5 : figures.pop()) + "\n";
        }

        @Override
        public void renew() {
            asked.add(side + " renewed");
        }

        @Override
        public void close() {
            asked.add(side + " closed");
        }
    }
}
