package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AddressHandle;
import dev.verbs.Errno;
import dev.verbs.GrhDescriptor;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.SendFlags;
import dev.verbs.UdEndpoint;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unreliable datagrams. */
class DatagramContractTest extends VerbsTest {
    private static final PairConfig UD = PairConfig.DEFAULT.withType(QpType.UD);
    private static final int GRH = (int)GrhDescriptor.SIZE;
    private static final int QKEY = Pair.QKEY;

    private Side a;
    private Side b;
    private AddressHandle toB;

    @BeforeEach
    void open() {
        use(UD);
    }

    private void use(final PairConfig config) {
        final Pair pair = pair(config);
        a = pair.a();
        b = pair.b();
        toB = a.pathTo(this, b);
    }

    private int mtu() {
        return a.context().queryPort(a.port().port()).activeMtu().bytes();
    }

    private void send(final long wrId, final long length) {
        a.sendTo(wrId, 0, length, toB, b.qp().number(), QKEY);
    }

    /** Sends what must arrive, and checks that it does: so nothing that was sent before it is still on its way. */
    private void assertNextArrives(final long receive) {
        a.fill(0, 64, (int)receive);
        send(900 + receive, 64);
        a.awaitSend().expect(900 + receive, WcOpcode.SEND);
        b.awaitReceive().expect(receive, WcOpcode.RECV);
        b.assertFilled(GRH, 64, (int)receive);
    }

    @Test
    void shouldReserveTheHeaderBeforeThePayload() {
        assertEquals(40, GRH);
        a.fill(0, 100, 1);
        b.receive(1, 0, GRH + 100);
        send(2, 100);
        a.awaitSend().expect(2, WcOpcode.SEND);
        final Completion received = b.awaitReceive().expect(1, WcOpcode.RECV);
        assertEquals(GRH + 100, received.byteLength());
        b.assertFilled(GRH, 100, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 1000})
    void shouldCarryPayloadsUpToTheMtu(final int shorterThanMtu) {
        final int length = mtu() - shorterThanMtu;
        a.fill(0, length, 2);
        b.receive(1, 0, GRH + length);
        send(2, length);
        assertEquals(GRH + length, b.awaitReceive().expect(1, WcOpcode.RECV).byteLength());
        b.assertFilled(GRH, length, 2);
    }

    @Test
    void shouldCarryNothing() {
        b.receive(1, 0, GRH);
        send(2, 0);
        assertEquals(GRH, b.awaitReceive().expect(1, WcOpcode.RECV).byteLength());
    }

    /** C10-93.1.1: no packet, and no error. */
    @Test
    void shouldLoseWhatIsLongerThanTheMtuWithoutAnError() {
        b.receive(1, 0, 65_536);
        send(2, mtu() + 1);
        a.awaitSend().expect(2, WcOpcode.SEND);
        b.assertQuiet();
        assertNextArrives(1);
    }

    @Test
    @Covers("ibv_create_ah")
    void shouldSayWhoSent() {
        b.receive(1, 0, 256);
        send(2, 64);
        final Completion received = b.awaitReceive().expect(1, WcOpcode.RECV);
        assertEquals(a.qp().number(), received.sourceQp());
        assertTrue(received.hasGrh());
        assertEquals(b.qp().number(), received.qpNumber());
        assertEquals(a.port().gid().gid(), GrhDescriptor.source(b.buffer(), 0));
        assertEquals(b.port().gid().gid(), GrhDescriptor.target(b.buffer(), 0));
    }

    @Test
    void shouldCarryImmediates() {
        b.receive(1, 0, 256);
        a.sends().clear().sendToWithImm(2, a.at(0), 64, a.region().lkey(), 0x8765_4321, toB, b.qp().number(), QKEY,
            SendFlags.SIGNALED);
        a.postSends();
        final Completion received = b.awaitReceive().expect(1, WcOpcode.RECV);
        assertTrue(received.hasImmediate());
        assertEquals(0x8765_4321, received.immediate());
    }

