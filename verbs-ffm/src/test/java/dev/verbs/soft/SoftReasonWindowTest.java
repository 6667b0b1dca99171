package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.QpAttributes;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcTuning;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.SrqConfig;
import dev.verbs.UdEndpoint;
import dev.verbs.WcStatus;
import dev.verbs.WindowBinding;
import dev.verbs.WorkCompletions;
import dev.verbs.WrOpcode;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reasons of windows, atomics and datagrams, of memory that a thread cannot reach, and of posts that are refused. */
class SoftReasonWindowTest {
    private static final int ATOMIC = SoftPair.ALL | AccessFlags.REMOTE_ATOMIC | AccessFlags.MW_BIND;

    private final SoftPair pair = new SoftPair(RcTuning.DEFAULT);
    private final SoftPair.End a = pair.a();
    private final SoftPair.End b = pair.b();

    @AfterEach
    void close() {
        pair.close();
    }

    private static String reason(final SoftPair.End end, final WcStatus status) {
        final WorkCompletions one = WorkCompletions.allocate(end.arena, 1);
        assertEquals(1, end.cq.poll(one), "no completion");
        assertEquals(status, one.status(0), () -> one.describe(0));
        assertTrue(one.vendorError(0) != 0);
        return one.reason(0);
    }

    private static String hex(final int key) {
        return "0x" + Integer.toHexString(key);
    }

    private static void bind(final SoftPair.End end, final MemoryWindow window, final int next, final WindowBinding binding) {
        end.sends.clear().bindWindow(3, window, next, binding, SendFlags.SIGNALED);
        assertEquals(1, end.qp.postSend(end.sends), () -> end.qp.explain(end.sends));
        window.bound(next);
    }

    private String write(final int rkey, final long remote, final long length) {
        a.sends.clear().write(1, a.at(0), length, a.region.lkey(), remote, rkey, 0);
        assertEquals(1, a.qp.postSend(a.sends));
        return reason(a, WcStatus.REM_ACCESS_ERR);
    }

    /** A window of 64 bytes from offset 128 of a region, bound by side b; the reason why a cannot write there. */
    private String refused(final int access, final int tag, final long offset, final long length) {
        try (MemoryRegion region = b.domain.registerMemory(b.buffer, ATOMIC);
            MemoryWindow window = b.domain.allocateMemoryWindow(MemoryWindowType.TYPE_2)) {
            bind(b, window, window.rkey() ^ 1, WindowBinding.of(region, 128, 64, access));
            b.expect(3, WcStatus.SUCCESS);
            return write(window.rkey() ^ tag, region.address() + 128 + offset, length).replace(hex(window.rkey()), "KEY")
                .replace(hex(window.rkey() ^ tag), "OTHER");
        }
    }

    @Test
    void shouldSayWhereAWindowEnds() {
        assertEquals("the memory window with key KEY opens 64 bytes: 16 bytes from offset 60 end 12 bytes behind it",
            refused(AccessFlags.REMOTE_WRITE, 0, 60, 16));
    }

    @Test
    void shouldNameTheAccessThatAWindowLacks() {
        assertEquals("REMOTE_WRITE is missing in the access flags of the memory window with key KEY (it has REMOTE_READ)",
            refused(AccessFlags.REMOTE_READ, 0, 0, 16));
    }

    @Test
    void shouldTellAnOldKeyOfAWindow() {
        assertEquals("rkey OTHER is not what the memory window in its place has: its key is KEY",
            refused(AccessFlags.REMOTE_WRITE, 1, 0, 16));
    }

    @Test
    void shouldSayThatAWindowIsNotBound() {
        try (MemoryWindow window = b.domain.allocateMemoryWindow(MemoryWindowType.TYPE_2)) {
            assertEquals("the memory window with key " + hex(window.rkey()) + " is not bound", write(window.rkey(), b.at(0), 8));
        }
    }

