package dev.verbs.examples.demo;

/**
 * How much the demo does.
 *
 * @param records records of the stream query, over all nodes
 * @param scale   TPC-H scale of the join
 * @param nodes   nodes, all in this process
 * @param corrupt whose result is falsified before it is checked, null for none
 */
record DemoConfig(long records, double scale, int nodes, DemoCommand.Corruption corrupt) {
    private static final int MAX_NODES = 16;
    private static final double MIN_SCALE = 0.001;
    private static final double MAX_SCALE = 100;

    DemoConfig {
        if (nodes < 1 || nodes > MAX_NODES) {
            throw new IllegalArgumentException("nodes " + nodes + " is not in 1 .. " + MAX_NODES);
        }
        if (records < nodes) {
            throw new IllegalArgumentException("records " + records + " is less than 1 per node");
        }
        if (!(scale >= MIN_SCALE && scale <= MAX_SCALE)) {
            throw new IllegalArgumentException("scale " + scale + " is not in " + MIN_SCALE + " .. " + MAX_SCALE);
        }
    }
}
