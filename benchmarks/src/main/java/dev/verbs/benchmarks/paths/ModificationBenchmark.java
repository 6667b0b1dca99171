package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/** Taking a queue pair from RESET to RTS in three steps. */
public class ModificationBenchmark extends QueuePairs {
    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(true);
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
