package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WcOpcode;
import dev.verbs.WorkCompletions;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists that are prepared once, patched, and posted again and again. */
class PreparedListContractTest extends VerbsTest {
    private static final int COUNT = 8;
    private static final int BYTES = 16;

    /** Writes of no bytes from the start of one side to the start of the other. */
    private static SendRequests prepared(final Pair pair, final int flags) {
        pair.a().sends().clear();
        for (int i = 0; i < COUNT; i++) {
            pair.a().sends().write(-1, pair.a().at(0), 0, pair.a().region().lkey(), pair.b().at(0), pair.b().region().rkey(), flags);
        }
        return pair.a().sends();
    }

    @Test
    void shouldPostWhatWasPatchedIntoAList() {
        final Pair pair = pair();
        assume(pair.a().context().device().guarantees().completionMeansRemote(), pair.a().context(), "data placed at completion");
        final SendRequests list = prepared(pair, SendFlags.SIGNALED);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < COUNT; i++) {
                final int slot = round * COUNT + i;
                pair.a().fill(slot * BYTES, BYTES, slot);
                list.patch(i, 100 + slot, pair.a().at(slot * BYTES), BYTES - i, pair.b().at(4096 + slot * BYTES));
            }
            list.rewind();
            assertEquals(COUNT, pair.a().qp().postSend(list));
            final List<Completion> done = pair.a().awaitSends(COUNT);
            for (int i = 0; i < COUNT; i++) {
                final int slot = round * COUNT + i;
                done.get(i).expect(100 + slot, WcOpcode.RDMA_WRITE);
                pair.b().assertFilled(4096 + slot * BYTES, BYTES - i, slot);
            }
        }
        assertEquals(0, pair.a().qp().inFlight());
    }

    @Test
    void shouldPatchMessagesAndReceives() {
        final Pair pair = pair();
        final Side a = pair.a();
        final Side b = pair.b();
        a.sends().clear().send(-1, a.at(0), 0, a.region().lkey(), SendFlags.SIGNALED);
        b.receives().clear().receive(-1, b.at(0), 0, b.region().lkey());
        for (int round = 0; round < 3; round++) {
            a.fill(round * 100, 40 + round, round);
            b.receives().patch(0, 20 + round, b.at(512 + round * 100), 60);
            b.receives().rewind();
            assertEquals(1, b.qp().postReceive(b.receives()));
            a.sends().patch(0, 10 + round, a.at(round * 100), 40 + round);
            a.sends().rewind();
            assertEquals(1, a.qp().postSend(a.sends()));
            a.awaitSend().expect(10 + round, WcOpcode.SEND);
            assertEquals(40 + round, b.awaitReceive().expect(20 + round, WcOpcode.RECV).byteLength());
            b.assertFilled(512 + round * 100, 40 + round, round);
        }
    }

    /** The completion of a signalled request gives back every request before it, whatever list they stood in. */
    @Test
    void shouldReclaimAllKindsOfPreparedLists() {
        final Pair pair = pair();
        final SendRequests list = prepared(pair, SendFlags.SIGNALED);
        for (final int signalled : new int[] {0xFF, 0x80, 0xA4, 0xFF, 0x00, 0xFF, 0x80}) {
            for (int i = 0; i < COUNT; i++) {
                list.flags(i, (signalled >> i & 1) != 0 ? SendFlags.SIGNALED : 0);
            }
            list.rewind();
            assertEquals(COUNT, pair.a().qp().postSend(list));
            pair.a().awaitSends(Integer.bitCount(signalled));
            pair.a().assertQuiet();
            assertEquals(signalled == 0 ? COUNT : 0, pair.a().qp().inFlight(), "flags 0x" + Integer.toHexString(signalled));
        }
    }

    @Test
    void shouldRefuseToPatchARequestThatIsNotInTheList() {
        final SendRequests list = prepared(pair(), 0);
        for (final int index : new int[] {-1, COUNT, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> list.patch(index, 0, 0, 0, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> list.patch(index, 0, 0, 0));
        }
        list.clear();
        assertThrows(IndexOutOfBoundsException.class, () -> list.patch(0, 0, 0, 0, 0));
    }

    @Test
    void shouldRefuseToPatchALengthThatNoEntryHas() {
        final SendRequests list = prepared(pair(), 0);
        for (final long length : new long[] {-1, 1L << 32, Long.MIN_VALUE}) {
            final String reason = assertThrows(IllegalArgumentException.class, () -> list.patch(0, 0, 0, length, 0)).getMessage();
            assertTrue(reason.contains(Long.toString(length)), reason);
            assertThrows(IllegalArgumentException.class, () -> list.patch(0, 0, 0, length));
        }
        list.patch(0, 0, 0, (1L << 32) - 1, 0);
    }

    @Test
    void shouldRefuseToPatchAnEntryThatTheListHasNoRoomFor() {
        try (Arena arena = Arena.ofConfined()) {
            final SendRequests list = SendRequests.allocate(arena, 1, 0);
            list.add(0, 0, 0);
            assertThrows(IndexOutOfBoundsException.class, () -> list.patch(0, 0, 0, 0, 0));
            final ReceiveRequests receives = ReceiveRequests.allocate(arena, 1, 0);
            receives.add(0);
            assertThrows(IndexOutOfBoundsException.class, () -> receives.patch(0, 0, 0, 0));
        }
    }

    @Test
    void shouldRefuseAListWhoseArenaIsClosed() {
        final Side a = pair().a();
        for (final Arena arena : List.of(Arena.ofConfined(), Arena.ofShared())) {
            final SendRequests list = SendRequests.allocate(arena, 1, 1);
            list.send(1, a.at(0), 8, a.region().lkey(), SendFlags.SIGNALED);
            final ReceiveRequests receives = ReceiveRequests.allocate(arena, 1, 1);
            receives.receive(1, a.at(0), 8, a.region().lkey());
            arena.close();
            assertThrows(IllegalStateException.class, () -> list.patch(0, 0, 0, 0, 0));
            assertThrows(IllegalStateException.class, () -> receives.patch(0, 0, 0, 0));
            assertThrows(IllegalStateException.class, () -> a.qp().postSend(list));
            assertThrows(IllegalStateException.class, () -> a.qp().postReceive(receives));
            assertEquals(0, a.qp().inFlight(), "nothing was posted, so nothing is in flight");
        }
    }

    @Test
    void shouldRefuseCompletionsWhoseArenaIsClosed() {
        final Side a = pair().a();
        final CompletionQueue cq = a.qp().config().sendCq();
        for (final Arena arena : List.of(Arena.ofConfined(), Arena.ofShared())) {
            final WorkCompletions completions = WorkCompletions.allocate(arena, 4);
            assertEquals(0, cq.poll(completions));
            arena.close();
            assertThrows(IllegalStateException.class, () -> completions.wrId(0));
            assertThrows(IllegalStateException.class, () -> cq.poll(completions));
        }
        a.assertQuiet();
    }

    @Test
    void shouldRefuseMemoryOfAnotherThread() {
        final Side a = pair().a();
        try (Arena arena = Arena.ofConfined()) {
            final SendRequests list = SendRequests.allocate(arena, 1, 1);
            list.send(1, a.at(0), 0, a.region().lkey(), SendFlags.SIGNALED);
            final WorkCompletions completions = WorkCompletions.allocate(arena, 1);
            Waiting.start("stranger", () -> {
                assertThrows(WrongThreadException.class, () -> list.patch(0, 0, 0, 0));
                assertThrows(WrongThreadException.class, () -> a.qp().postSend(list));
                assertThrows(WrongThreadException.class, () -> a.qp().config().sendCq().poll(completions));
                return true;
            }).get();
        }
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    void shouldRefuseToReadACompletionThatIsNotInTheArray() {
        try (Arena arena = Arena.ofConfined()) {
            final WorkCompletions completions = WorkCompletions.allocate(arena, 2);
            for (final int index : new int[] {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                assertThrows(IndexOutOfBoundsException.class, () -> completions.wrId(index));
                assertThrows(IndexOutOfBoundsException.class, () -> completions.isSuccess(index));
            }
        }
    }
}
