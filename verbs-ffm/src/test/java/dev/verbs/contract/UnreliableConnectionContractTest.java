package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.UcEndpoint;
import dev.verbs.QueuePairConfig;
import dev.verbs.QueuePair;
import dev.verbs.QpAttributes;
import dev.verbs.Errno;
import dev.verbs.AccessFlags;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.SendFlags;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unreliable connections: what arrives is right, what is lost is lost silently. */
class UnreliableConnectionContractTest extends VerbsTest {
    private static final PairConfig UC = PairConfig.DEFAULT.withType(QpType.UC);

    private Pair pair;
    private Side a;
    private Side b;

    @BeforeEach
    void connect() {
        use(UC);
    }

    private void use(final PairConfig config) {
        pair = pair(config);
        a = pair.a();
        b = pair.b();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 5000, 60_000})
    void shouldSendMessagesOfAnyLength(final int length) {
        a.fill(0, length, 3);
        b.receive(1, 0, 65_536);
        a.send(2, 0, length);
        a.awaitSend().expect(2, WcOpcode.SEND);
        final Completion received = b.awaitReceive().expect(1, WcOpcode.RECV);
        assertEquals(length, received.byteLength());
        assertEquals(b.qp().number(), received.qpNumber());
        b.assertFilled(0, length, 3);
    }

    @Test
    void shouldSendBothWays() {
        a.receive(1, 0, 64);
        b.receive(2, 0, 64);
        a.send(3, 0, 64);
        b.send(4, 0, 64);
        a.awaitReceive().expect(1, WcOpcode.RECV);
        b.awaitReceive().expect(2, WcOpcode.RECV);
    }

    @Test
    void shouldSendImmediates() {
        b.receive(1, 0, 64);
        a.sends().clear().sendWithImm(2, a.at(0), 64, a.region().lkey(), 0xCAFE_0123, SendFlags.SIGNALED);
        a.postSends();
        final Completion received = b.awaitReceive().expect(1, WcOpcode.RECV);
        assertTrue(received.hasImmediate());
        assertEquals(0xCAFE_0123, received.immediate());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1024, 3000, 60_000})
    void shouldWriteMessagesOfAnyLength(final int length) {
        a.fill(0, length, 5);
        a.write(1, 0, length, b, 0);
        a.awaitSend().expect(1, WcOpcode.RDMA_WRITE);
        b.receive(2, 0, 0); // what comes after it says that the write has come
        a.send(2, 0, 0);
        b.awaitReceive().expect(2, WcOpcode.RECV);
        b.assertFilled(0, length, 5);
    }

    @Test
    void shouldWriteWithImmediates() {
        b.receives().clear().add(1);
        b.postReceives();
        a.fill(0, 3000, 7);
        a.sends().clear().writeWithImm(2, a.at(0), 3000, a.region().lkey(), b.at(100), b.region().rkey(), 77, SendFlags.SIGNALED);
        a.postSends();
        a.awaitSend().expect(2, WcOpcode.RDMA_WRITE);
        final Completion received = b.awaitReceive().expect(1, WcOpcode.RECV_RDMA_WITH_IMM);
        assertEquals(77, received.immediate());
        assertEquals(3000, received.byteLength());
        b.assertFilled(100, 3000, 7);
    }

    @Test
    void shouldLoseAMessageForWhichNoReceiveIsPosted() {
        a.send(1, 0, 64);
        a.awaitSend().expect(1, WcOpcode.SEND);
        b.assertQuiet();
        b.receive(2, 0, 64);
        b.assertQuiet(); // it is not kept for later
        a.fill(0, 64, 9).send(3, 0, 64);
        b.awaitReceive().expect(2, WcOpcode.RECV);
        b.assertFilled(0, 64, 9);
    }

    @Test
    void shouldGoOnAfterManyLostMessages() {
        for (int i = 0; i < 20; i++) {
            a.send(i, 0, 3000);
            a.awaitSend().expect(i, WcOpcode.SEND);
        }
        b.assertQuiet();
        b.receive(50, 0, 4096);
        a.fill(0, 3000, 4).send(51, 0, 3000);
        b.awaitReceive().expect(50, WcOpcode.RECV);
        b.assertFilled(0, 3000, 4);
    }

    @Test
    void shouldLoseAWriteWithAWrongKeyAndTellNobody() {
        b.fill(0, 64, 1);
        a.sends().clear().write(1, a.at(64), 64, a.region().lkey(), b.at(0), b.region().rkey() ^ 0x55, SendFlags.SIGNALED);
        a.postSends();
        a.awaitSend().expect(1, WcOpcode.RDMA_WRITE);
        b.receive(2, 1000, 64);
        a.send(3, 0, 64);
        b.awaitReceive().expect(2, WcOpcode.RECV);
        b.assertFilled(0, 64, 1);
        assertEquals(QpState.RTS, b.qp().state());
        assertEquals(QpState.RTS, a.qp().state());
    }

    @Test
    void shouldLoseAWriteThatTheQueuePairDoesNotAllow() {
        use(UC.withAccess(PairConfig.ALL_ACCESS, AccessFlags.LOCAL_WRITE));
        b.fill(0, 64, 1);
        a.write(1, 64, 64, b, 0);
        a.awaitSend().expect(1, WcOpcode.RDMA_WRITE);
        b.receive(2, 1000, 64);
        a.send(3, 0, 64);
        b.awaitReceive().expect(2, WcOpcode.RECV);
        b.assertFilled(0, 64, 1);
    }

    @Test
    void shouldKeepTheReceiveOfALostWriteWithImmediate() {
        b.receive(1, 0, 64);
        a.sends().clear().writeWithImm(2, a.at(0), 64, a.region().lkey(), b.at(0), b.region().rkey() ^ 0x55, 7, SendFlags.SIGNALED);
        a.postSends();
        a.awaitSend().expect(2, WcOpcode.RDMA_WRITE);
        b.assertQuiet();
        a.send(3, 0, 64);
        b.awaitReceive().expect(1, WcOpcode.RECV);
    }

    @Test
    void shouldRefuseReads() {
        a.read(1, 0, 64, b, 0);
        a.awaitSend().expectError(1, DeviceProfile.of(a.context()).unknownOpcode(), a.qp().number());
    }

    @Test
    void shouldFailALocalKeyAndFlushWhatIsBehind() {
        a.sends().clear();
        for (int i = 0; i < 3; i++) {
            a.sends().send(i, a.at(0), 64, a.region().lkey() ^ (i == 0 ? 0x55 : 0), SendFlags.SIGNALED);
        }
        a.postSends();
        final DeviceProfile profile = DeviceProfile.of(a.context());
        a.awaitSend().expectError(0, profile.localKey(), a.qp().number());
        a.awaitSend().expectError(1, WcStatus.WR_FLUSH_ERR, a.qp().number());
        a.awaitSend().expectError(2, WcStatus.WR_FLUSH_ERR, a.qp().number());
        assertEquals(DeviceProfile.afterFailedSend(a.context()), a.qp().state());
    }

    /** What failed and was flushed must not be subtracted again when the sends behind it succeed: receives are in flight. */
    @Test
    void shouldCountWhatIsInFlightWhenItGoesOnAfterAFailure() {
        assumeTrue(DeviceProfile.afterFailedSend(a.context()) == QpState.SQE, "rdma_rxe takes the whole queue pair to ERR");
        final QueuePairConfig config = new QueuePairConfig(QpType.UC, a.sendCq(), a.sendCq(), 8, 8, 1, 1, 0, false);
        final QueuePair one = own(a.domain().createQueuePair(config));
        final QueuePair other = own(a.domain().createQueuePair(config));
        UcEndpoint.connectPair(one, other, a.port(), PairConfig.ALL_ACCESS);
        a.receives().clear().receive(1, a.at(0), 64, a.region().lkey());
        assertEquals(1, one.postReceive(a.receives()));
        a.sends().clear();
        for (int i = 0; i < 4; i++) {
            a.sends().send(i, a.at(0), 64, a.region().lkey() ^ (i == 1 ? 0x55 : 0), i == 0 ? 0 : SendFlags.SIGNALED);
        }
        assertEquals(4, one.postSend(a.sends()));
        a.awaitSends(3); // the failed one, and those flushed behind it
        one.modify(new QpAttributes().state(QpState.RTS));
        a.sends().clear().send(9, a.at(0), 64, a.region().lkey(), SendFlags.SIGNALED);
        assertEquals(1, one.postSend(a.sends()));
        a.awaitSend().expect(9, WcOpcode.SEND);
        assertEquals(1, one.inFlight(), "the receive");
        Refusal.of(Errno.EBUSY, a.region()::close, one.describe());
    }

    @Test
    void shouldNotMissAPeerThatIsGone() {
        b.qp().close();
        for (int i = 0; i < 3; i++) {
            a.send(i, 0, 64);
            a.awaitSend().expect(i, WcOpcode.SEND);
        }
        assertEquals(QpState.RTS, a.qp().state());
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    void shouldFlushReceivesInError() {
        b.receive(1, 0, 64);
        b.qp().modify(PairConfig.toError());
        b.awaitReceive().expectError(1, WcStatus.WR_FLUSH_ERR, b.qp().number());
    }
}
