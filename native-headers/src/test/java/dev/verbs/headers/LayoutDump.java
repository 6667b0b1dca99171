package dev.verbs.headers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.PaddingLayout;
import java.lang.foreign.UnionLayout;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the generated classes say about the C structures, one line per structure, field and constant. */
final class LayoutDump {
    private static final Path CLASSES = Path.of("target", "classes", "dev", "verbs", "headers");

    private LayoutDump() {
    }

    /** {@code struct NAME size N}, {@code field NAME.PATH offset N size N}, {@code constant NAME N}; sorted. */
    static List<String> lines() {
        final List<String> lines = new ArrayList<>();
        for (final Class<?> type : topLevelClasses()) {
            try {
                final Method layout = type.getMethod("layout");
                final GroupLayout group = (GroupLayout)layout.invoke(null);
                lines.add("struct " + type.getSimpleName() + " size " + group.byteSize());
                fields(type.getSimpleName(), "", group, 0, lines);
            } catch (final NoSuchMethodException e) {
                continue; // functions or constants
            } catch (final ReflectiveOperationException e) {
                throw new AssertionError(type.getName(), e);
            }
        }
        constants(lines);
        lines.sort(null);
        return lines;
    }

    private static List<Class<?>> topLevelClasses() {
        try (Stream<Path> files = Files.list(CLASSES)) {
            final List<Class<?>> found = new ArrayList<>();
            for (final Path file : files.sorted().toList()) {
                final String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.contains("$") && !name.equals("package-info.class")) {
                    found.add(Class.forName("dev.verbs.headers." + name.replace(".class", ""), false,
                        LayoutDump.class.getClassLoader()));
                }
            }
            return found;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static void fields(final String type, final String path, final GroupLayout group, final long base,
        final List<String> lines) {
        long offset = base;
        for (final MemoryLayout member : group.memberLayouts()) {
            if (!(member instanceof PaddingLayout)) {
                final String name = member.name().filter(given -> !given.startsWith("$anon")).orElse("");
                final String full = name.isEmpty() ? path : path + "." + name;
                if (!name.isEmpty()) {
                    lines.add("field " + type + full + " offset " + offset + " size " + member.byteSize());
                }
                if (member instanceof GroupLayout nested) {
                    fields(type, full, nested, offset, lines);
                }
            }
            offset = group instanceof UnionLayout ? base : offset + member.byteSize();
        }
    }

    private static void constants(final List<String> lines) {
        for (final Method method : types_h.class.getMethods()) {
            final boolean constant = Modifier.isStatic(method.getModifiers()) && method.getParameterCount() == 0
                && method.getName().equals(method.getName().toUpperCase(java.util.Locale.ROOT))
                && (method.getReturnType() == int.class || method.getReturnType() == long.class);
            if (constant) {
                try {
                    lines.add("constant " + method.getName() + " " + ((Number)method.invoke(null)).longValue());
                } catch (final ReflectiveOperationException e) {
                    throw new AssertionError(method.getName(), e);
                }
            }
        }
    }

    /** Prints the lines: {@code java -cp target/classes:target/test-classes dev.verbs.headers.LayoutDump}. */
    public static void main(final String[] args) {
        lines().forEach(System.out::println);
    }
}
