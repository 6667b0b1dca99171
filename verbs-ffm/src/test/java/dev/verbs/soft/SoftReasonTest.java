package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.CompletionQueue;
import dev.verbs.ExtendedCompletionQueue;
import dev.verbs.ExtendedCqConfig;
import dev.verbs.MemoryRegion;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.RcTuning;
import dev.verbs.SendFlags;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.WrOpcode;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every refusal has a reason of its own, with the numbers of the case; its completion leads to it, on either side. */
class SoftReasonTest {
    private SoftPair pair = new SoftPair(RcTuning.DEFAULT.withRetries(14, 2, 1));
    private SoftPair.End a = pair.a();
    private SoftPair.End b = pair.b();

    @AfterEach
    void close() {
        pair.close();
    }

    /** Posts one unsignalled request of one entry. */
    private void post(final WrOpcode opcode, final long address, final long length, final int lkey, final long remote,
        final int rkey) {
        a.sends.clear();
        final int index = a.sends.add(1, opcode.code(), 0);
        a.sends.addLocal(index, address, length, lkey);
        a.sends.remote(index, remote, rkey);
        assertEquals(1, a.qp.postSend(a.sends), () -> "errno " + a.sends.errno());
    }

    private void write(final int lkey, final int rkey, final long remote, final long length) {
        post(WrOpcode.RDMA_WRITE, a.at(0), length, lkey, remote, rkey);
    }

    /** Polls one failed completion; returns its reason. */
    private static String reason(final SoftPair.End end, final long wrId, final WcStatus status) {
        final WorkCompletions one = WorkCompletions.allocate(end.arena, 1);
        assertEquals(1, end.cq.poll(one), "no completion");
        assertEquals(wrId, one.wrId(0), () -> one.describe(0));
        assertEquals(status, one.status(0), () -> one.describe(0));
        assertNotEquals(0, one.vendorError(0));
        assertEquals(end.cq.vendorReason(one.vendorError(0)), one.reason(0));
        assertTrue(one.describe(0).contains(one.reason(0)), one.describe(0));
        return one.reason(0);
    }

    private String sent(final WcStatus status) {
        return reason(a, 1, status);
    }

    private static String hex(final int key) {
        return "0x" + Integer.toHexString(key);
    }

    @Test
    void shouldSayWhereALocalRangeEnds() {
        post(WrOpcode.RDMA_WRITE, a.at(65_530), 64, a.region.lkey(), b.at(0), b.region.rkey());
        assertEquals("entry 0 of 1: lkey " + hex(a.region.lkey())
            + " names region#1 of 65536 bytes: 64 bytes from offset 65530 end 58 bytes behind it", sent(WcStatus.LOC_PROT_ERR));
    }

    @Test
    void shouldSayWhereARemoteRangeBegins() {
        write(a.region.lkey(), b.region.rkey(), b.at(-3), 8);
        assertEquals("rkey " + hex(b.region.rkey()) + " names region#2 of 65536 bytes: 8 bytes from offset -3 begin 3 bytes before it",
            sent(WcStatus.REM_ACCESS_ERR));
    }

    @Test
    void shouldSayWhereARemoteRangeEnds() {
        write(a.region.lkey(), b.region.rkey(), b.at(65_000), 1_000);
        assertEquals("rkey " + hex(b.region.rkey()) + " names region#2 of 65536 bytes: 1000 bytes from offset 65000 end 464 bytes "
            + "behind it", sent(WcStatus.REM_ACCESS_ERR));
    }

    @Test
    void shouldTellTheRegionThatAnAddressIsOf() {
        write(a.region.lkey(), b.region.rkey(), a.at(16), 8);
        assertEquals("rkey " + hex(b.region.rkey()) + " names region#2 of 65536 bytes: 8 bytes at region#1+16 are not in it",
            sent(WcStatus.REM_ACCESS_ERR));
    }

