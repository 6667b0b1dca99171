package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/** Taking a queue pair from RESET to RTS in three steps. */
public class ModificationBenchmark extends SideBySide {
    private static final int COUNT = 32;
    /** Each takes milliseconds there. */
    private static final int COUNT_IF_REAL = 4;

    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(Config.of(1));
        final int count = device().isReal() ? COUNT_IF_REAL : COUNT;
        final LibrarySetup java = new LibrarySetup(side());
        final BareSetup bare = device().hasC() ? new BareSetup(side().arena, c()) : null;
        sides(count, () -> c().queuePair(true, count), () -> bare.queuePair(true, count), () -> java.queuePair(true, count));
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
