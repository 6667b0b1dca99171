package dev.verbs.examples.perf;

import dev.verbs.PortOptions;
import dev.verbs.RcTuning;
import dev.verbs.examples.perf.PerfConfig.Output;
import dev.verbs.examples.perf.PerfTool.Operation;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Makes a test of the options: perftest's defaults, ranges and dependencies. */
final class PerfConfigReader {
    /** Up to so many messages a peak is looked for. */
    static final long MOST_WITH_PEAK = 20_000;
    static final int DEFAULT_PORT = 18_515;
    private static final long LARGEST = 1L << PerfConfig.ALL_POWERS;
    static final long LEAST_ITERATIONS = 5;
    private static final long MOST_ITERATIONS = 100_000_000;
    private static final int MOST_DEPTH = 16_384;
    private static final int MOST_UNRELIABLE_DEPTH = 16_000;
    private static final int USUAL_RX_DEPTH = 512;
    private static final int USUAL_TX_DEPTH = 128;
    private static final int USUAL_MODERATION = 100;
    private static final long LARGE = 8192;

    private final PerfTool tool;
    private final Map<PerfFlag, String> given;

    /**
     * Reads options.
     *
     * @param tool  which
     * @param given what was given, empty text for switches
     */
    PerfConfigReader(final PerfTool tool, final Map<PerfFlag, String> given) {
        this.tool = tool;
        this.given = given;
    }

    /** Resolves everything; an {@link IllegalArgumentException} says what does not fit. */
    PerfConfig read(final String host, final boolean oneProcess, final PerfConfig.Waits waits) {
        final PerfService service = choice(PerfFlag.CONNECTION, PerfService::valueOf, PerfService.RC,
            tool.services().stream().map(Enum::name).toArray(String[]::new));
        final PerfConfig.Traffic traffic = new Numbers(service).traffic();
        final int linger = (int)number(PerfFlag.LINGER, 0, 0, Integer.MAX_VALUE);
        return new PerfConfig(tool, service, traffic, path(service, host, oneProcess), report(traffic),
            new PerfConfig.Waits(waits.warmUp(), waits.deadline(), waits.limit(), Duration.ofSeconds(linger),
                waits.hints()));
    }

    private boolean has(final PerfFlag flag) {
        return given.containsKey(flag);
    }

    private String text(final PerfFlag flag, final String otherwise) {
        return given.getOrDefault(flag, otherwise);
    }

