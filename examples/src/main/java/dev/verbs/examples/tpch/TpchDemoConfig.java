package dev.verbs.examples.tpch;

/**
 * How the join is run.
 *
 * @param scale        TPC-H scale factor: 1 is 1.5 million orders and about 6 million line items
 * @param nodes        hosts of the ring, at least 1; the soft device puts them into one JVM, one thread each
 * @param passes       timed passes, at least 1; one more warms up
 * @param elements     buffer elements per host, at least 2
 * @param elementBytes bytes of an element
 * @param materialise  whether to keep the matches as a distributed table, beside counting and summing them
 * @param corrupt      whether to flip a byte of a result before the check, which must then fail
 */
public record TpchDemoConfig(double scale, int nodes, int passes, int elements, long elementBytes, boolean materialise,
                             boolean corrupt) {
    /** Scale factor 0.1 on 4 hosts, 5 passes, 8 elements of 64 KiB. */
    public static final TpchDemoConfig DEFAULT = new TpchDemoConfig(0.1, 4, 5, 8, 64 * 1024, false, false);

    private static final double MAX_SCALE = 100;

    /** Checks the ranges; the ring checks its own. */
    public TpchDemoConfig {
        if (!(scale > 0 && scale <= MAX_SCALE)) {
            throw new IllegalArgumentException("scale " + scale + " is not in 0 (exclusive) .. " + MAX_SCALE);
        }
        if (nodes < 1) {
            throw new IllegalArgumentException("nodes " + nodes + " is less than 1");
        }
        if (passes < 1) {
            throw new IllegalArgumentException("passes " + passes + " is less than 1");
        }
    }

    /**
     * The same at another scale.
     *
     * @param factor    TPC-H scale factor
     * @param nodeCount hosts of the ring
     * @return the changed copy
     */
    public TpchDemoConfig withScale(final double factor, final int nodeCount) {
        return new TpchDemoConfig(factor, nodeCount, passes, elements, elementBytes, materialise, corrupt);
    }

    /**
     * The same with another number of passes.
     *
     * @param timed timed passes
     * @return the changed copy
     */
    public TpchDemoConfig withPasses(final int timed) {
        return new TpchDemoConfig(scale, nodes, timed, elements, elementBytes, materialise, corrupt);
    }

    /**
     * The same with other ring elements.
     *
     * @param count elements per host
     * @param bytes bytes of an element
     * @return the changed copy
     */
    public TpchDemoConfig withElements(final int count, final long bytes) {
        return new TpchDemoConfig(scale, nodes, passes, count, bytes, materialise, corrupt);
    }

    /**
     * The same with the matches kept as a table.
     *
     * @return the changed copy
     */
    public TpchDemoConfig materialised() {
        return new TpchDemoConfig(scale, nodes, passes, elements, elementBytes, true, corrupt);
    }

    /**
     * The same with a result falsified before the check.
     *
     * @return the changed copy
     */
    public TpchDemoConfig corrupted() {
        return new TpchDemoConfig(scale, nodes, passes, elements, elementBytes, materialise, true);
    }
}
