package dev.verbs.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What people decided about functions that no test covers: a committed list, one line each, {@code name | category | reason}.
 * A name with other characters than a C name's is a pattern over {@code name@VERSION_NODE}.
 */
final class Reviewed {
    /** Why a function need not be covered. */
    static final Set<String> CATEGORIES = Set.of("excluded", "no device", "later issue", "needs headers", "superseded", "helper",
        "internal", "same as", "open");

    private static final Pattern C_NAME = Pattern.compile("\\w+");

    private final Map<String, Reason> names = new LinkedHashMap<>();
    private final List<Reason> patterns = new ArrayList<>();

    /**
     * A decision.
     *
     * @param name     what it is about
     * @param category one of {@link #CATEGORIES}
     * @param text     the reason; for {@code same as}, the name of the function that is covered instead, then why
     */
    record Reason(String name, String category, String text) {
        /** The function that is covered instead, null if there is none. */
        String other() {
            return category.equals("same as") ? text.split("[:;,] |\\s", 2)[0] : null;
        }
    }

    private Reviewed() {
    }

    static Reviewed read(final Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reviewed parse(final List<String> lines) {
        final Reviewed reviewed = new Reviewed();
        for (final String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            final String[] parts = line.split("\\s+\\|\\s+");
            if (parts.length != 3 || !CATEGORIES.contains(parts[1]) || parts[2].length() < 3) {
                throw new IllegalArgumentException("not 'name | category | reason': " + line);
            }
            final Reason reason = new Reason(parts[0].strip(), parts[1], parts[2].strip());
            if (!C_NAME.matcher(reason.name).matches()) {
                reviewed.patterns.add(reason);
            } else if (reviewed.names.put(reason.name, reason) != null) {
                throw new IllegalArgumentException("twice: " + reason.name);
            }
        }
        return reviewed;
    }

    /** Decisions about single functions. */
    Map<String, Reason> names() {
        return names;
    }

    /** Decisions about groups. */
    List<Reason> patterns() {
        return patterns;
    }

    /** The pattern that covers a function, null if none does. */
    Reason pattern(final String name, final String node) {
        return patterns.stream().filter(reason -> Pattern.matches(reason.name, name + "@" + node)).findFirst().orElse(null);
    }
}
