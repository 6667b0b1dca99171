package dev.verbs.examples.perf;

/** Receives of one end for messages of one size, a list at a time. One thread. */
final class Receives {
    private final ReceiveLane[] lanes;
    private final int listLength;
    /** Lists on each queue pair at the beginning. */
    private final int each;

    /**
     * Prepares the lists.
     *
     * @param end  queue pairs and memory
     * @param size bytes of a message
     */
    Receives(final PerfEnd end, final long size) {
        final PerfConfig.Traffic traffic = end.config().traffic();
        this.listLength = traffic.receiveList();
        this.each = traffic.rxDepth() / listLength / (end.srq() == null ? 1 : traffic.queuePairs());
        this.lanes = new ReceiveLane[traffic.queuePairs()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new ReceiveLane(end, i, size);
        }
    }

    /** Posts as many as the depth allows, on each queue pair. */
    void fill() {
        for (final ReceiveLane lane : lanes) {
            for (int j = 0; j < each; j++) {
                lane.post();
            }
        }
    }

    /** How many {@link #fill} posts on each queue pair. */
    long filled() {
        return (long)each * listLength;
    }

    /** Posts one more list. */
    void again(final int queuePair) {
        lanes[queuePair].post();
    }
}