    @Test
    void shouldNameTheQueuePairThatAWindowIsBoundTo() {
        try (MemoryRegion region = a.domain.registerMemory(a.buffer, ATOMIC);
            QueuePair other = a.domain.createQueuePair(QueuePairConfig.rc(a.cq, 4, 4));
            MemoryWindow window = a.domain.allocateMemoryWindow(MemoryWindowType.TYPE_2)) {
            dev.verbs.RcEndpoint.init(other, pair.port(), SoftPair.ALL);
            dev.verbs.RcEndpoint.of(other, pair.port(), 5).connect(other, pair.port(), 5, RcTuning.DEFAULT);
            bind(a, window, window.rkey() ^ 1, WindowBinding.of(region, 0, 64, AccessFlags.REMOTE_WRITE));
            a.expect(3, WcStatus.SUCCESS);
            a.sends.clear().write(1, a.at(0), 8, a.region.lkey(), region.address(), window.rkey(), 0);
            assertEquals(1, other.postSend(a.sends));
            assertEquals("the memory window with key " + hex(window.rkey()) + " is bound to QP 17, not to QP 19",
                reason(a, WcStatus.REM_ACCESS_ERR));
        }
    }

    @Test
    void shouldSayWhyARegionTakesNoWindow() {
        try (MemoryWindow window = a.domain.allocateMemoryWindow(MemoryWindowType.TYPE_2)) {
            bind(a, window, window.rkey() ^ 1, WindowBinding.of(a.region, 0, 64, AccessFlags.REMOTE_WRITE));
            assertEquals("MW_BIND is missing in the access flags of region#1 of 65536 bytes (it has "
                + "LOCAL_WRITE|REMOTE_WRITE|REMOTE_READ)", reason(a, WcStatus.MW_BIND_ERR));
        }
    }

    @Test
    void shouldSayWhyAnAtomicIsRefused() {
        a.sends.clear().compareAndSwap(1, a.at(0), a.region.lkey(), b.at(0), b.region.rkey(), 0, 1, 0);
        assertEquals(1, a.qp.postSend(a.sends));
        assertEquals("QP 18 does not allow REMOTE_ATOMIC to its peer: its access flags are LOCAL_WRITE|REMOTE_WRITE|REMOTE_READ",
            reason(a, WcStatus.REM_INV_REQ_ERR));
    }

    @Test
    void shouldSayThatARequestNamesNoAddressHandle() {
        try (QueuePair qp = a.domain.createQueuePair(new QueuePairConfig(QpType.UD, a.cq, a.cq, 8, 8, 1, 1, 0, false))) {
            UdEndpoint.init(qp, pair.port(), 1);
            UdEndpoint.start(qp, 0);
            a.sends.clear();
            a.sends.send(1, a.at(0), 8, a.region.lkey(), SendFlags.SIGNALED);
            assertEquals(0, qp.postSend(a.sends));
            assertEquals("EINVAL at request 0 of 1: the request names no open address handle of PD 1", qp.explain(a.sends));
        }
    }

    @Test
    void shouldSayThatAThreadCannotReachMemory() throws InterruptedException {
        try (Arena mine = Arena.ofConfined();
            MemoryRegion region = a.domain.registerMemory(mine.allocate(64), SoftPair.ALL)) {
            a.sends.clear().write(1, region.address(), 8, region.lkey(), b.at(0), b.region.rkey(), 0);
            final Thread other = new Thread(() -> a.qp.postSend(a.sends));
            other.start();
            other.join();
            assertEquals("the requester's registered memory cannot be reached from the thread that posted or polled: its arena is confined "
                + "to another thread, or closed", reason(a, WcStatus.LOC_PROT_ERR));
        }
    }

