package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Looking at an empty queue again and again, as who waits for a completion does: per look. The library with many looks per call. */
public class SpinBenchmark extends SideBySide {
    /** Looks per call of the library. */
    @Param("64")
    public int batch;

    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(Config.of(batch));
        final int count = device().depth() / batch * batch;
        sides(count, () -> c().poll(0, count), () -> bare().poll(0, count), () -> loops().spin(batch, count));
    }

    /**
     * Spins.
     *
     * @param samples where the figures go
     */
    @Benchmark
    public void spin(final Samples samples) throws Throwable {
        run(samples);
    }
}
