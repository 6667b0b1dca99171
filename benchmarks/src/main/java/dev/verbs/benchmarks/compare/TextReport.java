package dev.verbs.benchmarks.compare;

import dev.verbs.benchmarks.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables for the terminal. */
final class TextReport {
    private static final String ROW = "%9s  %10s  %-26s  %-26s  %-22s  %-5s  %s";

    private TextReport() {
    }

    static List<String> lines(final Result result) {
        final List<String> lines = new ArrayList<>();
        PerfTest last = null;
        for (final Cell cell : result.cells()) {
            if (cell.test() != last) {
                last = cell.test();
                lines.add("");
                lines.add(head(last, cell.ratios().size()));
                lines.add(String.format(ROW, "bytes", "messages", "C", "Java", "Java/C", "bests", "verdict"));
            }
            lines.add(String.format(ROW, cell.size(), cell.iterations(), text(cell.c()), text(cell.java()), ratio(cell.ratio()),
                number("%.3f", cell.ratioOfBests()), cell.verdict()));
        }
        lines.add("");
        lines.addAll(summary(result));
        return lines;
    }

    static String head(final PerfTest test, final int rounds) {
        return String.format(Locale.ROOT, "%s (%s), %s, %s: median [least - most] of %d rounds; limit: Java/C %s %.2f", test.title(),
            test.tool(), test.unit(), test.what(), rounds, test.isLatency() ? "≤" : "≥", test.limit());
    }

    private static List<String> summary(final Result result) {
        final List<Cell> cells = result.cells();
        final List<Cell> shortOnes = result.shortOnes();
        final List<String> lines = new ArrayList<>();
        for (final Cell cell : shortOnes) {
            lines.add(String.format(Locale.ROOT, "SHORT: %s of %d bytes: Java/C %.3f, limit %.2f", cell.test().tool(), cell.size(),
                cell.ratio().median(), cell.test().limit()));
        }
        if (!result.failures().isEmpty()) {
            lines.add(result.failures().size() + " measurements were repeated; the reasons stand above and in the JSON");
        }
        lines.add(disturbed(result));
        lines.add(String.format("%d cells measured, %d within their limit, %d short", cells.size(), cells.size() - shortOnes.size(),
            shortOnes.size()));
        return lines;
    }

    static String disturbed(final Result result) {
        return String.format(Locale.ROOT, "%.0f %% of C's figures and %.0f %% of Java's are more than %.2f times worse than the best of"
            + " their cell: so often something else slowed the machine down (repeated for that: %d and %d); bests is Java/C of the best"
            + " figures", 100 * result.disturbedShare(Side.C), 100 * result.disturbedShare(Side.JAVA), Repeats.DISTURBED,
            result.repeated(Side.C), result.repeated(Side.JAVA));
    }

    static String text(final Spread spread) {
        final String format = spread.most() < 10 ? "%.3f" : spread.most() < 1000 ? "%.2f" : "%.0f";
        return number(format, spread.median()) + " [" + number(format, spread.least()) + " - " + number(format, spread.most()) + "]";
    }

    static String ratio(final Spread spread) {
        return number("%.3f", spread.median()) + " [" + number("%.3f", spread.least()) + " - " + number("%.3f", spread.most()) + "]";
    }

    private static String number(final String format, final double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
