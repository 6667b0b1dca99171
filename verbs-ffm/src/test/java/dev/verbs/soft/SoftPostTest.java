package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.RcTuning;
import dev.verbs.RecvWrDescriptor;
import dev.verbs.SendFlags;
import dev.verbs.SendWrDescriptor;
import dev.verbs.WcStatus;
import dev.verbs.WrOpcode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists that are not as they should be, and queues that are full. */
class SoftPostTest {
    private final SoftPair pair = new SoftPair(RcTuning.DEFAULT);
    private final SoftPair.End a = pair.a();
    private final SoftPair.End b = pair.b();

    @AfterEach
    void close() {
        pair.close();
    }

    private void writes(final int count, final int flags) {
        a.sends.clear();
        for (int i = 0; i < count; i++) {
            a.sends.write(i, a.at(8L * i), 8, a.region.lkey(), b.at(8L * i), b.region.rkey(), flags);
        }
    }

    private void expectStop(final int accepted, final int errno) {
        assertEquals(accepted, a.qp.postSend(a.sends));
        assertEquals(errno, a.sends.errno());
        for (int i = 0; i < accepted; i++) {
            a.expect(i, WcStatus.SUCCESS);
        }
        a.expectNothing();
    }

    @Test
    void shouldRefuseARequestWhoseNextLeavesTheList() {
        final long base = a.sends.segment().address();
        for (final long next : new long[] {1, -1, base - 8, base + a.sends.segment().byteSize() - SendWrDescriptor.SIZE + 8,
            base + 68, Long.MIN_VALUE}) {
            writes(4, SendFlags.SIGNALED);
            SendWrDescriptor.next(a.sends.segment(), a.sends.offset(2), next);
            expectStop(2, Errno.EFAULT);
        }
    }

    @Test
    void shouldFollowNextByAddress() {
        writes(4, SendFlags.SIGNALED);
        SendWrDescriptor.next(a.sends.segment(), a.sends.offset(0), a.sends.segment().address() + a.sends.offset(2));
        SendWrDescriptor.next(a.sends.segment(), a.sends.offset(2), 0);
        a.qp.postSend(a.sends);
        a.expect(0, WcStatus.SUCCESS);
        a.expect(2, WcStatus.SUCCESS);
        a.expectNothing();
    }

    @Test
    void shouldEndACycleWhenTheQueueIsFull() {
        writes(2, SendFlags.SIGNALED);
        SendWrDescriptor.next(a.sends.segment(), a.sends.offset(1), a.sends.segment().address() + a.sends.offset(0));
        a.qp.postSend(a.sends);
        assertEquals(Errno.ENOMEM, a.sends.errno());
        for (int i = 0; i < a.qp.config().maxSendWr(); i++) {
            a.expect(i % 2, WcStatus.SUCCESS);
        }
        a.expectNothing();
    }

    @Test
    void shouldRefuseCountsAndLists() {
        for (final int entries : new int[] {-1, Integer.MIN_VALUE, 5, Integer.MAX_VALUE}) {
            writes(3, SendFlags.SIGNALED);
            SendWrDescriptor.numSge(a.sends.segment(), a.sends.offset(1), entries);
            expectStop(1, Errno.EINVAL);
            b.receives.clear().receive(1, b.at(0), 8, b.region.lkey());
            RecvWrDescriptor.numSge(b.receives.segment(), b.receives.offset(0), entries);
            assertEquals(0, b.qp.postReceive(b.receives));
            assertEquals(Errno.EINVAL, b.receives.errno());
        }
        writes(2, SendFlags.SIGNALED);
        SendWrDescriptor.sgList(a.sends.segment(), a.sends.offset(1), 4);
        expectStop(1, Errno.EFAULT);
        b.receives.clear().receive(1, b.at(0), 8, b.region.lkey());
        RecvWrDescriptor.sgList(b.receives.segment(), b.receives.offset(0), 4);
        assertEquals(0, b.qp.postReceive(b.receives));
        assertEquals(Errno.EFAULT, b.receives.errno());
    }

    @Test
    void shouldKeepPlacesUntilASignalledCompletionWasPolled() {
        final int depth = a.qp.config().maxSendWr();
        writes(depth + 3, 0);
        assertEquals(depth, a.qp.postSend(a.sends));
        assertEquals(Errno.ENOMEM, a.sends.errno());
        assertEquals(0, a.qp.postSend(a.sends), "unsignalled requests give nothing back");
        a.expectNothing();
        a.qp.modify(new QpAttributes().state(QpState.ERR));
        a.qp.modify(new QpAttributes().state(QpState.RESET));
        assertEquals(0, a.qp.inFlight());
    }