    @Test
    void shouldCarryInlinePayloads() {
        use(UD.withInline(64));
        a.fill(0, 64, 6);
        b.receive(1, 0, 256);
        final int index = a.sends().clear().sendTo(2, a.at(0), 64, 0, toB, b.qp().number(), QKEY, SendFlags.SIGNALED);
        a.sends().inline(index, a.buffer(), 0, 64);
        a.postSends();
        a.fill(0, 64, 7);
        b.awaitReceive().expect(1, WcOpcode.RECV);
        b.assertFilled(GRH, 64, 6);
    }

    @Test
    void shouldGatherAndScatterAcrossTheHeader() {
        a.fill(0, 300, 8);
        final int index = a.sends().clear().sendTo(1, a.at(0), 100, a.region().lkey(), toB, b.qp().number(), QKEY,
            SendFlags.SIGNALED);
        a.sends().addLocal(index, a.at(100), 1, a.region().lkey());
        a.sends().addLocal(index, a.at(101), 199, a.region().lkey());
        final int receive = b.receives().clear().receive(2, b.at(0), 30, b.region().lkey());
        b.receives().addLocal(receive, b.at(30), 60, b.region().lkey());
        b.receives().addLocal(receive, b.at(90), 400, b.region().lkey());
        b.postReceives();
        a.postSends();
        assertEquals(GRH + 300, b.awaitReceive().expect(2, WcOpcode.RECV).byteLength());
        b.assertFilled(GRH, 300, 8);
    }

    @Test
    void shouldKeepTheOrderToOneQueuePair() {
        for (int i = 0; i < 16; i++) {
            b.receive(i, i * 256L, 256);
        }
        for (int i = 0; i < 16; i++) {
            a.sends().clear().sendToWithImm(i, a.at(0), 64, a.region().lkey(), i, toB, b.qp().number(), QKEY, SendFlags.SIGNALED);
            a.postSends();
            a.awaitSend().expect(i, WcOpcode.SEND);
        }
        for (int i = 0; i < 16; i++) {
            assertEquals(i, b.awaitReceive().expect(i, WcOpcode.RECV).immediate());
        }
    }

    @Test
    void shouldSendToItself() {
        final AddressHandle home = a.pathTo(this, a);
        a.fill(0, 64, 5);
        a.receive(1, 1000, 256);
        a.sendTo(2, 0, 64, home, a.qp().number(), QKEY);
        a.awaitSend().expect(2, WcOpcode.SEND);
        assertEquals(a.qp().number(), a.awaitReceive().expect(1, WcOpcode.RECV).sourceQp());
        a.assertFilled(1000 + GRH, 64, 5);
    }

