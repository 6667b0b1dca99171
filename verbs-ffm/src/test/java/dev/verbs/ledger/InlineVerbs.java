package dev.verbs.ledger;

import dev.verbs.ledger.RawBindings.Binding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which {@code static inline} function a binding behind a pointer re-expresses: the C text in its Javadoc says so. */
final class InlineVerbs {
    private static final Pattern TEXT = Pattern.compile("static inline [^;{]*?(\\w+)\\s*\\([^;{]*\\)\\s*\\*?\\s*\\{");
    private static final Pattern METHOD = Pattern.compile("^    [\\w.<>\\[\\] ]*?(\\w+)\\(", Pattern.MULTILINE);

    /** C name by class and method, {@code ContextOps.pollCq}. */
    private final Map<String, String> names = new TreeMap<>();

    private InlineVerbs() {
    }

    /** Reads the sources beside the compiled classes. */
    static InlineVerbs read() {
        final InlineVerbs found = new InlineVerbs();
        try (Stream<Path> files = Files.list(sources().resolve("dev/verbs/ibv"))) {
            for (final Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
                found.read(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** {@code src/main/java} of the module whose classes or jar are on the class path. */
    static Path sources() {
        try {
            Path at = Path.of(dev.verbs.ibv.IbvProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            while (!Files.isDirectory(at.resolve("src/main/java"))) {
                at = at.getParent();
            }
            return at.resolve("src/main/java");
        } catch (final URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private void read(final String type, final String source) {
        int at = 0;
        for (int start = source.indexOf("/**", at); start >= 0; start = source.indexOf("/**", at)) {
            final int end = source.indexOf("*/\n", start);
            at = end + 3;
            final String comment = source.substring(start, end).replaceAll("(?m)^\\s*\\* ?", "");
            final Matcher text = TEXT.matcher(comment);
            final Matcher method = METHOD.matcher(source).region(at, source.length());
            if (text.find() && method.find()) {
                names.put(type + "." + method.group(1), text.group(1));
            }
        }
    }

    /** The C name, null if the Javadoc has no C text. */
    String of(final Binding binding) {
        return names.get(binding.simpleOwner() + "." + binding.method());
    }
}
