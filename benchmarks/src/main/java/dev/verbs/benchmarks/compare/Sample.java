package dev.verbs.benchmarks.compare;

import java.util.Map;

/**
 * One figure.
 *
 * @param order      its place in the run, from 0 on
 * @param test       which
 * @param size       bytes of a message
 * @param iterations messages
 * @param round      from 1 on; 0 is the warm-up, which does not count
 * @param side       who was measured
 * @param figure     what is compared, in the unit of the test
 * @param columns    everything that the tool printed
 * @param seconds    that the measurement took, start of processes included
 */
record Sample(int order, PerfTest test, int size, int iterations, int round, Side side, double figure, Map<String, Double> columns,
    double seconds) {
    static final int WARM_UP = 0;
}
