package dev.verbs.benchmarks.hotpath;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The C side: compiled into {@code target/native} when a source is newer, then loaded. Needs a C compiler and verbs.h. */
public final class CLibrary {
    private final SymbolLookup symbols;

    @SuppressWarnings("restricted")
    private CLibrary(final Path file) {
        this.symbols = SymbolLookup.libraryLookup(file, Arena.global());
    }

    /** Compiles if need be, and loads. */
    public static CLibrary load() {
        return new CLibrary(compile());
    }

    /** Compiles if need be; for a parent whose children only load. */
    static Path compile() {
        final Path target = classes().getParent();
        final Path sources = target.getParent().resolve("src/main/c");
        final Path library = target.resolve("native/libverbsbench.so");
        try (Stream<Path> listed = Files.list(sources)) {
            final List<Path> files = listed.filter(file -> file.toString().endsWith(".c")).sorted().toList();
            final FileTime newest = files.stream().map(CLibrary::modified).max(Comparator.naturalOrder()).orElseThrow();
            if (!Files.exists(library) || modified(library).compareTo(newest) < 0) {
                Files.createDirectories(library.getParent());
                run(command(files, library));
            }
            return library;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(final List<Path> files, final Path library) {
        final List<String> command = new ArrayList<>(List.of(System.getenv().getOrDefault("CC", "gcc"), "-std=gnu11", "-Wall",
            "-Wextra", "-Werror", "-O2", "-shared", "-fPIC", "-o", library.toString()));
        files.forEach(file -> command.add(file.toString()));
        command.add("-l:libibverbs.so.1");
        return command;
    }

    private static void run(final List<String> command) throws IOException {
        try {
            final int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("the C sources do not compile (apt install gcc libibverbs-dev?): "
                    + String.join(" ", command));
            }
        } catch (final InterruptedException e) {
            throw new IllegalStateException("interrupted while compiling", e);
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
            return Path.of(CLibrary.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A function of the library. */
    @SuppressWarnings("restricted")
    MethodHandle function(final String name, final FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), descriptor);
    }

    /** Calls a function without arguments that returns a pointer. */
    MemorySegment pointer(final String name) {
        try {
            return (MemorySegment)function(name, FunctionDescriptor.of(ADDRESS)).invokeExact();
        } catch (final Throwable t) {
            throw new IllegalStateException(name, t);
        }
    }

    /** Calls a function of one pointer that returns one. */
    MemorySegment pointer(final String name, final MemorySegment argument) {
        try {
            return (MemorySegment)function(name, FunctionDescriptor.of(ADDRESS, ADDRESS)).invokeExact(argument);
        } catch (final Throwable t) {
            throw new IllegalStateException(name, t);
        }
    }

    /** Calls a function without arguments that returns 64 bits. */
    long number(final String name) {
        try {
            return (long)function(name, FunctionDescriptor.of(JAVA_LONG)).invokeExact();
        } catch (final Throwable t) {
            throw new IllegalStateException(name, t);
        }
    }

    /** Calls a function of one pointer that returns 32 bits. */
    int number(final String name, final MemorySegment argument) {
        try {
            return (int)function(name, FunctionDescriptor.of(JAVA_INT, ADDRESS)).invokeExact(argument);
        } catch (final Throwable t) {
            throw new IllegalStateException(name, t);
        }
    }
}
