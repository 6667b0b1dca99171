package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.AccessFlags;
import dev.verbs.AsyncEvent;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.EventType;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.RcEndpoint;
import dev.verbs.RcTuning;
import dev.verbs.VerbsException;
import dev.verbs.WcStatus;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Events of queues and devices: which ones come, whose they are, and how waiting for them ends. */
class AsyncEventContractTest extends VerbsTest {
    private static AsyncEvent next(final Side side) {
        return side.context().awaitAsyncEvent(TestProvider.deadline());
    }

    private static void assertQuiet(final Side side) {
        assertNull(side.context().awaitAsyncEvent(TestProvider.pause()));
    }

    private static void expect(final EventType type, final Object element, final AsyncEvent event) {
        assertNotNull(event, () -> "no event, " + type + " expected");
        assertEquals(type, event.type(), event.toString());
        assertSame(element, event.element(), event.toString());
        assertEquals(0, event.port(), event.toString());
    }

    private Pair overflown() {
        final Pair pair = pair(PairConfig.DEFAULT.withCqEntries(3));
        final Side a = pair.a();
        assertTrue(a.sendCq().capacity() < 20, "the queue of " + a.sendCq().capacity() + " entries is too long for this test");
        for (int i = 0; i < a.sendCq().capacity() + 2; i++) {
            a.write(i, 0, 8, pair.b(), 0);
        }
        return pair;
    }

    @Test
    void shouldReturnWhenTheTimeIsOver() {
        final Context context = openContext();
        final long start = System.nanoTime();
        assertNull(context.awaitAsyncEvent(Duration.ofMillis(30)));
        final long waited = System.nanoTime() - start;
        assertTrue(waited >= 29_000_000L, "returned after " + waited + " ns");
        assertTrue(waited < TestProvider.deadline().toNanos(), "returned after " + waited + " ns");
    }

    @Test
    void shouldOnlyLookWithATimeoutOfZero() {
        assertNull(openContext().awaitAsyncEvent(Duration.ZERO));
    }

    @Test
    void shouldWakeTheWaiterWhenTheContextIsClosed() {
        final Context context = openContext();
        final Waiting.Pending<AsyncEvent> waiter = Waiting.start("waiter", () -> context.awaitAsyncEvent(Duration.ofMinutes(5)));
        Waiting.until(TestProvider.pause(), () -> !waiter.thread().isAlive()); // lets it get there; late is right too
        assertTrue(waiter.thread().isAlive(), "it did not wait");
        context.close();
        Refusal.of(Errno.EBADF, waiter::get, "context", "closed");
    }

    @Test
    void shouldWakeAnInterruptedWaiter() {
        final Context context = openContext();
        final Waiting.Pending<AsyncEvent> waiter = Waiting.start("waiter", () -> context.awaitAsyncEvent(Duration.ofMinutes(5)));
        waiter.thread().interrupt();
        final VerbsException woken = Refusal.of(Errno.EINTR, waiter::get, "interrupted");
        assertEquals("ibv_get_async_event", woken.verb());
        assertTrue(context.isOpen());
    }

    @Test
    void shouldRefuseToWaitAfterClose() {
        final Context context = openContext();
        context.close();
        Refusal.of(Errno.EBADF, () -> context.awaitAsyncEvent(Duration.ZERO), "closed");
        Refusal.of(Errno.EBADF, context::asyncFd, "closed");
    }

    @Test
    void shouldOfferAnFdForPollOrSayWhyNot() throws IOException {
        final Context context = openContext();
        if (provider().isEmulated()) {
            Refusal.of(Errno.EOPNOTSUPP, context::asyncFd, "no file descriptor", "awaitAsyncEvent");
            return;
        }
        final Path link = Path.of("/proc/self/fd", Integer.toString(context.asyncFd()));
        assertTrue(Files.readSymbolicLink(link).toString().contains("infinibandevent"), Files.readSymbolicLink(link).toString());
        context.close();
        assertTrue(Files.notExists(link), "closing the context left its fd open");
    }

    @Test
    @Covers("ibv_get_async_event")
    void shouldReportTheCompletionQueueThatOverflowed() {
        final Side a = overflown().a();
        expect(EventType.CQ_ERR, a.sendCq(), next(a));
    }

    @Test
    void shouldReportEventsOnlyOnTheContextTheyBelongTo() {
        final Pair pair = overflown();
        assertNotNull(next(pair.a()));
        assertQuiet(pair.b());
    }

    @Test
    void shouldWakeAWaiterThatSleeps() {
        final Pair pair = pair(PairConfig.DEFAULT.withCqEntries(3));
        final Side a = pair.a();
        final Waiting.Pending<AsyncEvent> waiter = Waiting.start("waiter", () -> next(a));
        Waiting.until(TestProvider.pause(), () -> !waiter.thread().isAlive()); // lets it get there; late is right too
        for (int i = 0; i < a.sendCq().capacity() + 2; i++) {
            a.write(i, 0, 8, pair.b(), 0);
        }
        expect(EventType.CQ_ERR, a.sendCq(), waiter.get());
    }

    /** C: ibv_destroy_cq waits for ever for an event that was read and not acknowledged. */
    @Test
    @Covers("ibv_ack_async_event")
    void shouldHaveAcknowledgedWhatItReturned() {
        final Side a = overflown().a();
        final CompletionQueue queue = (CompletionQueue)next(a).element();
        a.qp().close();
        queue.close();
        Refusal.of(Errno.EBADF, () -> queue.requestNotification(false), "closed");
    }

    @Test
    void shouldDropTheEventsOfAQueueThatWasClosedBeforeTheyWereRead() {
        final Side a = overflown().a();
        Waiting.until(TestProvider.pause(), () -> false); // the events are there
        a.qp().close();
        a.sendCq().close();
        assertNull(a.context().awaitAsyncEvent(Duration.ZERO));
    }

