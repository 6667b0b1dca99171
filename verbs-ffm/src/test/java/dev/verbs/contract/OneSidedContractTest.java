package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.SendFlags;
import dev.verbs.WcOpcode;
import dev.verbs.WrOpcode;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads and writes of a peer's memory that succeed. */
class OneSidedContractTest extends VerbsTest {
    private static final int BUFFER = (1 << 20) + 8192;
    private static final int EDGE = 64;

    private Pair big() {
        return pair(PairConfig.DEFAULT.withBuffer(BUFFER));
    }

    private static int[] sizes(final Pair pair) {
        final int mtu = pair.a().port().mtu().bytes();
        return new int[] {1, 7, 8, mtu - 1, mtu, mtu + 1, 1 << 16, 1 << 20};
    }

    @Test
    @Covers({"ibv_post_send", "ibv_reg_mr"})
    void shouldWriteExactlyTheBytesThatWereAskedFor() {
        final Pair pair = big();
        assume(pair.a().context().device().guarantees().completionMeansRemote(), pair.a().context(), "data placed at completion");
        for (final int size : sizes(pair)) {
            pair.a().fill(0, size, size);
            pair.b().buffer().fill((byte)0x5A);
            pair.a().write(size, 0, size, pair.b(), EDGE);
            pair.a().awaitSend().expect(size, WcOpcode.RDMA_WRITE);
            pair.b().assertFilled(EDGE, size, size);
            assertUntouched(pair.b(), size);
        }
        pair.b().assertQuiet();
    }

    private static void assertUntouched(final Side side, final int size) {
        for (int i = 0; i < EDGE; i++) {
            assertEquals(0x5A, side.buffer().get(ValueLayout.JAVA_BYTE, i), "before, at " + i);
            assertEquals(0x5A, side.buffer().get(ValueLayout.JAVA_BYTE, EDGE + size + i), "behind, at " + i);
        }
    }

    @Test
    @Covers("ibv_post_send")
    void shouldReadExactlyTheBytesThatWereAskedFor() {
        final Pair pair = big();
        for (final int size : sizes(pair)) {
            pair.b().fill(0, size, size);
            pair.a().buffer().fill((byte)0x5A);
            pair.a().read(size, EDGE, size, pair.b(), 0);
            assertEquals(size, pair.a().awaitSend().expect(size, WcOpcode.RDMA_READ).byteLength());
            pair.a().assertFilled(EDGE, size, size);
            assertUntouched(pair.a(), size);
        }
    }

