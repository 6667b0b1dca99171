package dev.verbs.ibv;

import dev.verbs.spi.Availability;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;

/** Tells whether the native libraries can be used before any class that links to them is touched. */
final class Libraries {
    private static final String VERBS = "libibverbs.so.1";
    private static final String CM = "librdmacm.so.1";

    /** The reason without which not even the constants of the C headers can be read. */
    static final String DENIED = "native access is denied";

    private Libraries() {
    }

    /** Usable, or why not and what to do; the platform is refused by name. */
    static Availability probe() {
        final String platform = System.getProperty("os.name") + "-" + System.getProperty("os.arch");
        if (!"Linux-amd64".equals(platform)) {
            return Availability.no("the bindings are for Linux-amd64, this is " + platform, "use the soft provider");
        }
        final Availability verbs = probe(VERBS, "libibverbs1 ibverbs-providers", Symbols.VERBS);
        return verbs.usable() ? probe(CM, "librdmacm1", Symbols.CM) : verbs;
    }

    /** What libibverbs.so.1 exports; the library must be there. */
    @SuppressWarnings("restricted")
    static SymbolLookup verbs() {
        return SymbolLookup.libraryLookup(VERBS, Arena.global());
    }

    /** What librdmacm.so.1 exports; the library must be there. */
    @SuppressWarnings("restricted")
    static SymbolLookup cm() {
        return SymbolLookup.libraryLookup(CM, Arena.global());
    }

    @SuppressWarnings("restricted")
    private static Availability probe(final String library, final String packages, final List<String> symbols) {
        try (Arena arena = Arena.ofConfined()) {
            final SymbolLookup lookup = SymbolLookup.libraryLookup(library, arena);
            final List<String> missing = symbols.stream().filter(symbol -> lookup.find(symbol).isEmpty()).toList();
            return missing.isEmpty() ? Availability.yes(library)
                : Availability.no(library + " is too old: it lacks " + String.join(", ", missing), "install rdma-core 44 or newer");
        } catch (final IllegalCallerException e) {
            return Availability.no(DENIED,
                "add --enable-native-access=dev.verbs,dev.verbs.headers (module path) or ALL-UNNAMED (class path)");
        } catch (final IllegalArgumentException e) {
            return Availability.no(library + " not found", "apt install " + packages);
        }
    }
}
