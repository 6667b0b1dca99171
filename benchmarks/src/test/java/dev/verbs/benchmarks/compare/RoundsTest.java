package dev.verbs.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
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

    @Test
    void shouldTakeTurnsInBeginning() throws Exception {
        rounds(2, 8, 64).run();
        assertEquals(List.of("C 8", "JAVA 8", "JAVA 64", "C 64", // warm-up
            "JAVA 8", "C 8", "C 64", "JAVA 64",
            "C 8", "JAVA 8", "JAVA 64", "C 64", "C closed", "JAVA closed"), withClosesSorted());
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
        return new Rounds(plan(rounds, sizes), jvms, Map.of(Side.C, new Fake(Side.C), Side.JAVA, new Fake(Side.JAVA)), lines::add);
    }

    /** Prints perftest's table with one figure. */
    private final class Fake implements PerfPair {
        private final Side side;

        Fake(final Side side) {
            this.side = side;
        }

        @Override
        public String measure(final Measurement measurement) {
            if (failing > 0) {
                failing--;
                return "broken";
            }
            asked.add(side + " " + measurement.size());
            ports.add(measurement.port());
            return " #bytes #iterations    t_typical[usec]\n " + measurement.size() + " 1000 12.5\n";
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
