package dev.verbs.examples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The demo's result for people: an aligned table, then what went wrong. */
final class DemoTable {
    private static final String[] HEAD = {"what", "on", "how much", "how fast", "verified"};
    private static final double LARGE = 100;

    private DemoTable() {
    }

    static List<String> lines(final List<DemoRow> rows) {
        final List<String[]> cells = new ArrayList<>();
        cells.add(HEAD);
        for (final DemoRow row : rows) {
            cells.add(new String[] {row.name(), row.on(), row.amount(), row.speed() == 0 ? "-" : number(row.speed()) + " " + row.unit(),
                row.verified() ? "yes" : "NO"});
        }
        final int[] widths = new int[HEAD.length];
        for (final String[] row : cells) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        final List<String> lines = new ArrayList<>();
        for (final String[] row : cells) {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(i == 0 ? "" : "  ").append(row[i]).repeat(' ', widths[i] - row[i].length());
            }
            lines.add(line.toString().stripTrailing());
        }
        for (final DemoRow row : rows) {
            if (!row.verified()) {
                lines.add(row.name() + ": " + row.detail());
            }
        }
        return lines;
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, value >= LARGE ? "%,.0f" : value >= 1 ? "%.1f" : "%.2f", value);
    }
}
