package dev.verbs.soft;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.verbs.QueuePair;
import dev.verbs.RcTuning;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two threads, and what the hot path costs. */
class SoftConcurrencyTest {
    private static final VarHandle WORD = JAVA_LONG.varHandle();
    private static final long SEED = Long.getLong("dev.verbs.test.seed", System.nanoTime());

    private final SoftPair pair = new SoftPair(RcTuning.DEFAULT);
    private final SoftPair.End a = pair.a();
    private final SoftPair.End b = pair.b();

    @AfterEach
    void close() {
        pair.close();
    }

    private static <T> FutureTask<T> start(final Callable<T> work) {
        final FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private static <T> T join(final FutureTask<T> task) throws InterruptedException, TimeoutException, ExecutionException {
        return task.get(60, TimeUnit.SECONDS);
    }

    /** Each side sends numbered messages and receives the other's, with a window of receives; none is lost or out of order. */
    @Test
    void shouldCarryMessagesBothWaysAtOnce() throws Exception {
        final int messages = 20_000;
        final FutureTask<Integer> one = start(() -> exchange(a, messages, SEED));
        final FutureTask<Integer> two = start(() -> exchange(b, messages, ~SEED));
        assertEquals(messages, join(one), "seed " + SEED);
        assertEquals(messages, join(two), "seed " + SEED);
    }

    /** One side of the exchange, alone in its thread. */
    private static int exchange(final SoftPair.End end, final int messages, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        int sent = 0;
        int acknowledged = 0;
        int received = 0;
        int posted = 0;
        while (acknowledged < messages || received < messages) {
            while (posted - received < 8 && posted < messages && random.nextInt(4) != 0) {
                end.receive(posted, 32_768 + posted % 8 * 64L, 64);
                posted++;
            }
            while (sent - acknowledged < 8 && sent < messages && random.nextInt(4) != 0) {
                final long at = sent % 8 * 64L;
                end.buffer.set(JAVA_INT, at, sent);
                end.send(sent, at, 4 + random.nextInt(61));
                sent++;
            }
            final int count = end.cq.poll(end.done);
            assertTrue(count >= 0);
            if (count == 0) {
                Thread.yield();
            }
            for (int i = 0; i < count; i++) {
                final int index = i;
                assertEquals(WcStatus.SUCCESS, end.done.status(i), () -> end.done.describe(index));
                if (end.done.opcode(i) == WcOpcode.RECV) {
                    assertEquals(received, end.done.wrId(i));
                    assertEquals(received, end.buffer.get(JAVA_INT, 32_768 + received % 8 * 64L));
                    received++;
                } else {
                    assertEquals(acknowledged, end.done.wrId(i));
                    acknowledged++;
                }
            }
        }
        return received;
    }

    /** Errors from both ends at once: whatever happens, every request completes once and both sides end in ERR. */
    @Test
    void shouldFlushEverythingWhenBothEndsFail() throws Exception {
        for (int round = 0; round < 200; round++) {
            try (SoftPair failing = new SoftPair(RcTuning.DEFAULT.withRetries(1, 0, 7))) {
                final FutureTask<Integer> one = start(() -> failOnce(failing, failing.a(), failing.b()));
                final FutureTask<Integer> two = start(() -> failOnce(failing, failing.b(), failing.a()));
                assertEquals(20, join(one), "round " + round);
                assertEquals(20, join(two), "round " + round);
            }
        }
    }

    private static int failOnce(final SoftPair fabric, final SoftPair.End end, final SoftPair.End peer) {
        for (int i = 0; i < 4; i++) {
            end.receive(100 + i, 0, 64);
        }
        end.sends.clear();
        for (int i = 0; i < 16; i++) {
            end.sends.write(i, end.at(0), 8, end.region.lkey(), peer.at(0), i == 11 ? 0 : peer.region.rkey(), SendFlags.SIGNALED);
        }
        assertEquals(16, end.qp.postSend(end.sends));
        int completed = 0;
        long sends = 0;
        while (completed < 20) {
            fabric.clock().advance(1_000);
            final int count = end.cq.poll(end.done);
            for (int i = 0; i < count; i++) {
                if (end.done.wrId(i) < 100) {
                    assertEquals(sends++, end.done.wrId(i), "sends complete in order");
                }
            }
            completed += count;
        }
        assertEquals(0, end.cq.poll(end.done));
        return completed;
    }

    /** Who sees the last word of a write sees all of it. */
    @Test
    void shouldShowTheLastWordLast() throws Exception {
        final int rounds = 3_000;
        final FutureTask<Integer> reader = start(() -> {
            for (long round = 1; round <= rounds; round++) {
                while ((long)WORD.getAcquire(b.buffer, 1016L) < round) {
                    Thread.yield();
                }
                for (long word = 0; word < 1016; word += 8) {
                    if (b.buffer.get(JAVA_LONG, word) < round) {
                        throw new AssertionError("word " + word + " is older than the last one in round " + round);
                    }
                }
                WORD.setRelease(b.buffer, 8192L, round);
            }
            return rounds;
        });
        for (long round = 1; round <= rounds; round++) {
            for (long word = 0; word < 1024; word += 8) {
                a.buffer.set(JAVA_LONG, word, round);
            }
            a.write(round, 0, 1024, b, 0);
            assertEquals(1, a.cq.poll(a.done));
            while ((long)WORD.getAcquire(b.buffer, 8192L) < round && !reader.isDone()) {
                Thread.yield();
            }
        }
        assertEquals(rounds, join(reader));
    }

    /** A region that was closed is not touched any more, even by a request that another thread is executing. */
    @Test
    void shouldNotTouchClosedRegions() throws Exception {
        final long[] sent = new long[1];
        final dev.verbs.MemoryRegion region = b.domain.registerMemory(b.buffer, SoftPair.ALL);
        final FutureTask<WcStatus> writer = start(() -> {
            while (true) {
                sent[0]++;
                a.buffer.set(JAVA_LONG, 0, sent[0]);
                a.sends.clear().write(1, a.at(0), 32_768, a.region.lkey(), b.at(0), region.rkey(), SendFlags.SIGNALED);
                a.qp.postSend(a.sends);
                assertEquals(1, a.cq.poll(a.done));
                if (!a.done.isSuccess(0)) {
                    return a.done.status(0);
                }
            }
        });
        while (b.buffer.get(JAVA_LONG, 0) < 1_000 && !writer.isDone()) {
            Thread.yield();
        }
        region.close();
        final long first = b.buffer.get(JAVA_LONG, 0);
        assertEquals(WcStatus.REM_ACCESS_ERR, join(writer));
        assertEquals(first, b.buffer.get(JAVA_LONG, 0));
    }

    /**
     * The JIT allocates in this thread, too, once for each piece of code that it compiles: with -Xint nothing is allocated after the
     * first cycle, compiled about 10 KB in all, the last of it in cycle 54,917 while other tests kept the compiler busy. So what counts
     * is a stretch of 100,000 cycles, and a path that allocates fails in each of them.
     */
    @Test
    void shouldNotAllocateOnTheHotPath() {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final int index = a.sends.clear().write(1, a.at(0), 64, a.region.lkey(), b.at(0), b.region.rkey(), SendFlags.SIGNALED);
        final SendRequests send = SendRequests.allocate(a.arena, 1, 1);
        send.send(2, a.at(0), 64, a.region.lkey(), SendFlags.SIGNALED);
        b.receives.clear().receive(3, b.at(0), 64, b.region.lkey());
        final int cycles = 100_000;
        long bytes = Long.MAX_VALUE;
        for (int stretch = 0; stretch < 10 && bytes >= 1_000; stretch++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < cycles; i++) {
                cycle(send);
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, index);
        assertTrue(bytes < 1_000, bytes + " bytes allocated in " + cycles + " cycles of a write, a send, a receive and three polls");
    }

    /** A write at once, a send that waits for its receive, and the receive that releases it. */
    private void cycle(final SendRequests send) {
        post(a.qp, a.sends);
        post(a.qp, send);
        b.receives.rewind();
        check(b.qp.postReceive(b.receives));
        check(b.cq.poll(b.done));
        int polled = 0;
        while (polled < 2) {
            polled += a.cq.poll(a.done);
        }
    }

    private static void post(final QueuePair qp, final SendRequests requests) {
        requests.rewind();
        check(qp.postSend(requests));
    }

    private static void check(final int count) {
        if (count != 1) {
            throw new AssertionError(count);
        }
    }
}
