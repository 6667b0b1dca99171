package dev.verbs.examples.ysb;

/**
 * How the benchmark is run.
 *
 * @param records       records over all nodes, at least 1 per node
 * @param nodes         nodes, at least 1; the soft device puts them into one JVM
 * @param threads       threads that step the nodes, at least 1
 * @param campaigns     distinct keys, at least 1
 * @param windowMs      window size in milliseconds, at least 1
 * @param windows       windows that event time spans, at least 1
 * @param disorderMs    how far event times may be out of order, at least 0
 * @param epochsPerNode epochs that a node cuts its slice into, at least 1
 * @param passes        timed passes, at least 1; two more warm up
 * @param seed          of the generator
 * @param corrupt       whether to flip a byte of a result before the check, which must then fail
 */
public record YsbConfig(long records, int nodes, int threads, int campaigns, long windowMs, int windows, long disorderMs,
                        int epochsPerNode, int passes, long seed, boolean corrupt) {
    /** 10 million records on 4 nodes, 10,000 campaigns, 10 windows of 10 s, 10 epochs per node, 5 passes. */
    public static final YsbConfig DEFAULT = new YsbConfig(10_000_000, 4, Math.min(4, Runtime.getRuntime().availableProcessors()),
        10_000, 10_000, 10, 500, 10, 5, 42, false);

    /** Checks the ranges. */
    public YsbConfig {
        atLeast("nodes", nodes, 1);
        atLeast("records", records, nodes);
        atLeast("threads", threads, 1);
        atLeast("campaigns", campaigns, 1);
        atLeast("windowMs", windowMs, 1);
        atLeast("windows", windows, 1);
        atLeast("disorderMs", disorderMs, 0);
        atLeast("epochsPerNode", epochsPerNode, 1);
        atLeast("passes", passes, 1);
    }

    private static void atLeast(final String name, final long value, final long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + " is less than " + least);
        }
    }

    /**
     * The same at another scale.
     *
     * @param count   records over all nodes
     * @param nodeCount nodes
     * @return the changed copy
     */
    public YsbConfig withScale(final long count, final int nodeCount) {
        return new YsbConfig(count, nodeCount, Math.min(nodeCount, Runtime.getRuntime().availableProcessors()), campaigns, windowMs,
            windows, disorderMs, epochsPerNode, passes, seed, corrupt);
    }

    /**
     * The same with another number of passes.
     *
     * @param timed timed passes
     * @return the changed copy
     */
    public YsbConfig withPasses(final int timed) {
        return new YsbConfig(records, nodes, threads, campaigns, windowMs, windows, disorderMs, epochsPerNode, timed, seed, corrupt);
    }

    /**
     * The same with other data.
     *
     * @param other of the generator
     * @return the changed copy
     */
    public YsbConfig withSeed(final long other) {
        return new YsbConfig(records, nodes, threads, campaigns, windowMs, windows, disorderMs, epochsPerNode, passes, other, corrupt);
    }

    /**
     * The same with a result falsified before the check.
     *
     * @return the changed copy
     */
    public YsbConfig corrupted() {
        return new YsbConfig(records, nodes, threads, campaigns, windowMs, windows, disorderMs, epochsPerNode, passes, seed, true);
    }

    long epochRecords() {
        return Math.max(1, Math.ceilDiv(Math.ceilDiv(records, nodes), epochsPerNode));
    }
}