    @Test
    void shouldReachSeveralQueuePairsFromOne() {
        final Side c = pair(UD).a();
        final AddressHandle toC = a.pathTo(this, c);
        b.receive(1, 0, 256);
        c.receive(2, 0, 256);
        a.sends().clear();
        a.sends().sendTo(3, a.at(0), 64, a.region().lkey(), toB, b.qp().number(), QKEY, 0);
        a.sends().sendTo(4, a.at(0), 64, a.region().lkey(), toC, c.qp().number(), QKEY, SendFlags.SIGNALED);
        a.postSends();
        a.awaitSend().expect(4, WcOpcode.SEND);
        b.awaitReceive().expect(1, WcOpcode.RECV);
        c.awaitReceive().expect(2, WcOpcode.RECV);
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    @Covers("ibv_create_ah_from_wc")
    void shouldAnswerAlongThePathBack() {
        b.receive(1, 0, 256);
        send(2, 64);
        final int sender = b.awaitReceive().expect(1, WcOpcode.RECV).sourceQp();
        final AddressHandle back = own(b.domain().createAddressHandle(b.lastPolled(), 0, b.buffer(), b.port().port()));
        assertEquals(a.port().gid().gid(), back.address().gid());
        a.receive(3, 0, 256);
        b.fill(1000, 64, 4).sendTo(4, 1000, 64, back, sender, QKEY);
        a.awaitReceive().expect(3, WcOpcode.RECV);
        a.assertFilled(GRH, 64, 4);
    }

    @Test
    void shouldLoseADatagramWithAWrongQueueKey() {
        b.receive(1, 0, 256);
        a.sendTo(2, 0, 64, toB, b.qp().number(), QKEY + 1);
        a.awaitSend().expect(2, WcOpcode.SEND);
        b.assertQuiet();
        assertNextArrives(1);
        assertEquals(QpState.RTS, b.qp().state());
    }

    @Test
    void shouldAcceptAnotherQueueKeyAfterAChange() {
        b.qp().modify(new QpAttributes().state(QpState.RTS).qkey(99));
        assertEquals(99, b.qp().query().qkey());
        b.receive(1, 0, 256);
        a.sendTo(2, 0, 64, toB, b.qp().number(), QKEY);
        a.awaitSend().expect(2, WcOpcode.SEND);
        b.assertQuiet();
        a.sendTo(3, 0, 64, toB, b.qp().number(), 99);
        b.awaitReceive().expect(1, WcOpcode.RECV);
    }

    /** A request with a controlled key goes out with its queue pair's own; rdma_rxe sends the request's key, and loses it so. */
    @Test
    void shouldSendItsOwnQueueKeyInPlaceOfAControlledOne() {
        b.receive(1, 0, 256);
        a.sendTo(2, 0, 64, toB, b.qp().number(), UdEndpoint.CONTROLLED_QKEY | 5);
        a.awaitSend().expect(2, WcOpcode.SEND);
        if (DeviceProfile.controlsQueueKeys(a.context())) {
            b.awaitReceive().expect(1, WcOpcode.RECV);
        } else {
            b.assertQuiet();
        }
    }

    @Test
    void shouldLoseADatagramForWhichNoReceiveIsPosted() {
        send(1, 64);
        a.awaitSend().expect(1, WcOpcode.SEND);
        b.assertQuiet();
        b.receive(2, 0, 256);
        b.assertQuiet();
        assertNextArrives(2);
    }

    @Test
    void shouldLoseADatagramToANumberThatNobodyHas() {
        a.sendTo(1, 0, 64, toB, 0xABCDEF, QKEY);
        a.awaitSend().expect(1, WcOpcode.SEND);
        b.receive(2, 0, 256);
        assertNextArrives(2);
    }

    @Test
    void shouldLoseADatagramToAQueuePairOfAnotherService() {
        final Side reliable = pair().a();
        reliable.receive(1, 0, 256);
        a.sendTo(2, 0, 64, toB, reliable.qp().number(), QKEY);
        a.awaitSend().expect(2, WcOpcode.SEND);
        reliable.assertQuiet();
        assertEquals(QpState.RTS, reliable.qp().state());
    }

    @Test
    void shouldLoseADatagramToAQueuePairThatIsNotReady() {
        b.qp().modify(new QpAttributes().state(QpState.RESET));
        UdEndpoint.init(b.qp(), b.port(), QKEY);
        b.receive(1, 0, 256);
        send(2, 64);
        a.awaitSend().expect(2, WcOpcode.SEND);
        b.assertQuiet();
        b.qp().modify(new QpAttributes().state(QpState.RTR)); // enough to receive
        assertNextArrives(1);
    }

    /** The receiver learns that its receive was too short, and dies of it; the sender does not. */
    @Test
    void shouldFailAReceiveThatIsTooShort() {
        b.receive(1, 0, GRH + 63);
        send(2, 64);
        a.awaitSend().expect(2, WcOpcode.SEND);
        b.awaitReceive().expectError(1, DeviceProfile.of(b.context()).shortReceive(), b.qp().number());
        assertTrue(Waiting.until(TestProvider.deadline(), () -> b.qp().state() == QpState.ERR));
    }

    @Test
    void shouldFailAReceiveWithoutRoomForTheHeader() {
        b.receive(1, 0, GRH - 1);
        send(2, 0);
        b.awaitReceive().expectError(1, DeviceProfile.of(b.context()).shortReceive(), b.qp().number());
    }

    @Test
    void shouldFailALocalKeyAndFlushWhatIsBehind() {
        a.sends().clear();
        for (int i = 0; i < 3; i++) {
            a.sends().sendTo(i, a.at(0), 64, a.region().lkey() ^ (i == 0 ? 0x55 : 0), toB, b.qp().number(), QKEY, SendFlags.SIGNALED);
        }
        a.postSends();
        final DeviceProfile profile = DeviceProfile.of(a.context());
        a.awaitSend().expectError(0, profile.localKey(), a.qp().number());
        a.awaitSend().expectError(1, WcStatus.WR_FLUSH_ERR, a.qp().number());
        a.awaitSend().expectError(2, WcStatus.WR_FLUSH_ERR, a.qp().number());
        assertEquals(DeviceProfile.afterFailedSend(a.context()), a.qp().state());
    }

    /** Drivers follow the word of every request on a UD queue pair as a pointer: no request without a handle may reach one. */
    @Test
    void shouldRefuseRequestsWithoutAnAddressHandle() {
        a.sends().clear().send(1, a.at(0), 64, a.region().lkey(), SendFlags.SIGNALED);
        assertEquals(0, a.qp().postSend(a.sends()));
        assertEquals(Errno.name(Errno.EINVAL), Errno.name(a.sends().errno()));
        a.sends().clear().write(1, a.at(0), 64, a.region().lkey(), b.at(0), b.region().rkey(), SendFlags.SIGNALED);
        assertEquals(0, a.qp().postSend(a.sends()));
        assertEquals(0, a.qp().inFlight());
    }

    @Test
    void shouldAcceptWhatStandsBeforeARequestWithoutAnAddressHandle() {
        b.receive(1, 0, 256);
        a.sends().clear();
        a.sends().sendTo(2, a.at(0), 64, a.region().lkey(), toB, b.qp().number(), QKEY, SendFlags.SIGNALED);
        a.sends().send(3, a.at(0), 64, a.region().lkey(), SendFlags.SIGNALED);
        a.sends().sendTo(4, a.at(0), 64, a.region().lkey(), toB, b.qp().number(), QKEY, SendFlags.SIGNALED);
        assertEquals(1, a.qp().postSend(a.sends()));
        assertEquals(Errno.name(Errno.EINVAL), Errno.name(a.sends().errno()));
        assertEquals(2, a.sends().remaining());
        a.awaitSend().expect(2, WcOpcode.SEND);
        assertEquals(0, a.qp().inFlight());
        b.receive(5, 256, 256);
        a.sends().target(1, toB, b.qp().number(), QKEY); // repaired, the rest goes out
        assertEquals(2, a.qp().postSend(a.sends()));
        a.awaitSends(2);
        b.awaitReceives(2);
    }

    @Test
    void shouldFlushReceivesInError() {
        b.receive(1, 0, 256);
        b.qp().modify(PairConfig.toError());
        final Completion flushed = b.awaitReceive().expectError(1, WcStatus.WR_FLUSH_ERR, b.qp().number());
        assertFalse(flushed.description().contains("first cause"), flushed.description());
    }

    @Test
    void shouldGoOnReceivingWhileItsSendQueueDrains() {
        b.qp().modify(new QpAttributes().state(QpState.SQD));
        b.receive(1, 0, 256);
        assertNextArrives(1);
    }

    @Test
    void shouldNotSendToTheTargetOfTheRequestThatWasInTheListBefore() {
        b.receive(1, 0, GRH + 64);
        b.receive(2, 256, GRH + 64);
        send(3, 64);
        a.awaitSend().expect(3, WcOpcode.SEND);
        b.awaitReceive().expect(1, WcOpcode.RECV);
        a.sends().clear().send(4, a.at(0), 64, a.region().lkey(), SendFlags.SIGNALED); // in its place, and no target
        assertEquals(0, a.qp().postSend(a.sends()));
        assertEquals(Errno.EINVAL, a.sends().errno());
        a.assertQuiet();
        b.assertQuiet();
        a.sends().target(0, toB, b.qp().number(), QKEY);
        a.postSends();
        a.awaitSend().expect(4, WcOpcode.SEND);
        b.awaitReceive().expect(2, WcOpcode.RECV);
    }

    /** libibverbs frees a closed handle, and the next one may lie at the same address. */
    @Test
    void shouldRefuseAClosedHandleAlsoWhereAnotherHasTakenItsPlace() {
        b.receive(1, 0, GRH + 64);
        for (int i = 0; i < 8; i++) {
            final AddressHandle closed = a.pathTo(this, b);
            closed.close();
            a.pathTo(this, b);
            a.sends().clear().sendTo(i, a.at(0), 64, a.region().lkey(), closed, b.qp().number(), QKEY, SendFlags.SIGNALED);
            assertEquals(0, a.qp().postSend(a.sends()));
            assertEquals(Errno.EINVAL, a.sends().errno());
        }
        assertNextArrives(1);
    }
}
