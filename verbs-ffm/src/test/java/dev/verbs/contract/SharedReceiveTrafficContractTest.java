package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AsyncEvent;
import dev.verbs.CompletionQueue;
import dev.verbs.Errno;
import dev.verbs.EventType;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.RcTuning;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SrqConfig;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.SharedReceives;
import dev.verbs.testkit.SharedReceives.Link;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages into shared receives: who gets which, what waits, what an error of one queue pair does to the others. */
class SharedReceiveTrafficContractTest extends VerbsTest {
    private static final SrqConfig CONFIG = new SrqConfig(63, 1);

    private SharedReceives connected(final int links) {
        return SharedReceives.connected(this, CONFIG, links);
    }

    private static void expect(final SharedReceives made, final int link, final int receive, final int message) {
        final Completion done = made.awaitReceive(link).expect(receive, WcOpcode.RECV);
        assertEquals(made.link(link).server().number(), done.qpNumber(), done.description());
        assertEquals(SharedReceives.BYTES, done.byteLength(), done.description());
        final long at = (long)receive * SharedReceives.BYTES;
        for (int i = 0; i < SharedReceives.BYTES; i++) {
            assertEquals((byte)message, made.buffer().get(ValueLayout.JAVA_BYTE, at + i), "byte " + i + " of receive " + receive);
        }
    }

    @Test
    @Covers("ibv_post_srq_recv")
    void shouldFillASharedReceive() {
        final SharedReceives made = connected(1);
        made.post(3, 1);
        made.send(0, 5);
        expect(made, 0, 3, 5);
        made.awaitSend(0).expect(5, WcOpcode.SEND);
    }

    @Test
    void shouldServeAllQueuePairsInTheOrderOfPosting() {
        final SharedReceives made = connected(4);
        made.post(0, 12);
        for (int i = 0; i < 12; i++) {
            final int link = i * 7 % 4;
            made.send(link, i);
            expect(made, link, i, i);
        }
        assertEquals(0, made.srq().inFlight());
    }

    @Test
    void shouldCompleteInTheReceiveQueueOfTheQueuePairThatTookIt() {
        final SharedReceives made = connected(3);
        made.post(0, 3);
        made.send(2, 0);
        expect(made, 2, 0, 0);
        made.assertQuiet(made.link(0).serverCq(), made.link(1).serverCq(), made.link(2).serverCq());
    }

    @Test
    void shouldServeQueuePairsThatShareACompletionQueue() {
        final SharedReceives made = connected(0);
        final CompletionQueue cq = own(made.context().createCompletionQueue(31));
        made.connect(cq, cq);
        made.connect(cq, cq);
        made.post(0, 2);
        made.send(1, 0);
        expect(made, 1, 0, 0);
        made.send(0, 1);
        expect(made, 0, 1, 1);
        assertEquals(0, made.srq().inFlight());
    }

    @Test
    void shouldMakeASenderWaitWhileItIsEmpty() {
        final SharedReceives made = connected(2);
        made.send(0, 0);
        made.assertQuiet(made.link(0).clientCq(), made.link(0).serverCq());
        made.post(0, 1);
        expect(made, 0, 0, 0);
        made.awaitSend(0).expect(0, WcOpcode.SEND);
    }

