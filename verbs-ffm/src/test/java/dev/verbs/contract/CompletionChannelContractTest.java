package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.SendFlags;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sleeping until something completes. */
class CompletionChannelContractTest extends VerbsTest {
    private Pair channelPair() {
        return pair(PairConfig.DEFAULT.withChannels());
    }

    @Test
    @Covers({"ibv_ack_cq_events", "ibv_create_comp_channel", "ibv_get_cq_event", "ibv_req_notify_cq"})
    void shouldAnnounceACompletionOnce() {
        final Pair pair = channelPair();
        final Side b = pair.b();
        b.receive(1, 0, 64);
        b.receiveCq().requestNotification(false);
        pair.a().send(2, 0, 64);
        assertSame(b.receiveCq(), b.receiveChannel().await(TestProvider.deadline()));
        b.awaitReceive().expect(1, WcOpcode.RECV);
        pair.a().awaitSend().expect(2, WcOpcode.SEND);
        assertNull(b.receiveChannel().await(TestProvider.pause()), "announced twice");
    }

    @Test
    void shouldReturnWhenTheTimeIsOver() {
        final Context context = openContext();
        final CompletionChannel channel = own(context.createCompletionChannel());
        own(context.createCompletionQueue(8, channel)).requestNotification(false);
        final long start = System.nanoTime();
        assertNull(channel.await(Duration.ofMillis(30)));
        final long waited = System.nanoTime() - start;
        assertTrue(waited >= 29_000_000L, "returned after " + waited + " ns");
        assertTrue(waited < TestProvider.deadline().toNanos(), "returned after " + waited + " ns");
        assertNull(channel.await(Duration.ZERO));
    }

    @Test
    void shouldNotAnnounceWhatWasThereBefore() {
        final Pair pair = channelPair();
        final Side b = pair.b();
        b.receive(1, 0, 64);
        pair.a().send(2, 0, 64);
        pair.a().awaitSend();
        b.awaitReceive();
        b.receiveCq().requestNotification(false);
        assertNull(b.receiveChannel().await(TestProvider.pause()), "announced although nothing came after the request");
    }

    @Test
    void shouldAnnounceOnlyWhenAsked() {
        final Pair pair = channelPair();
        pair.b().receive(1, 0, 64);
        pair.a().send(2, 0, 64);
        pair.a().awaitSend();
        pair.b().awaitReceive();
        assertNull(pair.b().receiveChannel().await(TestProvider.pause()));
    }

    @Test
    @Covers("ibv_req_notify_cq")
    void shouldAnnounceOnlySolicitedCompletionsIfAskedTo() {
        final Pair pair = channelPair();
        final Side b = pair.b();
        assumeTrue(DeviceProfile.of(b.context()).announcesSolicited(), "siw announces no receive as solicited");
        b.receive(1, 0, 64);
        b.receive(2, 64, 64);
        b.receiveCq().requestNotification(true);
        pair.a().send(3, 0, 64);
        b.awaitReceive().expect(1, WcOpcode.RECV);
        assertNull(b.receiveChannel().await(TestProvider.pause()), "announced an unsolicited completion");
        final Side a = pair.a();
        a.sends().clear().send(4, a.at(0), 64, a.region().lkey(), SendFlags.SIGNALED | SendFlags.SOLICITED);
        a.postSends();
        assertSame(b.receiveCq(), b.receiveChannel().await(TestProvider.deadline()));
        b.awaitReceive().expect(2, WcOpcode.RECV);
        a.awaitSends(2);
    }

    @Test
    void shouldAnnounceAFlushedReceiveToThoseWhoWaitForSolicitedOnes() {
        final Pair pair = channelPair();
        final Side b = pair.b();
        assumeTrue(DeviceProfile.of(b.context()).flushIsSolicited(),
            "siw and rdma_rxe newer than Linux 6.1 do not announce flushed receives as solicited");
        b.receive(1, 0, 64);
        b.receiveCq().requestNotification(true);
        b.qp().modify(PairConfig.toError());
        assertSame(b.receiveCq(), b.receiveChannel().await(TestProvider.deadline()));
        b.awaitReceive().expectError(1, WcStatus.WR_FLUSH_ERR, b.qp().number());
    }

    @Test
    @Covers({"ibv_ack_cq_events", "ibv_get_cq_event"})
    void shouldLoseNothingToAWaiterThatArmsDrainsAndSleeps() {
        final int messages = 200;
        final Pair pair = channelPair();
        final Side b = pair.b();
        assume(b.context().device().guarantees().waitsForReceives(), b.context(), "to wait for receives");
        for (int i = 0; i < 16; i++) {
            b.receive(i, i * 64L, 64);
        }
        final Waiting.Pending<Integer> receiver = Waiting.start("receiver", () -> drain(b, messages));
        for (int i = 0; i < messages; i++) {
            pair.a().send(i, 0, 64);
            pair.a().awaitSend().expect(i, WcOpcode.SEND);
        }
        assertEquals(messages, receiver.get(TestProvider.deadline().multipliedBy(2)));
    }

    private static int drain(final Side side, final int messages) {
        int seen = 0;
        while (seen < messages) {
            side.receiveCq().requestNotification(false);
            int count = side.receiveCq().poll(side.completions());
            boolean found = count > 0;
            while (count > 0) {
                for (int i = 0; i < count; i++) {
                    assertEquals(seen % 16, side.completions().wrId(i), side.completions().describe(i));
                    seen++;
                    side.receive(side.completions().wrId(i), side.completions().wrId(i) * 64, 64);
                }
                count = side.receiveCq().poll(side.completions());
                found |= count > 0;
            }
            if (!found && seen < messages && side.receiveChannel().await(TestProvider.deadline()) == null) {
                throw new AssertionError("a notification was lost after " + seen + " messages");
            }
        }
        return seen;
    }

    @Test
    void shouldWakeAWaiterWhenClosed() {
        final CompletionChannel channel = own(openContext().createCompletionChannel());
        final Waiting.Pending<CompletionQueue> waiter = Waiting.start("waiter", () -> channel.await(Duration.ofMinutes(5)));
        Waiting.until(TestProvider.pause(), () -> !waiter.thread().isAlive()); // lets it get there; late is right too
        assertTrue(waiter.thread().isAlive(), "it did not wait");
        channel.close();
        Refusal.of(Errno.EBADF, waiter::get, "closed");
    }

    @Test
    void shouldRefuseToWaitAfterClose() {
        final CompletionChannel channel = own(openContext().createCompletionChannel());
        channel.close();
        Refusal.of(Errno.EBADF, () -> channel.await(Duration.ZERO), "closed");
    }

    @Test
    @Covers("ibv_destroy_comp_channel")
    void shouldRefuseToCloseWhileAQueueAnnouncesOnIt() {
        final Context context = openContext();
        final CompletionChannel channel = own(context.createCompletionChannel());
        final CompletionQueue cq = own(context.createCompletionQueue(8, channel));
        Refusal.of(Errno.EBUSY, channel::close, channel.describe(), cq.describe());
        assertTrue(channel.isOpen());
        cq.close();
        channel.close();
    }

    @Test
    @Covers("ibv_destroy_cq")
    void shouldCloseAQueueWithEventsThatNobodyTook() {
        final Pair pair = channelPair();
        final Side b = pair.b();
        b.receive(1, 0, 64);
        b.receiveCq().requestNotification(false);
        pair.a().send(2, 0, 64);
        pair.a().awaitSend();
        b.awaitReceive();
        b.qp().close();
        b.receiveCq().close(); // C: ibv_destroy_cq waits for ever for an unacknowledged event
        b.receiveChannel().close();
    }
}
