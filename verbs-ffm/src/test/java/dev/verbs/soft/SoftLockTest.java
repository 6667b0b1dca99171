package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.verbs.AccessFlags;
import dev.verbs.CompletionQueue;
import dev.verbs.MemoryRegion;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.RcTuning;
import dev.verbs.SendFlags;
import dev.verbs.WcStatus;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens under the locks of the queues, and what must not. */
class SoftLockTest {
    private final SoftPair pair = new SoftPair(RcTuning.DEFAULT);
    private final SoftPair.End a = pair.a();
    private final SoftPair.End b = pair.b();

    @AfterEach
    void close() {
        pair.close();
    }

    /** A slow log: while it writes, another thread must be able to use both queue pairs. */
    private final class Log extends OutputStream {
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private boolean isBlocking;

        @Override
        public void write(final int octet) {
            if (text.size() == 0) {
                isBlocking = !isFree(a) || !isFree(b);
            }
            text.write(octet);
        }

        private boolean isFree(final SoftPair.End end) {
            final SoftQueuePair qp = (SoftQueuePair)end.qp;
            final FutureTask<Boolean> other = new FutureTask<>(() -> {
                qp.awaitQuiescence(); // takes the send lock
                final boolean free = qp.receives().lock().tryLock();
                if (free) {
                    qp.receives().lock().unlock();
                }
                return free;
            });
            Thread.ofPlatform().daemon().start(other);
            try {
                return other.get(1, TimeUnit.SECONDS);
            } catch (final TimeoutException e) {
                return false;
            } catch (final Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    private Log record(final Runnable work) {
        final Log log = new Log();
        final PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return log;
    }

    private void assertReported(final Log log) {
        final String text = log.text.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("registered memory cannot be reached"), text);
        assertTrue(text.contains("use memory of a shared or automatic arena"), text);
        assertFalse(log.isBlocking, "a lock was held while the refusal was logged");
        assertEquals(text.indexOf("cannot be reached"), text.lastIndexOf("cannot be reached"), "once is enough");
    }

    @Test
    void shouldLogUnreachableMemoryUnderNoLockWhenItPosts() {
        final MemoryRegion region;
        try (Arena gone = Arena.ofConfined()) {
            region = own(gone);
        }
        final Log log = record(() -> postWrite(region));
        a.expect(1, WcStatus.LOC_PROT_ERR);
        assertReported(log);
        region.close();
    }

    @Test
    void shouldLogUnreachableMemoryUnderNoLockWhenItResumes() {
        final MemoryRegion region;
        try (Arena gone = Arena.ofConfined()) {
            region = own(gone);
            a.sends.clear().send(1, region.address(), 64, region.lkey(), SendFlags.SIGNALED);
            assertEquals(1, a.qp.postSend(a.sends)); // no receive there: it waits
        }
        final Log log = record(() -> b.receive(2, 0, 64));
        a.expect(1, WcStatus.LOC_PROT_ERR);
        assertReported(log);
        region.close();
    }

    private MemoryRegion own(final Arena arena) {
        return a.domain.registerMemory(arena.allocate(64), AccessFlags.LOCAL_WRITE);
    }

    private void postWrite(final MemoryRegion region) {
        a.sends.clear().write(1, region.address(), 64, region.lkey(), b.at(0), b.region.rkey(), SendFlags.SIGNALED);
        assertEquals(1, a.qp.postSend(a.sends));
    }

    @Test
    void shouldHaveRoomForRequestsThatWaitFromTheStart() {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        new RequestRing(4, 64).memory();
        final RequestRing ring = new RequestRing(1_000, 64);
        final long before = threads.getCurrentThreadAllocatedBytes();
        ring.memory();
        assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before, "bytes allocated at the first use, under a lock");
        assertTrue(ring.memory().byteSize() >= 64_000, () -> ring.memory().toString());
    }

    @Test
    void shouldTakeQueuePairsOfAFailedQueueToErrorUnderTheirOwnLocks() {
        try (CompletionQueue tiny = pair.context().createCompletionQueue(1);
            SoftQueuePair one = (SoftQueuePair)a.domain.createQueuePair(QueuePairConfig.rc(tiny, 4, 4));
            SoftQueuePair two = (SoftQueuePair)a.domain.createQueuePair(QueuePairConfig.rc(tiny, 4, 4))) {
            final SoftCompletionQueue queue = (SoftCompletionQueue)tiny;
            RcEndpoint.init(one, pair.port(), 0);
            RcEndpoint.init(two, pair.port(), 0);
            a.receives.clear().receive(7, a.at(0), 8, a.region.lkey());
            assertEquals(1, two.postReceive(a.receives));
            assertTrue(queue.push(one, 2, 1, 0, 0, 0, 0, 0, 0, false));
            assertFalse(queue.push(one, 4, 2, 0, 0, 0, 0, 0, 0, false));
            assertTrue(queue.hasFailed());
            assertEquals(QpState.INIT, one.current(), "changed by a thread that holds none of its locks");
            assertEquals(QpState.INIT, two.current(), "changed by a thread that holds none of its locks");
            assertEquals(2, pair.provider().fabric().settle());
            assertEquals(QpState.ERR, one.current());
            assertEquals(QpState.ERR, two.current());
            assertEquals(CompletionQueue.FAILED, tiny.poll(a.done));
        }
    }

    @Test
    void shouldFailWhoUsesAQueueThatHadFailedBefore() {
        try (CompletionQueue tiny = pair.context().createCompletionQueue(1);
            SoftQueuePair one = (SoftQueuePair)a.domain.createQueuePair(QueuePairConfig.rc(tiny, 4, 4));
            SoftQueuePair two = (SoftQueuePair)a.domain.createQueuePair(QueuePairConfig.rc(tiny, 4, 4))) {
            RcEndpoint.init(one, pair.port(), 0);
            a.receives.clear().receive(1, a.at(0), 8, a.region.lkey());
            a.receives.receive(2, a.at(0), 8, a.region.lkey());
            assertEquals(2, one.postReceive(a.receives));
            one.modify(new QpAttributes().state(QpState.ERR));
            assertTrue(((SoftCompletionQueue)tiny).hasFailed());
            RcEndpoint.init(two, pair.port(), SoftPair.ALL);
            connectTo(two);
            a.receives.rewind();
            assertEquals(2, two.postReceive(a.receives));
            b.send(5, 0, 8);
            assertEquals(QpState.ERR, two.current(), "a completion of it was lost");
        }
    }

    /** Connects a queue pair of side a with the one of side b, which starts again. */
    private void connectTo(final SoftQueuePair qp) {
        b.qp.modify(new QpAttributes().state(QpState.RESET));
        RcEndpoint.init(b.qp, pair.port(), SoftPair.ALL);
        RcEndpoint.of(b.qp, pair.port(), 5).connect(qp, pair.port(), SoftPair.PSN, RcTuning.DEFAULT);
        RcEndpoint.of(qp, pair.port(), SoftPair.PSN).connect(b.qp, pair.port(), 5, RcTuning.DEFAULT);
    }
}
