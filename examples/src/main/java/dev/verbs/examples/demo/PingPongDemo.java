package dev.verbs.examples.demo;

import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.pingpong.MessageCheck;
import dev.verbs.examples.pingpong.PingPongAgent;
import dev.verbs.examples.pingpong.PingPongConfig;
import dev.verbs.examples.pingpong.PingPongEnd;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Messages to and fro between two queue pairs, both ends stepped by the calling thread: the time that the device needs, not
 * that of waking or scheduling a thread. Every byte of every message is compared.
 */
final class PingPongDemo {
    static final int SIZE = 64;
    private static final int PASSES = 5;
    private static final int DEPTH = 16;
    /** The warm-up ends after this time or this many round trips. */
    private static final long WARM_UP_NS = 2_000_000_000;
    private static final int WARM_UP_ROUND_TRIPS = 200_000;
    private static final int BATCH = 100;
    /** A pass takes about this time, and at most that many round trips. */
    private static final long PASS_NS = 300_000_000;
    private static final int PASS_ROUND_TRIPS = 50_000;
    private static final long SEED = 42;
    private static final double NS_PER_US = 1e3;

    /**
     * What was measured.
     *
     * @param bytes          bytes of a message
     * @param roundTrips     round trips of a pass
     * @param passUs         median half round trip of each pass, microseconds
     * @param halfRoundTripUs median of the passes, microseconds
     * @param messages       messages that were compared
     * @param verified       whether all of them were right
     */
    record Result(int bytes, int roundTrips, double[] passUs, double halfRoundTripUs, long messages, boolean verified) {
    }

    private final PingPongEnd client;
    private final PingPongEnd server;
    private final MemorySegment message;
    private final MessageCheck check;
    private long messages;

    private PingPongDemo(final PingPongEnd client, final PingPongEnd server, final Arena arena) {
        this.client = client;
        this.server = server;
        this.message = arena.allocate(SIZE);
        final byte[] bytes = new byte[SIZE];
        new Random(SEED).nextBytes(bytes);
        MemorySegment.copy(bytes, 0, message, ValueLayout.JAVA_BYTE, 0, SIZE);
        this.check = new MessageCheck(message, SIZE);
    }

    /** Runs it all; a bit of one message is flipped before it is compared if {@code corrupt}. */
    static Result run(final VerbsProvider provider, final PortOptions options, final PortSelection port, final boolean corrupt,
        final Consumer<String> progress) {
        final PingPongConfig config = new PingPongConfig(SIZE, DEPTH, 1, 0, false, true, Duration.ofSeconds(10));
        try (Arena arena = Arena.ofConfined();
            PingPongEnd server = new PingPongEnd(provider, options.device(), port, config);
            PingPongEnd client = new PingPongEnd(provider, options.device(), port, config)) {
            server.connect(client.endpoints());
            client.connect(server.endpoints());
            return new PingPongDemo(client, server, arena).measure(corrupt, progress);
        }
    }

    private Result measure(final boolean corrupt, final Consumer<String> progress) {
        progress.accept("warm-up");
        final int roundTrips = warmUp();
        final double[] passUs = new double[PASSES];
        for (int pass = 0; pass < PASSES; pass++) {
            if (corrupt && pass == PASSES - 1) {
                check.corruptNext();
            }
            final long[] times = new long[roundTrips];
            play(times);
            Arrays.sort(times);
            passUs[pass] = times[roundTrips / 2] / 2. / NS_PER_US;
            progress.accept(String.format(Locale.ROOT, "pass %d: %.2f us half round trip, median of %,d", pass + 1, passUs[pass],
                roundTrips));
        }
        final double[] sorted = passUs.clone();
        Arrays.sort(sorted);
        return new Result(SIZE, roundTrips, passUs, sorted[PASSES / 2], messages, check.badPages().length == 0);
    }

    /** Returns the round trips of a pass. */
    private int warmUp() {
        final long start = System.nanoTime();
        final long[] times = new long[BATCH];
        long before = start;
        long batchNs = 1;
        for (int done = 0; done < WARM_UP_ROUND_TRIPS && before - start < WARM_UP_NS; done += BATCH) {
            play(times);
            final long now = System.nanoTime();
            batchNs = now - before;
            before = now;
        }
        return Math.clamp(PASS_NS * BATCH / batchNs, BATCH, PASS_ROUND_TRIPS);
    }

    private void play(final long[] times) {
        try (Arena round = Arena.ofConfined()) {
            final PingPongAgent answers = new PingPongAgent(server, false, round, times.length, message, check, null,
                SystemNanoClock.INSTANCE);
            final PingPongAgent starts = new PingPongAgent(client, true, round, times.length, message, check, times,
                SystemNanoClock.INSTANCE);
            answers.onStart();
            starts.onStart();
            while (!starts.isDone() || !answers.isDone()) {
                if (answers.doWork() + starts.doWork() == 0 && Thread.interrupted()) {
                    throw new CommandFailure("interrupted");
                }
            }
            messages += 2L * times.length;
        }
    }
}
