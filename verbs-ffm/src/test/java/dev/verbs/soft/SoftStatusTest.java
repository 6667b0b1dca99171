package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.CompletionQueue;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcTuning;
import dev.verbs.SendFlags;
import dev.verbs.VerbsException;
import dev.verbs.WcStatus;
import dev.verbs.WrOpcode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is refused, by whom, and with which status: the answers of rdma_rxe in Linux 6.1. */
class SoftStatusTest {
    private SoftPair pair = new SoftPair(RcTuning.DEFAULT);
    private SoftPair.End a = pair.a();
    private SoftPair.End b = pair.b();

    @AfterEach
    void close() {
        pair.close();
    }

    private void postRead(final int lkey, final int rkey) {
        a.sends.clear().read(1, a.at(0), 8, lkey, b.at(0), rkey, SendFlags.SIGNALED);
        assertEquals(1, a.qp.postSend(a.sends));
    }

    private void post(final int lkey, final long address, final int rkey, final long remote, final int opcode) {
        a.sends.clear();
        final int index = a.sends.add(1, opcode, 0); // unsignalled: errors complete all the same
        a.sends.addLocal(index, address, 8, lkey);
        a.sends.remote(index, remote, rkey);
        assertEquals(1, a.qp.postSend(a.sends), () -> "errno " + a.sends.errno());
    }

    @Test
    void shouldRefuseLocalKeys() {
        post(a.region.lkey() + 2, a.at(0), b.region.rkey(), b.at(0), WrOpcode.RDMA_WRITE.code());
        a.expect(1, WcStatus.LOC_QP_OP_ERR);
        assertEquals(QpState.ERR, a.qp.state());
        assertEquals(QpState.RTS, b.qp.state());
    }

    @Test
    void shouldRefuseLocalKeysOfAnotherDomainOrKind() {
        post(b.region.lkey(), b.at(0), b.region.rkey(), b.at(0), WrOpcode.RDMA_WRITE.code());
        a.expect(1, WcStatus.LOC_QP_OP_ERR);
        reopen();
        post(a.region.rkey(), a.at(0), b.region.rkey(), b.at(0), WrOpcode.RDMA_WRITE.code());
        a.expect(1, WcStatus.LOC_QP_OP_ERR);
    }

    private void reopen() {
        pair.close();
        pair = new SoftPair(RcTuning.DEFAULT);
        a = pair.a();
        b = pair.b();
    }

    @Test
    void shouldRefuseLocalRanges() {
        for (final long address : new long[] {a.at(-1), a.at(a.region.length() - 7), Long.MAX_VALUE, -8, 0}) {
            reopen();
            post(a.region.lkey(), address, b.region.rkey(), b.at(0), WrOpcode.RDMA_WRITE.code());
            a.expect(1, WcStatus.LOC_PROT_ERR);
        }
    }

    @Test
    void shouldRefuseRemoteKeysAndRanges() {
        for (int i = 0; i < 7; i++) {
            reopen();
            b.receive(5, 0, 8);
            b.receive(6, 0, 8);
            final long[] target = target(i);
            post(a.region.lkey(), a.at(0), (int)target[0], target[1], WrOpcode.RDMA_WRITE.code());
            a.expect(1, WcStatus.REM_ACCESS_ERR);
            b.expect(5, WcStatus.WR_FLUSH_ERR);
            b.expect(6, WcStatus.WR_FLUSH_ERR);
            assertEquals(QpState.ERR, a.qp.state());
            assertEquals(QpState.ERR, b.qp.state());
        }
    }

    private long[] target(final int index) {
        return switch (index) {
            case 0 -> new long[] {b.region.rkey() + 2, b.at(0)};
            case 1 -> new long[] {b.region.lkey(), b.at(0)};
            case 2 -> new long[] {a.region.rkey(), a.at(0)};
            case 3 -> new long[] {b.region.rkey(), b.at(-1)};
            case 4 -> new long[] {b.region.rkey(), b.at(b.region.length() - 7)};
            case 5 -> new long[] {b.region.rkey(), -1};
            default -> new long[] {0, 0};
        };
    }

