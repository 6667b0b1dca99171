package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.RcEndpoint;
import dev.verbs.RcTuning;
import dev.verbs.SendFlags;
import dev.verbs.VerbsException;
import dev.verbs.WcStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Completions that nobody polled before a reset do not come back in the next life of the queue pair. */
class SoftResetTest {
    private final SoftPair pair = new SoftPair(RcTuning.DEFAULT);
    private final SoftPair.End a = pair.a();
    private final SoftPair.End b = pair.b();

    @AfterEach
    void close() {
        pair.close();
    }

    private void flushAndReset() {
        a.qp.modify(new QpAttributes().state(QpState.ERR));
        a.qp.modify(new QpAttributes().state(QpState.RESET));
        RcEndpoint.init(a.qp, pair.port(), SoftPair.ALL);
    }

    private void receive(final int first, final int count) {
        a.receives.clear();
        for (int i = 0; i < count; i++) {
            a.receives.receive(first + i, a.at(0), 64, a.region.lkey());
        }
        assertEquals(count, a.qp.postReceive(a.receives), () -> "errno " + a.receives.errno());
    }

    @Test
    void shouldNotChargeOldReceivesToTheNewLife() {
        receive(0, 16);
        flushAndReset();
        receive(100, 16);
        assertEquals(16, a.qp.inFlight());
        a.expectNothing();
        assertEquals(16, a.qp.inFlight());
        assertEquals(Errno.EBUSY, assertThrows(VerbsException.class, a.region::close).errno());
        a.receives.clear().receive(200, a.at(0), 64, a.region.lkey());
        assertEquals(0, a.qp.postReceive(a.receives), "the old completions gave no places of the new life back");
        a.qp.modify(new QpAttributes().state(QpState.ERR));
        for (int i = 0; i < 16; i++) {
            a.expect(100 + i, WcStatus.WR_FLUSH_ERR);
        }
        a.expectNothing();
        assertEquals(0, a.qp.inFlight());
    }

    @Test
    void shouldNotGivePlacesOfOldSendsBackTwice() {
        for (int i = 0; i < 8; i++) {
            a.write(i, 0, 8, b, 0);
        }
        flushAndReset();
        b.qp.modify(new QpAttributes().state(QpState.RESET));
        RcEndpoint.init(b.qp, pair.port(), SoftPair.ALL);
        RcEndpoint.of(b.qp, pair.port(), 5).connect(a.qp, pair.port(), SoftPair.PSN, RcTuning.DEFAULT);
        RcEndpoint.of(a.qp, pair.port(), SoftPair.PSN).connect(b.qp, pair.port(), 5, RcTuning.DEFAULT);
        a.sends.clear();
        for (int i = 0; i < 17; i++) {
            a.sends.write(100 + i, a.at(0), 8, a.region.lkey(), b.at(0), b.region.rkey(), SendFlags.SIGNALED);
        }
        assertEquals(16, a.qp.postSend(a.sends), "a whole queue is free after a reset, and no more");
        for (int i = 0; i < 16; i++) {
            a.expect(100 + i, WcStatus.SUCCESS);
        }
        a.expectNothing();
        assertEquals(1, a.qp.postSend(a.sends));
        a.expect(116, WcStatus.SUCCESS);
    }

    @Test
    void shouldKeepCompletionsOfOtherQueuePairs() {
        try (dev.verbs.QueuePair other = a.domain.createQueuePair(dev.verbs.QueuePairConfig.rc(a.cq, 4, 4))) {
            RcEndpoint.init(other, pair.port(), 0);
            receive(0, 3);
            a.receives.clear().receive(50, a.at(0), 64, a.region.lkey());
            assertEquals(1, other.postReceive(a.receives));
            other.modify(new QpAttributes().state(QpState.ERR));
            flushAndReset();
            receive(60, 1);
            a.qp.modify(new QpAttributes().state(QpState.ERR));
            assertEquals(2, a.cq.poll(a.done));
            assertEquals(50, a.done.wrId(0));
            assertEquals(other.number(), a.done.qpNumber(0));
            assertEquals(60, a.done.wrId(1));
            assertEquals(0, a.cq.poll(a.done));
        }
    }

    /** What a reset took away was never in the queue: completions of the new life are its own from the first one on. */
    @Test
    void shouldCountTheFirstCompletionsOfTheNewLife() {
        receive(0, 16);
        a.qp.modify(new QpAttributes().state(QpState.RESET));
        RcEndpoint.init(a.qp, pair.port(), SoftPair.ALL);
        receive(100, 16);
        a.qp.modify(new QpAttributes().state(QpState.ERR));
        for (int i = 0; i < 16; i++) {
            a.expect(100 + i, WcStatus.WR_FLUSH_ERR);
        }
        assertEquals(0, a.qp.inFlight());
    }

    @Test
    void shouldDropWhatAClosedQueuePairLeft() {
        receive(0, 16);
        a.qp.modify(new QpAttributes().state(QpState.ERR));
        a.qp.close();
        a.expectNothing();
    }
}
