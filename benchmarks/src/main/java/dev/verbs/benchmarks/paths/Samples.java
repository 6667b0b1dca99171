package dev.verbs.benchmarks.paths;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the chunks of a round took, per operation: JMH asks the public methods at the round's end. Each invocation of a benchmark runs
 * one chunk of every side, one side after another and each time another one first, so that all meet the same machine. NaN where a
 * side does not exist.
 */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class Samples {
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int CHUNKS = 1 << 16;
    private static final int C = 0;
    private static final int BARE = 1;
    private static final int JAVA = 2;
    private static final int SIDES = 3;

    private final double[][] perOperation = new double[SIDES][CHUNKS];
    /** Made once: what this allocates would be taken for the library's. */
    private final double[] scratch = new double[CHUNKS];
    private int operationsOfChunk;
    private int chunks;
    private int first;
    private long allocated;
    private long operations;

    /** One side's share of an invocation. */
    interface Chunk {
        /** Runs, and returns the nanoseconds of the part that counts. */
        long run() throws Throwable;
    }

    /** Forgets the round before. */
    @Setup(Level.Iteration)
    public void reset() {
        chunks = 0;
        allocated = 0;
        operations = 0;
    }

    /** One chunk of each side; null for one that does not exist. */
    final void run(final Chunk[] sides, final int count) throws Throwable {
        operationsOfChunk = count;
        first = first == SIDES - 1 ? 0 : first + 1;
        for (int i = 0; i < SIDES; i++) {
            final int side = (first + i) % SIDES;
            if (sides[side] == null) {
                perOperation[side][0] = Double.NaN;
                continue;
            }
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            final long ns = sides[side].run();
            final long after = THREADS.getCurrentThreadAllocatedBytes();
            if (side == JAVA) {
                allocated += after - before;
                operations += count;
            }
            if (chunks < CHUNKS) {
                perOperation[side][chunks] = ns / (double)count;
            }
        }
        chunks = Math.min(chunks + 1, CHUNKS);
    }

    /**
     * The loop in C.
     *
     * @return nanoseconds per operation
     */
    public double cNs() {
        return median(C);
    }

    /**
     * The hand-written loop on the Foreign Function API.
     *
     * @return nanoseconds per operation
     */
    public double bareNs() {
        return median(BARE);
    }

    /**
     * This library.
     *
     * @return nanoseconds per operation
     */
    public double javaNs() {
        return median(JAVA);
    }

    /**
     * This library, by the thread's own counter, which is exact.
     *
     * @return bytes allocated per operation
     */
    public double bytesPerOperation() {
        return operations == 0 ? Double.NaN : allocated / (double)operations;
    }

    /**
     * This library.
     *
     * @return operations of this round
     */
    public double operations() {
        return operations;
    }

    /**
     * This library.
     *
     * @return operations of an invocation, to divide JMH's figures by
     */
    public double operationsPerInvocation() {
        return operationsOfChunk;
    }

    private double median(final int side) {
        if (chunks == 0 || Double.isNaN(perOperation[side][0])) {
            return Double.NaN;
        }
        System.arraycopy(perOperation[side], 0, scratch, 0, chunks);
        Arrays.sort(scratch, 0, chunks);
        return scratch[chunks / 2];
    }
}
