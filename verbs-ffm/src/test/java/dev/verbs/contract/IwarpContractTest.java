package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.Errno;
import dev.verbs.NodeType;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.SendFlags;
import dev.verbs.SendWrDescriptor;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WrOpcode;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What iWARP does otherwise: the evidence for each guarantee that it does not give (see {@link dev.verbs.Guarantees}), and that
 * nobody comes to harm by it. Written against siw of Linux 6.1.
 */
class IwarpContractTest extends VerbsTest {
    private Pair pair;
    private Side a;
    private Side b;

    @BeforeEach
    void makePair() {
        pair = unconnectedPair(PairConfig.DEFAULT);
        a = pair.a();
        b = pair.b();
        assumeTrue(a.context().device().nodeType() == NodeType.RNIC, () -> a.context().device().name() + " is not an iWARP device");
    }

    private Pair.Connected connect() {
        return pair.connect(this, ConnectionParameters.DEFAULT, ConnectionParameters.DEFAULT);
    }

    private static void assertEnds(final Pair.Connected connected) {
        assertTrue(connected.active().awaitDisconnect(TestProvider.deadline()), "the active end was not told");
        assertTrue(connected.passive().awaitDisconnect(TestProvider.deadline()), "the passive end was not told");
    }

    /**
     * It was sent, which is all that a success says. Or the peer ended the connection before the call that sends had returned: then
     * siw (siw_qp_sq_process) says that the request failed locally. Rare, and only seen with both ends on one machine.
     */
    private void assertSentOrCutOff(final long id, final WcOpcode operation) {
        final Completion completion = a.awaitSend();
        if (!TestProvider.isSoft() && completion.status() == WcStatus.LOC_QP_OP_ERR) {
            completion.expectError(id, WcStatus.LOC_QP_OP_ERR, a.qp().number());
        } else {
            completion.expect(id, operation);
        }
    }

    /** Not checksRemoteKeyAtCompletion, not completionMeansRemote: the write was sent, and the peer ends the connection. */
    @Test
    void shouldCompleteAWriteWithAWrongRemoteKeyAndLoseTheConnection() {
        final Pair.Connected connected = connect();
        b.fill(0, 4096, 3);
        a.sends().clear().write(1, a.at(0), 64, a.region().lkey(), b.at(0), b.region().rkey() ^ 0x55, SendFlags.SIGNALED);
        a.postSends();
        assertSentOrCutOff(1, WcOpcode.RDMA_WRITE);
        assertEnds(connected);
        b.assertFilled(0, 4096, 3);
    }

    /** A READ needs an answer: its failure shows, though not its reason. */
    @Test
    void shouldFlushAReadWithAWrongRemoteKey() {
        final Pair.Connected connected = connect();
        a.sends().clear().read(1, a.at(0), 64, a.region().lkey(), b.at(0), b.region().rkey() ^ 0x55, SendFlags.SIGNALED);
        a.postSends();
        a.awaitSend().expectError(1, WcStatus.WR_FLUSH_ERR, a.qp().number());
        assertEnds(connected);
    }

    /** Not waitsForReceives: there is no "receiver not ready" in iWARP. */
    @Test
    void shouldCompleteAMessageThatFindsNoReceiveAndLoseTheConnection() {
        final Pair.Connected connected = connect();
        a.send(1, 0, 64);
        assertSentOrCutOff(1, WcOpcode.SEND);
        assertEnds(connected);
    }

    /** Not hasImmediate, not hasAtomics: refused when posted, and the connection is not harmed. */
    @ParameterizedTest
    @EnumSource(value = WrOpcode.class, names = {"SEND_WITH_IMM", "RDMA_WRITE_WITH_IMM", "ATOMIC_CMP_AND_SWP",
        "ATOMIC_FETCH_AND_ADD"})
    void shouldRefuse(final WrOpcode operation) {
        connect();
        a.sends().clear().write(1, a.at(0), 8, a.region().lkey(), b.at(0), b.region().rkey(), SendFlags.SIGNALED);
        SendWrDescriptor.opcode(a.sends().segment(), a.sends().offset(0), operation.code());
        assertEquals(0, a.qp().postSend(a.sends()));
        assertEquals(Errno.name(Errno.EINVAL), Errno.name(a.sends().errno()));
        assertEquals(0, a.qp().inFlight());
        a.write(2, 0, 8, b, 0);
        a.awaitSend().expect(2, WcOpcode.RDMA_WRITE);
    }

