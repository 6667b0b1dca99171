package dev.verbs.benchmarks.compare;

import dev.verbs.benchmarks.Spread;
import java.util.List;
import java.util.Map;

/** The tests of perftest that are compared, over a reliable connection. */
enum PerfTest {
    SEND_LAT("send_lat", "SEND latency", true, "half a round trip"),
    WRITE_LAT("write_lat", "RDMA WRITE latency", true, "half a round trip"),
    READ_LAT("read_lat", "RDMA READ latency", true, "a full round trip"),
    SEND_BW("send_bw", "SEND bandwidth", false, "one direction"),
    WRITE_BW("write_bw", "RDMA WRITE bandwidth", false, "one direction"),
    READ_BW("read_bw", "RDMA READ bandwidth", false, "one direction");

    static final String TYPICAL = "t_typical[usec]";
    static final String RATE = "MsgRate[Mpps]";

    private final String tool;
    private final String title;
    private final boolean latency;
    private final String what;

    PerfTest(final String tool, final String title, final boolean latency, final String what) {
        this.tool = tool;
        this.title = title;
        this.latency = latency;
        this.what = what;
    }

    /** The name in both command lines: {@code ib_send_lat} and {@code verbs perf send_lat}. */
    String tool() {
        return tool;
    }

    String title() {
        return title;
    }

    /** What one figure stands for. */
    String what() {
        return what;
    }

    boolean isLatency() {
        return latency;
    }

    String unit() {
        return latency ? "µs" : "MB/s";
    }

    /** The columns without which a row is worth nothing. */
    List<String> columns() {
        return latency ? List.of(TYPICAL) : List.of(RATE);
    }

    /**
     * The figure that is compared: the median latency; the average bandwidth, in 2^20 bytes per second as perftest counts, computed
     * from the message rate, because perftest prints the bandwidth with two digits behind the point, too few for small messages.
     */
    double figure(final long bytes, final Map<String, Double> columns) {
        return latency ? columns.get(TYPICAL) : columns.get(RATE) * 1e6 * bytes / (1 << 20);
    }

    /** The ratio Java/C that is the limit: at most for latency, at least for bandwidth. */
    double limit() {
        return latency ? Limits.LATENCY : Limits.BANDWIDTH;
    }

    boolean holds(final double ratio) {
        return latency ? ratio <= limit() : ratio >= limit();
    }

    /** How many times worse a figure is than another one; below 1 if it is better. */
    double timesWorse(final double figure, final double than) {
        return latency ? figure / than : than / figure;
    }

    /** The better one of the least and the most. */
    double best(final Spread figures) {
        return latency ? figures.least() : figures.most();
    }

    /** Enough messages for a stable figure, which the beginning of a run is not, few enough for many rounds: 16 MiB each way. */
    int iterations(final int size) {
        return Math.clamp((16 << 20) / size, latency ? 250 : 300, latency ? 8000 : 20_000);
    }

    static PerfTest of(final String tool) {
        for (final PerfTest test : values()) {
            if (test.tool.equals(tool)) {
                return test;
            }
        }
        throw new IllegalArgumentException("unknown test '" + tool + "'; there are: "
            + String.join(", ", List.of(values()).stream().map(PerfTest::tool).toList()));
    }

    /** The ratios Java/C that must hold. */
    static final class Limits {
        static final double LATENCY = 1.10;
        static final double BANDWIDTH = 0.95;

        private Limits() {
        }
    }
}
