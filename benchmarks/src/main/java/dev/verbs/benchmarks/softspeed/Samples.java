package dev.verbs.benchmarks.softspeed;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the chunks of an iteration took: JMH asks the public methods at its end. One thread. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class Samples {
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final int CHUNKS = 1 << 17;

    private final double[] own = new double[CHUNKS];
    private final double[] limit = new double[CHUNKS];
    /** Made once: what this allocates would be taken for the device's. */
    private final double[] scratch = new double[CHUNKS];
    private int chunks;
    private long requests;
    private long allocated;
    private long before;

    /** Forgets the iteration before. */
    @Setup(Level.Iteration)
    public void reset() {
        chunks = 0;
        requests = 0;
        allocated = 0;
    }

    static long allocatedByThisThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** The device's part of a chunk begins. */
    final long begin() {
        before = allocatedByThisThread();
        return System.nanoTime();
    }

    /** It ends; what the second thread allocated meanwhile comes on top. */
    final void end(final long start, final int count, final long byPartner) {
        final long now = System.nanoTime();
        allocated += allocatedByThisThread() - before + byPartner;
        requests += count;
        if (chunks < CHUNKS) {
            own[chunks] = (now - start) / (double)count;
            limit[chunks] = 0;
            chunks++;
        }
    }

    /** What limits the same number of requests of the last chunk took. */
    final void limit(final long start, final int count) {
        limit[chunks - 1] = (System.nanoTime() - start) / (double)count;
    }

    /**
     * The device's part.
     *
     * @return nanoseconds per request
     */
    public double ownNs() {
        System.arraycopy(own, 0, scratch, 0, chunks);
        return median();
    }

    /**
     * What it is compared with.
     *
     * @return nanoseconds per request
     */
    public double limitNs() {
        System.arraycopy(limit, 0, scratch, 0, chunks);
        return median();
    }

    /**
     * The thing compared, chunk by chunk.
     *
     * @return the device's nanoseconds less the limit's
     */
    public double excessNs() {
        for (int i = 0; i < chunks; i++) {
            scratch[i] = own[i] - limit[i];
        }
        return median();
    }

    /**
     * The thing compared, chunk by chunk.
     *
     * @return the limit's nanoseconds divided by the device's: its share of the limit's speed
     */
    public double share() {
        for (int i = 0; i < chunks; i++) {
            scratch[i] = limit[i] / own[i];
        }
        return median();
    }

    /**
     * By the threads' own counters, which are exact.
     *
     * @return bytes allocated per request
     */
    public double bytesPerRequest() {
        return requests == 0 ? Double.NaN : allocated / (double)requests;
    }

    private double median() {
        Arrays.sort(scratch, 0, chunks);
        return chunks == 0 ? Double.NaN : scratch[chunks / 2];
    }
}