    @Test
    void shouldRefuseWhatTheRegionDoesNotAllow() {
        try (MemoryRegion readable = b.domain.registerMemory(b.buffer, AccessFlags.REMOTE_READ)) {
            post(a.region.lkey(), a.at(0), readable.rkey(), b.at(0), WrOpcode.RDMA_WRITE.code());
            a.expect(1, WcStatus.REM_ACCESS_ERR);
        }
        reopen();
        try (MemoryRegion constant = a.domain.registerMemory(a.buffer, 0)) {
            postRead(constant.lkey(), b.region.rkey());
            a.expect(1, WcStatus.LOC_PROT_ERR);
            assertEquals(QpState.RTS, b.qp.state(), "the response was fine");
        }
    }

    @Test
    void shouldRefuseWhatTheQueuePairDoesNotAllow() {
        b.qp.modify(new QpAttributes().accessFlags(AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_READ));
        post(a.region.lkey(), a.at(0), b.region.rkey(), b.at(0), WrOpcode.RDMA_WRITE.code());
        a.expect(1, WcStatus.REM_INV_REQ_ERR);
        reopen();
        b.qp.modify(new QpAttributes().accessFlags(AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE));
        postRead(a.region.lkey(), b.region.rkey());
        a.expect(1, WcStatus.REM_INV_REQ_ERR);
    }

    @Test
    void shouldRefuseUnknownOperations() {
        for (final int opcode : new int[] {WrOpcode.LOCAL_INV.code(), 10, 11, 12, 99, -1, Integer.MIN_VALUE}) {
            reopen();
            post(a.region.lkey(), a.at(0), 0, 0, opcode);
            a.expect(1, WcStatus.LOC_QP_OP_ERR);
        }
    }

    @Test
    void shouldFailReceivesThatAreTooShortOrBad() {
        b.receive(5, 0, 7);
        b.receive(6, 0, 8);
        a.receive(9, 0, 8);
        a.send(1, 0, 8);
        a.expect(1, WcStatus.REM_OP_ERR);
        a.expect(9, WcStatus.WR_FLUSH_ERR);
        b.expect(5, WcStatus.LOC_QP_OP_ERR);
        b.expect(6, WcStatus.WR_FLUSH_ERR);
        reopen();
        b.receives.clear().receive(5, b.at(0), 8, a.region.lkey());
        assertEquals(1, b.qp.postReceive(b.receives));
        a.send(1, 0, 8);
        a.expect(1, WcStatus.REM_OP_ERR);
        b.expect(5, WcStatus.LOC_QP_OP_ERR);
    }

    @Test
    void shouldAnswerLikeTheSpecificationIfAskedTo() {
        pair.close();
        pair = new SoftPair(RcTuning.DEFAULT, SoftProfile.STRICT);
        a = pair.a();
        b = pair.b();
        b.receive(5, 0, 7);
        a.send(1, 0, 8);
        a.expect(1, WcStatus.REM_INV_REQ_ERR);
        b.expect(5, WcStatus.LOC_LEN_ERR);
    }

    @Test
    void shouldInvalidateNothing() {
        b.receive(5, 0, 8);
        a.sends.clear();
        a.sends.addLocal(a.sends.add(1, WrOpcode.SEND_WITH_INV.code(), SendFlags.SIGNALED), a.at(0), 8, a.region.lkey());
        assertEquals(1, a.qp.postSend(a.sends));
        a.expect(1, WcStatus.SUCCESS);
        b.expect(5, WcStatus.REM_INV_REQ_ERR);
        assertEquals(QpState.ERR, b.qp.state());
    }

    @Test
    void shouldNotLookAtKeysOfNothing() {
        a.sends.clear().write(1, 1, 0, 77, 1, 78, SendFlags.SIGNALED);
        a.sends.read(2, 1, 0, 77, 1, 78, SendFlags.SIGNALED);
        assertEquals(2, a.qp.postSend(a.sends));
        a.expect(1, WcStatus.SUCCESS);
        a.expect(2, WcStatus.SUCCESS);
    }

