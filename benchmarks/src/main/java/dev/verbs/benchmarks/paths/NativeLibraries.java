package dev.verbs.benchmarks.paths;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The C side: compiled into {@code target/native} when a source is newer, then loaded. Needs a C compiler and verbs.h. */
final class NativeLibraries {
    /** How the library links the data path of drivers; see HOT-PATH.md. */
    static final String CRITICAL = "dev.verbs.ibv.critical";
    private static final long COMPILE_SECONDS = 120;

    private NativeLibraries() {
    }

    /** Compiles all that is older than its sources; for a parent whose children only load. */
    static void compile() {
        verbs();
        manager();
        loops();
    }

    private static Path loops() {
        return build("loops", "libverbsloops.so", List.of("loops.c", "loopback.c", "setup.c"), "-l:libibverbs.so.1",
            "-l:librdmacm.so.1");
    }

    private static Path verbs() {
        return build("provider", "libibverbs.so.1", List.of("verbs.c"));
    }

    /** It calls the libibverbs.so.1 that is loaded when it is. */
    private static Path manager() {
        return build("provider", "librdmacm.so.1", List.of("cm.c"), "-l:libibverbs.so.1");
    }

    /**
     * Puts the provider that does nothing in the place of libibverbs and librdmacm: whoever asks the loader for these names finds
     * them loaded. Before anything of dev.verbs.ibv is touched, once per JVM. It stands for a driver that stays in user space, as those of
     * hardware do; the library, which knows them by name, is told so unless {@value #CRITICAL} says otherwise.
     */
    static SymbolLookup loadProvider() {
        final Path file = verbs();
        final SymbolLookup verbs = load(file);
        load(manager());
        try {
            System.setProperty(CRITICAL, System.getProperty(CRITICAL, file.toRealPath().toString()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return verbs;
    }

    /** The loops in C; they belong to whichever libibverbs.so.1 is loaded by then. */
    static SymbolLookup loadLoops() {
        return load(loops());
    }

    @SuppressWarnings("restricted")
    private static SymbolLookup load(final Path file) {
        return SymbolLookup.libraryLookup(file, Arena.global());
    }

    private static Path build(final String directory, final String name, final List<String> sources, final String... options) {
        final Path target = classes().getParent();
        final Path from = target.getParent().resolve("src/main/c").resolve(directory);
        final Path library = target.resolve("native").resolve(name);
        try (Stream<Path> listed = Files.list(from)) {
            final FileTime newest = listed.map(NativeLibraries::modified).max(Comparator.naturalOrder()).orElseThrow();
            if (!Files.exists(library) || modified(library).compareTo(newest) < 0) {
                Files.createDirectories(library.getParent());
                final Path made = Files.createTempFile(library.getParent(), name, ".new"); // another JVM may be loading the old one
                final List<String> command = new ArrayList<>(List.of(System.getenv().getOrDefault("CC", "gcc"), "-std=gnu11",
                    "-Wall", "-Wextra", "-Werror", "-O2", "-shared", "-fPIC", "-Wl,-soname," + name, "-o", made.toString()));
                sources.forEach(source -> command.add(from.resolve(source).toString()));
                command.addAll(Arrays.asList(options));
                run(command);
                Files.move(made, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return library;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(final List<String> command) throws IOException {
        final Process compiler = new ProcessBuilder(command).inheritIO().start();
        try {
            if (!compiler.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS) || compiler.exitValue() != 0) {
                throw new IllegalStateException("the C sources do not compile (apt install gcc libibverbs-dev?): "
                    + String.join(" ", command));
            }
        } catch (final InterruptedException e) {
            throw new IllegalStateException("interrupted while compiling", e);
        } finally {
            compiler.destroyForcibly();
        }
    }

    private static FileTime modified(final Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path classes() {
        try {
            return Path.of(NativeLibraries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
