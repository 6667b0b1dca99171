package dev.verbs.ledger;

import dev.verbs.ledger.DocumentedSources.Element;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the documentation must say of C: the name that an element maps to, in a sentence that begins with {@code C:}, or that it has
 * no C counterpart. A component of a record may name its field in brackets; the structure is the one that the record names.
 * Those of a record without counterpart need none.
 */
final class JavadocRules {
    /** What begins as a C name and is none: kernel modules. */
    private static final Set<String> NOT_C = Set.of("rdma_rxe", "rdma_ucm", "rdma_cm");
    private static final String NONE = "No C counterpart";
    private static final Pattern SENTENCE = Pattern.compile("(?<!\\w)C: (.*?)(?:\\.(?= )|\\.?$)");
    private static final Pattern CODE = Pattern.compile("\\{@code ([^}]*)\\}");
    private static final Pattern NAME = Pattern.compile("((?:(?:struct|union|enum) )?\\w+(?:\\.\\w+)*\\*?)(?:\\(.*\\))?");
    private static final Pattern PREFIXED = Pattern.compile("(?<![\\w.#/-])(?:ibv|IBV|rdma)_\\w*(?:\\.\\w+|\\*)*");
    private static final Pattern BARE = Pattern.compile("(?<![\\w.#/-])(?:(?:ibv|IBV|rdma|RDMA|RAI)_\\w+(?:\\.\\w+|\\*)*|E[A-Z]{3,}\\d*)");
    private static final Pattern BRACKETS = Pattern.compile("\\[(\\w+(?:\\.\\w+)*)\\]");
    private static final Pattern STRUCT = Pattern.compile("(?:struct|union) (\\w+)");

    private JavadocRules() {
    }

    /** What is wrong with the elements, a line each. */
    static List<String> problems(final Collection<Element> elements) throws IOException, InterruptedException {
        final Map<Element, Set<String>> names = new LinkedHashMap<>();
        final Set<String> all = new TreeSet<>();
        for (final Element element : elements) {
            final Set<String> own = named(element);
            names.put(element, own);
            all.addAll(own);
            all.addAll(mentioned(element));
        }
        final Set<String> unknown = CNames.unknown(all);
        final Set<String> problems = new LinkedHashSet<>();
        names.forEach((element, own) -> {
            final String text = String.join(" ", element.texts());
            if (own.isEmpty() && !text.contains(NONE) && !(element.isComponent() && element.struct().contains(NONE))) {
                problems.add(element + ": names no C counterpart");
            }
            element.constants().stream().filter(constant -> !own.contains(constant))
                .forEach(constant -> problems.add(element + ": is " + constant + " and does not say so"));
            Stream.concat(own.stream(), mentioned(element).stream()).filter(unknown::contains)
                .forEach(name -> problems.add(element + ": no header has " + name.substring(name.indexOf(' ') + 1)));
        });
        return List.copyOf(problems);
    }

    /** The C names that an element maps to. */
    static Set<String> named(final Element element) {
        final Set<String> names = new LinkedHashSet<>();
        for (final String text : element.texts()) {
            final Matcher sentence = SENTENCE.matcher(text);
            while (sentence.find()) {
                named(sentence.group(1), names);
            }
            if (element.isComponent()) {
                final Matcher struct = STRUCT.matcher(element.struct());
                final Matcher brackets = BRACKETS.matcher(text);
                while (brackets.find()) {
                    names.add((struct.find(0) ? struct.group(1) : "record_without_struct") + "." + brackets.group(1));
                }
                names.addAll(mentioned(element));
            }
        }
        return names;
    }

    private static void named(final String sentence, final Set<String> names) {
        final Matcher code = CODE.matcher(sentence);
        while (code.find()) {
            final Matcher name = NAME.matcher(code.group(1).strip());
            if (name.matches()) {
                names.add(name.group(1));
            } else {
                bare(code.group(1), names);
            }
        }
        bare(CODE.matcher(sentence).replaceAll(" "), names);
        names.removeAll(NOT_C);
    }

    private static void bare(final String text, final Set<String> names) {
        final Matcher matcher = BARE.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
    }

    /** What looks like a C name anywhere in the documentation. */
    private static Set<String> mentioned(final Element element) {
        final Set<String> names = new LinkedHashSet<>();
        for (final String text : element.texts()) {
            final Matcher matcher = PREFIXED.matcher(text);
            while (matcher.find()) {
                names.add(matcher.group());
            }
        }
        names.removeAll(NOT_C);
        return names;
    }
}
