package dev.verbs.examples.perf;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a measured loop costs besides its time: what its thread allocates, and what the compilers work beside it. One thread. */
final class Cost {
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private long allocatedBytes;
    private long compiledMs;

    /** The loop begins, now: the peer's may have begun already; see {@link Stage#ready}. */
    void begin() {
        compiledMs = Compilers.spentMs();
        allocatedBytes = THREADS.getCurrentThreadAllocatedBytes();
    }

    /** The loop is over. What is being compiled now counts as a whole: only then its time is known. */
    void end() {
        allocatedBytes = THREADS.getCurrentThreadAllocatedBytes() - allocatedBytes;
        Compilers.settle();
        compiledMs = Compilers.spentMs() - compiledMs;
    }

    /** Bytes that the loop's thread allocated. */
    long allocatedBytes() {
        return allocatedBytes;
    }

    /** Milliseconds that compilers worked beside the loop, or for longer. */
    long compiledMs() {
        return compiledMs;
    }
}
