package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.RcEndpoint;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Posting in each state, flushing, posting after close. */
class PostingStateContractTest extends VerbsTest {
    private static final long TOO_LONG = 5L << 30;

    private static void assertSendRefused(final Side side) {
        side.sends().clear().send(1, side.at(0), 8, side.region().lkey(), SendFlags.SIGNALED);
        assertEquals(0, side.qp().postSend(side.sends()));
        assertEquals(Errno.EINVAL, side.sends().errno());
        assertEquals(1, side.sends().remaining());
        assertEquals(0, side.qp().inFlight());
    }

    @Test
    void shouldRefuseSendsBeforeTheQueuePairIsReady() {
        final Pair pair = unconnectedPair(PairConfig.DEFAULT);
        final Side a = pair.a();
        assertSendRefused(a);
        RcEndpoint.init(a.qp(), a.port(), PairConfig.ALL_ACCESS);
        assertSendRefused(a);
    }

    /** rdma_rxe keeps such requests in its ring and would execute or flush them later: they must not get there. */
    @Test
    void shouldForgetSendsThatWereRefused() {
        final Pair pair = unconnectedPair(PairConfig.DEFAULT);
        final Side a = pair.a();
        assume(a.context().device().guarantees().connectsByModify(), a.context(), "connecting by modify");
        RcEndpoint.init(a.qp(), a.port(), PairConfig.ALL_ACCESS);
        assertSendRefused(a);
        a.qp().modify(PairConfig.toError());
        a.assertQuiet();
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    void shouldRefuseReceivesInReset() {
        final Side a = unconnectedPair(PairConfig.DEFAULT).a();
        assumeTrue(DeviceProfile.of(a.context()).refusesReceivesInReset(), "iWARP takes receives before it is connected");
        a.receives().clear().receive(1, a.at(0), 64, a.region().lkey());
        assertEquals(0, a.qp().postReceive(a.receives()));
        assertEquals(Errno.EINVAL, a.receives().errno());
        assertEquals(1, a.receives().remaining());
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    void shouldUseReceivesThatWerePostedInInit() {
        final Pair pair = unconnectedPair(PairConfig.DEFAULT);
        final Side a = pair.a();
        final Side b = pair.b();
        assume(a.context().device().guarantees().connectsByModify(), a.context(), "connecting by modify");
        RcEndpoint.init(a.qp(), a.port(), PairConfig.ALL_ACCESS);
        RcEndpoint.init(b.qp(), b.port(), PairConfig.ALL_ACCESS);
        b.receive(5, 0, 64);
        RcEndpoint.of(b.qp(), b.port(), 1).connect(a.qp(), a.port(), 2, PairConfig.DEFAULT.tuning());
        RcEndpoint.of(a.qp(), a.port(), 2).connect(b.qp(), b.port(), 1, PairConfig.DEFAULT.tuning());
        a.send(6, 0, 64);
        a.awaitSend().expect(6, WcOpcode.SEND);
        b.awaitReceive().expect(5, WcOpcode.RECV);
    }

    @Test
    void shouldFlushReceivesInTheOrderOfPosting() {
        final Pair pair = pair();
        final Side b = pair.b();
        for (int i = 0; i < 10; i++) {
            b.receive(i, i * 64L, 64);
        }
        assertEquals(10, b.qp().inFlight());
        b.qp().modify(PairConfig.toError());
        final List<Completion> flushed = b.awaitReceives(10);
        for (int i = 0; i < 10; i++) {
            flushed.get(i).expectError(i, WcStatus.WR_FLUSH_ERR, b.qp().number());
        }
        assertEquals(0, b.qp().inFlight());
        b.assertQuiet();
    }

    @Test
    void shouldFlushSendsInTheOrderOfPostingUnsignalledOnesToo() {
        final Pair pair = pair();
        final Side a = pair.a();
        assume(a.context().device().guarantees().waitsForReceives(), a.context(), "to wait for receives");
        a.sends().clear();
        for (int i = 0; i < 10; i++) {
            a.sends().send(i, a.at(0), 64, a.region().lkey(), i % 3 == 0 ? SendFlags.SIGNALED : 0);
        }
        a.postSends(); // nothing is posted at the peer: all wait
        a.qp().modify(PairConfig.toError());
        final List<Completion> flushed = a.awaitSends(10);
        for (int i = 0; i < 10; i++) {
            flushed.get(i).expectError(i, WcStatus.WR_FLUSH_ERR, a.qp().number());
        }
        assertEquals(0, a.qp().inFlight());
        a.assertQuiet();
    }

    @Test
    void shouldExplainAFlush() {
        final Side b = pair().b();
        b.receive(41, 0, 64);
        b.qp().modify(PairConfig.toError());
        Refusal.says(new AssertionError(b.awaitReceive().description()), "wr_id 41", "QP " + b.qp().number(), "WR_FLUSH_ERR",
            "not executed");
    }

    @Test
    void shouldFlushWhatIsPostedInError() {
        final Pair pair = pair();
        final Side a = pair.a();
        assume(a.context().device().guarantees().flushesAfterError(), a.context(), "flushes after errors");
        a.qp().modify(PairConfig.toError());
        a.sends().clear().send(1, a.at(0), 8, a.region().lkey(), SendFlags.SIGNALED);
        a.postSends();
        a.awaitSend().expectError(1, WcStatus.WR_FLUSH_ERR, a.qp().number());
        a.receive(2, 0, 64);
        a.qp().modify(PairConfig.toError()); // rxe looks at its receive queue only when something happens
        a.awaitReceive().expectError(2, WcStatus.WR_FLUSH_ERR, a.qp().number());
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    void shouldDropWhatIsOutstandingAtAReset() {
        final Pair pair = pair();
        final Side a = pair.a();
        assume(a.context().device().guarantees().connectsByModify(), a.context(), "connecting by modify");
        a.receive(1, 0, 64);
        a.send(2, 0, 64);
        a.qp().modify(new QpAttributes().state(QpState.RESET));
        assertEquals(0, a.qp().inFlight());
        a.assertQuiet();
    }

    @Test
    void shouldReturnClosedForPostsAfterClose() {
        final Pair pair = pair();
        final Side a = pair.a();
        a.qp().close();
        a.sends().clear().send(1, a.at(0), 8, a.region().lkey(), SendFlags.SIGNALED);
        a.receives().clear().receive(2, a.at(0), 8, a.region().lkey());
        assertEquals(QueuePair.CLOSED, a.qp().postSend(a.sends()));
        assertEquals(QueuePair.CLOSED, a.qp().postReceive(a.receives()));
        assertEquals(1, a.sends().remaining());
    }

    /** A length that no entry can carry: the list stays as it was, and nothing of the request is posted. */
    @Test
    void shouldLeaveAListAsItWasWhenALengthIsRefused() {
        final Pair pair = pair();
        final Side a = pair.a();
        final int key = a.region().lkey();
        final long remote = pair.b().at(0);
        final int rkey = pair.b().region().rkey();
        final SendRequests list = a.sends().clear();
        final List<Executable> appends = List.of(
            () -> list.send(1, a.at(0), TOO_LONG, key, SendFlags.SIGNALED),
            () -> list.sendWithImm(1, a.at(0), TOO_LONG, key, 5, SendFlags.SIGNALED),
            () -> list.write(1, a.at(0), TOO_LONG, key, remote, rkey, SendFlags.SIGNALED),
            () -> list.writeWithImm(1, a.at(0), TOO_LONG, key, remote, rkey, 5, SendFlags.SIGNALED),
            () -> list.read(1, a.at(0), TOO_LONG, key, remote, rkey, SendFlags.SIGNALED));
        for (final Executable append : appends) {
            assertTooLong(append);
            assertEquals(0, list.size());
            assertEquals(0, a.qp().postSend(list));
        }
        list.write(7, a.at(0), 64, key, remote, rkey, SendFlags.SIGNALED);
        for (final Executable append : appends) {
            assertTooLong(append);
            assertEquals(1, list.size());
        }
        assertTooLong(() -> list.addLocal(0, a.at(0), TOO_LONG, key));
        a.postSends();
        assertEquals(1, a.qp().inFlight());
        assertEquals(64, a.awaitSend().expect(7, WcOpcode.RDMA_WRITE).byteLength());
        a.assertQuiet();
        assertTooLong(() -> a.receives().clear().receive(1, a.at(0), TOO_LONG, key));
        assertEquals(0, a.receives().size());
        assertEquals(0, a.qp().postReceive(a.receives()));
        assertEquals(0, a.qp().inFlight());
    }

    private static void assertTooLong(final Executable append) {
        Refusal.says(assertThrows(IllegalArgumentException.class, append), Long.toString(TOO_LONG), "4294967295");
    }

    @Test
    void shouldAcceptAnEmptyList() {
        final Pair pair = pair();
        assertEquals(0, pair.a().qp().postSend(pair.a().sends().clear()));
        assertEquals(0, pair.a().sends().errno());
        assertEquals(0, pair.a().qp().postReceive(pair.a().receives().clear()));
        assertEquals(0, pair.a().qp().inFlight());
    }
}
