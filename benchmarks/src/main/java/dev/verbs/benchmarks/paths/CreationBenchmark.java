package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/** Creating a queue pair and destroying it. */
public class CreationBenchmark extends SideBySide {
    private static final int COUNT = 32;

    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(Config.of(1));
        final LibrarySetup java = new LibrarySetup(side());
        final BareSetup bare = device().hasC() ? new BareSetup(side().arena, c()) : null;
        sides(COUNT, () -> c().queuePair(false, COUNT), () -> bare.queuePair(false, COUNT), () -> java.queuePair(false, COUNT));
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
