package dev.verbs.ledger;

import dev.verbs.ledger.CHeaders.Function;
import dev.verbs.ledger.RawBindings.Binding;
import dev.verbs.ledger.Reviewed.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Every function of libibverbs and librdmacm, exported or inline, and why it may be relied on: a contract test that claims to see
 * its effect passed on a kernel's device and called it there; or the reviewed list says why not. Anything else is unexplained.
 */
final class Ledger {
    /** Kernel devices, and the software device, which calls nothing and so proves nothing about bindings. */
    static final List<String> DEVICES = List.of("rxe", "siw", "soft");
    private static final String SOFT = "soft";
    private static final int SHOWN = 3;

    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<Reason, Integer> excluded = new LinkedHashMap<>();
    private final Map<String, Set<String>> claims;
    private final Map<String, Seen> seen;
    private final Reviewed reviewed;
    private final Set<String> bound = new TreeSet<>();
    private String baseline = "";

    /**
     * A function.
     *
     * @param name  in C
     * @param place the library that exports it or the header that defines it
     * @param node  the version of an exported function, "inline" for others
     */
    record Entry(String name, String place, String node) {
    }

    Ledger(final Map<String, Set<String>> claims, final Map<String, Seen> seen, final Reviewed reviewed) {
        this.claims = claims;
        this.seen = seen;
        this.reviewed = reviewed;
        reviewed.patterns().forEach(reason -> excluded.put(reason, 0));
    }

    /** The ledger of this checkout and this machine's libraries and headers. */
    static Ledger of(final Path directory, final Map<String, Seen> fresh) throws IOException, InterruptedException {
        final Map<String, Seen> seen = new TreeMap<>();
        DEVICES.forEach(device -> seen.put(device, fresh.containsKey(device) ? fresh.get(device)
            : Seen.ofCommitted(directory.resolve("seen-" + device + ".tsv"))));
        final Ledger ledger = new Ledger(Claims.read(), seen, Reviewed.read(directory.resolve("reviewed.txt")));
        for (final String library : List.of(Installed.VERBS, Installed.CM)) {
            ledger.addLibrary(library, ElfLibrary.read(Installed.library(library)).exports());
        }
        ledger.addHeaders(CHeaders.functions());
        ledger.addBindings(RawBindings.read(), InlineVerbs.read());
        return ledger;
    }

    void addLibrary(final String library, final Map<String, String> exports) {
        baseline += (baseline.isEmpty() ? "" : ", ") + library + " with "
            + exports.values().stream().filter(node -> node.matches("[A-Z]+_[\\d.]+")).max(Comparator.comparing(Ledger::number))
                .orElse("?");
        exports.forEach((name, node) -> add(new Entry(name, library, node)));
    }

    private static int number(final String node) {
        final String[] parts = node.replaceFirst(".*_", "").split("\\.");
        return Integer.parseInt(parts[0]) * 1_000 + Integer.parseInt(parts[1]);
    }

    void addHeaders(final List<Function> functions) {
        functions.stream().filter(Function::inline).forEach(function -> add(new Entry(function.name(), function.header(), "inline")));
    }

    void addBindings(final RawBindings bindings, final InlineVerbs inline) {
        for (final Binding binding : bindings.all()) {
            final String name = binding.exported() != null ? binding.exported() : inline.of(binding);
            if (name != null) {
                bound.add(name);
            }
        }
    }

    private void add(final Entry entry) {
        final Reason reason = reviewed.pattern(entry.name, entry.node);
        if (reason != null) {
            excluded.merge(reason, 1, Integer::sum);
        } else {
            entries.put(entry.name, entry);
        }
    }

    /** The libraries that were read. */
    String baseline() {
        return baseline;
    }

    /** Tests that saw a verb on a device. */
    private List<String> tests(final String verb, final String device) {
        return claims.getOrDefault(verb, Set.of()).stream().filter(test -> device.equals(SOFT) ? seen.get(device).passed(test)
            : !seen.get(device).methods(verb, test).isEmpty()).toList();
    }

    boolean isCovered(final String verb) {
        return DEVICES.stream().anyMatch(device -> !device.equals(SOFT) && !tests(verb, device).isEmpty());
    }

    /** What is wrong, a line each. */
    List<String> problems() {
        final List<String> problems = new ArrayList<>();
        for (final Entry entry : entries.values()) {
            final Reason reason = reviewed.names().get(entry.name);
            if (isCovered(entry.name) && reason != null) {
                problems.add(entry.name + ": covered by a test, and yet reviewed as '" + reason.category() + "'");
            } else if (!isCovered(entry.name) && reason == null) {
                problems.add(entry.name + ": unexplained" + why(entry.name));
            } else if (reason != null && reason.other() != null && !isCovered(reason.other())) {
                problems.add(entry.name + ": the same as " + reason.other() + ", which is not covered");
            } else if (reason != null && reason.category().equals("later issue") && bound.contains(entry.name)) {
                problems.add(entry.name + ": bound, and yet put off to a later issue");
            }
        }
        reviewed.names().values().stream()
            .filter(reason -> !entries.containsKey(reason.name()) && !reason.category().equals("needs headers"))
            .forEach(reason -> problems.add(reason.name() + ": reviewed, but there is no such function"));
        excluded.forEach((reason, count) -> {
            if (count == 0) {
                problems.add(reason.name() + ": this pattern matches nothing");
            }
        });
        claims.forEach((verb, tests) -> {
            if (!entries.containsKey(verb)) {
                problems.add(verb + ": claimed by " + tests + ", but there is no such function");
            }
            tests.stream().filter(test -> DEVICES.stream().noneMatch(device -> tests(verb, device).contains(test)))
                .forEach(test -> problems.add(verb + ": claimed by " + test + ", but no run has seen that"));
        });
        return problems;
    }

