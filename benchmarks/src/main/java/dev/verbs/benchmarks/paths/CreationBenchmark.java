package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/** Creating a queue pair and destroying it. */
public class CreationBenchmark extends QueuePairs {
    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(false);
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
