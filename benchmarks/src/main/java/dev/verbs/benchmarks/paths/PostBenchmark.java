package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Posting lists of RDMA writes; their completions are polled between the chunks. */
public class PostBenchmark extends SideBySide {
    /** What is done to the list before. */
    @Param({"PREPARED", "PATCHED", "BUILT"})
    public Way way;

    /** Requests of a list. */
    @Param({"1", "4", "16", "64"})
    public int batch;

    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(Config.of(batch));
        final int count = device().depth();
        posts(count, () -> c().post(batch, count, way.ordinal()),
            () -> bare().post(batch, count, way), () -> loops().post(batch, count, way));
    }

    /**
     * Posts.
     *
     * @param samples where the figures go
     */
    @Benchmark
    public void post(final Samples samples) throws Throwable {
        run(samples);
    }
}