    @Test
    void shouldTellNoAddressThatIsFarAway() {
        write(a.region.lkey(), b.region.rkey(), 8, 8);
        assertEquals("rkey " + hex(b.region.rkey()) + " names region#2 of 65536 bytes: 8 bytes at an address far outside of it",
            sent(WcStatus.REM_ACCESS_ERR));
    }

    @Test
    void shouldNameAnUnknownLocalKey() {
        write(0x2A17, b.region.rkey(), b.at(0), 8);
        assertEquals("entry 0 of 1: lkey 0x2a17 names no region", sent(WcStatus.LOC_QP_OP_ERR));
    }

    @Test
    void shouldNameAnUnknownRemoteKey() {
        write(a.region.lkey(), 0x2A18, b.at(0), 8);
        assertEquals("rkey 0x2a18 names no region", sent(WcStatus.REM_ACCESS_ERR));
    }

    @Test
    void shouldRememberTheRegionThatHadALocalKey() {
        final MemoryRegion gone = a.domain.registerMemory(a.buffer.asSlice(0, 4096), SoftPair.ALL);
        gone.close();
        write(gone.lkey(), b.region.rkey(), b.at(0), 8);
        assertEquals("entry 0 of 1: the region that had lkey " + hex(gone.lkey()) + ", region#3 of 4096 bytes, was deregistered",
            sent(WcStatus.LOC_QP_OP_ERR));
    }

    @Test
    void shouldRememberTheRegionThatHadARemoteKey() {
        final MemoryRegion gone = b.domain.registerMemory(b.buffer.asSlice(0, 4096), SoftPair.ALL);
        gone.close();
        write(a.region.lkey(), gone.rkey(), b.at(0), 8);
        assertEquals("the region that had rkey " + hex(gone.rkey()) + ", region#3 of 4096 bytes, was deregistered",
            sent(WcStatus.REM_ACCESS_ERR));
    }

    @Test
    void shouldFindAMixUpOfKeys() {
        write(a.region.rkey(), b.region.rkey(), b.at(0), 8);
        assertEquals("entry 0 of 1: " + hex(a.region.rkey()) + " is the remote key of region#1 of 65536 bytes: its local key is "
            + hex(a.region.lkey()), sent(WcStatus.LOC_QP_OP_ERR));
    }

    @Test
    void shouldFindAMixUpOfKeysAtTheResponder() {
        write(a.region.lkey(), b.region.lkey(), b.at(0), 8);
        assertEquals(hex(b.region.lkey()) + " is the local key of region#2 of 65536 bytes: its remote key is "
            + hex(b.region.rkey()), sent(WcStatus.REM_ACCESS_ERR));
    }

    @Test
    void shouldFindAnotherDomain() {
        write(b.region.lkey(), b.region.rkey(), b.at(0), 8);
        assertEquals("entry 0 of 1: PD differs: lkey " + hex(b.region.lkey())
            + " names region#2 of 65536 bytes of PD 2, the queue pair is of PD 1", sent(WcStatus.LOC_QP_OP_ERR));
    }

    @Test
    void shouldFindAnotherDomainAtTheResponder() {
        write(a.region.lkey(), a.region.rkey(), a.at(0), 8);
        assertEquals("PD differs: rkey " + hex(a.region.rkey())
            + " names region#1 of 65536 bytes of PD 1, the queue pair is of PD 2", sent(WcStatus.REM_ACCESS_ERR));
    }

    @Test
    void shouldNameTheAccessThatARegionLacks() {
        try (MemoryRegion readable = b.domain.registerMemory(b.buffer, AccessFlags.LOCAL_WRITE)) {
            write(a.region.lkey(), readable.rkey(), b.at(0), 8);
            assertEquals("REMOTE_WRITE is missing in the access flags of region#3 of 65536 bytes, which rkey " + hex(readable.rkey())
                + " names (it has LOCAL_WRITE)", sent(WcStatus.REM_ACCESS_ERR));
        }
    }