    @Test
    void shouldWakeEverySenderThatWaits() {
        final SharedReceives made = connected(3);
        for (int i = 0; i < 3; i++) {
            made.send(i, i);
        }
        made.post(0, 3);
        final List<Long> taken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            taken.add(made.awaitReceive(i).wrId());
            made.awaitSend(i).expect(i, WcOpcode.SEND);
        }
        assertEquals(List.of(0L, 1L, 2L), taken.stream().sorted().toList());
    }

    @Test
    void shouldFailASenderWhoseRetriesEndWhileItIsEmpty() {
        final SharedReceives made = new SharedReceives(this, CONFIG, RcTuning.DEFAULT.withRetries(14, 6, 0));
        made.connect(own(made.context().createCompletionQueue(31)));
        made.send(0, 9);
        made.awaitSend(0).expectError(9, WcStatus.RNR_RETRY_EXC_ERR, made.link(0).client().number());
    }

    @Test
    void shouldTakeAPlaceAgainThatWasPolled() {
        final SharedReceives made = SharedReceives.connected(this, new SrqConfig(3, 1), 2);
        final int places = made.srq().config().maxWr();
        made.post(0, places);
        for (int i = 0; i < 4 * places; i++) {
            made.send(i & 1, i);
            final Completion done = made.awaitReceive(i & 1);
            assertEquals(i % places, done.wrId(), done.description());
            made.post(i % places, 1);
            made.awaitSend(i & 1);
        }
        assertEquals(places, made.srq().inFlight());
    }

    @Test
    void shouldScatterAMessage() {
        final SharedReceives made = SharedReceives.connected(this, new SrqConfig(3, 2), 1);
        final int index = made.receives().clear().add(1);
        made.receives().addLocal(index, made.at(4096), 10, made.region().lkey());
        made.receives().addLocal(index, made.at(8192), 100, made.region().lkey());
        assertEquals(1, made.srq().postReceive(made.receives()));
        made.send(0, 77);
        made.awaitReceive(0).expect(1, WcOpcode.RECV);
        assertEquals(77, made.buffer().get(ValueLayout.JAVA_BYTE, 4096 + 9));
        assertEquals(0, made.buffer().get(ValueLayout.JAVA_BYTE, 4096 + 10));
        assertEquals(77, made.buffer().get(ValueLayout.JAVA_BYTE, 8192 + 53));
        assertEquals(0, made.buffer().get(ValueLayout.JAVA_BYTE, 8192 + 54));
    }

    @Test
    void shouldConsumeAReceiveForAWriteWithImmediate() {
        final SharedReceives made = connected(2);
        made.post(6, 1);
        made.sends().clear().writeWithImm(1, made.region().address(), 0, 0, made.at(0), made.region().rkey(), 0x1234,
            SendFlags.SIGNALED);
        assertEquals(1, made.link(1).client().postSend(made.sends()));
        final Completion done = made.awaitReceive(1).expect(6, WcOpcode.RECV_RDMA_WITH_IMM);
        assertEquals(0x1234, done.immediate());
        assertEquals(0, made.srq().inFlight());
    }

    @Test
    void shouldNotHideSendsInFlightBehindSharedReceives() {
        final SharedReceives made = connected(0);
        final CompletionQueue cq = own(made.context().createCompletionQueue(31));
        made.connect(cq, cq);
        made.post(0, 4);
        made.sends().clear().send(50, made.at(0), 8, made.region().lkey(), SendFlags.SIGNALED);
        assertEquals(1, made.link(0).server().postSend(made.sends())); // waits: the client has no receive
        for (int i = 0; i < 4; i++) {
            made.send(0, i);
            expect(made, 0, i, i);
        }
        assertEquals(1, made.link(0).server().inFlight());
        assertEquals(0, made.srq().inFlight());
        Refusal.of(Errno.EBUSY, made.region()::close, made.link(0).server().describe(), "1 requests in flight");
    }

    @Test
    void shouldKeepReceivesWhenAQueuePairGoesToError() {
        final SharedReceives made = connected(2);
        made.post(0, 2);
        made.link(0).server().modify(PairConfig.toError());
        made.assertQuiet(made.link(0).serverCq(), made.link(1).serverCq());
        assertEquals(2, made.srq().inFlight());
        Refusal.of(Errno.EBUSY, made.region()::close, made.srq().describe(), "2 requests in flight");
        made.send(1, 0);
        expect(made, 1, 0, 0);
    }

    @Test
    void shouldKeepReceivesWhenAQueuePairIsClosed() {
        final SharedReceives made = connected(2);
        made.post(0, 2);
        made.link(0).server().close();
        assertEquals(2, made.srq().inFlight());
        made.send(1, 1);
        expect(made, 1, 0, 1);
        assertEquals(1, made.srq().inFlight());
    }

    @Test
    void shouldKeepReceivesWhenAQueuePairIsResetAndConnectsAgain() {
        final SharedReceives made = connected(2);
        made.post(0, 3);
        made.send(0, 0);
        expect(made, 0, 0, 0);
        made.awaitSend(0);
        final Link link = made.link(0);
        link.server().modify(new QpAttributes().state(QpState.RESET));
        link.client().modify(new QpAttributes().state(QpState.RESET));
        assertEquals(2, made.srq().inFlight());
        made.reconnect(link);
        made.send(0, 1);
        expect(made, 0, 1, 1);
        made.send(1, 2);
        expect(made, 1, 2, 2);
        assertEquals(0, made.srq().inFlight());
    }

    /** Whether a device keeps those completions or drops them: the receives are not in flight any more. */
    @Test
    void shouldNotCountReceivesThatAClosedQueuePairTook() {
        final SharedReceives made = connected(2);
        made.post(0, 3);
        made.send(0, 0);
        made.awaitSend(0);
        made.send(0, 1);
        made.awaitSend(0);
        made.link(0).server().close();
        final WorkCompletions completions = WorkCompletions.allocate(Arena.ofAuto(), 8);
        Waiting.until(TestProvider.pause(), () -> made.link(0).serverCq().poll(completions) < 0);
        assertEquals(1, made.srq().inFlight());
        made.send(1, 2);
        expect(made, 1, 2, 2);
        made.region().close();
    }

    /** The same when the completion queue is closed, too, and nobody polled. */
    @Test
    void shouldNotCountReceivesThatWereClosedWithTheirCompletionQueue() {
        final SharedReceives made = connected(1);
        made.post(0, 2);
        made.send(0, 0);
        made.awaitSend(0);
        made.link(0).server().close();
        made.link(0).serverCq().close();
        assertEquals(1, made.srq().inFlight());
    }

    @Test
    void shouldFailOnlyTheQueuePairWhoseMessageDidNotFit() {
        final SharedReceives made = connected(2);
        made.receives().clear().receive(0, made.at(0), SharedReceives.BYTES - 1, made.region().lkey());
        made.add(1);
        assertEquals(2, made.srq().postReceive(made.receives()));
        made.send(0, 0);
        final DeviceProfile profile = DeviceProfile.of(made.context());
        made.awaitReceive(0).expectError(0, profile.shortReceive(), made.link(0).server().number());
        made.awaitSend(0).expectError(0, profile.shortReceiveSent(), made.link(0).client().number());
        assertEquals(QpState.ERR, made.link(0).server().state());
        assertEquals(1, made.srq().inFlight());
        made.send(1, 1);
        expect(made, 1, 1, 1);
        assertEquals(0, made.srq().inFlight());
    }

    @Test
    void shouldCountAFailedReceiveWhereOneQueueServesBoth() {
        final SharedReceives made = connected(0);
        final CompletionQueue cq = own(made.context().createCompletionQueue(31));
        made.connect(cq, cq);
        made.receives().clear().receive(0, made.at(0), 1, made.region().lkey());
        assertEquals(1, made.srq().postReceive(made.receives()));
        for (int i = 0; i < 3; i++) { // wait: the client has no receives
            made.sends().clear().send(50 + i, made.at(0), 8, made.region().lkey(), SendFlags.SIGNALED);
            assertEquals(1, made.link(0).server().postSend(made.sends()));
        }
        made.send(0, 0);
        final List<Completion> failed = made.await(cq, 4);
        failed.forEach(done -> assertTrue(done.status() != WcStatus.SUCCESS, done.description()));
        assertEquals(0, made.srq().inFlight());
        assertEquals(0, made.link(0).server().inFlight());
        made.region().close();
    }

    private static AsyncEvent next(final SharedReceives made) {
        final AsyncEvent event = made.context().awaitAsyncEvent(TestProvider.deadline());
        assertNotNull(event, "no event");
        return event;
    }

    private static void assertNoEvent(final SharedReceives made) {
        assertNull(made.context().awaitAsyncEvent(TestProvider.pause()));
    }

    @Test
    void shouldRaiseTheLimitEventOncePerArming() {
        final SharedReceives made = connected(2);
        made.post(0, 10);
        for (int round = 0; round < 2; round++) {
            made.srq().arm(7 - 3 * round);
            for (int i = 0; i < 3; i++) {
                made.send(i & 1, i);
                made.awaitReceive(i & 1);
                made.awaitSend(i & 1);
            }
            if (round == 0) {
                assertNoEvent(made); // 7 are left, not fewer
                made.send(0, 3);
                made.awaitReceive(0);
            }
            final AsyncEvent event = next(made);
            assertEquals(EventType.SRQ_LIMIT_REACHED, event.type());
            assertSame(made.srq(), event.element());
            assertEquals(0, made.srq().query().limit());
            assertNoEvent(made);
        }
    }

    @Test
    void shouldRaiseNoLimitEventWhenDisarmed() {
        final SharedReceives made = connected(1);
        made.post(0, 3);
        made.srq().arm(3);
        made.srq().arm(0);
        made.send(0, 0);
        made.awaitReceive(0);
        assertNoEvent(made);
    }

    /** Also through ERR: the specification (11.6.3.1) wants it, and hardware does it. rdma_rxe of Linux 6.1 does not. */
    @Test
    void shouldReportTheLastReceiveOfAQueuePairInError() {
        final SharedReceives made = connected(2);
        made.post(0, 2);
        made.link(1).server().modify(PairConfig.toError());
        if (EventProfile.of(made.context()).lastWqeReached()) {
            final AsyncEvent event = next(made);
            assertEquals(EventType.QP_LAST_WQE_REACHED, event.type());
            assertSame(made.link(1).server(), event.element());
        }
        assertNoEvent(made);
    }

    /** Several pollers give back to one queue while other threads post: nothing is lost, nothing counted twice. */
    @Test
    void shouldCountRightWithOneThreadPerConnection() {
        final int links = 3;
        final int rounds = TestProvider.isSoft() ? 3_000 : 300;
        final SharedReceives made = connected(links);
        made.post(0, 12);
        final List<Waiting.Pending<Integer>> servers = new ArrayList<>();
        for (int i = 0; i < links; i++) {
            final Link link = made.link(i);
            servers.add(Waiting.start("server " + i, () -> serve(made, link, rounds)));
        }
        final Waiting.Pending<Integer> client = Waiting.start("clients", () -> {
            for (int i = 0; i < rounds; i++) {
                for (int j = 0; j < links; j++) {
                    made.send(j, i & 0x3F);
                    made.awaitSend(j).expect(i & 0x3F, WcOpcode.SEND);
                }
            }
            return links;
        });
        client.get(Duration.ofSeconds(60));
        for (final Waiting.Pending<Integer> server : servers) {
            assertEquals(rounds, server.get());
        }
        assertEquals(12, made.srq().inFlight());
    }

    /** Posts a receive for each one that completed, with a list of its own. */
    private static int serve(final SharedReceives made, final Link link, final int rounds) {
        final WorkCompletions completions = WorkCompletions.allocate(Arena.ofAuto(), 4);
        final ReceiveRequests again = ReceiveRequests.allocate(Arena.ofAuto(), 4, 1);
        int received = 0;
        final long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (received < rounds && System.nanoTime() - deadline < 0) {
            final int count = link.serverCq().poll(completions);
            again.clear();
            for (int i = 0; i < count; i++) {
                assertTrue(completions.isSuccess(i), completions.describe(i));
                assertEquals(link.server().number(), completions.qpNumber(i));
                again.receive(completions.wrId(i), made.at(completions.wrId(i) * SharedReceives.BYTES), SharedReceives.BYTES,
                    made.region().lkey());
                received++;
            }
            assertEquals(Math.max(0, count), made.srq().postReceive(again));
        }
        return received;
    }
}
