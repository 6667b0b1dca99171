package dev.verbs.benchmarks.softspeed;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts each of two threads on a processor of its own: two that spin on one processor measure the scheduler. Linux. */
final class Processor {
    private static final int MOST = 1024;

    private Processor() {
    }

    /**
     * The calling thread stays on one of the processors that it may use; where that cannot be had, it stays where it is.
     *
     * @param index which of them
     */
    @SuppressWarnings("restricted")
    static void take(final int index) {
        final List<Integer> allowed = allowed();
        final Linker linker = Linker.nativeLinker();
        if (allowed.size() <= index || linker.defaultLookup().find("sched_setaffinity").isEmpty()) {
            return;
        }
        final int processor = allowed.get(index);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment mask = arena.allocate(MOST / Byte.SIZE, Long.BYTES);
            mask.setAtIndex(JAVA_LONG, processor / Long.SIZE, 1L << processor % Long.SIZE);
            final int status = (int)linker.downcallHandle(linker.defaultLookup().find("sched_setaffinity").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS)).invokeExact(0, mask.byteSize(), mask);
            if (status != 0) {
                System.err.println("a thread could not be bound to processor " + processor);
            }
        } catch (final Throwable e) {
            throw new IllegalStateException("sched_setaffinity", e);
        }
    }

    /** From a line like {@code Cpus_allowed_list: 0-1,4}; empty on another system. */
    private static List<Integer> allowed() {
        final List<Integer> all = new ArrayList<>();
        try {
            for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("Cpus_allowed_list:")) {
                    for (final String part : line.substring(line.indexOf(':') + 1).trim().split(",")) {
                        final String[] ends = part.split("-");
                        for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]) && i < MOST; i++) {
                            all.add(i);
                        }
                    }
                }
            }
        } catch (final IOException e) {
            return List.of();
        }
        return all;
    }
}
