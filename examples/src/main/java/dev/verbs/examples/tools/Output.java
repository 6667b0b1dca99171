package dev.verbs.examples.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.List;

/** Results for programs as JSON, and for people as a table. */
final class Output {
    private Output() {
    }

    static String json(final Object value) {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
        } catch (final JsonProcessingException e) {
            throw new AssertionError("maps, lists and records have a JSON form", e);
        }
    }

    /** Aligned columns; the first row is the head. */
    static List<String> table(final List<List<String>> rows) {
        final int[] widths = new int[rows.getFirst().size()];
        for (final List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        final List<String> lines = new ArrayList<>();
        for (final List<String> row : rows) {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : "  ").append(row.get(i)).repeat(' ', widths[i] - row.get(i).length());
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