    @Test
    void shouldNameTheAccessThatTheTargetOfAReadLacks() {
        try (MemoryRegion constant = a.domain.registerMemory(a.buffer, 0)) {
            post(WrOpcode.RDMA_READ, a.at(0), 8, constant.lkey(), b.at(0), b.region.rkey());
            assertEquals("entry 0 of 1: LOCAL_WRITE is missing in the access flags of region#3 of 65536 bytes, which lkey "
                + hex(constant.lkey()) + " names (it has none)", sent(WcStatus.LOC_PROT_ERR));
        }
    }

    @Test
    void shouldSayHowManyEntriesAReadMayHave() {
        try (SoftPair strict = new SoftPair(RcTuning.DEFAULT, SoftProfile.STRICT)) {
            final SoftPair.End end = strict.a();
            final int index = end.sends.clear().add(1, WrOpcode.RDMA_READ.code(), SendFlags.SIGNALED);
            end.sends.addLocal(index, end.at(0), 8, end.region.lkey());
            end.sends.addLocal(index, end.at(8), 8, end.region.lkey());
            end.sends.remote(index, strict.b().at(0), strict.b().region.rkey());
            assertEquals(0, end.qp.postSend(end.sends));
            assertTrue(end.qp.explain(end.sends).contains("2 entries of a READ are more than the device's max_sge_rd 1"),
                () -> end.qp.explain(end.sends));
        }
    }

    @Test
    void shouldNameTheAccessThatTheResponderLacks() {
        b.qp.modify(new QpAttributes().accessFlags(AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE));
        post(WrOpcode.RDMA_READ, a.at(0), 8, a.region.lkey(), b.at(0), b.region.rkey());
        assertEquals("QP 18 does not allow REMOTE_READ to its peer: its access flags are LOCAL_WRITE|REMOTE_WRITE",
            sent(WcStatus.REM_INV_REQ_ERR));
    }

    @Test
    void shouldTellBothSidesOfAShortReceive() {
        b.receive(5, 0, 4096);
        a.send(1, 0, 5000);
        final String why = "the message of 5000 bytes is longer than the receive of 4096 that it met on QP 18";
        assertEquals(why, sent(WcStatus.REM_OP_ERR));
        assertEquals(why, reason(b, 5, WcStatus.LOC_QP_OP_ERR));
    }

    @Test
    void shouldTellBothSidesOfABadReceive() {
        b.receives.clear().receive(5, b.at(0), 8, 0x2A17);
        assertEquals(1, b.qp.postReceive(b.receives));
        a.send(1, 0, 8);
        final String why = "the receive that the message met on QP 18: entry 0 of 1: lkey 0x2a17 names no region";
        assertEquals(why, sent(WcStatus.REM_OP_ERR));
        assertEquals(why, reason(b, 5, WcStatus.LOC_QP_OP_ERR));
    }

    @Test
    void shouldTellFlushesOfTheRefusalThatNoCompletionTells() {
        b.receive(5, 0, 8);
        write(a.region.lkey(), 0x2A18, b.at(0), 8);
        sent(WcStatus.REM_ACCESS_ERR);
        assertEquals("rkey 0x2a18 names no region", reason(b, 5, WcStatus.WR_FLUSH_ERR));
    }

    @Test
    void shouldTellFlushesOfAModify() {
        b.receive(5, 0, 8);
        b.qp.modify(new QpAttributes().state(QpState.ERR));
        assertEquals("QP 18 was taken from RTS to ERR by ibv_modify_qp", reason(b, 5, WcStatus.WR_FLUSH_ERR));
    }

    @Test
    void shouldSayAReasonOnceWhereAFlushHasAFirstCause() {
        a.receive(9, 0, 8);
        write(a.region.lkey(), 0x2A18, b.at(0), 8);
        assertEquals(2, a.cq.poll(a.done));
        assertEquals(WcStatus.WR_FLUSH_ERR, a.done.status(1));
        assertEquals("rkey 0x2a18 names no region", a.done.reason(1));
        final String text = a.done.describe(1);
        assertEquals(text.indexOf("0x2a18"), text.lastIndexOf("0x2a18"), text);
        assertEquals("rkey 0x2a18 names no region", a.qp.firstError().reason());
    }