    @Test
    void shouldReclaimWithASignalledCompletion() {
        writes(16, 0);
        a.sends.flags(7, SendFlags.SIGNALED);
        assertEquals(16, a.qp.postSend(a.sends));
        writes(1, SendFlags.SIGNALED);
        assertEquals(0, a.qp.postSend(a.sends));
        a.expect(7, WcStatus.SUCCESS);
        assertEquals(8, a.qp.inFlight());
        assertEquals(1, a.qp.postSend(a.sends));
        a.expect(0, WcStatus.SUCCESS);
    }

    @Test
    void shouldRefuseInStatesThatTakeNothing() {
        a.qp.modify(new QpAttributes().state(QpState.RESET));
        writes(1, SendFlags.SIGNALED);
        expectStop(0, Errno.EINVAL);
        a.receives.clear().receive(1, a.at(0), 8, a.region.lkey());
        assertEquals(0, a.qp.postReceive(a.receives));
        assertEquals(Errno.EINVAL, a.receives.errno());
        dev.verbs.RcEndpoint.init(a.qp, pair.port(), 0);
        expectStop(0, Errno.EINVAL);
        assertEquals(1, a.qp.postReceive(a.receives));
        a.qp.modify(new QpAttributes().state(QpState.ERR));
        a.expect(1, WcStatus.WR_FLUSH_ERR);
    }

    @Test
    void shouldTakeInlineDataFromTheListOrFromARegion() {
        a.buffer.set(ValueLayout.JAVA_LONG, 64, 99);
        a.sends.clear();
        a.sends.inline(a.sends.write(0, 0, 0, 0, b.at(0), b.region.rkey(), SendFlags.SIGNALED),
            MemorySegment.ofArray(new long[] {98}), 0, 8);
        a.sends.write(1, a.at(64), 8, 0, b.at(8), b.region.rkey(), SendFlags.SIGNALED | SendFlags.INLINE);
        assertEquals(2, a.qp.postSend(a.sends));
        a.expect(0, WcStatus.SUCCESS);
        a.expect(1, WcStatus.SUCCESS);
        assertEquals(98, b.buffer.get(ValueLayout.JAVA_LONG, 0));
        assertEquals(99, b.buffer.get(ValueLayout.JAVA_LONG, 8));
        try (Arena arena = Arena.ofConfined()) {
            a.sends.clear().write(0, arena.allocate(8).address(), 8, 0, b.at(8), b.region.rkey(), SendFlags.INLINE);
            expectStop(0, Errno.EFAULT);
        }
        a.sends.clear().write(0, a.at(0), 65, 0, b.at(8), b.region.rkey(), SendFlags.INLINE);
        expectStop(0, Errno.EINVAL);
        assertEquals(64, a.qp.config().maxInlineData());
    }

    @Test
    void shouldRefuseMalformedAtomicsAndBinds() {
        for (final int opcode : new int[] {WrOpcode.BIND_MW.code(), WrOpcode.ATOMIC_FETCH_AND_ADD.code()}) {
            writes(1, SendFlags.SIGNALED);
            SendWrDescriptor.opcode(a.sends.segment(), a.sends.offset(0), opcode);
            SendWrDescriptor.remoteAddress(a.sends.segment(), a.sends.offset(0), b.at(4));
            expectStop(0, Errno.EINVAL);
        }
    }

    /** Memory of a confined arena cannot be reached from another thread: that is an error completion, not an exception. */
    @Test
    void shouldFailWhereTheThreadMayNotReachTheMemory() throws InterruptedException {
        try (Arena confined = Arena.ofConfined();
            dev.verbs.MemoryRegion region = b.domain.registerMemory(confined.allocate(64), SoftPair.ALL)) {
            a.sends.clear().write(1, a.at(0), 8, a.region.lkey(), region.address(), region.rkey(), SendFlags.SIGNALED);
            final Thread other = Thread.ofPlatform().start(() -> a.qp.postSend(a.sends));
            other.join();
            a.expect(1, WcStatus.REM_ACCESS_ERR);
        }
    }
}
