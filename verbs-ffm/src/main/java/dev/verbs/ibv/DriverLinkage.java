package dev.verbs.ibv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the data path of a driver is linked: as critical where its posts and polls never enter the kernel and wait for nothing but a lock
 * that another thread holds for a moment, else in the default way. A critical call saves the JVM's bookkeeping, but no safepoint can
 * begin before it returns: a doorbell that transmits in the kernel would hold up the garbage collector of the whole program.
 *
 * <p>Extended queues are always called in the default way, on any driver: their batches keep a lock from one call to another, so that a
 * critical call could wait for a thread that the safepoint has stopped.
 */
final class DriverLinkage {
    /**
     * {@code auto}, which is the default: the drivers below; {@code never}: none; else these and, for all functions, those whose library
     * has a file name that begins with one of the listed, or a listed path.
     */
    static final String PROPERTY = "dev.verbs.ibv.critical";

    /**
     * Read in rdma-core 44: post_send, post_recv and poll_cq give the kernel no command, whatever the state of the queue pair; what some
     * print about a failed request aside.
     */
    private static final List<String> STAYING_IN_USER_SPACE = List.of("libmlx4", "libmlx5", "libefa");
    /** Read there, too: post_recv and poll_cq only touch rings that the kernel shares, but post_send rings a doorbell that transmits. */
    private static final List<String> ENTERING_FOR_SENDS = List.of("librxe", "libsiw");

    private DriverLinkage() {
    }

    /** What a function of the data path is for. */
    enum Call { SENDS, RECEIVES_AND_POLLS }

    /** Options for a function of a driver. */
    static Linker.Option[] of(final MemorySegment function, final Call call) {
        return isCritical(library(function.address()), call, System.getProperty(PROPERTY, "auto"))
            ? new Linker.Option[] {Linker.Option.critical(false)} : new Linker.Option[0];
    }

    /** Whether a driver's function is linked so; by the path of its library, "" if that is not known. */
    static boolean isCritical(final String library, final Call call, final String setting) {
        if (library.isEmpty() || setting.equals("never")) {
            return false;
        }
        final String file = library.substring(library.lastIndexOf('/') + 1);
        final Stream<String> named = Stream.of(setting.split(",")).filter(name -> !name.isBlank());
        final Stream<String> known = call == Call.SENDS ? STAYING_IN_USER_SPACE.stream()
            : Stream.concat(STAYING_IN_USER_SPACE.stream(), ENTERING_FOR_SENDS.stream());
        return Stream.concat(known, named).anyMatch(name -> file.startsWith(name) || library.equals(name));
    }

    /** The library that has a function, as the kernel tells; "" if it is in none. */
    static String library(final long function) {
        try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) { // 7f..00-7f..00 r-xp 00001000 08:01 123   /usr/lib/...
            return mappings.map(line -> line.split("\\s+", 6)).filter(parts -> parts.length == 6 && holds(parts[0], function))
                .map(parts -> parts[5]).findFirst().orElse("");
        } catch (final IOException | UncheckedIOException e) {
            return ""; // no /proc: then the safe way
        }
    }

    private static boolean holds(final String range, final long address) {
        final int dash = range.indexOf('-');
        return Long.compareUnsigned(Long.parseUnsignedLong(range, 0, dash, 16), address) <= 0
            && Long.compareUnsigned(address, Long.parseUnsignedLong(range, dash + 1, range.length(), 16)) < 0;
    }
}
