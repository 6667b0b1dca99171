package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Posting patched lists of RDMA writes whose payload the device takes with the request. */
public class InlineBenchmark extends SideBySide {
    /** Requests of a list. */
    @Param({"1", "16"})
    public int batch;

    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(new Config(batch, false, false, true));
        final int count = device().depth();
        posts(count, () -> c().post(batch, count, Way.PATCHED.ordinal()),
            () -> bare().post(batch, count, Way.PATCHED), () -> loops().post(batch, count, Way.PATCHED));
    }

    /**
     * Posts.
     *
     * @param samples where the figures go
     */
    @Benchmark
    public void inline(final Samples samples) throws Throwable {
        run(samples);
    }
}
