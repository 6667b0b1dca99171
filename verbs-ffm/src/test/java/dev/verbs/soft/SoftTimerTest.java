package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.RcEndpoint;
import dev.verbs.RcTuning;
import dev.verbs.WcStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waiting requests, with a clock that is set by hand: nothing sleeps. */
class SoftTimerTest {
    private static final long TIMEOUT_NS = 4096L << 14;
    private static final long RNR_NS = 640_000;

    private SoftPair pair;
    private SoftPair.End a;
    private SoftPair.End b;

    private void open(final int retries, final int rnrRetries) {
        pair = new SoftPair(RcTuning.DEFAULT.withRetries(14, retries, rnrRetries));
        a = pair.a();
        b = pair.b();
    }

    @AfterEach
    void close() {
        pair.close();
    }

    private int step() {
        return pair.provider().fabric().agent().doWork();
    }

    @Test
    void shouldWaitForAReceiveForEver() {
        open(6, 7);
        a.send(1, 0, 8);
        a.send(2, 0, 8);
        for (int i = 0; i < 1_000; i++) {
            pair.clock().advance(RNR_NS);
            assertEquals(0, step());
        }
        a.expectNothing();
        b.receive(10, 0, 8);
        a.expect(1, WcStatus.SUCCESS);
        b.expect(10, WcStatus.SUCCESS);
        a.expectNothing();
        assertTrue(pair.provider().fabric().hasPending());
        b.receive(11, 0, 8);
        a.expect(2, WcStatus.SUCCESS);
        assertFalse(pair.provider().fabric().hasPending());
    }

    @Test
    void shouldGiveUpAfterReceiverNotReadyRetries() {
        open(6, 2);
        a.send(1, 0, 8);
        a.write(2, 0, 8, b, 0);
        pair.clock().advance(2 * RNR_NS - 1);
        a.expectNothing();
        pair.clock().advance(1);
        a.expectNothing(); // the first wait ended late: the second one starts now
        pair.clock().advance(RNR_NS - 2);
        a.expectNothing();
        pair.clock().advance(1);
        a.expect(1, WcStatus.RNR_RETRY_EXC_ERR);
        a.expect(2, WcStatus.WR_FLUSH_ERR);
        assertEquals(QpState.ERR, a.qp.state());
        assertEquals(QpState.RTS, b.qp.state(), "the responder does not know");
    }

    @Test
    void shouldNotRetryWhereNoneIsAllowed() {
        open(6, 0);
        a.send(1, 0, 8);
        a.expect(1, WcStatus.RNR_RETRY_EXC_ERR);
    }

    @Test
    void shouldGiveUpOnADeadPeer() {
        open(6, 7);
        b.qp.modify(new QpAttributes().state(QpState.ERR));
        a.receive(9, 0, 8);
        a.write(1, 0, 8, b, 0);
        for (int i = 0; i < 7; i++) {
            a.expectNothing();
            pair.clock().advance(TIMEOUT_NS);
        }
        a.expect(1, WcStatus.RETRY_EXC_ERR);
        a.expect(9, WcStatus.WR_FLUSH_ERR);
        a.expectNothing();
    }

    @Test
    void shouldGiveUpOnAClosedPeer() {
        open(0, 7);
        b.qp.close();
        a.write(1, 0, 8, b, 0);
        pair.clock().advance(TIMEOUT_NS - 1);
        a.expectNothing();
        pair.clock().advance(1);
        a.expect(1, WcStatus.RETRY_EXC_ERR);
    }

    @Test
    void shouldGoOnWhenThePeerComesUp() {
        open(6, 7);
        b.qp.modify(new QpAttributes().state(QpState.RESET));
        a.write(1, 0, 8, b, 0);
        a.expectNothing();
        RcEndpoint.init(b.qp, pair.port(), SoftPair.ALL);
        RcEndpoint.of(a.qp, pair.port(), SoftPair.PSN).connect(b.qp, pair.port(), 5, RcTuning.DEFAULT);
        a.expect(1, WcStatus.SUCCESS);
    }

    @Test
    void shouldNotAnswerWrongPacketNumbers() {
        open(0, 7);
        b.qp.modify(new QpAttributes().state(QpState.RESET));
        RcEndpoint.init(b.qp, pair.port(), SoftPair.ALL);
        RcEndpoint.of(a.qp, pair.port(), SoftPair.PSN + 1).connect(b.qp, pair.port(), 5, RcTuning.DEFAULT);
        a.write(1, 0, 8, b, 0);
        pair.clock().advance(TIMEOUT_NS);
        a.expect(1, WcStatus.RETRY_EXC_ERR);
    }

    @Test
    void shouldHoldRequestsWhileDraining() {
        open(6, 7);
        a.qp.modify(new QpAttributes().state(QpState.SQD));
        a.sends.clear();
        a.sends.inline(a.sends.write(1, 0, 0, 0, b.at(0), b.region.rkey(), dev.verbs.SendFlags.SIGNALED),
            java.lang.foreign.MemorySegment.ofArray(new long[] {77}), 0, 8);
        assertEquals(1, a.qp.postSend(a.sends));
        a.sends.segment().fill((byte)0); // the list is the caller's again
        a.expectNothing();
        a.qp.modify(new QpAttributes().state(QpState.RTS));
        a.expect(1, WcStatus.SUCCESS);
        assertEquals(77, b.buffer.get(java.lang.foreign.ValueLayout.JAVA_LONG, 0));
    }

    @Test
    void shouldDropWaitingRequestsOnReset() {
        open(6, 7);
        a.send(1, 0, 8);
        a.qp.modify(new QpAttributes().state(QpState.RESET));
        b.receive(2, 0, 8);
        a.expectNothing();
        b.expectNothing();
        assertEquals(0, a.qp.inFlight());
        assertFalse(pair.provider().fabric().hasPending());
    }
}
