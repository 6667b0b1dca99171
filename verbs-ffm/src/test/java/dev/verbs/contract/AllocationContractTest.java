package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.verbs.CompletionQueue;
import dev.verbs.Errno;
import dev.verbs.ExtendedQueuePair;
import dev.verbs.QueuePair;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendOperation;
import dev.verbs.SendRequests;
import dev.verbs.VerbsException;
import dev.verbs.WorkCompletions;
import dev.verbs.WrOpcode;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import java.lang.management.ManagementFactory;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The hot path leaves nothing to the collector: not one byte, over a million operations on the software device. */
class AllocationContractTest extends VerbsTest {
    private static final int BATCH = 16;
    private static final int ATTEMPTS = 3;
    private static final int WRITE = WrOpcode.RDMA_WRITE.code();
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    /** Something that is done so many times. */
    private interface Loop {
        void run(int operations);
    }

    private static void assertNothingAllocated(final Loop loop) {
        final int operations = TestProvider.isSoft() ? 1_000_000 : 20_000;
        long allocated = 1;
        loop.run(operations / 5);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) { // the compiler may still be at work the first time
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            loop.run(operations);
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes allocated in the last " + operations + " operations");
        System.out.println("allocation: " + allocated + " bytes in " + operations + " operations on " + TestProvider.name());
    }

