package dev.verbs.examples.perf;

import java.time.Duration;

/**
 * One test, with every default and dependency resolved: made by {@link PerfConfigReader}.
 *
 * @param tool    which
 * @param service transport service
 * @param traffic what is sent, and how
 * @param path    along which way
 * @param report  what is printed
 * @param waits   how long anything may take
 */
record PerfConfig(PerfTool tool, PerfService service, Traffic traffic, PerfPath.Options path, Report report, Waits waits) {
    /** Of {@code -a}: the largest message is 2^23 bytes. */
    static final int ALL_POWERS = 23;

    /**
     * What is sent, and how.
     *
     * @param size          bytes of a message; with {@code all} the largest
     * @param all           all powers of two from 2 on
     * @param iterations    messages; not used with a duration
     * @param duration      seconds that a test of a duration takes, 0 for one of iterations
     * @param margin        seconds at its start and at its end that do not count
     * @param queuePairs    queue pairs
     * @param txDepth       sends outstanding on each
     * @param rxDepth       receives posted on each, or on the shared queue
     * @param cqModeration  sends per completion
     * @param postList      sends per post
     * @param receiveList   receives per post
     * @param noPeak        no peak is looked for: two time stamps for all
     * @param bidirectional both ends send
     * @param reversed      the server sends
     * @param events        sleeps on completion events
     * @param shared        one receive queue for all queue pairs
     * @param inline        bytes up to which messages are sent inline
     * @param outstanding   reads and atomics outstanding, as asked for; 0 for the most that the device can
     * @param swap          atomics compare and swap
     * @param gapNs         pause before each message of a latency test
     * @param regionEach    a region of its own for each queue pair
     * @param onDemand      regions are paged on demand
     * @param relaxed       relaxed ordering is asked for
     * @param cacheWarm     one queue of messages before a bandwidth test, as {@code --perform_warm_up} says
     * @param rate          how fast a bandwidth test may send at most, null for no limit
     */
    record Traffic(long size, boolean all, long iterations, int duration, int margin, int queuePairs, int txDepth, int rxDepth,
        int cqModeration, int postList, int receiveList, boolean noPeak, boolean bidirectional, boolean reversed, boolean events,
        boolean shared, int inline, int outstanding, boolean swap, long gapNs, boolean regionEach, boolean onDemand, boolean relaxed,
        boolean cacheWarm, Rate rate) {

        boolean isTimed() {
            return duration > 0;
        }

        /** Messages of all queue pairs. */
        long total() {
            return iterations * queuePairs;
        }

        /** The same with messages of another size. */
        Traffic withSize(final long other) {
            return new Traffic(other, all, iterations, duration, margin, queuePairs, txDepth, rxDepth, cqModeration, postList, receiveList,
                noPeak, bidirectional, reversed, events, shared, inline, outstanding, swap, gapNs, regionEach, onDemand, relaxed,
                cacheWarm, rate);
        }

        /** The same for a number of messages, without a look for the peak. */
        Traffic untimed(final long count) {
            return new Traffic(size, all, (count + postList - 1) / postList * postList, 0, 0, queuePairs, txDepth, rxDepth, cqModeration,
                postList, receiveList, true, bidirectional, reversed, events, shared, inline, outstanding, swap, gapNs, regionEach,
                onDemand, relaxed, false, null);
        }

        /** A shorter run of the same kind, of small messages. */
        Traffic shorter(final long count, final long largest) {
            final long least = Math.max(count, 1) + postList - 1;
            final long rounded = least / postList * postList;
            final long smaller = Math.min(size, largest);
            return new Traffic(smaller, false, rounded, 0, 0, queuePairs, (int)Math.min(txDepth, rounded), rxDepth,
                (int)Math.min(cqModeration, rounded), postList, receiveList, noPeak || rounded > PerfConfigReader.MOST_WITH_PEAK,
                bidirectional, reversed, events, shared, size <= inline ? inline : 0, outstanding, swap, 0, regionEach, onDemand, relaxed,
                cacheWarm, null);
        }
    }

