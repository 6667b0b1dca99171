package dev.verbs.benchmarks.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text that perftest prints, C's and Java's alike. A table begins with a line of titles, {@code #bytes #iterations} and
 * titles that end with a unit in brackets; the lines of numbers below are its rows.
 */
final class PerfOutput {
    private static final Pattern TITLE = Pattern.compile("[^\\s\\[][^\\[]*?\\[[^\\]]+\\]");
    private static final Pattern NUMBERS = Pattern.compile("\\s*\\d+(\\s+-?([\\d.]+|nan|inf))+\\s*");
    private static final Pattern COMPILED = Pattern.compile("(?m)^ Compiled +: (\\d+) ms");
    private static final String HEAD = "#bytes";
    private static final String COUNT = "#iterations";

    private PerfOutput() {
    }

    /**
     * One row.
     *
     * @param bytes      of a message
     * @param iterations messages
     * @param columns    the other columns by their titles
     */
    record Row(long bytes, long iterations, Map<String, Double> columns) {
        Row {
            columns = Map.copyOf(columns);
        }
    }

    /**
     * All rows of all tables of a text.
     *
     * @throws IllegalArgumentException if there is none, or one does not fit its titles; its message ends with the text
     */
    static List<Row> parse(final String text) {
        final List<Row> rows = new ArrayList<>();
        List<String> titles = null;
        for (final String line : text.split("\\R")) {
            if (line.strip().startsWith(HEAD)) {
                titles = titles(line);
            } else if (titles != null && NUMBERS.matcher(line).matches()) {
                rows.add(row(titles, line, text));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no figures in the output:\n" + text.strip());
        }
        return rows;
    }

    /** The one row of a test of one size; checked to be of that size, and to have the columns that are needed. */
    static Row only(final String text, final PerfTest test, final long bytes) {
        final List<Row> rows = parse(text);
        final Row row = rows.getFirst();
        if (rows.size() != 1 || row.bytes != bytes) {
            throw new IllegalArgumentException("one row of " + bytes + " bytes was expected in the output:\n" + text.strip());
        }
        for (final String column : test.columns()) {
            if (!row.columns.containsKey(column) || !(row.columns.get(column) > 0)) {
                throw new IllegalArgumentException("no positive " + column + " in the output:\n" + text.strip());
            }
        }
        return row;
    }

    /** Milliseconds that the JVM compiled beside its loops, as {@code verbs perf --allocations} prints it; 0 where it does not. */
    static long compiledMs(final String text) {
        return COMPILED.matcher(text).results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
    }

    private static List<String> titles(final String line) {
        final int start = line.indexOf(COUNT);
        if (start < 0) {
            throw new IllegalArgumentException("no " + COUNT + " in the titles: " + line.strip());
        }
        final List<String> titles = new ArrayList<>();
        final Matcher matcher = TITLE.matcher(line.substring(start + COUNT.length()));
        while (matcher.find()) {
            titles.add(matcher.group().strip());
        }
        return titles;
    }

    private static Row row(final List<String> titles, final String line, final String text) {
        final String[] words = line.strip().split("\\s+");
        if (words.length != titles.size() + 2) {
            throw new IllegalArgumentException("'" + line.strip() + "' does not fit the titles " + titles + " in the output:\n"
                + text.strip());
        }
        final Map<String, Double> columns = new LinkedHashMap<>();
        for (int i = 0; i < titles.size(); i++) {
            columns.put(titles.get(i), number(words[i + 2]));
        }
        return new Row(Long.parseLong(words[0]), Long.parseLong(words[1]), columns);
    }

    /** C's deviation can be "-nan", after an overflow. */
    private static double number(final String word) {
        return word.endsWith("nan") ? Double.NaN : word.endsWith("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(word);
    }
}
