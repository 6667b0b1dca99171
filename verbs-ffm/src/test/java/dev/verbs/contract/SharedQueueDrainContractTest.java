package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.WcOpcode;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Draining where one completion queue serves both queues, so that a flush does not say whether it was a send or a receive. */
class SharedQueueDrainContractTest extends VerbsTest {
    private static final int DEPTH = 8;

    private Side a;
    private Side b;
    private CompletionQueue cq;
    private QueuePair qp;

    @BeforeEach
    void connect() {
        final Pair pair = unconnectedPair(PairConfig.DEFAULT);
        a = pair.a();
        b = pair.b();
        assume(a.context().device().guarantees().connectsByModify(), a.context(), "connecting by modify");
        assume(a.context().device().guarantees().flushesAfterError(), a.context(), "flushes after errors");
        cq = own(a.context().createCompletionQueue(64, null));
        qp = own(a.domain().createQueuePair(QueuePairConfig.rc(cq, DEPTH, DEPTH)));
        Pair.connect(qp, a.port(), b.qp(), b.port(), PairConfig.DEFAULT);
    }

    private void drain() {
        qp.drain(TestProvider.deadline(), () -> cq.poll(a.completions()));
        assertEquals(0, qp.inFlight());
        assertEquals(QpState.ERR, qp.state());
    }

    private boolean receive(final long wrId) {
        a.receives().clear().receive(wrId, a.at(0), 64, a.region().lkey());
        return qp.postReceive(a.receives()) == 1;
    }

    /** As many as the device takes, which may be more than it was asked for. */
    private void fillReceives() {
        int posted = 0;
        while (receive(100 + posted)) {
            posted++;
        }
        assertEquals(Errno.ENOMEM, a.receives().errno());
        assertTrue(posted >= DEPTH, () -> "receives: " + qp.inFlight());
    }

    private void send(final long wrId, final int flags) {
        a.sends().clear().send(wrId, a.at(0), 64, a.region().lkey(), flags);
        assertEquals(1, qp.postSend(a.sends()), () -> "errno " + a.sends().errno());
    }

    /** Sends that have succeeded, and of which no completion has told. */
    private void sendUnsignalled(final int count) {
        for (int i = 0; i < count; i++) {
            b.receive(i, 0, 64);
            send(50 + i, 0);
            b.awaitReceive().expect(i, WcOpcode.RECV);
        }
        assertEquals(count, qp.inFlight());
    }

    @Test
    void shouldDrainAFullReceiveQueue() {
        fillReceives();
        drain();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, DEPTH - 1})
    void shouldDrainAFullReceiveQueueAndUnsignalledSendsThatHadSucceeded(final int sends) {
        sendUnsignalled(sends);
        fillReceives();
        drain();
        a.region().close();
    }

    @Test
    void shouldDrainAFullReceiveQueueAndSendsThatNobodyReceives() {
        fillReceives();
        send(1, 0);
        send(2, 0);
        drain();
        a.region().close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, DEPTH - 1})
    void shouldDrainAReceiveQueueWithRoom(final int receives) {
        sendUnsignalled(2);
        for (int i = 0; i < receives; i++) {
            assertTrue(receive(i));
        }
        drain();
        a.region().close();
    }

    @Test
    void shouldWorkAgainAfterDrainingAFullReceiveQueue() {
        for (int round = 0; round < 3; round++) {
            sendUnsignalled(2);
            fillReceives();
            drain();
            qp.modify(new QpAttributes().state(QpState.RESET));
            b.qp().modify(new QpAttributes().state(QpState.RESET));
            Pair.connect(qp, a.port(), b.qp(), b.port(), PairConfig.DEFAULT);
        }
        assertTrue(receive(7));
        b.send(8, 0, 64);
        final Completion received = a.await(cq, 1).getFirst();
        received.expect(7, WcOpcode.RECV);
        b.awaitSend().expect(8, WcOpcode.SEND);
    }
}
