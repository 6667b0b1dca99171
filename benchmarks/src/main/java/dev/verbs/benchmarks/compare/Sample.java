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
 * @param repeated   whether another one counts in its place: see {@link Repeats}
 */
record Sample(int order, PerfTest test, int size, int iterations, int round, Side side, double figure, Map<String, Double> columns,
    double seconds, boolean repeated) {
    static final int WARM_UP = 0;

    /** Whether it stands for its round. */
    boolean counts() {
        return round != WARM_UP && !repeated;
    }

    /** The same figure, and another one counts in its place. */
    Sample asRepeated() {
        return new Sample(order, test, size, iterations, round, side, figure, columns, seconds, true);
    }
}
