package dev.verbs.benchmarks.softspeed;

import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import java.lang.foreign.MemorySegment;
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

/** RDMA WRITE by one thread: its posts copy, its polls take the completions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WriteBenchmark {
    private static final int LARGE = 64 * 1024;
    private static final int LARGE_WRITES = 32;
    private static final int LARGE_LIST = 16;
    private static final int BATCH = 64;
    private static final int BATCHES = 64;

    private SpeedPair pair;
    private SendRequests large;
    private SendRequests largeList;
    private SendRequests batch;

    /** Connects and prepares the requests. */
    @Setup(Level.Trial)
    public void open() {
        pair = new SpeedPair(LARGE);
        final long from = pair.active.region.address();
        final long to = pair.passive.region.address();
        final int lkey = pair.active.region.lkey();
        final int rkey = pair.passive.region.rkey();
        large = SendRequests.allocate(pair.arena, 1, 1);
        large.write(0, from, LARGE, lkey, to, rkey, SendFlags.SIGNALED);
        largeList = SendRequests.allocate(pair.arena, LARGE_LIST, 1);
        for (int i = 0; i < LARGE_LIST; i++) {
            largeList.write(i, from, LARGE, lkey, to, rkey, SendFlags.SIGNALED);
        }
        batch = SendRequests.allocate(pair.arena, BATCH, 1);
        for (int i = 0; i < BATCH; i++) {
            batch.write(i, from + 8L * i, 8, lkey, to + 8L * i, rkey, i == BATCH - 1 ? SendFlags.SIGNALED : 0);
        }
    }

    /** Closes everything. */
    @TearDown(Level.Trial)
    public void close() {
        pair.close();
    }

    /**
     * 64 KiB, each posted and polled; then {@link MemorySegment#copy} of the same buffers.
     *
     * @param samples takes the times
     */
    @Benchmark
    @OperationsPerInvocation(LARGE_WRITES)
    public void write64k(final Samples samples) {
        final SpeedPair.Side side = pair.active;
        final long start = samples.begin();
        for (int i = 0; i < LARGE_WRITES; i++) {
            side.post(large);
            side.await();
        }
        samples.end(start, LARGE_WRITES, 0);
        copy(samples);
    }

    /**
     * 64 KiB, in lists of 16, each signalled and polled; then {@link MemorySegment#copy} of the same buffers.
     *
     * @param samples takes the times
     */
    @Benchmark
    @OperationsPerInvocation(LARGE_WRITES)
    public void writeList64k(final Samples samples) {
        final SpeedPair.Side side = pair.active;
        final long start = samples.begin();
        for (int i = 0; i < LARGE_WRITES; i += LARGE_LIST) {
            side.post(largeList);
            int left = LARGE_LIST;
            while (left > 0) {
                left -= side.await();
            }
        }
        samples.end(start, LARGE_WRITES, 0);
        copy(samples);
    }

    private void copy(final Samples samples) {
        final SpeedPair.Side side = pair.active;
        final MemorySegment from = side.region.segment();
        final MemorySegment to = pair.passive.region.segment();
        final long bare = System.nanoTime();
        for (int i = 0; i < LARGE_WRITES; i++) {
            MemorySegment.copy(from, 0, to, 0, LARGE);
        }
        samples.limit(bare, LARGE_WRITES);
    }

    /**
     * 8 bytes, in lists of 64, of which the last is signalled and polled.
     *
     * @param samples takes the times
     */
    @Benchmark
    @OperationsPerInvocation(BATCH * BATCHES)
    public void write8(final Samples samples) {
        final SpeedPair.Side side = pair.active;
        final long start = samples.begin();
        for (int i = 0; i < BATCHES; i++) {
            side.post(batch);
            side.await();
        }
        samples.end(start, BATCH * BATCHES, 0);
    }
}
