package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.Errno;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SendWrDescriptor;
import dev.verbs.WcDescriptor;
import dev.verbs.WcOpcode;
import dev.verbs.WrOpcode;
import dev.verbs.headers.ibv_wc;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two-sided messages that arrive. */
class SendReceiveContractTest extends VerbsTest {
    private static final ValueLayout.OfInt NETWORK = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private void transfer(final int length) {
        final Pair pair = pair(PairConfig.DEFAULT.withBuffer(1 << 20));
        pair.a().fill(0, length, length);
        pair.b().fill(0, 1 << 20, 77);
        pair.b().receive(1, 0, 1 << 20);
        pair.a().send(2, 0, length);
        pair.a().awaitSend().expect(2, WcOpcode.SEND);
        final Completion received = pair.b().awaitReceive().expect(1, WcOpcode.RECV);
        assertEquals(length, received.byteLength());
        assertFalse(received.hasImmediate());
        assertEquals(pair.b().qp().number(), received.qpNumber());
        pair.b().assertFilled(0, length, length);
        assertEquals(0, pair.a().qp().inFlight());
        assertEquals(0, pair.b().qp().inFlight());
    }

    private int mtu() {
        return choosePort(openContext()).mtu().bytes();
    }

    @Test
    void shouldTransferAnEmptyMessage() {
        transfer(0);
    }

    @Test
    void shouldTransferOneByte() {
        transfer(1);
    }

    @Test
    void shouldTransferMessagesAroundThePathMtu() {
        final int mtu = mtu();
        transfer(mtu - 1);
        transfer(mtu);
        transfer(mtu + 1);
    }

    @Test
    void shouldTransfer64KiB() {
        transfer(1 << 16);
    }

    @Test
    void shouldTransferAMegabyte() {
        transfer(1 << 20);
    }

    @Test
    @Covers("ibv_post_recv")
    void shouldFillReceivesInTheOrderOfPosting() {
        final Pair pair = pair();
        for (int i = 0; i < 8; i++) {
            pair.b().receive(100 + i, i * 1024L, 1024);
        }
        for (int i = 0; i < 8; i++) {
            pair.a().fill(i * 1024L, 1000 - i, i);
            pair.a().send(i, i * 1024L, 1000 - i);
        }
        final List<Completion> sent = pair.a().awaitSends(8);
        final List<Completion> received = pair.b().awaitReceives(8);
        for (int i = 0; i < 8; i++) {
            sent.get(i).expect(i, WcOpcode.SEND);
            assertEquals(1000 - i, received.get(i).expect(100 + i, WcOpcode.RECV).byteLength());
            pair.b().assertFilled(i * 1024L, 1000 - i, i);
        }
    }

    @Test
    void shouldGatherAndScatter() {
        final Pair pair = pair();
        final Side a = pair.a();
        final Side b = pair.b();
        a.fill(0, 6000, 5);
        b.receives().clear().add(1);
        b.receives().addLocal(0, b.at(10), 1, b.region().lkey());
        b.receives().addLocal(0, b.at(20_000), 0, b.region().lkey());
        b.receives().addLocal(0, b.at(1_000), 4_999, b.region().lkey());
        b.receives().addLocal(0, b.at(30_000), 1_500, b.region().lkey());
        b.postReceives();
        a.sends().clear().add(2, WrOpcode.SEND.code(), SendFlags.SIGNALED);
        a.sends().addLocal(0, a.at(0), 2_000, a.region().lkey());
        a.sends().addLocal(0, a.at(2_000), 3, a.region().lkey());
        a.sends().addLocal(0, a.at(2_003), 3_997, a.region().lkey());
        a.postSends();
        a.awaitSend().expect(2, WcOpcode.SEND);
        assertEquals(6_000, b.awaitReceive().expect(1, WcOpcode.RECV).byteLength());
        assertTrue(b.buffer().asSlice(10, 1).mismatch(a.buffer().asSlice(0, 1)) < 0);
        assertTrue(b.buffer().asSlice(1_000, 4_999).mismatch(a.buffer().asSlice(1, 4_999)) < 0);
        assertTrue(b.buffer().asSlice(30_000, 1_000).mismatch(a.buffer().asSlice(5_000, 1_000)) < 0);
    }

