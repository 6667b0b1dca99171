package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.Errno;
import dev.verbs.RecvWrDescriptor;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SendWrDescriptor;
import dev.verbs.SgeDescriptor;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Lists whose memory was damaged after they were filled. Every provider reads the same bytes as C does; the expected values are
 * those of rdma-core 44 on rxe ({@code rxe_post_send}, {@code validate_send_wr}).
 */
class CorruptListContractTest extends VerbsTest {
    private static final int COUNT = 6;

    /** A list of signalled writes that would all succeed. */
    private static SendRequests writes(final Pair pair) {
        final Side a = pair.a();
        a.sends().clear();
        for (int i = 0; i < COUNT; i++) {
            a.sends().write(i, a.at(0), 64, a.region().lkey(), pair.b().at(i * 64L), pair.b().region().rkey(), SendFlags.SIGNALED);
        }
        return a.sends();
    }

    private static void chain(final SendRequests list, final int from, final int to) {
        SendWrDescriptor.next(list.segment(), list.offset(from), to < 0 ? 0 : list.segment().address() + list.offset(to));
    }

    private static void assertDone(final Side side, final long... ids) {
        final List<Completion> done = side.awaitSends(ids.length);
        for (int i = 0; i < ids.length; i++) {
            done.get(i).expect(ids[i], WcOpcode.RDMA_WRITE);
        }
        side.assertQuiet();
        assertEquals(0, side.qp().inFlight());
    }

    /** The queue pair was not harmed by a refused post. */
    private static void assertHealthy(final Pair pair) {
        pair.a().fill(0, 64, 13).write(1000, 0, 64, pair.b(), 4096);
        pair.a().awaitSend().expect(1000, WcOpcode.RDMA_WRITE);
        pair.b().assertFilled(4096, 64, 13);
        assertEquals(0, pair.a().qp().inFlight());
    }

    @Test
    @Covers("ibv_post_send")
    void shouldPostSendsUpToWhereTheChainIsCutAndTheRestLater() {
        final Pair pair = pair();
        final SendRequests list = writes(pair);
        chain(list, 2, -1);
        assertEquals(3, pair.a().qp().postSend(list));
        assertEquals(0, list.errno());
        assertEquals(3, list.remaining());
        assertDone(pair.a(), 0, 1, 2);
        assertEquals(3, pair.a().qp().postSend(list));
        assertEquals(0, list.remaining());
        assertDone(pair.a(), 3, 4, 5);
    }

    @Test
    @Covers("ibv_post_recv")
    void shouldPostReceivesUpToWhereTheChainIsCut() {
        final Pair pair = pair();
        final Side b = pair.b();
        b.receives().clear();
        for (int i = 0; i < COUNT; i++) {
            b.receives().receive(i, b.at(i * 64L), 64, b.region().lkey());
        }
        RecvWrDescriptor.next(b.receives().segment(), b.receives().offset(1), 0);
        assertEquals(2, b.qp().postReceive(b.receives()));
        assertEquals(0, b.receives().errno());
        assertEquals(4, b.receives().remaining());
        assertEquals(2, b.qp().inFlight());
        b.qp().modify(PairConfig.toError());
        assertEquals(List.of(0L, 1L), b.awaitReceives(2).stream().map(Completion::wrId).toList());
        b.assertQuiet();
        assertEquals(0, b.qp().inFlight());
    }

    @Test
    void shouldNotPostARequestThatTheChainSkips() {
        final Pair pair = pair();
        final SendRequests list = writes(pair);
        chain(list, 1, 3);
        assertEquals(COUNT - 1, pair.a().qp().postSend(list));
        assertEquals(0, list.errno());
        assertDone(pair.a(), 0, 1, 3, 4, 5);
    }

    @Test
    void shouldReportARefusalBehindASkippedRequestByPosition() {
        final Pair pair = pair();
        final SendRequests list = writes(pair);
        chain(list, 0, 2);
        SendWrDescriptor.numSge(list.segment(), list.offset(4), tooMany(pair));
        assertEquals(3, pair.a().qp().postSend(list)); // 0, 2, 3
        assertEquals(Errno.EINVAL, list.errno());
        assertDone(pair.a(), 0, 2, 3);
    }

    @Test
    void shouldGoRoundACycleUntilTheQueueIsFull() {
        final Pair pair = pair(PairConfig.DEFAULT.withDepth(15, 63));
        final Side a = pair.a();
        assume(a.context().device().guarantees().waitsForReceives(), a.context(), "to wait for receives");
        a.sends().clear();
        for (int i = 0; i < 4; i++) {
            a.sends().send(i, a.at(0), 8, a.region().lkey(), SendFlags.SIGNALED); // wait: nothing is posted at the peer
        }
        chain(a.sends(), 3, 1);
        final int depth = a.qp().config().maxSendWr(); // as granted: mlx5 rounds up
        final int accepted = a.qp().postSend(a.sends());
        assertEquals(Errno.ENOMEM, a.sends().errno());
        for (int i = 0; i < 48; i++) {
            pair.b().receive(i, 0, 8);
        }
        final List<Completion> done = a.awaitSends(depth);
        for (int i = 0; i < depth; i++) {
            done.get(i).expect(i == 0 ? 0 : 1 + (i - 1) % 3, WcOpcode.SEND);
        }
        a.assertQuiet();
        assertEquals(1 + (depth - 1) % 3, accepted, "the place in the list of the request that found the queue full");
        pair.b().awaitReceives(depth);
    }

