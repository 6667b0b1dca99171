package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Polling completions that wait already from an extended queue, and reading wr_id, status and length of each. */
public class ExtendedPollBenchmark extends SideBySide {
    /** Completions between start and end. */
    @Param({"1", "16"})
    public int batch;

    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(new Config(batch, false, true, false));
        final int count = device().depth();
        posts(count, () -> c().pollEx(batch, count),
            () -> bare().pollEx(batch, count), () -> loops().pollEx(batch, count));
    }

    /**
     * Polls.
     *
     * @param samples where the figures go
     */
    @Benchmark
    public void pollExtended(final Samples samples) throws Throwable {
        run(samples);
    }
}
