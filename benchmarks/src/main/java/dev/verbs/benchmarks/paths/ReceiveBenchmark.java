package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Posting lists of receives, each with a new wr_id and address. */
public class ReceiveBenchmark extends SideBySide {
    /** Requests of a list. */
    @Param({"1", "16"})
    public int batch;

    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(Config.of(batch));
        final int count = device().depth();
        posts(count, () -> c().receive(batch, count),
            () -> bare().receive(batch, count), () -> loops().receive(batch, count));
    }

    /**
     * Posts.
     *
     * @param samples where the figures go
     */
    @Benchmark
    public void postReceive(final Samples samples) throws Throwable {
        run(samples);
    }
}