    @Test
    void shouldWriteNothing() {
        final Pair pair = pair();
        pair.b().buffer().fill((byte)0x5A);
        pair.a().write(1, 0, 0, pair.b(), 0);
        pair.a().awaitSend().expect(1, WcOpcode.RDMA_WRITE);
        assertEquals(0x5A, pair.b().buffer().get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void shouldReadNothing() {
        final Pair pair = pair();
        pair.a().buffer().fill((byte)0x5A);
        pair.a().read(1, 0, 0, pair.b(), 0);
        pair.a().awaitSend().expect(1, WcOpcode.RDMA_READ);
        assertEquals(0x5A, pair.a().buffer().get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void shouldWriteTheVeryLastByte() {
        final Pair pair = pair();
        final long last = pair.b().region().length() - 1;
        pair.a().buffer().set(ValueLayout.JAVA_BYTE, 0, (byte)99);
        pair.a().write(1, 0, 1, pair.b(), last);
        pair.a().awaitSend().expect(1, WcOpcode.RDMA_WRITE);
        pair.a().read(2, 8, 1, pair.b(), last);
        pair.a().awaitSend().expect(2, WcOpcode.RDMA_READ);
        assertEquals(99, pair.a().buffer().get(ValueLayout.JAVA_BYTE, 8));
    }

    @Test
    void shouldGatherIntoOneWrite() {
        final Pair pair = pair();
        final Side a = pair.a();
        a.fill(0, 6_000, 4);
        a.sends().clear().add(1, WrOpcode.RDMA_WRITE.code(), SendFlags.SIGNALED);
        a.sends().remote(0, pair.b().at(100), pair.b().region().rkey());
        a.sends().addLocal(0, a.at(0), 1, a.region().lkey());
        a.sends().addLocal(0, a.at(1), 2_999, a.region().lkey());
        if (DeviceProfile.of(a.context()).takesEmptyEntries()) {
            a.sends().addLocal(0, a.at(3_000), 0, a.region().lkey());
        }
        a.sends().addLocal(0, a.at(3_000), 3_000, a.region().lkey());
        a.postSends();
        a.awaitSend().expect(1, WcOpcode.RDMA_WRITE);
        pair.b().assertFilled(100, 6_000, 4);
    }

    @Test
    void shouldScatterWhatItReads() {
        final Pair pair = pair();
        final Side a = pair.a();
        assume(a.context().queryDevice().maxSgeRead() >= 3, a.context(), "READs into several entries");
        pair.b().fill(0, 5_000, 6);
        a.sends().clear().add(1, WrOpcode.RDMA_READ.code(), SendFlags.SIGNALED);
        a.sends().remote(0, pair.b().at(0), pair.b().region().rkey());
        a.sends().addLocal(0, a.at(10_000), 3, a.region().lkey());
        a.sends().addLocal(0, a.at(20_000), 4_000, a.region().lkey());
        a.sends().addLocal(0, a.at(30_000), 997, a.region().lkey());
        a.postSends();
        assertEquals(5_000, a.awaitSend().expect(1, WcOpcode.RDMA_READ).byteLength());
        final MemorySegment source = pair.b().buffer();
        assertTrue(a.buffer().asSlice(10_000, 3).mismatch(source.asSlice(0, 3)) < 0);
        assertTrue(a.buffer().asSlice(20_000, 4_000).mismatch(source.asSlice(3, 4_000)) < 0);
        assertTrue(a.buffer().asSlice(30_000, 997).mismatch(source.asSlice(4_003, 997)) < 0);
    }

    @Test
    void shouldWriteInline() {
        final Pair pair = pair(PairConfig.DEFAULT.withInline(16));
        final Side a = pair.a();
        final MemorySegment heap = MemorySegment.ofArray(new long[] {0x0102_0304_0506_0708L, -5});
        a.sends().clear().add(1, WrOpcode.RDMA_WRITE.code(), SendFlags.SIGNALED);
        a.sends().remote(0, pair.b().at(8), pair.b().region().rkey());
        a.sends().inline(0, heap, 0, 16);
        a.postSends();
        a.sends().segment().fill((byte)0);
        a.awaitSend().expect(1, WcOpcode.RDMA_WRITE);
        assertEquals(0x0102_0304_0506_0708L, pair.b().buffer().get(ValueLayout.JAVA_LONG, 8));
        assertEquals(-5, pair.b().buffer().get(ValueLayout.JAVA_LONG, 16));
    }

    @Test
    void shouldConsumeAReceiveWithAnImmediate() {
        final Pair pair = pair();
        final Side a = pair.a();
        final Side b = pair.b();
        assume(a.context().device().guarantees().hasImmediate(), a.context(), "immediates");
        a.fill(0, 3_000, 8);
        b.receives().clear().add(1); // needs no buffer
        b.postReceives();
        a.sends().clear().writeWithImm(2, a.at(0), 3_000, a.region().lkey(), b.at(512), b.region().rkey(), 0xCAFE_BABE,
            SendFlags.SIGNALED);
        a.postSends();
        a.awaitSend().expect(2, WcOpcode.RDMA_WRITE);
        final Completion received = b.awaitReceive().expect(1, WcOpcode.RECV_RDMA_WITH_IMM);
        assertTrue(received.hasImmediate());
        assertEquals(0xCAFE_BABE, received.immediate());
        assertEquals(3_000, received.byteLength());
        b.assertFilled(512, 3_000, 8);
    }

    @Test
    void shouldSignalWithAnEmptyWriteWithImmediate() {
        final Pair pair = pair();
        final Side a = pair.a();
        final Side b = pair.b();
        assume(a.context().device().guarantees().hasImmediate(), a.context(), "immediates");
        b.receive(1, 0, 8);
        a.sends().clear().writeWithImm(2, a.at(0), 0, a.region().lkey(), b.at(0), b.region().rkey(), 7, SendFlags.SIGNALED);
        a.postSends();
        a.awaitSend().expect(2, WcOpcode.RDMA_WRITE);
        final Completion received = b.awaitReceive().expect(1, WcOpcode.RECV_RDMA_WITH_IMM);
        assertEquals(7, received.immediate());
        assertEquals(0, received.byteLength());
    }

    @Test
    void shouldMakeAWriteVisibleBeforeTheSendAfterIt() {
        final Pair pair = pair();
        final Side a = pair.a();
        for (int i = 1; i <= 50; i++) {
            pair.b().receive(i, 0, 8);
            a.fill(4096, 4096, i);
            a.sends().clear().write(0, a.at(4096), 4096, a.region().lkey(), pair.b().at(4096), pair.b().region().rkey(), 0);
            a.sends().send(i, a.at(0), 8, a.region().lkey(), SendFlags.SIGNALED);
            a.postSends();
            pair.b().awaitReceive().expect(i, WcOpcode.RECV);
            pair.b().assertFilled(4096, 4096, i);
            a.awaitSend().expect(i, WcOpcode.SEND);
        }
    }

    @Test
    void shouldReadWhatWasWrittenBefore() {
        final Pair pair = pair();
        final Side a = pair.a();
        a.fill(0, 3_000, 21);
        a.sends().clear().write(1, a.at(0), 3_000, a.region().lkey(), pair.b().at(0), pair.b().region().rkey(), 0);
        a.sends().read(2, a.at(8_192), 3_000, a.region().lkey(), pair.b().at(0), pair.b().region().rkey(),
            SendFlags.SIGNALED | (DeviceProfile.of(a.context()).fencesReads() ? SendFlags.FENCE : 0));
        a.postSends();
        a.awaitSend().expect(2, WcOpcode.RDMA_READ);
        a.assertFilled(8_192, 3_000, 21);
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    void shouldQueueMoreReadsThanMayBeOutstanding() {
        final Pair pair = pair();
        final Side a = pair.a();
        pair.b().fill(0, 30 * 1_000, 3);
        a.sends().clear();
        for (int i = 0; i < 30; i++) {
            a.sends().read(i, a.at(i * 1_000L), 1_000, a.region().lkey(), pair.b().at(i * 1_000L), pair.b().region().rkey(),
                SendFlags.SIGNALED);
        }
        a.postSends();
        final List<Completion> done = a.awaitSends(30);
        for (int i = 0; i < 30; i++) {
            done.get(i).expect(i, WcOpcode.RDMA_READ);
        }
        a.assertFilled(0, 30 * 1_000, 3);
    }

    @Test
    void shouldLeaveThePeersQueuesAlone() {
        final Pair pair = pair();
        pair.b().receive(1, 0, 64);
        pair.a().write(2, 0, 64, pair.b(), 0);
        pair.a().read(3, 64, 64, pair.b(), 0);
        pair.a().awaitSends(2);
        pair.b().assertQuiet();
        assertEquals(1, pair.b().qp().inFlight());
        assertFalse(pair.a().qp().inFlight() > 0);
    }
}
