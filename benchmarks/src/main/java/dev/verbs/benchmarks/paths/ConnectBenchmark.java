package dev.verbs.benchmarks.paths;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/** Making a connection through the connection manager, both ends of it in one thread. */
public class ConnectBenchmark extends SideBySide {
    private static final int COUNT = 8;
    /** Each takes milliseconds there. */
    private static final int COUNT_IF_REAL = 4;

    /** Opens the device. */
    @Setup(Level.Trial)
    public void open() {
        open(Config.of(1));
        final int count = device().isReal() ? COUNT_IF_REAL : COUNT;
        final LibrarySetup java = new LibrarySetup(side());
        sides(count, () -> c().connect(count), null, () -> java.connect(count));
    }

    /**
     * Connects.
     *
     * @param samples where the figures go
     */
    @Benchmark
    public void connect(final Samples samples) throws Throwable {
        run(samples);
    }
}