    private String why(final String verb) {
        if (claims.containsKey(verb)) {
            return ": claimed by " + claims.get(verb) + ", but no run on a kernel's device has seen that";
        }
        final Set<String> methods = DEVICES.stream().flatMap(device -> seen.get(device).methods(verb).stream())
            .collect(Collectors.toCollection(TreeSet::new));
        return bound.contains(verb) ? methods.isEmpty() ? ": bound, and no test claims it"
            : ": called through " + methods + ", and no test claims it" : ": not bound";
    }

    /** The page. */
    String render() {
        final StringBuilder page = new StringBuilder("""
            # Coverage

            Generated by `./verbs coverage`; a test fails when it is out of date. Every function that libibverbs and librdmacm export and
            every `static inline` function of their headers, as gcc and the libraries list them (%s).

            *Covered* means: a contract test says with `@Covers` that it sees the function's effect, and in a run on that device it passed
            and the function's binding was called in it. The Java method is the one that the call went through in that run. `soft` calls
            no library: it is named where the same test passed there. What is not covered stands in
            `src/test/ledger/reviewed.txt` with its reason.

            """.formatted(baseline));
        summary(page);
        for (final String place : entries.values().stream().map(Entry::place).distinct().sorted().toList()) {
            final List<Entry> here = entries.values().stream().filter(entry -> entry.place.equals(place)).toList();
            page.append("\n## ").append(place.endsWith(".h") ? "Inline functions of `" + place + "`" : "Exported by `" + place + "`")
                .append("\n");
            covered(page, here.stream().filter(entry -> isCovered(entry.name)).toList());
            others(page, here.stream().filter(entry -> !isCovered(entry.name)).toList());
        }
        page.append("\n## Excluded by pattern\n\n| pattern (`name@version node`) | functions | reason |\n|---|---|---|\n");
        excluded.forEach((reason, count) -> page.append("| `").append(reason.name().replace("|", "\\|")).append("` | ").append(count)
            .append(" | ").append(reason.text()).append(" |\n"));
        return page.toString();
    }

    private void summary(final StringBuilder page) {
        page.append("| | functions | covered | reviewed |\n|---|---|---|---|\n");
        for (final String place : entries.values().stream().map(Entry::place).distinct().sorted().toList()) {
            final List<Entry> here = entries.values().stream().filter(entry -> entry.place.equals(place)).toList();
            final long covered = here.stream().filter(entry -> isCovered(entry.name)).count();
            page.append("| ").append(place).append(" | ").append(here.size()).append(" | ").append(covered).append(" | ")
                .append(here.size() - covered).append(" |\n");
        }
    }

    private void covered(final StringBuilder page, final List<Entry> covered) {
        if (covered.isEmpty()) {
            return;
        }
        page.append("\n| C | Java | seen by | on |\n|---|---|---|---|\n");
        for (final Entry entry : covered) {
            final Set<String> methods = new TreeSet<>();
            final Set<String> tests = new TreeSet<>();
            final List<String> devices = new ArrayList<>();
            for (final String device : DEVICES) {
                final List<String> here = tests(entry.name, device);
                if (!here.isEmpty()) {
                    devices.add(device);
                }
                if (!device.equals(SOFT)) {
                    tests.addAll(here);
                    here.forEach(test -> methods.addAll(seen.get(device).methods(entry.name, test)));
                }
            }
            final String shown = tests.stream().limit(SHOWN).collect(Collectors.joining(", "));
            page.append("| `").append(entry.name).append("` | ").append(String.join(", ", methods)).append(" | ").append(shown)
                .append(tests.size() > SHOWN ? " and " + (tests.size() - SHOWN) + " more" : "").append(" | ")
                .append(String.join(", ", devices)).append(" |\n");
        }
    }

    private void others(final StringBuilder page, final List<Entry> others) {
        if (others.isEmpty()) {
            return;
        }
        page.append("\n| C, not covered | why |\n|---|---|\n");
        for (final Entry entry : others) {
            final Reason reason = reviewed.names().get(entry.name);
            final List<String> soft = tests(entry.name, SOFT);
            page.append("| `").append(entry.name).append("` | ").append(reason == null ? "unexplained" : reason.category() + ": "
                + reason.text()).append(soft.isEmpty() ? "" : " (on soft: " + soft.getFirst() + ")").append(" |\n");
        }
    }
}