    @Test
    void shouldFlushInTheOrderOfPosting() {
        a.send(1, 0, 8); // waits for a receive
        a.sends.clear();
        for (int i = 2; i < 9; i++) {
            a.sends.write(i, a.at(0), 8, a.region.lkey(), b.at(0), b.region.rkey(), 0);
        }
        assertEquals(7, a.qp.postSend(a.sends));
        a.qp.modify(new QpAttributes().state(QpState.ERR));
        a.write(9, 0, 8, b, 0);
        a.receive(20, 0, 8);
        for (int i = 1; i < 10; i++) {
            a.expect(i, WcStatus.WR_FLUSH_ERR);
        }
        a.expect(20, WcStatus.WR_FLUSH_ERR);
        a.expectNothing();
        assertEquals(0, a.qp.inFlight());
    }

    @Test
    void shouldDetectKeysOfClosedRegions() {
        final List<Integer> stale = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            try (MemoryRegion region = b.domain.registerMemory(b.buffer, SoftPair.ALL)) {
                assertTrue(region.lkey() != 0 && region.rkey() != 0 && region.lkey() != region.rkey());
                assertTrue(stale.size() < 100 || !stale.subList(stale.size() - 100, stale.size()).contains(region.rkey()));
                stale.add(region.rkey());
            }
        }
        final KeyTable keys = pair.provider().fabric().keys();
        stale.subList(stale.size() - 100, stale.size()).forEach(key -> assertEquals(null, keys.remote(key)));
        post(a.region.lkey(), a.at(0), stale.getLast(), b.at(0), WrOpcode.RDMA_WRITE.code());
        a.expect(1, WcStatus.REM_ACCESS_ERR);
    }

    @Test
    void shouldFailACompletionQueueThatOverflows() {
        final CompletionQueue tiny = pair.context().createCompletionQueue(1);
        assertEquals(1, tiny.capacity());
        final QueuePair qp = a.domain.createQueuePair(QueuePairConfig.rc(tiny, 4, 4));
        dev.verbs.RcEndpoint.init(qp, pair.port(), 0);
        a.receives.clear().receive(1, a.at(0), 8, a.region.lkey());
        a.receives.receive(2, a.at(0), 8, a.region.lkey());
        assertEquals(2, qp.postReceive(a.receives));
        qp.modify(new QpAttributes().state(QpState.ERR));
        assertEquals(CompletionQueue.FAILED, tiny.poll(a.done));
        assertEquals(QpState.ERR, qp.state());
        qp.close();
        tiny.close();
    }

    @Test
    void shouldNameWhatATransitionLacks() {
        b.qp.modify(new QpAttributes().state(QpState.RESET));
        final VerbsException missing = assertThrows(VerbsException.class,
            () -> b.qp.modify(new QpAttributes().state(QpState.INIT).pkeyIndex(0).port(1)));
        assertEquals(Errno.EINVAL, missing.errno());
        assertTrue(missing.diagnosis().contains("RESET -> INIT needs IBV_QP_ACCESS_FLAGS"), missing.diagnosis());
        final VerbsException tooMuch = assertThrows(VerbsException.class,
            () -> b.qp.modify(new QpAttributes().state(QpState.INIT).pkeyIndex(0).port(1).accessFlags(0).timeout(1)));
        assertTrue(tooMuch.diagnosis().contains("does not take IBV_QP_TIMEOUT"), tooMuch.diagnosis());
        final VerbsException illegal = assertThrows(VerbsException.class,
            () -> b.qp.modify(new QpAttributes().state(QpState.RTS)));
        assertTrue(illegal.diagnosis().contains("RC RESET -> RTS"), illegal.diagnosis());
        final VerbsException range = assertThrows(VerbsException.class,
            () -> b.qp.modify(new QpAttributes().state(QpState.INIT).pkeyIndex(0).port(2).accessFlags(0)));
        assertTrue(range.diagnosis().contains("port_num 2 is not in 1 .. 1"), range.diagnosis());
        assertEquals(QpState.RESET, b.qp.state());
    }

    @Test
    void shouldCompleteTheReceiveOfAWriteThatMissedItsKey() {
        b.receive(5, 0, 0);
        post(a.region.lkey(), a.at(0), 77, b.at(0), WrOpcode.RDMA_WRITE_WITH_IMM.code());
        a.expect(1, WcStatus.REM_ACCESS_ERR);
        b.expect(5, WcStatus.REM_ACCESS_ERR);
    }
}