    @Test
    void shouldCountTheTriesForAReceive() {
        a.send(1, 0, 8);
        pair.clock().advance(639_999);
        a.expectNothing();
        pair.clock().advance(1);
        assertEquals("no receive was posted on QP 18 in 2 tries (rnr_retry 1), 640000 ns apart (its min_rnr_timer)",
            sent(WcStatus.RNR_RETRY_EXC_ERR));
    }

    private String unanswered() {
        a.write(1, 0, 8, b, 0);
        for (int i = 0; i < 3; i++) {
            a.expectNothing();
            pair.clock().advance(4096L << 14);
        }
        final String why = sent(WcStatus.RETRY_EXC_ERR);
        final String prefix = "no answer in 3 tries (retry_cnt 2), 67108864 ns apart (timeout): ";
        assertTrue(why.startsWith(prefix), why);
        return why.substring(prefix.length());
    }

    @Test
    void shouldNameTheStateOfAPeerThatDoesNotAnswer() {
        b.qp.modify(new QpAttributes().state(QpState.RESET));
        RcEndpoint.init(b.qp, pair.port(), SoftPair.ALL);
        assertEquals("QP 18 is in INIT", unanswered());
    }

    @Test
    void shouldNameThePeerThatThePeerHasInstead() {
        b.qp.modify(new QpAttributes().state(QpState.RESET));
        RcEndpoint.init(b.qp, pair.port(), SoftPair.ALL);
        RcEndpoint.of(b.qp, pair.port(), 5).connect(b.qp, pair.port(), 5, RcTuning.DEFAULT);
        assertEquals("QP 18 is connected to QP 18, not to QP 17", unanswered());
    }

    @Test
    void shouldTellPacketNumbersThatDiffer() {
        b.qp.modify(new QpAttributes().state(QpState.RESET));
        RcEndpoint.init(b.qp, pair.port(), SoftPair.ALL);
        RcEndpoint.of(a.qp, pair.port(), 77).connect(b.qp, pair.port(), 5, RcTuning.DEFAULT);
        assertEquals("QP 18 expects packet number 77, and QP 17 sends " + SoftPair.PSN, unanswered());
    }

    @Test
    void shouldSayThatThePeerIsGone() {
        try (QueuePair other = b.domain.createQueuePair(QueuePairConfig.rc(b.cq, 4, 4))) {
            a.qp.modify(new QpAttributes().state(QpState.RESET));
            RcEndpoint.init(a.qp, pair.port(), SoftPair.ALL);
            RcEndpoint.init(other, pair.port(), SoftPair.ALL);
            RcEndpoint.of(other, pair.port(), 5).connect(a.qp, pair.port(), 9, RcTuning.DEFAULT.withRetries(14, 2, 1));
        }
        assertEquals("QP 17 is connected to QP 19, and there is none", unanswered());
    }

    @Test
    void shouldNameAnOperationThatTheServiceDoesNotDo() {
        a.sends.clear();
        a.sends.addLocal(a.sends.add(1, 99, 0), a.at(0), 8, a.region.lkey());
        assertEquals(1, a.qp.postSend(a.sends));
        assertEquals("a queue pair of type RC does not do opcode 99", sent(WcStatus.LOC_QP_OP_ERR));
    }

    @Test
    void shouldNameTheKeyThatCannotBeInvalidated() {
        b.receive(5, 0, 8);
        a.sends.clear();
        final int index = a.sends.add(1, WrOpcode.SEND_WITH_INV.code(), SendFlags.SIGNALED);
        a.sends.addLocal(index, a.at(0), 8, a.region.lkey());
        a.sends.invalidateRkey(index, b.region.rkey());
        assertEquals(1, a.qp.postSend(a.sends));
        a.expect(1, WcStatus.SUCCESS);
        assertEquals(hex(b.region.rkey()) + " is a key of a registered region: only windows of type 2 can be invalidated",
            reason(b, 5, WcStatus.REM_INV_REQ_ERR));
        assertNull(a.qp.firstError(), "the sender's message arrived");
    }

