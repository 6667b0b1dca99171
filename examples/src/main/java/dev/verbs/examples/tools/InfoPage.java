package dev.verbs.examples.tools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Labelled values twice: as lines for people, and as a tree for programs. */
final class InfoPage {
    private static final int TAB = 8;
    private static final int FLAG_TABS = 5;

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Object> root = new LinkedHashMap<>();
    private Map<String, Object> section = root;
    private int indent = 1;
    private int column = 5 * TAB;

    List<String> lines() {
        return lines;
    }

    Map<String, Object> tree() {
        return root;
    }

    /** A value that reads the same in both. */
    InfoPage add(final String label, final Object value) {
        return add(label, String.valueOf(value), value);
    }

    InfoPage add(final String label, final String text, final Object value) {
        final StringBuilder line = new StringBuilder("\t".repeat(indent)).append(label).append(':');
        int at = indent * TAB + label.length() + 1;
        do {
            line.append('\t');
            at = (at / TAB + 1) * TAB;
        } while (at < column);
        lines.add(line.append(text).toString());
        section.put(key(label), value);
        return this;
    }

    /** A sentence for people, a value for programs. */
    InfoPage say(final String sentence, final String label, final Object value) {
        lines.add("\t".repeat(indent) + sentence);
        section.put(key(label), value);
        return this;
    }

    /** Names below a label that was written. */
    InfoPage names(final String label, final List<String> names) {
        for (final String name : names) {
            lines.add("\t".repeat(FLAG_TABS) + (name.startsWith("0x") ? "Unknown flags: " + name : name));
        }
        section.put(key(label), names);
        return this;
    }

    /** A label with names below. */
    InfoPage list(final String label, final List<String> names) {
        lines.add("\t".repeat(indent) + label + ":");
        return names(label, names);
    }

    /** What follows stands one step further in, under a label of its own. */
    InfoPage begin(final String label) {
        lines.add("\t".repeat(indent) + label + ":");
        section = new LinkedHashMap<>();
        root.put(key(label), section);
        indent++;
        return this;
    }

    InfoPage end() {
        section = root;
        indent--;
        return this;
    }

    /** What follows is about a port. */
    static InfoPage ofPort(final int port) {
        final InfoPage page = new InfoPage();
        page.lines.add("\t\tport:\t" + port);
        page.root.put("port", port);
        page.indent = 3;
        page.column = 6 * TAB;
        return page;
    }

    private static String key(final String label) {
        return label.replace(' ', '_');
    }
}
