package dev.verbs.examples.perf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What stands between the meeting of the ends and a measured loop. */
class CostTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    /**
     * The ends have met: who waited for the compilers now, would let the peer's first messages wait, and run into its full receive
     * queue. Who waits looks at what they do, and looking allocates: that shows without a clock.
     */
    @Test
    void shouldNotWaitForTheCompilersWhenALoopBegins() {
        final Cost cost = new Cost();
        cost.begin(); // loads what both need
        Compilers.queue();
        final long looking = allocatedBy(Compilers::queue);
        final long beginning = allocatedBy(cost::begin);
        assertTrue(looking > 0, "looking at the compilers allocates nothing here: the test says nothing");
        assertTrue(beginning < looking, "the beginning of a loop allocates " + beginning + " bytes, one look at the compilers " + looking);
    }

    private static long allocatedBy(final Runnable what) {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        what.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
