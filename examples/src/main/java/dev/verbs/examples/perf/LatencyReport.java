package dev.verbs.examples.perf;

import java.util.Arrays;

/**
 * What a latency test measured at one size, in microseconds. Exact, from all samples. As in C the two slowest samples are left out,
 * except that the second slowest is the maximum.
 *
 * @param size       bytes of a message
 * @param iterations messages each way
 * @param min        fastest
 * @param max        slowest but one
 * @param typical    median
 * @param average    mean
 * @param deviation  standard deviation
 * @param p99        99th percentile
 * @param p999       99.9th percentile
 * @param unsorted   all samples in their order
 * @param sorted     those that count, in ascending order
 */
record LatencyReport(long size, long iterations, double min, double max, double typical, double average, double deviation,
    double p99, double p999, double[] unsorted, double[] sorted) {
    private static final int TAIL = 2;
    private static final double US = 1000;

    /**
     * The report of a run.
     *
     * @param size  bytes of a message
     * @param times when each message was posted, in nanoseconds
     * @param count how many were
     * @param parts what part of the time between two posts one latency is: 2 for a half
     */
    static LatencyReport of(final long size, final long[] times, final int count, final int parts) {
        final long[] deltas = new long[count - 1];
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] = times[i + 1] - times[i];
        }
        final double[] unsorted = Arrays.stream(deltas).mapToDouble(delta -> delta / (US * parts)).toArray();
        final double[] all = unsorted.clone();
        Arrays.sort(all);
        final int counted = all.length - TAIL;
        final double[] sorted = Arrays.copyOf(all, counted);
        final double average = Arrays.stream(sorted).average().orElseThrow();
        final double variance = Arrays.stream(sorted).map(value -> (value - average) * (value - average)).average().orElseThrow();
        return new LatencyReport(size, count, all[0], all[counted], median(sorted), average, Math.sqrt(variance),
            all[(int)Math.ceil(counted * 0.99)], all[(int)Math.ceil(counted * 0.999)], unsorted, sorted);
    }

    private static double median(final double[] sorted) {
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 0 ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle];
    }
}
