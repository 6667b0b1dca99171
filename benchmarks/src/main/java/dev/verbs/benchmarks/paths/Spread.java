package dev.verbs.benchmarks.paths;

import java.util.List;
import java.util.Locale;

/**
 * Median and range of the rounds.
 *
 * @param median middle value
 * @param least  smallest value
 * @param most   largest value
 */
record Spread(double median, double least, double most) {
    static Spread of(final List<Double> values) {
        if (values.isEmpty()) {
            return null;
        }
        final List<Double> sorted = values.stream().sorted().toList();
        final int middle = sorted.size() / 2;
        final double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    String text(final String format) {
        return String.format(Locale.ROOT, format + " [" + format + " - " + format + "]", median, least, most);
    }

    static String text(final List<Double> values, final String format) {
        final Spread spread = of(values);
        return spread == null ? "-" : spread.text(format);
    }
}
