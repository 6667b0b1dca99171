package dev.verbs.benchmarks.compare;

import dev.verbs.benchmarks.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A test and a size: both sides, and the ratio Java/C of each round, whose two figures were measured one right after the other.
 *
 * @param test       which
 * @param size       bytes of a message
 * @param iterations messages per figure
 * @param c          C's figures
 * @param java       Java's figures
 * @param ratio      Java/C of each round
 * @param ratios     these, in the order of the rounds
 */
record Cell(PerfTest test, int size, int iterations, Spread c, Spread java, Spread ratio, List<Double> ratios) {
    boolean holds() {
        return test.holds(ratio.median());
    }

    /** Java/C of the best figure of each side: a neighbour on the machine only ever slows one down. Not what is judged. */
    double ratioOfBests() {
        return test.best(java) / test.best(c);
    }

    String verdict() {
        return holds() ? "ok" : "SHORT";
    }

    /** All cells that the samples have, by test and by size; rounds that lack a side are an error. */
    static List<Cell> of(final List<Sample> samples) {
        final Map<PerfTest, Map<Integer, List<Sample>>> groups = new TreeMap<>();
        for (final Sample sample : samples) {
            if (sample.counts()) {
                groups.computeIfAbsent(sample.test(), key -> new TreeMap<>())
                    .computeIfAbsent(sample.size(), key -> new ArrayList<>()).add(sample);
            }
        }
        final List<Cell> cells = new ArrayList<>();
        groups.forEach((test, sizes) -> sizes.forEach((size, group) -> cells.add(cell(test, size, group))));
        return cells;
    }

    private static Cell cell(final PerfTest test, final int size, final List<Sample> samples) {
        final Map<Integer, Double> c = figures(samples, Side.C);
        final Map<Integer, Double> java = figures(samples, Side.JAVA);
        if (!c.keySet().equals(java.keySet())) {
            throw new IllegalArgumentException(test.tool() + " of " + size + " bytes: rounds " + c.keySet() + " of C, "
                + java.keySet() + " of Java");
        }
        final List<Double> ratios = c.keySet().stream().map(round -> java.get(round) / c.get(round)).toList();
        return new Cell(test, size, samples.getFirst().iterations(), Spread.of(c.values()), Spread.of(java.values()),
            Spread.of(ratios), ratios);
    }

    private static Map<Integer, Double> figures(final List<Sample> samples, final Side side) {
        final Map<Integer, Double> figures = new TreeMap<>();
        for (final Sample sample : samples) {
            if (sample.side() == side && figures.put(sample.round(), sample.figure()) != null) {
                throw new IllegalArgumentException("two figures of " + side.title() + " in round " + sample.round() + ": " + sample);
            }
        }
        return figures;
    }
}