    /**
     * How fast a bandwidth test may send.
     *
     * @param value bandwidth or message rate
     * @param unit  {@code M}, {@code g} or {@code p}: mebibytes, gigabits or messages per second
     * @param burst messages sent at a time
     */
    record Rate(double value, char unit, int burst) {
        /** Nanoseconds from the begin of one burst to the next. */
        long gapNs(final long size) {
            final double perSecond = switch (unit) {
                case 'M' -> value * 0x10_0000 / size;
                case 'g' -> value * 125_000_000 / size;
                default -> value;
            };
            return Math.max(1, Math.round(burst * 1e9 / perSecond));
        }
    }

    /** What {@code --output} leaves of the output. */
    enum Output { ALL, BANDWIDTH, MESSAGE_RATE, LATENCY }

    /**
     * What is printed.
     *
     * @param output      how much
     * @param gigabits    gigabits per second instead of mebibytes
     * @param both        both directions apart
     * @param histogram   all samples, sorted
     * @param unsorted    all samples, in their order
     * @param cpu         how busy the processors were
     * @param allocations bytes that the measuring thread allocated per message, and what was compiled beside it
     * @param json        name of a file, null for none
     * @param leastBandwidth   fails below this, 0 for never
     * @param leastMessageRate fails below this, 0 for never
     */
    record Report(Output output, boolean gigabits, boolean both, boolean histogram, boolean unsorted, boolean cpu, boolean allocations,
        String json, double leastBandwidth, double leastMessageRate) {

        Report withAllocations() {
            return new Report(output, gigabits, both, histogram, unsorted, cpu, true, json, leastBandwidth, leastMessageRate);
        }

        /** Without a file, and without limits. */
        Report quiet() {
            return new Report(output, gigabits, both, histogram, unsorted, cpu, allocations, null, 0, 0);
        }
    }

    /**
     * How long anything may take.
     *
     * @param warmUp   messages before the test
     * @param deadline longest time without progress
     * @param limit    longest time for what only the peer does: to come, and to measure
     * @param linger   pause before everything is closed
     * @param hints    whether waiting loops tell the processor that they spin
     */
    record Waits(long warmUp, Duration deadline, Duration limit, Duration linger, boolean hints) {
        Waits withWarmUp(final long count) {
            return new Waits(count, deadline, limit, linger, hints);
        }

        /** Of a warm-up: it is no measurement, and shall be short. */
        Waits hinted() {
            return new Waits(warmUp, deadline, limit, Duration.ZERO, true);
        }
    }

    PerfConfig with(final Traffic other) {
        return new PerfConfig(tool, service, other, path, report, waits);
    }

    PerfConfig with(final PerfPath.Options other) {
        return new PerfConfig(tool, service, traffic, other, report, waits);
    }

    PerfConfig with(final Report other) {
        return new PerfConfig(tool, service, traffic, path, other, waits);
    }

    PerfConfig with(final Waits other) {
        return new PerfConfig(tool, service, traffic, path, report, other);
    }

    /** Whether an end is the one that C calls the client: it measures, and in a test of one direction it alone sends. */
    boolean isActive(final boolean connects) {
        return connects != traffic.reversed();
    }

    /** Whether an end posts sends in a bandwidth test. */
    boolean isSender(final boolean connects) {
        return traffic.bidirectional() || isActive(connects);
    }

    /** What is measured, as C prints it. */
    String title() {
        final String operation = tool.operation().title() + " " + (tool.operation() != PerfTool.Operation.ATOMIC ? ""
            : traffic.swap() ? "CMP_AND_SWAP " : "FETCH_AND_ADD ");
        return operation + (tool.isLatency() ? "Latency " : (traffic.bidirectional() ? "Bidirectional " : "")
            + (traffic.postList() > 1 ? "Post List " : "") + "BW ") + "Test";
    }
}