    @Test
    void shouldSendInlineFromMemoryThatIsFreeAtOnce() {
        final Pair pair = pair(PairConfig.DEFAULT.withInline(64));
        final Side a = pair.a();
        final MemorySegment heap = MemorySegment.ofArray(new byte[64]);
        for (int i = 0; i < 64; i++) {
            heap.set(ValueLayout.JAVA_BYTE, i, (byte)(i + 1));
        }
        pair.b().receive(1, 0, 64);
        a.sends().clear().add(2, WrOpcode.SEND.code(), SendFlags.SIGNALED);
        a.sends().inline(0, heap, 0, 64);
        a.postSends();
        a.sends().segment().fill((byte)0); // the list and its payload are ours again
        a.sends().clear();
        a.awaitSend().expect(2, WcOpcode.SEND);
        assertEquals(64, pair.b().awaitReceive().expect(1, WcOpcode.RECV).byteLength());
        assertTrue(pair.b().buffer().asSlice(0, 64).mismatch(heap) < 0);
    }

    @Test
    void shouldRefuseInlinePayloadsAboveTheLimit() {
        final Pair pair = pair(PairConfig.DEFAULT.withInline(32));
        final Side a = pair.a();
        assumeTrue(DeviceProfile.of(a.context()).keepsInlineLimit(), "siw looks at its own limit of inline bytes only");
        final int most = a.qp().config().maxInlineData();
        final SendRequests roomy = SendRequests.allocate(Arena.ofAuto(), 1, 1, most + 1);
        roomy.add(1, WrOpcode.SEND.code(), SendFlags.SIGNALED);
        roomy.inline(0, MemorySegment.ofArray(new byte[most + 1]), 0, most + 1);
        assertEquals(0, a.qp().postSend(roomy));
        assertEquals(Errno.EINVAL, roomy.errno());
        assertEquals(1, roomy.remaining());
        assertEquals(0, a.qp().inFlight());
        assertThrows(IllegalArgumentException.class,
            () -> a.sends().inline(a.sends().clear().add(1, WrOpcode.SEND.code(), 0), roomy.segment(), 0, most + 1));
    }

    @Test
    void shouldReclaimUnsignalledSendsWithTheNextSignalledOne() {
        final Pair pair = pair();
        final Side a = pair.a();
        pair.b().receives().clear();
        for (int i = 0; i < 10; i++) {
            pair.b().receives().receive(i, pair.b().at(0), 64, pair.b().region().lkey());
        }
        pair.b().postReceives();
        a.sends().clear();
        for (int i = 0; i < 10; i++) {
            a.sends().send(i, a.at(0), 8, a.region().lkey(), i == 6 ? SendFlags.SIGNALED : 0);
        }
        a.postSends();
        assertEquals(10, a.qp().inFlight());
        a.awaitSend().expect(6, WcOpcode.SEND);
        assertEquals(3, a.qp().inFlight());
        pair.b().awaitReceives(10);
        assertEquals(0, pair.b().qp().inFlight());
        a.assertQuiet();
    }

