package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Posting a patched list of RDMA writes and polling its completions: there and back. */
public class RoundTripBenchmark extends SideBySide {
    /** Requests of a list and completions of a poll. */
    @Param({"1", "4", "16", "64"})
    public int batch;

    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(Config.of(batch));
        final int count = device().depth();
        posts(count, () -> c().round(batch, count),
            () -> bare().round(batch, count), () -> loops().round(batch, count));
    }

    /**
     * Posts and polls.
     *
     * @param samples where the figures go
     */
    @Benchmark
    public void roundTrip(final Samples samples) throws Throwable {
        run(samples);
    }
}
