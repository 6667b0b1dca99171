package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Posting RDMA writes with ibv_wr_*: a start and a complete per batch, a builder and a setter per request. */
public class WrBenchmark extends SideBySide {
    /** Requests of a batch. */
    @Param({"1", "4", "16", "64"})
    public int batch;

    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(new Config(batch, true, false, false));
        final int count = device().depth();
        posts(count, () -> c().wr(batch, count),
            () -> bare().wr(batch, count), () -> loops().wr(batch, count));
    }

    /**
     * Posts.
     *
     * @param samples where the figures go
     */
    @Benchmark
    public void wr(final Samples samples) throws Throwable {
        run(samples);
    }
}
