package dev.verbs.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Median and range of some figures.
 *
 * @param median the middle one, or the mean of the middle two
 * @param least  the smallest
 * @param most   the largest
 */
public record Spread(double median, double least, double most) {
    /**
     * Of at least one figure.
     *
     * @param figures the figures, in any order
     * @return their median and range
     */
    public static Spread of(final Collection<Double> figures) {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("no figures");
        }
        final List<Double> sorted = figures.stream().sorted().toList();
        final int middle = sorted.size() / 2;
        final double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    /**
     * As text, "median [least - most]".
     *
     * @param format of each number, as of {@link String#format}
     * @return the text
     */
    public String text(final String format) {
        return String.format(Locale.ROOT, format + " [" + format + " - " + format + "]", median, least, most);
    }
}