    @Test
    void shouldNameTheQueueThatOverflowed() {
        final CompletionQueue tiny = pair.context().createCompletionQueue(1);
        try (QueuePair qp = a.domain.createQueuePair(QueuePairConfig.rc(tiny, 4, 4).withCqs(tiny, a.cq))) {
            RcEndpoint.init(qp, pair.port(), SoftPair.ALL);
            a.receives.clear().receive(1, a.at(0), 8, a.region.lkey());
            assertEquals(1, qp.postReceive(a.receives));
            RcEndpoint.of(qp, pair.port(), 5).connect(qp, pair.port(), 5, RcTuning.DEFAULT);
            a.sends.clear().write(8, a.at(0), 0, 0, 0, 0, SendFlags.SIGNALED);
            a.sends.write(9, a.at(0), 0, 0, 0, 0, SendFlags.SIGNALED);
            assertEquals(2, qp.postSend(a.sends));
            assertEquals(CompletionQueue.FAILED, tiny.poll(a.done));
            assertEquals("cq#3 of 1 entries was full when wr_id 9 of QP 19 completed: it and all its queue pairs have failed",
                reason(a, 1, WcStatus.WR_FLUSH_ERR, qp.number()));
        }
        tiny.close();
    }

    private static String reason(final SoftPair.End end, final long wrId, final WcStatus status, final int qp) {
        final String why = reason(end, wrId, status);
        assertTrue(why.contains("QP " + qp), why);
        return why;
    }

    @Test
    void shouldTellReadersOfAnExtendedQueue() {
        final ExtendedCompletionQueue cq = pair.context().createExtendedCompletionQueue(ExtendedCqConfig.of(4));
        try (QueuePair qp = a.domain.createQueuePair(QueuePairConfig.rc(cq, 4, 4))) {
            RcEndpoint.init(qp, pair.port(), SoftPair.ALL);
            RcEndpoint.of(qp, pair.port(), 5).connect(qp, pair.port(), 5, RcTuning.DEFAULT);
            a.sends.clear().write(7, a.at(0), 0, 0, 0, 0, SendFlags.SIGNALED);
            a.sends.send(8, a.at(0), 8, 0x2A17, 0);
            assertEquals(2, qp.postSend(a.sends));
            assertEquals(ExtendedCompletionQueue.COMPLETION, cq.startPoll());
            assertEquals("success", cq.reason());
            assertEquals(ExtendedCompletionQueue.COMPLETION, cq.nextPoll());
            assertEquals("entry 0 of 1: lkey 0x2a17 names no region", cq.reason());
            cq.endPoll();
        }
        cq.close();
    }

    @Test
    void shouldForgetTheOldestReasons() {
        final Journal journal = new Journal(null);
        final int first = journal.refuse("first");
        for (int i = 1; i < Refusals.KEPT; i++) {
            journal.refuse("reason " + i);
        }
        assertEquals("first", journal.reason(first));
        final int last = journal.refuse("last");
        assertNull(journal.reason(first));
        assertEquals("last", journal.reason(last));
        assertEquals("reason 1", journal.reason(first + 1));
        for (final int other : new int[] {0, -1, Integer.MIN_VALUE, last + 1, last + Refusals.KEPT, Integer.MAX_VALUE}) {
            assertNull(journal.reason(other));
        }
    }

    @Test
    void shouldSaySoWhereNothingWasPolled() {
        try (Arena arena = Arena.ofConfined()) {
            assertEquals("success", WorkCompletions.allocate(arena, 1).reason(0));
        }
    }
}