    /** Takes exactly so many completions; spins without a clock, for a clock is not what is measured. */
    private static void take(final CompletionQueue cq, final WorkCompletions completions, final int count) {
        int left = count;
        while (left > 0) {
            final int found = cq.poll(completions);
            for (int i = 0; i < found; i++) {
                if (!completions.isSuccess(i)) {
                    throw new AssertionError(completions.describe(i));
                }
            }
            left -= found;
            if (found == 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void shouldPostAndPollBatchesOfWrites() {
        final Pair pair = pair();
        final Side a = pair.a();
        final SendRequests writes = a.sends().clear();
        for (int i = 0; i < BATCH; i++) {
            writes.write(i, a.at(0), 64, a.region().lkey(), pair.b().at(i * 64L), pair.b().region().rkey(),
                i == BATCH - 1 ? SendFlags.SIGNALED : 0);
        }
        final QueuePair qp = a.qp();
        assertNothingAllocated(operations -> {
            for (int done = 0; done < operations; done += BATCH) {
                writes.rewind();
                if (qp.postSend(writes) != BATCH) {
                    throw new AssertionError("not accepted");
                }
                take(a.sendCq(), a.completions(), 1);
            }
        });
    }

    @Test
    void shouldRefillPostAndPollSendsAndReceives() {
        final Pair pair = pair();
        final Side a = pair.a();
        final Side b = pair.b();
        final SendRequests sends = a.sends();
        final ReceiveRequests receives = b.receives();
        assertNothingAllocated(operations -> {
            for (int done = 0; done < operations; done += BATCH) {
                receives.clear();
                sends.clear();
                for (int i = 0; i < BATCH; i++) {
                    receives.receive(i, b.at(i * 64L), 64, b.region().lkey());
                    sends.send(i, a.at(i * 64L), 64, a.region().lkey(), SendFlags.SIGNALED);
                }
                if (b.qp().postReceive(receives) != BATCH || a.qp().postSend(sends) != BATCH) {
                    throw new AssertionError("not accepted");
                }
                take(a.sendCq(), a.completions(), BATCH);
                take(b.receiveCq(), b.completions(), BATCH);
            }
        });
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    void shouldBuildBatchesInPlace() {
        final Pair pair = unconnectedPair(PairConfig.DEFAULT);
        final Side a = pair.a();
        final Side b = pair.b();
        final ExtendedQueuePair qp = extended(a);
        final ExtendedQueuePair peer = extended(b);
        assume(a.context().device().guarantees().connectsByModify(), a.context(), "connecting by modify");
        Pair.connect(qp, a.port(), peer, b.port(), PairConfig.DEFAULT);
        assertNothingAllocated(operations -> {
            for (int done = 0; done < operations; done += BATCH) {
                qp.start();
                for (int i = 1; i < BATCH; i++) {
                    qp.write(i, b.at(i * 64L), b.region().rkey(), 0);
                    qp.local(a.at(0), 64, a.region().lkey());
                }
                qp.write(BATCH, b.at(0), b.region().rkey(), SendFlags.SIGNALED);
                qp.inline(a.buffer(), 0, 16);
                if (qp.complete() != BATCH) {
                    throw new AssertionError("not accepted");
                }
                take(a.sendCq(), a.completions(), 1);
            }
        });
    }

    private ExtendedQueuePair extended(final Side side) {
        try {
            return own(side.domain().createExtendedQueuePair(
                side.qp().config().withInline(64).withSendOps(Set.of(SendOperation.RDMA_WRITE))));
        } catch (final VerbsException e) {
            assume(e.errno() != Errno.EOPNOTSUPP, side.context(), "extended queue pairs");
            throw e;
        }
    }

    /** Posts the list again and again, and polls what its last request signals. */
    private static void repeat(final Side side, final SendRequests list) {
        final int count = list.size();
        assertNothingAllocated(operations -> {
            for (int done = 0; done < operations; done += count) {
                list.rewind();
                if (side.qp().postSend(list) != count) {
                    throw new AssertionError("not accepted");
                }
                take(side.sendCq(), side.completions(), 1);
            }
        });
        assertEquals(0, side.qp().inFlight());
    }

    @Test
    void shouldRefillAndPostInlineWrites() {
        final Pair pair = pair(PairConfig.DEFAULT.withInline(64));
        final Side a = pair.a();
        final SendRequests writes = a.sends();
        final long target = pair.b().at(0);
        final int rkey = pair.b().region().rkey();
        assertNothingAllocated(operations -> {
            for (int done = 0; done < operations; done += BATCH) {
                writes.clear();
                for (int i = 0; i < BATCH; i++) {
                    final int index = writes.add(i, WRITE, i == BATCH - 1 ? SendFlags.SIGNALED : 0);
                    writes.inline(index, a.buffer(), i * 64L, 64);
                    writes.remote(index, target + i * 64L, rkey);
                }
                if (a.qp().postSend(writes) != BATCH) {
                    throw new AssertionError("not accepted");
                }
                take(a.sendCq(), a.completions(), 1);
            }
        });
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    void shouldPostAndPollReads() {
        final Pair pair = pair();
        final Side a = pair.a();
        final SendRequests reads = a.sends().clear();
        for (int i = 0; i < BATCH; i++) {
            reads.read(i, a.at(i * 64L), 64, a.region().lkey(), pair.b().at(0), pair.b().region().rkey(),
                i == BATCH - 1 ? SendFlags.SIGNALED : 0);
        }
        repeat(a, reads);
    }

    @Test
    void shouldPostAndPollWritesWithImmediates() {
        final Pair pair = pair();
        final Side a = pair.a();
        final Side b = pair.b();
        assume(a.context().device().guarantees().hasImmediate(), a.context(), "immediates");
        final SendRequests writes = a.sends().clear();
        final ReceiveRequests receives = b.receives().clear();
        for (int i = 0; i < BATCH; i++) {
            receives.add(i);
            writes.writeWithImm(i, a.at(0), 64, a.region().lkey(), b.at(i * 64L), b.region().rkey(), i, SendFlags.SIGNALED);
        }
        assertNothingAllocated(operations -> {
            for (int done = 0; done < operations; done += BATCH) {
                receives.rewind();
                writes.rewind();
                if (b.qp().postReceive(receives) != BATCH || a.qp().postSend(writes) != BATCH) {
                    throw new AssertionError("not accepted");
                }
                take(a.sendCq(), a.completions(), BATCH);
                take(b.receiveCq(), b.completions(), BATCH);
            }
        });
        assertEquals(0, a.qp().inFlight());
        assertEquals(0, b.qp().inFlight());
    }

    @Test
    @Covers("ibv_poll_cq")
    void shouldPollAnEmptyQueue() {
        final Pair pair = pair();
        final CompletionQueue cq = pair.a().sendCq();
        final WorkCompletions completions = pair.a().completions();
        assertNothingAllocated(operations -> {
            for (int done = 0; done < operations; done++) {
                if (cq.poll(completions) != 0 || cq.poll(completions, 3) != 0) {
                    throw new AssertionError("not empty");
                }
            }
        });
    }

    @Test
    void shouldRefuseWorkForAFullQueue() {
        final Pair pair = pair(PairConfig.DEFAULT.withDepth(7, 7));
        final Side b = pair.b();
        final ReceiveRequests receives = b.receives().clear();
        for (int i = 0; i < 32; i++) {
            receives.receive(i, b.at(0), 64, b.region().lkey());
        }
        assertTrue(b.qp().postReceive(receives) >= 7);
        assertNothingAllocated(operations -> {
            for (int done = 0; done < operations; done++) {
                if (b.qp().postReceive(receives) != 0) {
                    throw new AssertionError("accepted");
                }
            }
        });
    }
}
