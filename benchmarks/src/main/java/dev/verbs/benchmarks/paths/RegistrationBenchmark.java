package dev.verbs.benchmarks.paths;

import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Registering memory and giving it back. */
public class RegistrationBenchmark extends SideBySide {
    private static final int COUNT = 64;
    private static final int PAGE = 4096;

    /** Length of the memory. */
    @Param({"4096", "1048576"})
    public long bytes;

    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(Config.of(1));
        final LibrarySetup java = new LibrarySetup(side());
        final BareSetup bare = device().hasC() ? new BareSetup(side().arena, c()) : null;
        final MemorySegment memory = side().arena.allocate(bytes, PAGE);
        sides(COUNT, () -> c().register(memory, COUNT), () -> bare.register(memory, COUNT), () -> java.register(memory, COUNT));
    }

    /**
     * Registers and deregisters.
     *
     * @param samples where the figures go
     */
    @Benchmark
    public void registerMemory(final Samples samples) throws Throwable {
        run(samples);
    }
}
