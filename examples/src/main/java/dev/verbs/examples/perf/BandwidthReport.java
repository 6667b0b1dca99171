package dev.verbs.examples.perf;

/**
 * What a bandwidth test measured at one size.
 *
 * @param size        bytes of a message
 * @param iterations  messages
 * @param peak        best bandwidth between any two messages, in the unit of the report; 0 if not computed
 * @param average     bandwidth over all, in the unit of the report
 * @param messageRate millions of messages per second
 */
record BandwidthReport(long size, long iterations, double peak, double average, double messageRate) {
    static final BandwidthReport NONE = new BandwidthReport(0, 0, 0, 0, 0);
    private static final double MIB = 0x10_0000;
    private static final double GIGABIT = 125_000_000;
    private static final double SECOND = 1e9;

    /** The report of a run of iterations. */
    static BandwidthReport of(final PerfConfig config, final long size, final long iterations, final long[] posted,
        final long[] completed) {
        final PerfConfig.Traffic traffic = config.traffic();
        final boolean peaks = !traffic.noPeak();
        final long span = completed[peaks ? (int)iterations - 1 : 0] - posted[0];
        final double best = peaks ? fastest(posted, completed, (int)iterations, traffic.postList(), traffic.cqModeration(), span) : 0;
        return of(config, size, iterations, span, best);
    }

    /** The report of messages in a span of time. */
    static BandwidthReport of(final PerfConfig config, final long size, final long iterations, final long spanNs, final double fastestNs) {
        final double unit = config.report().gigabits() ? GIGABIT : MIB;
        return new BandwidthReport(size, iterations, fastestNs == 0 ? 0 : size * SECOND / (fastestNs * unit),
            size * (double)iterations * SECOND / (spanNs * unit), iterations * SECOND / spanNs / 1e6);
    }

    /**
     * Nanoseconds per message between the two points in time that were the best: from a post to a completion after it.
     * Fractions are compared by multiplying: there are many pairs.
     */
    static double fastest(final long[] posted, final long[] completed, final int count, final int postList, final int moderation,
        final long span) {
        long best = span;
        long of = 1;
        for (int i = 0; i < count; i += postList) {
            for (int j = (i + moderation) / moderation * moderation - 1; j < count; j += moderation) {
                final long time = completed[j] - posted[i];
                if (time * of < best * (j - i + 1)) {
                    best = time;
                    of = j - i + 1;
                }
            }
            final long time = completed[count - 1] - posted[i];
            if (time * of < best * (count - i)) {
                best = time;
                of = count - i;
            }
        }
        return best / (double)of;
    }

    BandwidthReport plus(final BandwidthReport other) {
        return new BandwidthReport(size, iterations, peak + other.peak, average + other.average, messageRate + other.messageRate);
    }
}
