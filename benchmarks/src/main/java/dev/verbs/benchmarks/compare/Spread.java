package dev.verbs.benchmarks.compare;

import java.util.Collection;
import java.util.List;

/**
 * Median and range of some figures.
 *
 * @param median the middle one, or the mean of the middle two
 * @param least  the smallest
 * @param most   the largest
 */
record Spread(double median, double least, double most) {
    static Spread of(final Collection<Double> figures) {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("no figures");
        }
        final List<Double> sorted = figures.stream().sorted().toList();
        final int middle = sorted.size() / 2;
        final double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }
}
