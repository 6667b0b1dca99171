package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/** Taking a queue pair from RESET to RTS in three steps. */
public class ModificationBenchmark extends SideBySide {
    private static final int COUNT = 32;

    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(Config.of(1));
        final LibrarySetup java = new LibrarySetup(side());
        final BareSetup bare = device().hasC() ? new BareSetup(side().arena, c()) : null;
        sides(COUNT, () -> c().queuePair(true, COUNT), () -> bare.queuePair(true, COUNT), () -> java.queuePair(true, COUNT));
    }

    /**
     * Modifies.
     *
     * @param samples where the figures go
     */
    @Benchmark
    public void modifyQueuePair(final Samples samples) throws Throwable {
        run(samples);
    }
}