    @Test
    void shouldSayThatTheSendQueueIsFull() {
        a.sends.clear();
        for (int i = 0; i < 17; i++) {
            a.sends.write(i, a.at(0), 0, 0, b.at(0), 0, 0);
        }
        assertEquals(16, a.qp.postSend(a.sends));
        assertEquals("ENOMEM at request 16 of 17: the send queue is full: all of its 16 places are taken, and a place is free again when a "
            + "completion at or behind its request was polled", a.qp.explain(a.sends));
    }

    @Test
    void shouldSayThatTheReceiveQueueIsFull() {
        for (int i = 0; i < 16; i++) {
            b.receive(i, 0, 8);
        }
        b.receives.clear().receive(17, b.at(0), 8, b.region.lkey());
        assertEquals(0, b.qp.postReceive(b.receives));
        assertTrue(b.qp.explain(b.receives).startsWith("ENOMEM at request 0 of 1: the receive queue is full: all of its 16 places"),
            b.qp.explain(b.receives));
    }

    @Test
    void shouldSayThatASharedQueueIsFull() {
        try (SharedReceiveQueue srq = b.domain.createSharedReceiveQueue(new SrqConfig(1, 1, 0))) {
            int accepted = 0;
            do {
                b.receives.clear().receive(accepted, b.at(0), 8, b.region.lkey());
                accepted++;
            } while (srq.postReceive(b.receives) == 1 && accepted < 100);
            assertTrue(srq.explain(b.receives).startsWith("ENOMEM at request 0 of 1: the receive queue is full: all of its "),
                srq.explain(b.receives));
        }
    }

    @Test
    void shouldNameTheStateThatTakesNoSends() {
        try (QueuePair qp = a.domain.createQueuePair(QueuePairConfig.rc(a.cq, 4, 4))) {
            a.sends.clear().write(1, a.at(0), 0, 0, b.at(0), 0, 0);
            assertEquals(0, qp.postSend(a.sends));
            assertEquals("EINVAL at request 0 of 1: QP 19 is in RESET: sends are taken in RTS, SQD, SQE and ERR", qp.explain(a.sends));
            a.receives.clear().receive(1, a.at(0), 8, a.region.lkey());
            assertEquals(0, qp.postReceive(a.receives));
            assertEquals("EINVAL at request 0 of 1: QP 19 is in RESET: receives are taken from INIT on", qp.explain(a.receives));
        }
    }

    @Test
    void shouldCountEntriesAndInlineBytes() {
        final SendRequests wide = SendRequests.allocate(a.arena, 2, 5, 128);
        final int first = wide.add(1, WrOpcode.SEND.code(), 0);
        for (int i = 0; i < 5; i++) {
            wide.addLocal(first, a.at(0), 1, a.region.lkey());
        }
        assertEquals(0, a.qp.postSend(wide));
        assertEquals("EINVAL at request 0 of 1: num_sge 5 is not in 0 .. 4, which the queue was made for", a.qp.explain(wide));
        wide.clear();
        wide.addLocal(wide.add(1, WrOpcode.SEND.code(), SendFlags.INLINE), a.at(0), 65, 0);
        assertEquals(0, a.qp.postSend(wide));
        assertEquals("EINVAL at request 0 of 1: 65 bytes of inline data are more than the 64 that the queue pair was made for",
            a.qp.explain(wide));
    }

    @Test
    void shouldNameWhatLimitsReads() {
        b.qp.modify(new QpAttributes().state(dev.verbs.QpState.RESET));
        dev.verbs.RcEndpoint.init(b.qp, pair.port(), SoftPair.ALL);
        dev.verbs.RcEndpoint.of(a.qp, pair.port(), SoftPair.PSN).connect(b.qp, pair.port(), 5, new RcTuning(14, 7, 7, 12, 0, 0));
        b.sends.clear().read(1, b.at(0), 8, b.region.lkey(), a.at(0), a.region.rkey(), 0);
        assertEquals(1, b.qp.postSend(b.sends));
        assertEquals("max_rd_atomic of QP 18 is 0: it can neither read nor do atomics", reason(b, WcStatus.LOC_QP_OP_ERR));
    }
}