    private long number(final PerfFlag flag, final long otherwise, final long least, final long most) {
        if (!has(flag)) {
            return otherwise;
        }
        final String name = flag.names().getLast();
        final long value;
        try {
            value = Long.decode(given.get(flag));
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(name + " '" + given.get(flag) + "' is not a number", e);
        }
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + least + " .. " + most);
        }
        return value;
    }

    private double decimal(final PerfFlag flag) {
        try {
            return Double.parseDouble(text(flag, "0"));
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(flag.names().getLast() + " '" + given.get(flag) + "' is not a number", e);
        }
    }

    private <T> T choice(final PerfFlag flag, final Function<String, T> of, final T otherwise, final String... choices) {
        if (!has(flag)) {
            return otherwise;
        }
        final String value = given.get(flag);
        if (Arrays.stream(choices).noneMatch(value::equals)) {
            final String why = flag == PerfFlag.CONNECTION ? tool.toolName() + " over " + value + " is not supported: " : "";
            throw new IllegalArgumentException(why + flag.names().getLast() + " '" + value + "' is none of "
                + String.join(", ", choices));
        }
        return of.apply(value);
    }

    private PerfPath.Options path(final PerfService service, final String host, final boolean oneProcess) {
        final boolean managed = has(PerfFlag.MANAGED);
        if (managed && service != PerfService.RC) {
            throw new IllegalArgumentException("-R with " + service + " is not supported: "
                + (service == PerfService.UC ? "librdmacm has no unreliable connections" : "datagrams are connected by their keys here"));
        }
        if (has(PerfFlag.TYPE_OF_SERVICE) && !managed) {
            throw new IllegalArgumentException("--tos goes with -R only");
        }
        final PortOptions port = new PortOptions(text(PerfFlag.DEVICE, null), (int)number(PerfFlag.PORT, 0, 1, 255),
            (int)number(PerfFlag.GID_INDEX, -1, 0, 255), (int)number(PerfFlag.MTU, 0, 256, 4096));
        return new PerfPath.Options(port, has(PerfFlag.IPV6), (int)number(PerfFlag.SERVICE_LEVEL, 0, 0, 15),
            (int)number(PerfFlag.TRAFFIC_CLASS, 0, 0, 255), (int)number(PerfFlag.ACK_TIMEOUT, RcTuning.DEFAULT.timeout(), 0, 31),
            (int)number(PerfFlag.PKEY_INDEX, 0, 0, 65_535), (int)number(PerfFlag.RETRY_COUNT, RcTuning.DEFAULT.retryCount(), 0, 7),
            (int)number(PerfFlag.TYPE_OF_SERVICE, -1, 0, 255), managed, managed || has(PerfFlag.MANAGED_EXCHANGE), host,
            (int)number(PerfFlag.TCP_PORT, oneProcess ? 0 : DEFAULT_PORT, 1, 65_535), text(PerfFlag.SOURCE, null),
            !has(PerfFlag.NO_VERSIONS), (int)number(PerfFlag.VECTOR, 0, 0, 2048));
    }

    private PerfConfig.Report report(final PerfConfig.Traffic traffic) {
        final Output output = choice(PerfFlag.OUTPUT, name -> Output.valueOf(name.toUpperCase(Locale.ROOT)), Output.ALL,
            tool.isLatency() ? new String[] {"latency"} : new String[] {"bandwidth", "message_rate"});
        if (has(PerfFlag.VECTOR) && !traffic.events()) {
            throw new IllegalArgumentException("--vector goes with -e");
        }
        if (has(PerfFlag.CPU) && !traffic.isTimed()) {
            throw new IllegalArgumentException("--cpu_util goes with -D");
        }
        final String json = has(PerfFlag.JSON) || has(PerfFlag.JSON_FILE) ? text(PerfFlag.JSON_FILE, "perftest_out.json") : null;
        return new PerfConfig.Report(output, has(PerfFlag.GIGABITS), has(PerfFlag.BOTH) && traffic.bidirectional(),
            has(PerfFlag.HISTOGRAM), has(PerfFlag.UNSORTED), has(PerfFlag.CPU), false, json, decimal(PerfFlag.LEAST_BANDWIDTH),
            decimal(PerfFlag.LEAST_MESSAGE_RATE));
    }

    /** The numbers that depend on each other. */
    private final class Numbers {
        private final PerfService service;
        private final boolean timed = has(PerfFlag.DURATION);
        private final boolean all = has(PerfFlag.ALL);
        private final boolean events = has(PerfFlag.EVENTS);
        private final boolean sends = tool.operation() == Operation.SEND;
        private final long iterations = number(PerfFlag.ITERATIONS, tool.defaultIterations(), LEAST_ITERATIONS, MOST_ITERATIONS);
        private final int duration = (int)number(PerfFlag.DURATION, 0, 1, Integer.MAX_VALUE);
        private final int margin = (int)number(PerfFlag.MARGIN, duration / 4, 0, Integer.MAX_VALUE);
        private final int postList = (int)number(PerfFlag.POST_LIST, 1, 1, MOST_DEPTH);
        private final int receiveList = (int)number(PerfFlag.RECEIVE_LIST, 1, 1, MOST_DEPTH);
        private final int queuePairs = (int)number(PerfFlag.QUEUE_PAIRS, 1, 1, MOST_DEPTH);
        private final long size;

        Numbers(final PerfService service) {
            this.service = service;
            this.size = all ? LARGEST : number(PerfFlag.SIZE, tool.defaultSize(), 1, 1L << 31);
        }

        PerfConfig.Traffic traffic() {
            check();
            final int txDepth = txDepth();
            final boolean fetches = tool.operation().fetches();
            final boolean noPeak = has(PerfFlag.NO_PEAK) || timed || iterations > MOST_WITH_PEAK;
            return new PerfConfig.Traffic(size, all, iterations, duration, margin, queuePairs, txDepth, sends ? rxDepth() : 1,
                Math.min(moderation(), txDepth), postList, receiveList, noPeak, has(PerfFlag.BIDIRECTIONAL), has(PerfFlag.REVERSED), events,
                has(PerfFlag.SHARED), fetches ? 0 : (int)number(PerfFlag.INLINE, 0, 0, 1 << 20),
                (int)number(PerfFlag.OUTSTANDING, 0, 1, 255),
                choice(PerfFlag.ATOMIC_TYPE, "CMP_AND_SWAP"::equals, false, "CMP_AND_SWAP", "FETCH_AND_ADD"),
                1000 * number(PerfFlag.GAP, 0, 0, 1_000_000_000), has(PerfFlag.REGION_EACH), has(PerfFlag.ON_DEMAND),
                !has(PerfFlag.NO_RELAXED) && tool != PerfTool.WRITE_LAT, has(PerfFlag.CACHE_WARM) && !tool.isLatency() && !sends,
                rate(txDepth));
        }

        private void check() {
            if (timed && (all || events)) {
                throw new IllegalArgumentException("-D goes neither with -a nor with -e");
            }
            if (timed && duration <= 2 * margin) {
                throw new IllegalArgumentException("duration " + duration + " is not more than twice the margin " + margin);
            }
            if (!timed && (iterations % postList != 0 || iterations % receiveList != 0)) {
                throw new IllegalArgumentException("iters " + iterations + " is not a multiple of post_list " + postList
                    + " and recv_post_list " + receiveList);
            }
            if (has(PerfFlag.CQ_MODERATION) && postList > 1 && postList % moderation() != 0) {
                throw new IllegalArgumentException("post_list " + postList + " is not a multiple of cq-mod " + moderation());
            }
            if (has(PerfFlag.SHARED) && queuePairs > rxDepth()) {
                throw new IllegalArgumentException("qp " + queuePairs + " is more than the shared queue's rx-depth " + rxDepth());
            }
            if (has(PerfFlag.ON_DEMAND) && (tool.operation() == Operation.ATOMIC || service == PerfService.UC)) {
                throw new IllegalArgumentException("--odp goes neither with atomics nor with UC");
            }
        }

        private PerfConfig.Rate rate(final int depth) {
            if (!has(PerfFlag.RATE)) {
                if (has(PerfFlag.BURST) || has(PerfFlag.RATE_UNITS) || has(PerfFlag.RATE_TYPE)) {
                    throw new IllegalArgumentException("--burst_size, --rate_units and --rate_limit_type go with --rate_limit");
                }
                return null;
            }
            if (!"SW".equals(text(PerfFlag.RATE_TYPE, "SW"))) {
                throw new IllegalArgumentException("--rate_limit_type " + given.get(PerfFlag.RATE_TYPE) + " is not supported: the "
                    + "software devices do not limit rates; SW does");
            }
            if (tool.operation() == Operation.ATOMIC || sends && has(PerfFlag.BIDIRECTIONAL)) {
                throw new IllegalArgumentException("--rate_limit goes neither with atomics nor with send_bw -b");
            }
            final double value = decimal(PerfFlag.RATE);
            if (value <= 0) {
                throw new IllegalArgumentException("--rate_limit " + value + " is not more than 0");
            }
            return new PerfConfig.Rate(value, choice(PerfFlag.RATE_UNITS, unit -> unit.charAt(0), 'g', "M", "g", "p"),
                (int)number(PerfFlag.BURST, depth, 1, MOST_DEPTH));
        }

        private int txDepth() {
            final int depth = (int)number(PerfFlag.TX_DEPTH, tool.isLatency() ? 1 : USUAL_TX_DEPTH, 1, MOST_DEPTH);
            final int most = timed ? depth : (int)Math.min(depth, iterations);
            if (most < postList) {
                throw new IllegalArgumentException("tx-depth " + most + " is less than post_list " + postList);
            }
            return most;
        }

        private int rxDepth() {
            long depth = number(PerfFlag.RX_DEPTH, USUAL_RX_DEPTH, 1, MOST_DEPTH);
            if (!timed) {
                depth = Math.min(depth, iterations);
                if (service != PerfService.RC && depth == USUAL_RX_DEPTH) {
                    depth = Math.min(iterations, MOST_UNRELIABLE_DEPTH); // what finds no receive is lost
                }
            }
            return (int)(depth % 2 == 1 && !all ? depth + 1 : depth);
        }

        private int moderation() {
            final int asked = (int)number(PerfFlag.CQ_MODERATION, USUAL_MODERATION, 1, 1024);
            if (has(PerfFlag.CQ_MODERATION)) {
                return asked;
            }
            return postList > 1 ? postList : size > LARGE && service != PerfService.UD && !all && !events ? 1 : asked;
        }
    }
}