    private static int tooMany(final Pair pair) {
        return DeviceProfile.of(pair.a().context()).refusedEntries(pair.a().context(), pair.a().qp().config().maxSendSge());
    }

    private void refuseEntries(final int numSge) {
        final Pair pair = pair();
        final SendRequests list = writes(pair);
        SendWrDescriptor.numSge(list.segment(), list.offset(2), numSge < 0 ? numSge : tooMany(pair));
        assertEquals(2, pair.a().qp().postSend(list));
        assertEquals(Errno.EINVAL, list.errno());
        assertEquals(COUNT - 2, list.remaining());
        assertEquals(2, list.first());
        assertDone(pair.a(), 0, 1);
        SendWrDescriptor.numSge(list.segment(), list.offset(2), 1);
        assertEquals(4, pair.a().qp().postSend(list), "after the repair");
        assertDone(pair.a(), 2, 3, 4, 5);
        assertHealthy(pair);
    }

    @Test
    void shouldRefuseASendWithTooManyEntriesAndAcceptThoseBeforeIt() {
        refuseEntries(Integer.MAX_VALUE);
    }

    @Test
    void shouldRefuseASendWithANegativeNumberOfEntries() {
        refuseEntries(-1);
    }

    @Test
    void shouldRefuseAReceiveWithTooManyEntriesOrANegativeNumber() {
        final Pair pair = pair();
        final Side b = pair.b();
        final int tooMany = DeviceProfile.of(b.context()).refusedEntries(b.context(), b.qp().config().maxReceiveSge());
        final int negative = DeviceProfile.of(b.context()).refusesNegativeEntries() ? -1 : tooMany;
        for (final int numSge : new int[] {tooMany, negative}) {
            b.receives().clear();
            b.receives().receive(1, b.at(0), 64, b.region().lkey());
            b.receives().receive(2, b.at(64), 64, b.region().lkey());
            RecvWrDescriptor.numSge(b.receives().segment(), b.receives().offset(1), numSge);
            assertEquals(1, b.qp().postReceive(b.receives()));
            assertEquals(Errno.EINVAL, b.receives().errno());
            assertEquals(1, b.receives().remaining());
        }
        assertEquals(2, b.qp().inFlight());
    }

    @Test
    void shouldSendNothingWithoutEntries() {
        final Pair pair = pair();
        final Side a = pair.a();
        pair.b().receive(1, 0, 64);
        a.sends().clear().send(2, a.at(0), 64, a.region().lkey(), SendFlags.SIGNALED);
        SendWrDescriptor.numSge(a.sends().segment(), a.sends().offset(0), 0);
        a.postSends();
        a.awaitSend().expect(2, WcOpcode.SEND);
        assertEquals(0, pair.b().awaitReceive().expect(1, WcOpcode.RECV).byteLength());
    }

    @Test
    void shouldFailARequestWhoseKeyWasDamagedAndFlushTheRest() {
        final Pair pair = pair();
        final Side a = pair.a();
        assume(a.context().device().guarantees().flushesAfterError(), a.context(), "flushes after errors");
        final SendRequests list = writes(pair);
        SgeDescriptor.set(list.segment(), list.sgeOffset(0, 0), a.at(0), 64, a.region().lkey() ^ 0x33);
        a.postSends();
        final List<Completion> done = a.awaitSends(COUNT);
        done.getFirst().expectError(0, DeviceProfile.of(a.context()).localKey(), a.qp().number());
        for (int i = 1; i < COUNT; i++) {
            done.get(i).expectError(i, WcStatus.WR_FLUSH_ERR, a.qp().number());
        }
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    void shouldFailARequestWhoseAddressWasDamaged() {
        final Pair pair = pair();
        final Side a = pair.a();
        assume(a.context().device().guarantees().flushesAfterError(), a.context(), "flushes after errors");
        final SendRequests list = writes(pair);
        SgeDescriptor.set(list.segment(), list.sgeOffset(0, 0), 0x10, 64, a.region().lkey());
        a.postSends();
        a.awaitSends(COUNT).getFirst().expectError(0, DeviceProfile.of(a.context()).localRange(), a.qp().number());
    }

    /** Not on siw: libsiw's push_send_wqe() reads beyond the end of its table of opcodes. */
    @Test
    void shouldFailARequestWithAnUnknownOpcode() {
        final Pair pair = pair();
        final Side a = pair.a();
        assumeTrue(DeviceProfile.of(a.context()).unknownOpcode() != null, "libsiw reads beyond its table of opcodes");
        a.sends().clear().send(9, a.at(0), 64, a.region().lkey(), SendFlags.SIGNALED);
        SendWrDescriptor.opcode(a.sends().segment(), a.sends().offset(0), 77);
        a.postSends();
        final Completion failed = a.awaitSend();
        final WcStatus expected = DeviceProfile.of(a.context()).unknownOpcode();
        failed.expectError(9, expected, a.qp().number());
        Refusal.says(new AssertionError(failed.description()), expected.name(), expected.explanation());
        pair.b().assertQuiet();
    }

    @Test
    void shouldIgnoreUnknownFlags() {
        final Pair pair = pair();
        final SendRequests list = writes(pair);
        for (int i = 0; i < COUNT; i++) {
            list.flags(i, SendFlags.SIGNALED | 1 << 20);
        }
        assertEquals(COUNT, pair.a().qp().postSend(list));
        assertDone(pair.a(), 0, 1, 2, 3, 4, 5);
        assertTrue(pair.a().qp().isOpen());
    }
}
