package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/** Creating a queue pair and destroying it. */
public class CreationBenchmark extends SideBySide {
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
        sides(count, () -> c().queuePair(false, count), () -> bare.queuePair(false, count), () -> java.queuePair(false, count));
    }

    /**
     * Creates and destroys.
     *
     * @param samples where the figures go
     */
    @Benchmark
    public void createQueuePair(final Samples samples) throws Throwable {
        run(samples);
    }
}
