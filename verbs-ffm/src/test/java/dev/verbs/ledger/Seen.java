package dev.verbs.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run on a device saw: which tests passed, and for those with a claim, through which public method each verb they claim was
 * called. On the software device nothing is called.
 */
final class Seen {
    /** Tests that passed. */
    private final Set<String> passed = new TreeSet<>();
    /** C name, then test, then public methods. */
    private final Map<String, Map<String, Set<String>>> calls = new TreeMap<>();

    private Seen() {
    }

    /** What {@link CallRecorder} wrote: test, binding, public method. */
    static Seen ofRun(final Path file, final RawBindings bindings, final InlineVerbs inline) {
        final Map<String, String> names = new TreeMap<>();
        bindings.all().forEach(binding -> names.put(binding.toString(),
            binding.exported() != null ? binding.exported() : String.valueOf(inline.of(binding))));
        final Seen seen = new Seen();
        for (final String line : lines(file)) {
            final String[] parts = line.split("\t", -1);
            seen.passed.add(parts[0]);
            if (!parts[1].isEmpty()) {
                seen.add(names.getOrDefault(parts[1], parts[1]), parts[0], parts[2]);
            }
        }
        return seen;
    }

    /** What {@link #lines} gave; nothing if the file is not there. */
    static Seen ofCommitted(final Path file) {
        final Seen seen = new Seen();
        for (final String line : Files.exists(file) ? lines(file) : List.<String>of()) {
            final String[] parts = line.split("\t", -1);
            seen.passed.add(parts[0]);
            if (parts.length > 1) {
                seen.add(parts[1], parts[0], parts[2]);
            }
        }
        return seen;
    }

    private static List<String> lines(final Path file) {
        try {
            return Files.readAllLines(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(final String verb, final String test, final String method) {
        calls.computeIfAbsent(verb, key -> new TreeMap<>()).computeIfAbsent(test, key -> new TreeSet<>()).add(method);
    }

    boolean passed(final String test) {
        return passed.contains(test);
    }

    /** The public methods through which a test called a verb, none if it did not. */
    Set<String> methods(final String verb, final String test) {
        return calls.getOrDefault(verb, Map.of()).getOrDefault(test, Set.of());
    }

    /** Every public method that reached a verb, in whatever test. */
    Set<String> methods(final String verb) {
        final Set<String> all = new TreeSet<>();
        calls.getOrDefault(verb, Map.of()).values().forEach(all::addAll);
        return all;
    }

    /** What is kept of a run: the tests with claims that passed, and what they called of what they claim. */
    List<String> committed(final Map<String, Set<String>> claims) {
        final Set<String> kept = new TreeSet<>();
        claims.forEach((verb, tests) -> tests.stream().filter(passed::contains).forEach(test -> {
            kept.add(test);
            methods(verb, test).forEach(method -> kept.add(test + "\t" + verb + "\t" + method));
        }));
        return new ArrayList<>(kept);
    }
}