    /** siw returns 0 then: bad_wr alone says that something was refused. */
    @Test
    void shouldSayWhichRequestOfAListWasRefused() {
        connect();
        a.sends().clear();
        for (int i = 0; i < 4; i++) {
            a.sends().write(i, a.at(0), 8, a.region().lkey(), b.at(0), b.region().rkey(), SendFlags.SIGNALED);
        }
        final long third = a.sends().offset(2);
        SendWrDescriptor.opcode(a.sends().segment(), third, WrOpcode.ATOMIC_FETCH_AND_ADD.code());
        assertEquals(2, a.qp().postSend(a.sends()));
        assertEquals(Errno.name(Errno.EINVAL), Errno.name(a.sends().errno()));
        assertEquals(2, a.sends().first());
        a.awaitSend().expect(0, WcOpcode.RDMA_WRITE);
        a.awaitSend().expect(1, WcOpcode.RDMA_WRITE);
        a.assertQuiet();
        SendWrDescriptor.opcode(a.sends().segment(), third, WrOpcode.RDMA_WRITE.code());
        a.postSends();
        a.awaitSend().expect(2, WcOpcode.RDMA_WRITE);
        a.awaitSend().expect(3, WcOpcode.RDMA_WRITE);
        assertEquals(0, a.qp().inFlight());
    }

    /** Not readsState: siw leaves the state out, and libibverbs believes the 0 that it finds. Posting must not suffer. */
    @Test
    void shouldShowTheStateThatWasSet() {
        assertEquals(QpState.RESET, a.qp().state());
        connect();
        assertEquals(QpState.RTS, a.qp().state());
        assertEquals(QpState.RTS, b.qp().state());
        a.write(1, 0, 64, b, 0);
        a.awaitSend().expect(1, WcOpcode.RDMA_WRITE);
        a.qp().modify(PairConfig.toError());
        assertEquals(QpState.ERR, a.qp().state());
    }

    /** Not connectsByModify. */
    @Test
    void shouldRefuseToConnectByModify() {
        assertThrows(VerbsException.class, () -> Pair.connect(a.qp(), a.port(), b.qp(), b.port(), PairConfig.DEFAULT));
    }

    /** siw says yes and does nothing: the receives would stay posted, and their memory could be taken away under them. */
    @Test
    void shouldRefuseToGoBackToReset() {
        connect();
        a.receive(1, 0, 64);
        Refusal.of(Errno.EOPNOTSUPP, () -> a.qp().modify(new QpAttributes().state(QpState.RESET)), "RESET", "close it");
        assertEquals(1, a.qp().inFlight());
        b.send(2, 0, 64);
        a.awaitReceive().expect(1, WcOpcode.RECV);
    }

    /** Not flushesAfterError: what is posted in ERR stays in flight, so that its memory is kept, until the queue pair is closed. */
    @Test
    void shouldKeepWhatIsPostedInErrorInFlight() {
        connect();
        a.qp().modify(PairConfig.toError());
        a.receive(1, 0, 64);
        a.sends().clear().send(2, a.at(0), 64, a.region().lkey(), SendFlags.SIGNALED);
        a.postSends();
        a.assertQuiet();
        assertEquals(2, a.qp().inFlight());
        Refusal.of(Errno.EBUSY, a.region()::close, a.qp().describe(), "2 requests in flight");
        a.qp().close();
        a.region().close();
    }

    /** Not flushesAfterError: behind a request that failed at its own side, others wait until somebody says ERR. */
    @Test
    void shouldFlushWhatIsBehindALocalErrorOnlyWhenTold() {
        final Pair.Connected connected = connect();
        a.sends().clear();
        for (int i = 0; i < 4; i++) {
            a.sends().write(i, a.at(0), 64, a.region().lkey() ^ (i == 0 ? 0x55 : 0), b.at(0), b.region().rkey(), SendFlags.SIGNALED);
        }
        a.postSends();
        a.awaitSend().expectError(0, WcStatus.LOC_QP_OP_ERR, a.qp().number());
        a.assertQuiet();
        assertEquals(3, a.qp().inFlight());
        assertTrue(connected.active().awaitDisconnect(TestProvider.deadline()), "the end that failed was not told"); // which says ERR
        for (int i = 1; i < 4; i++) {
            a.awaitSend().expectError(i, WcStatus.WR_FLUSH_ERR, a.qp().number());
        }
        assertEquals(0, a.qp().inFlight());
    }

    /** What was posted before is flushed, by a peer that goes away, too. */
    @Test
    void shouldFlushReceivesWhenThePeerIsGone() {
        final Pair.Connected connected = connect();
        for (int i = 0; i < 5; i++) {
            a.receive(i, 0, 64);
        }
        b.qp().close();
        for (int i = 0; i < 5; i++) {
            a.awaitReceive().expectError(i, WcStatus.WR_FLUSH_ERR, a.qp().number());
        }
        assertEquals(0, a.qp().inFlight());
        assertTrue(connected.active().awaitDisconnect(TestProvider.deadline()), "the end that is left was not told");
    }
}