    @Test
    void shouldSignalEverySendIfTheQueuePairWasMadeSo() {
        final Pair pair = pair(PairConfig.DEFAULT.withSignalAll());
        final Side a = pair.a();
        pair.b().receive(1, 0, 64);
        a.sends().clear().send(2, a.at(0), 8, a.region().lkey(), 0);
        a.postSends();
        a.awaitSend().expect(2, WcOpcode.SEND);
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    @Covers("ibv_post_send")
    void shouldPostABatchWithOneCall() {
        final Pair pair = pair();
        final Side a = pair.a();
        final Side b = pair.b();
        b.receives().clear();
        a.sends().clear();
        a.fill(0, 16 * 256, 9);
        for (int i = 0; i < 16; i++) {
            b.receives().receive(i, b.at(i * 256L), 256, b.region().lkey());
            a.sends().send(i, a.at(i * 256L), 256, a.region().lkey(), SendFlags.SIGNALED);
        }
        b.postReceives();
        a.postSends();
        assertEquals(0, a.sends().remaining());
        a.awaitSends(16);
        b.awaitReceives(16);
        b.assertFilled(0, 16 * 256, 9);
    }

    @Test
    void shouldPostAPreparedListAgain() {
        final Pair pair = pair();
        final Side a = pair.a();
        a.sends().clear().send(0, a.at(0), 8, a.region().lkey(), SendFlags.SIGNALED);
        for (int i = 0; i < 20; i++) {
            pair.b().receive(i, i * 8L, 8);
            a.buffer().set(ValueLayout.JAVA_LONG, 0, i * 1_000L);
            a.sends().wrId(0, i);
            a.sends().rewind();
            a.postSends();
            a.awaitSend().expect(i, WcOpcode.SEND);
            pair.b().awaitReceive().expect(i, WcOpcode.RECV);
            assertEquals(i * 1_000L, pair.b().buffer().get(ValueLayout.JAVA_LONG, i * 8L));
        }
    }

    @Test
    void shouldAcceptPartOfAListWhenTheQueueIsFullAndTheRestLater() {
        final Pair pair = pair(PairConfig.DEFAULT.withDepth(8, 31));
        final Side a = pair.a();
        assume(a.context().device().guarantees().waitsForReceives(), a.context(), "to wait for receives");
        a.sends().clear();
        for (int i = 0; i < 24; i++) {
            a.sends().send(i, a.at(0), 8, a.region().lkey(), SendFlags.SIGNALED);
        }
        final int accepted = a.qp().postSend(a.sends()); // no receive is posted yet: nothing leaves the queue
        assertTrue(accepted >= 8 && accepted < 24, "accepted " + accepted);
        assertEquals(Errno.ENOMEM, a.sends().errno());
        assertEquals(24 - accepted, a.sends().remaining());
        assertEquals(accepted, a.sends().first());
        assertEquals(accepted, a.qp().inFlight());
        for (int i = 0; i < 24; i++) {
            pair.b().receive(i, i * 8L, 8);
        }
        List<Completion> done = a.awaitSends(accepted);
        assertEquals(accepted - 1, done.getLast().expect(accepted - 1, WcOpcode.SEND).wrId());
        int next = accepted;
        while (a.sends().remaining() > 0) {
            final int more = a.qp().postSend(a.sends());
            assertTrue(more > 0, "accepted " + more + ", errno " + a.sends().errno());
            done = a.awaitSends(more);
            for (final Completion completion : done) {
                completion.expect(next++, WcOpcode.SEND);
            }
        }
        assertEquals(24, next);
        pair.b().awaitReceives(24);
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    @Covers("ibv_post_recv")
    void shouldAcceptPartOfAReceiveListWhenTheQueueIsFull() {
        final Pair pair = pair(PairConfig.DEFAULT.withDepth(8, 8));
        final Side b = pair.b();
        b.receives().clear();
        for (int i = 0; i < 24; i++) {
            b.receives().receive(i, b.at(0), 64, b.region().lkey());
        }
        final int accepted = b.qp().postReceive(b.receives());
        assertTrue(accepted >= 8 && accepted < 24, "accepted " + accepted);
        assertEquals(Errno.ENOMEM, b.receives().errno());
        assertEquals(24 - accepted, b.receives().remaining());
        assertEquals(accepted, b.qp().inFlight());
        pair.a().send(1, 0, 8);
        pair.a().awaitSend().expect(1, WcOpcode.SEND);
        b.awaitReceive().expect(0, WcOpcode.RECV);
        assertEquals(1, b.qp().postReceive(b.receives()));
        assertEquals(accepted, b.qp().inFlight());
    }

    @Test
    void shouldCarryAnImmediateBesideThePayload() {
        final Pair pair = pair();
        final Side a = pair.a();
        assume(a.context().device().guarantees().hasImmediate(), a.context(), "immediates");
        for (final int immediate : new int[] {0, 1, 0x0102_0304, 0x8000_0001, -1}) {
            pair.b().receive(1, 0, 64);
            a.sends().clear().sendWithImm(2, a.at(0), 5, a.region().lkey(), immediate, SendFlags.SIGNALED);
            a.postSends();
            a.awaitSend().expect(2, WcOpcode.SEND);
            final Completion received = pair.b().awaitReceive().expect(1, WcOpcode.RECV);
            assertTrue(received.hasImmediate(), received.description());
            assertEquals(immediate, received.immediate());
            assertEquals(5, received.byteLength());
        }
    }

    @Test
    void shouldKeepImmediatesInNetworkOrderInMemory() {
        final Pair pair = pair();
        final Side a = pair.a();
        final Side b = pair.b();
        assume(a.context().device().guarantees().hasImmediate(), a.context(), "immediates");
        b.receive(1, 0, 64);
        a.sends().clear().sendWithImm(2, a.at(0), 0, a.region().lkey(), 0x0A0B_0C0D, SendFlags.SIGNALED);
        assertEquals(0x0A0B_0C0D, SendWrDescriptor.immediate(a.sends().segment(), a.sends().offset(0)));
        a.postSends();
        a.awaitSend();
        assertTrue(Waiting.until(TestProvider.deadline(), () -> b.receiveCq().poll(b.completions()) == 1));
        assertEquals(0x0A0B_0C0D, WcDescriptor.immediate(b.completions().segment(), 0));
        assertEquals(0x0A0B_0C0D, b.completions().segment().get(NETWORK, ibv_wc.imm_data$offset()));
    }

    @Test
    void shouldReturnAll64BitsOfTheRequestNumber() {
        final Pair pair = pair();
        for (final long id : new long[] {0, -1, Long.MIN_VALUE, 0x0102_0304_0506_0708L}) {
            pair.b().receive(~id, 0, 64);
            pair.a().send(id, 0, 8);
            pair.a().awaitSend().expect(id, WcOpcode.SEND);
            pair.b().awaitReceive().expect(~id, WcOpcode.RECV);
        }
    }

    @Test
    void shouldCarryMessagesBothWaysAtOnce() {
        final Pair pair = pair();
        for (final Side side : List.of(pair.a(), pair.b())) {
            for (int i = 0; i < 10; i++) {
                side.receive(i, 32_768 + i * 1024L, 1024);
            }
        }
        for (int i = 0; i < 10; i++) {
            pair.a().fill(i * 1024L, 1024, i).send(i, i * 1024L, 1024);
            pair.b().fill(i * 1024L, 1024, 50 + i).send(i, i * 1024L, 1024);
        }
        pair.a().awaitSends(10);
        pair.b().awaitSends(10);
        pair.a().awaitReceives(10);
        pair.b().awaitReceives(10);
        for (int i = 0; i < 10; i++) {
            pair.b().assertFilled(32_768 + i * 1024L, 1024, i);
            pair.a().assertFilled(32_768 + i * 1024L, 1024, 50 + i);
        }
    }

    @Test
    void shouldWaitForAReceiveThatComesLate() {
        final Pair pair = pair();
        assume(pair.a().context().device().guarantees().waitsForReceives(), pair.a().context(), "to wait for receives");
        pair.a().fill(0, 512, 3).send(1, 0, 512);
        pair.a().assertQuiet();
        pair.b().receive(2, 0, 512);
        pair.a().awaitSend().expect(1, WcOpcode.SEND);
        pair.b().awaitReceive().expect(2, WcOpcode.RECV);
        pair.b().assertFilled(0, 512, 3);
    }
}
