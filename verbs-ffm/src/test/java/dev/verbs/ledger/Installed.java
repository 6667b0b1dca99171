package dev.verbs.ledger;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What this machine has of rdma-core. What is missing skips a test with a reason; in CI it fails. */
final class Installed {
    static final String VERBS = "libibverbs.so.1";
    static final String CM = "librdmacm.so.1";

    private Installed() {
    }

    /** The file that the loader takes for a library. */
    static Path library(final String name) {
        return find(name).orElseGet(() -> {
            missing(name + " is not installed: apt install libibverbs1 ibverbs-providers librdmacm1");
            throw new AssertionError();
        });
    }

    /** The file that the loader takes for a library, if it is installed. */
    @SuppressWarnings("restricted")
    static Optional<Path> find(final String name) {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(name, arena);
            try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
                return maps.filter(line -> line.contains("/" + name)).map(line -> line.substring(line.indexOf('/')))
                    .findFirst().map(Installed::real);
            }
        } catch (final IllegalArgumentException e) {
            return Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path real(final String path) {
        try {
            return Path.of(path).toRealPath();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips, or fails where everything must be there. */
    static void missing(final String what) {
        if ("true".equals(System.getenv("CI"))) {
            fail(what);
        }
        Assumptions.abort(what);
    }
}
