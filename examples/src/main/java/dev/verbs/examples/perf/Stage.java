package dev.verbs.examples.perf;

/**
 * What a test runs with when both ends are connected.
 *
 * @param end      what is measured
 * @param wire     to the peer
 * @param exchange to the peer
 * @param connects whether this end connected to the other: a client in C's words, unless reversed
 * @param printer  results for people
 * @param json     results for programs
 */
record Stage(PerfEnd end, Wire wire, Exchange exchange, boolean connects, PerfPrinter printer, PerfJson json) {
    PerfConfig config() {
        return end.config();
    }

    PerfConfig.Traffic traffic() {
        return end.config().traffic();
    }

    boolean isActive() {
        return config().isActive(connects);
    }

    Watch watch(final Stopwatch stopwatch) {
        return new Watch(config().waits().deadline(), wire, stopwatch, config().waits().hints());
    }

    /** A stopwatch for a timed test; null for one of iterations. */
    Stopwatch stopwatch() {
        return traffic().isTimed() ? new Stopwatch(traffic().duration(), traffic().margin(), config().report().cpu()) : null;
    }

    /** Waits for the other end: both are ready, and nothing is left to be compiled. */
    void meet() {
        Compilers.settle();
        exchange.meet(end.keys(0));
    }

    /**
     * The last thing before a measured loop, when all that it needs is there: what comes between the meeting and the loop of an end,
     * the other one's messages have to wait for.
     *
     * @param together whether the ends meet; they do not where only one works, nor, as in C, in {@code write_lat}, where the first message
     *                 waits
     */
    void ready(final boolean together) {
        if (together) {
            meet();
        } else {
            Compilers.settle();
        }
    }

    /** Waits for the other end, which may still measure. */
    void meetAfterwards() {
        exchange.meet(end.keys(0), config().waits().limit());
    }

    /** Ends the conversation. */
    void close() {
        exchange.close(end.keys(0), config().waits().limit());
    }

    /** All sizes to be measured. */
    long[] sizes() {
        if (!traffic().all()) {
            return new long[] {traffic().size()};
        }
        final int powers = Long.numberOfTrailingZeros(Long.highestOneBit(traffic().size()));
        final long[] sizes = new long[powers];
        for (int i = 0; i < powers; i++) {
            sizes[i] = 2L << i;
        }
        return sizes;
    }

    /** Reports what the last result's loop cost. */
    void cost(final Cost cost, final long messages) {
        final double each = messages == 0 ? 0 : cost.allocatedBytes() / (double)messages;
        printer.cost(each, cost.compiledMs());
        json.cost(each, cost.compiledMs());
    }
}