    @Test
    @Covers("ibv_get_async_event")
    void shouldReportASendQueueThatIsDrained() {
        final Pair pair = pair();
        final Side a = pair.a();
        assume(a.context().device().guarantees().connectsByModify(), a.context(), "SQD");
        a.write(1, 0, 64, pair.b(), 0);
        a.awaitSend();
        a.qp().modify(new QpAttributes().state(QpState.SQD).sqdAsyncNotify(true));
        expect(EventType.SQ_DRAINED, a.qp(), next(a));
        assertEquals(QpState.SQD, a.qp().query().state());
        a.qp().modify(new QpAttributes().state(QpState.RTS));
    }

    @Test
    void shouldReportItAsDrainedOnlyWhenWhatWasBegunHasEnded() {
        final Pair pair = pair();
        final Side a = pair.a();
        assumeTrue(EventProfile.of(a.context()).drainsRetries(), "rdma_rxe takes a request that is tried again for one not begun");
        a.send(1, 0, 64); // the peer has no receive: begun, and tried again and again
        a.qp().modify(new QpAttributes().state(QpState.SQD).sqdAsyncNotify(true));
        assertQuiet(a);
        pair.b().receive(2, 0, 64);
        expect(EventType.SQ_DRAINED, a.qp(), next(a));
        assertEquals(1, a.awaitSend().wrId());
        assertEquals(2, pair.b().awaitReceive().wrId());
    }

    @Test
    void shouldNotReportItAsDrainedIfNobodyAsked() {
        final Side a = pair().a();
        assumeTrue(EventProfile.of(a.context()).drainedIfAsked(), "rdma_rxe reports every drained send queue");
        a.qp().modify(new QpAttributes().state(QpState.SQD));
        assertQuiet(a);
    }

    @Test
    void shouldReportTheFirstMessageToAQueuePairThatIsReadyToReceiveOnly() {
        final Pair pair = unconnectedPair(PairConfig.DEFAULT);
        final Side a = pair.a();
        final Side b = pair.b();
        assume(a.context().device().guarantees().connectsByModify(), a.context(), "connecting by modify");
        assumeTrue(EventProfile.of(b.context()).commEst(), "rdma_rxe has no COMM_EST");
        RcEndpoint.init(a.qp(), a.port(), PairConfig.ALL_ACCESS);
        RcEndpoint.init(b.qp(), b.port(), PairConfig.ALL_ACCESS);
        b.qp().modify(new QpAttributes().state(QpState.RTR).pathMtu(b.port().mtu()).destinationQp(a.qp().number()).rqPsn(7)
            .maxDestReadAtomic(1).minRnrTimer(12).address(b.port().pathTo(a.port().lid(), a.port().gid().gid())));
        RcEndpoint.of(b.qp(), b.port(), 9).connect(a.qp(), a.port(), 7, RcTuning.DEFAULT);
        b.receive(1, 0, 64);
        b.receive(2, 64, 64);
        a.send(3, 0, 64);
        expect(EventType.COMM_EST, b.qp(), next(b));
        a.send(4, 0, 64);
        a.awaitSends(2);
        assertQuiet(b);
    }

    @Test
    void shouldTellAResponderThatItRefusedAccess() {
        final Pair pair = pair(PairConfig.DEFAULT.withAccess(AccessFlags.LOCAL_WRITE, PairConfig.ALL_ACCESS));
        final Side b = pair.b();
        assumeTrue(EventProfile.of(b.context()).affiliatedErrors(), "rdma_rxe tells its responder nothing, siw only of access errors");
        pair.a().write(1, 0, 8, b, 0);
        expect(EventType.QP_ACCESS_ERR, b.qp(), next(b));
        assertQuiet(b);
        assertQuiet(pair.a());
    }

    @Test
    void shouldTellAResponderThatItRefusedARequest() {
        final RcTuning noReads = new RcTuning(14, 6, 7, 12, 16, 0);
        final Pair pair = pair(PairConfig.DEFAULT.withTuning(noReads));
        final Side b = pair.b();
        assumeTrue(EventProfile.of(b.context()).affiliatedErrors(), "rdma_rxe tells its responder nothing, siw only of access errors");
        pair.a().read(1, 0, 8, b, 0);
        expect(EventType.QP_REQ_ERR, b.qp(), next(b));
    }

    @Test
    void shouldReportAQueuePairThatCannotReportAnyMore() {
        final Side a = overflown().a();
        assumeTrue(EventProfile.of(a.context()).affiliatedErrors(), "rdma_rxe and siw lose completions in silence");
        expect(EventType.CQ_ERR, a.sendCq(), next(a));
        expect(EventType.QP_FATAL, a.qp(), next(a));
        assertEquals(QpState.ERR, a.qp().query().state());
        assertQuiet(a);
    }

    /** No send where none waits for a receive: the peer ends the connection, which siw calls fatal for who is still sending. */
    @Test
    void shouldNotReportOrdinaryErrors() {
        final Pair pair = pair();
        final Side a = pair.a();
        final boolean sends = a.context().device().guarantees().waitsForReceives();
        a.receive(2, 0, 64);
        if (sends) {
            a.send(1, 0, 64);
        }
        a.qp().modify(PairConfig.toError());
        a.awaitReceive().expectError(2, WcStatus.WR_FLUSH_ERR, a.qp().number());
        if (sends) {
            a.awaitSend().expectError(1, WcStatus.WR_FLUSH_ERR, a.qp().number());
        }
        assertQuiet(pair.a());
        assertQuiet(pair.b());
    }
}
