package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.QpState;
import dev.verbs.SendFlags;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer that disappears like a process that died: nobody says goodbye. Everything posted completes; nothing hangs. */
class PeerLossContractTest extends VerbsTest {
    private static final int LARGE = 1 << 18;

    private Pair pair;
    private Side a;
    private Side b;

    @BeforeEach
    void connect() {
        pair = unconnectedPair(PairConfig.DEFAULT.withBuffer(2 * LARGE));
        a = pair.a();
        b = pair.b();
        assume(a.context().device().guarantees().flushesAfterError(), a.context(), "flushes after errors");
        pair.connect(this, ConnectionParameters.DEFAULT, ConnectionParameters.DEFAULT);
    }

    private void assertLost(final Completion failed, final long wrId) {
        failed.expectError(wrId, WcStatus.RETRY_EXC_ERR, a.qp().number());
        Refusal.says(new AssertionError(failed.description()), "wr_id " + wrId, a.qp().describe(), "RETRY_EXC_ERR",
            "the peer is gone");
    }

    private void assertDead() {
        assertEquals(0, a.qp().inFlight());
        a.region().close();
        assertEquals(QpState.ERR, a.qp().state());
    }

    /** The first half of a list is done, the second waits for a receive when the peer dies. */
    @Test
    void shouldFailTheRestOfAListWhosePeerDiesWhileItWaits() {
        a.fill(0, LARGE, 1);
        b.receive(50, LARGE, LARGE);
        a.sends().clear();
        write(0);
        send(1);
        send(2); // has no receive
        write(3);
        send(4);
        write(5);
        a.postSends();
        a.awaitSend().expect(0, WcOpcode.RDMA_WRITE);
        a.awaitSend().expect(1, WcOpcode.SEND);
        a.assertQuiet();
        assertEquals(4, a.qp().inFlight());
        b.assertFilled(LARGE, LARGE, 1);
        b.qp().close();
        final List<Completion> rest = a.awaitSends(4);
        assertLost(rest.get(0), 2);
        for (int i = 1; i < 4; i++) {
            rest.get(i).expectError(2 + i, WcStatus.WR_FLUSH_ERR, a.qp().number());
        }
        assertDead();
    }

    private void write(final long wrId) {
        a.sends().write(wrId, a.at(0), LARGE, a.region().lkey(), b.at(0), b.region().rkey(), SendFlags.SIGNALED);
    }

    private void send(final long wrId) {
        a.sends().send(wrId, a.at(0), LARGE, a.region().lkey(), SendFlags.SIGNALED);
    }

    @Test
    void shouldFailWhatIsPostedAfterThePeerDied() {
        a.write(1, 0, 4096, b, 0);
        a.awaitSend().expect(1, WcOpcode.RDMA_WRITE);
        b.qp().close();
        a.write(2, 0, 4096, b, 0);
        a.write(3, 0, 4096, b, 0);
        assertLost(a.awaitSend(), 2);
        a.awaitSend().expectError(3, WcStatus.WR_FLUSH_ERR, a.qp().number());
        assertDead();
    }

    /** Large writes are on their way, always several of them, when another thread closes the peer's queue pair. */
    @Test
    void shouldCompleteEverythingWhenThePeerDiesAmongLargeWrites() {
        final CountDownLatch running = new CountDownLatch(1);
        final Waiting.Pending<Boolean> killer = Waiting.start("killer", () -> {
            running.await();
            b.qp().close();
            return true;
        });
        final List<Completion> done = new ArrayList<>();
        long posted = 0;
        while (done.isEmpty() || done.getLast().status() == WcStatus.SUCCESS) {
            while (posted - done.size() < 8) {
                a.sends().clear();
                for (int i = 0; i < 4; i++) {
                    write(posted++);
                }
                a.postSends();
            }
            done.add(a.awaitSend());
            if (done.size() == 3) {
                running.countDown();
            }
        }
        assertTrue(killer.get(TestProvider.deadline()));
        final int good = done.size() - 1;
        assertTrue(good >= 3, () -> "failed before the peer died: " + done);
        done.addAll(a.awaitSends((int)posted - done.size()));
        for (int i = 0; i < good; i++) {
            done.get(i).expect(i, WcOpcode.RDMA_WRITE);
        }
        assertLost(done.get(good), good);
        for (int i = good + 1; i < posted; i++) {
            done.get(i).expectError(i, WcStatus.WR_FLUSH_ERR, a.qp().number());
        }
        System.out.println("peer loss: " + good + " writes of " + LARGE + " bytes done, " + (posted - good) + " failed");
        assertDead();
    }
}
