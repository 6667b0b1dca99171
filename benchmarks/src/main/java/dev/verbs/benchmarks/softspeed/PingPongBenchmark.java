package dev.verbs.benchmarks.softspeed;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.verbs.MemoryRegion;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * 8 bytes there and back between two threads, polled in memory: by RDMA WRITE, and by bare stores with release into the same words.
 * A request is half a round trip.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PingPongBenchmark {
    private static final int TRIPS = 64;
    private static final int SIGNALLED_EVERY = 64;
    private static final int BY_WRITE = 1;
    private static final int BARE = 2;
    private static final long SOURCE = 0;
    private static final long TARGET = 512;
    private static final VarHandle WORD = JAVA_LONG.varHandle();

    private SpeedPair pair;
    private Player first;
    private Player second;
    private Partner partner;

    /** One thread's side of the game. */
    private static final class Player {
        private final SpeedPair.Side side;
        private final MemorySegment own;
        private final MemorySegment other;
        private final SendRequests silent;
        private final SendRequests signalled;
        private long ball;

        private Player(final SpeedPair pair, final SpeedPair.Side side, final MemoryRegion peer) {
            this.side = side;
            this.own = side.region.segment();
            this.other = peer.segment();
            this.silent = SendRequests.allocate(pair.arena, 1, 1);
            this.signalled = SendRequests.allocate(pair.arena, 1, 1);
            silent.write(0, side.region.address() + SOURCE, 8, side.region.lkey(), peer.address() + TARGET, peer.rkey(), 0);
            signalled.write(0, side.region.address() + SOURCE, 8, side.region.lkey(), peer.address() + TARGET, peer.rkey(),
                SendFlags.SIGNALED);
        }

        private void hit(final int how) {
            if (how == BARE) {
                WORD.setRelease(other, TARGET, ball); // pairs with await of the other player
                return;
            }
            own.set(JAVA_LONG, SOURCE, ball);
            if (ball % SIGNALLED_EVERY == 0) {
                side.post(signalled);
                side.await();
            } else {
                side.post(silent);
            }
        }

        private void await() {
            while ((long)WORD.getAcquire(own, TARGET) != ball) { // pairs with hit, or with the device's release
                side.spin.once();
            }
            side.spin.end();
        }

        private void serve(final int how) {
            for (int i = 0; i < TRIPS; i++) {
                ball++;
                hit(how);
                await();
            }
        }

        private void answer(final int how) {
            for (int i = 0; i < TRIPS; i++) {
                ball++;
                await();
                hit(how);
            }
        }
    }

    /** Connects, prepares the requests, starts the partner. */
    @Setup(Level.Trial)
    public void open() {
        Processor.take(0);
        pair = new SpeedPair(4096);
        first = new Player(pair, pair.active, pair.passive.region);
        second = new Player(pair, pair.passive, pair.active.region);
        partner = new Partner(how -> second.answer(how));
    }

    /** Closes everything. */
    @TearDown(Level.Trial)
    public void close() {
        partner.close();
        pair.close();
    }

    /**
     * Round trips by RDMA WRITE, then as many bare ones.
     *
     * @param samples takes the times
     */
    @Benchmark
    @OperationsPerInvocation(2 * TRIPS)
    public void pingPong8(final Samples samples) {
        partner.begin(BY_WRITE);
        final long start = samples.begin();
        first.serve(BY_WRITE);
        samples.end(start, 2 * TRIPS, partner.await());
        partner.begin(BARE);
        final long bare = System.nanoTime();
        first.serve(BARE);
        samples.limit(bare, 2 * TRIPS);
        partner.await();
    }
}
