package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Polling completions that wait already, and reading wr_id and status of each; a batch of 0 polls an empty queue. */
public class PollBenchmark extends SideBySide {
    /** Completions of a poll at most. */
    @Param({"0", "1", "16"})
    public int batch;

    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(Config.of(batch));
        final int count = device().depth();
        if (batch == 0) {
            sides(count, () -> c().poll(0, count), () -> bare().poll(0, count), () -> loops().poll(0, count));
        } else {
            posts(count, () -> c().poll(batch, count), () -> bare().poll(batch, count), () -> loops().poll(batch, count));
        }
    }

    /**
     * Polls.
     *
     * @param samples where the figures go
     */
    @Benchmark
    public void poll(final Samples samples) throws Throwable {
        run(samples);
    }
}
