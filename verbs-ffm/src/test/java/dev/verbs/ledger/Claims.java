package dev.verbs.ledger;

import dev.verbs.testkit.ContractCounter;
import dev.verbs.testkit.VerbsTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What {@link Covers} says on the contract tests: C names, each with the tests that claim to see its effect. */
final class Claims {
    private Claims() {
    }

    /** Reads the test classes on the class path. */
    static Map<String, Set<String>> read() {
        final Map<String, Set<String>> claims = new TreeMap<>();
        for (final String name : classes()) {
            try {
                for (final Method method : Class.forName(name, false, Claims.class.getClassLoader()).getDeclaredMethods()) {
                    final Covers covers = method.getAnnotation(Covers.class);
                    if (covers != null) {
                        final String test = name.substring(ContractCounter.PACKAGE.length() + 1) + "#" + method.getName();
                        List.of(covers.value()).forEach(verb -> claims.computeIfAbsent(verb, key -> new TreeSet<>()).add(test));
                    }
                }
            } catch (final ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }
        return claims;
    }

    private static List<String> classes() {
        try {
            final Path root = Path.of(VerbsTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(root)) {
                return classes(root);
            }
            try (FileSystem jar = FileSystems.newFileSystem(root)) {
                return classes(jar.getPath("/"));
            }
        } catch (final URISyntaxException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> classes(final Path root) {
        try (Stream<Path> files = Files.list(root.resolve(ContractCounter.PACKAGE.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".class"))
                .map(file -> ContractCounter.PACKAGE + "." + file.replace(".class", "")).sorted().toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
