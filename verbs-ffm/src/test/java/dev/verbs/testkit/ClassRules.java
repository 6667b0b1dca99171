package dev.verbs.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rules about packages, read out of compiled classes, for every module's own test: {@code ClassRules.of(Path.of("target",
 * "classes"))}. Each check returns what breaks the rule, one line each, sorted.
 */
public final class ClassRules {
    /** FFM calls that can crash the JVM, and ways to load libraries: owner, then name. */
    private static final Set<String> RESTRICTED = Set.of(
        "java/lang/foreign/MemorySegment.reinterpret", "java/lang/foreign/Linker.downcallHandle",
        "java/lang/foreign/Linker.upcallStub", "java/lang/foreign/SymbolLookup.libraryLookup",
        "java/lang/foreign/AddressLayout.withTargetLayout", "java/lang/System.load", "java/lang/System.loadLibrary",
        "java/lang/Runtime.load", "java/lang/Runtime.loadLibrary", "java/lang/ModuleLayer$Controller.enableNativeAccess");
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L(dev/verbs/[\\w/$]+)[;<]");

    private final Map<String, ClassModel> classes = new TreeMap<>();

    private ClassRules() {
    }

    /** Reads every class file below a directory. */
    public static ClassRules of(final Path directory) {
        final ClassRules rules = new ClassRules();
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                final ClassModel model = ClassFile.of().parse(file);
                if (!model.isModuleInfo()) {
                    rules.classes.put(name(model.thisClass().asInternalName()), model);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("no classes in " + directory.toAbsolutePath(), e);
        }
        return rules;
    }

    /** Names of the classes that were read; a test that reads none proves nothing. */
    public Set<String> classNames() {
        return classes.keySet();
    }

    /** Whether a class is public. */
    public boolean isPublic(final String className) {
        return classes.get(className).flags().has(AccessFlag.PUBLIC);
    }

    /** The package of a class name. */
    public static String packageOf(final String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    /** A class of one of these packages, sub-packages excluded. */
    public static Predicate<String> in(final String... packages) {
        return name -> List.of(packages).contains(packageOf(name));
    }

    /** A class of one of these packages or below. */
    public static Predicate<String> under(final String... packages) {
        return name -> List.of(packages).stream().anyMatch(prefix -> name.startsWith(prefix + "."));
    }

    /** References, of any kind, from some classes to others of this project. */
    public List<String> references(final Predicate<String> from, final Predicate<String> to) {
        final Set<String> found = new TreeSet<>();
        classes.forEach((name, model) -> {
            if (from.test(name)) {
                referenced(model).stream().filter(to).forEach(target -> found.add(name + " refers to " + target));
            }
        });
        return List.copyOf(found);
    }

    private static Set<String> referenced(final ClassModel model) {
        final Set<String> found = new TreeSet<>();
        for (final PoolEntry entry : model.constantPool()) {
            if (entry instanceof ClassEntry type && type.asInternalName().startsWith("dev/verbs/")) {
                found.add(name(type.asInternalName()));
            } else if (entry instanceof Utf8Entry text) { // descriptors and signatures
                final Matcher matcher = IN_DESCRIPTOR.matcher(text.stringValue());
                while (matcher.find()) {
                    found.add(name(matcher.group(1)));
                }
            }
        }
        return found;
    }

    /** Restricted calls outside the packages that may make them. */
    public List<String> restrictedCalls(final Predicate<String> allowed) {
        final Set<String> found = new TreeSet<>();
        classes.forEach((name, model) -> {
            if (!allowed.test(name)) {
                calls(model).stream().filter(RESTRICTED::contains).forEach(call -> found.add(name + " calls " + name(call)));
            }
        });
        return List.copyOf(found);
    }

    private static Set<String> calls(final ClassModel model) {
        final Set<String> found = new TreeSet<>();
        for (final PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member) {
                found.add(member.owner().asInternalName() + "." + member.name().stringValue());
            }
        }
        return found;
    }

    /**
     * Static state that can change.
     *
     * @param reasons fields that may look mutable ({@code dev.verbs.Errno.NAMES}), each with the reason why it is harmless; a
     *     reason for a field that needs none is reported too
     */
    public List<String> staticState(final Map<String, String> reasons) {
        final Map<String, String> found = new TreeMap<>();
        classes.values().forEach(model -> found.putAll(StaticState.of(model, classes.values())));
        final List<String> lines = new ArrayList<>();
        found.forEach((field, why) -> {
            if (!reasons.containsKey(field)) {
                lines.add(field + ": " + why);
            }
        });
        reasons.keySet().stream().filter(field -> !found.containsKey(field)).sorted()
            .forEach(field -> lines.add(field + ": needs no reason any more"));
        return lines;
    }

    static String name(final String internalName) {
        return internalName.replace('/', '.');
    }
}
