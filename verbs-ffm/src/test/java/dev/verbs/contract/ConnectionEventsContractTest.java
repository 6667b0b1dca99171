package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Errno;
import dev.verbs.NodeType;
import dev.verbs.QpAttributeMask;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.RcTuning;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.ConnectionOffer;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.Ece;
import dev.verbs.cm.PortSpace;
import dev.verbs.cm.PrivateData;
import dev.verbs.cm.RejectReason;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connection manager step by step: each call, and the event that answers it. */
class ConnectionEventsContractTest extends VerbsTest {
    private static final ConnectionParameters DEFAULT = ConnectionParameters.DEFAULT;

    private Pair pair;
    private InetAddress address;
    private CmSteps steps;

    @BeforeEach
    void makePair() {
        pair = unconnectedPair(PairConfig.DEFAULT);
        address = Pair.address(pair.b().context(), pair.b().port(), 0).getAddress();
        steps = new CmSteps(this, PortSpace.TCP, address);
    }

    private Side a() {
        return pair.a();
    }

    private Side b() {
        return pair.b();
    }

    /** iWARP connects without CONNECT_RESPONSE, and knows no queue pair numbers. */
    private void assumeInfiniBand(final String what) {
        assume(a().context().device().nodeType() != NodeType.RNIC, a().context(), what);
    }

    /** Answers a request with the other queue pair, and establishes. */
    private void establish(final CmEvent request) {
        request.id().accept(b().qp(), DEFAULT);
        final CmEvent answer = CmSteps.next(steps.activeChannel);
        if (answer.type() == CmEventType.CONNECT_RESPONSE) {
            steps.active.establish();
        } else {
            assertEquals(CmEventType.ESTABLISHED, answer.type());
        }
        assertSame(request.id(), steps.expectPassive(CmEventType.ESTABLISHED).id());
    }

    private void exchange() {
        b().receive(1, 0, 64);
        a().fill(0, 64, 5).send(2, 0, 64);
        a().awaitSend().expect(2, WcOpcode.SEND);
        b().awaitReceive().expect(1, WcOpcode.RECV);
        b().assertFilled(0, 64, 5);
    }

    @Test
    @Covers({"rdma_accept", "rdma_connect", "rdma_get_cm_event", "rdma_resolve_addr", "rdma_resolve_route"})
    void shouldAnswerEachStepWithItsEvent() {
        final InetSocketAddress target = steps.listen();
        steps.active.resolveAddress(null, target, Duration.ofSeconds(2));
        assertSame(steps.active, steps.expectActive(CmEventType.ADDR_RESOLVED).id());
        steps.active.resolveRoute(Duration.ofSeconds(2));
        assertSame(steps.active, steps.expectActive(CmEventType.ROUTE_RESOLVED).id());
        steps.active.connect(a().qp(), DEFAULT);
        final CmEvent request = steps.request();
        assertSame(steps.listener, request.listener());
        assertSame(steps.passiveChannel, request.id().channel());
        establish(request);
        exchange();
        steps.active.disconnect();
        assertSame(request.id(), steps.expectPassive(CmEventType.DISCONNECTED).id());
        request.id().disconnect();
        assertSame(steps.active, steps.expectActive(CmEventType.DISCONNECTED).id());
    }

    @Test
    @Covers({"rdma_get_dst_port", "rdma_get_src_port"})
    void shouldKnowTheAddressesOfBothEnds() {
        final CmEvent request = steps.ask(a().qp(), DEFAULT);
        assertEquals(steps.listener.localAddress(), steps.active.peerAddress());
        assertEquals(steps.listener.localAddress(), request.id().localAddress());
        assertEquals(steps.active.localAddress(), request.id().peerAddress());
        assertEquals(steps.listener.localAddress().getPort(), steps.active.peerPort());
        assertEquals(steps.listener.localAddress().getPort(), request.id().localPort());
        assertEquals(steps.active.localAddress().getPort(), steps.active.localPort());
        assertEquals(steps.active.localPort(), request.id().peerPort());
        assertNotEquals(0, steps.active.localPort());
    }

    @Test
    void shouldHaveNoAddressesBeforeItIsBound() {
        assertNull(steps.active.peerAddress());
        assertEquals(0, steps.active.peerPort());
        assertEquals(0, steps.active.localPort());
        assertEquals(0, steps.active.port());
        assertNull(steps.active.deviceName());
        assertEquals(PortSpace.TCP, steps.active.portSpace());
    }

    @Test
    @Covers("rdma_resolve_addr")
    void shouldConnectFromASourceAddressAndPort() {
        final InetSocketAddress target = steps.listen();
        final InetSocketAddress free;
        try (CmId id = steps.activeChannel.createId()) {
            id.bind(new InetSocketAddress(address, 0));
            free = id.localAddress();
        }
        steps.active.resolveAddress(free, target, Duration.ofSeconds(2));
        steps.expectActive(CmEventType.ADDR_RESOLVED);
        assertEquals(free, steps.active.localAddress());
    }

    @Test
    void shouldTellWhatThePeerSaidAboutItsQueuePair() {
        final RcTuning asked = new RcTuning(14, 5, 3, 12, 2, 4);
        final CmEvent request = steps.ask(a().qp(), DEFAULT.with(asked));
        final ConnectionOffer offer = request.connection();
        assertNotNull(offer);
        assertNull(request.datagram());
        assertEquals(2, offer.responderResources(), "the peer's reads in flight");
        assertEquals(4, offer.initiatorDepth(), "what the peer answers");
        assumeInfiniBand("queue pair numbers and retries in a request");
        assertEquals(a().qp().number(), offer.qpNumber());
        assertEquals(5, offer.retryCount());
        assertEquals(3, offer.rnrRetryCount());
        request.id().accept(b().qp(), DEFAULT.with(new RcTuning(14, 6, 1, 12, 3, 1)));
        final ConnectionOffer answer = steps.expectActive(CmEventType.CONNECT_RESPONSE).connection();
        assertEquals(b().qp().number(), answer.qpNumber());
        assertEquals(1, answer.rnrRetryCount());
        assertEquals(3, answer.responderResources());
        assertEquals(1, answer.initiatorDepth());
    }

    @Test
    @Covers({"rdma_establish", "rdma_init_qp_attr"})
    void shouldLetTheCallerDriveItsQueuePairs() {
        assumeInfiniBand("queue pairs that the caller drives");
        steps.route(steps.listen());
        steps.active.connect(a().qp().number(), DEFAULT);
        final CmEvent request = steps.request();
        CmSteps.drive(request.id(), b().qp(), QpState.INIT, QpState.RTR, QpState.RTS);
        request.id().accept(b().qp().number(), DEFAULT);
        steps.expectActive(CmEventType.CONNECT_RESPONSE);
        CmSteps.drive(steps.active, a().qp(), QpState.INIT, QpState.RTR, QpState.RTS);
        steps.active.establish();
        steps.expectPassive(CmEventType.ESTABLISHED);
        exchange();
        steps.active.disconnect();
        steps.expectPassive(CmEventType.DISCONNECTED);
        assertEquals(QpState.RTS, a().qp().state(), "the queue pair is the caller's");
    }

    @Test
    @Covers("rdma_init_qp_attr")
    void shouldHandOutTheAttributesOfEachState() {
        assumeInfiniBand("attributes of each state");
        final CmEvent request = steps.ask(a().qp(), DEFAULT.with(new RcTuning(14, 5, 3, 12, 2, 4)));
        final CmId id = request.id();
        final QpAttributes init = id.initQpAttributes(QpState.INIT);
        assertEquals(QpState.INIT, init.state());
        assertTrue(init.has(QpAttributeMask.PORT) && init.has(QpAttributeMask.PKEY_INDEX) && init.has(QpAttributeMask.ACCESS_FLAGS));
        assertEquals(b().port().port(), init.port());
        final QpAttributes receive = id.initQpAttributes(QpState.RTR);
        assertEquals(a().qp().number(), receive.destinationQp());
        assertEquals(2, receive.maxDestReadAtomic());
        assertEquals(b().port().mtu(), receive.pathMtu());
        assertEquals(0, receive.minRnrTimer(), "the trap: 655 ms");
        assertEquals(steps.active.localAddress().getAddress(), receive.address().gid().address());
        final QpAttributes send = id.initQpAttributes(QpState.RTS);
        assertEquals(5, send.retryCount());
        assertEquals(3, send.rnrRetry());
        assertEquals(4, send.maxReadAtomic());
    }

    @Test
    void shouldRefuseAttributesBeforeTheyAreKnown() {
        Refusal.of(Errno.EINVAL, () -> steps.active.initQpAttributes(QpState.INIT), "resolve");
        assumeInfiniBand("attributes of each state");
        steps.route(steps.listen());
        assertEquals(QpState.INIT, steps.active.initQpAttributes(QpState.INIT).state());
        steps.active.connect(a().qp(), DEFAULT);
        steps.request();
        Refusal.of(Errno.EINVAL, () -> steps.active.initQpAttributes(QpState.RTR), "answer");
    }

    @Test
    @Covers("rdma_reject")
    void shouldRejectARequest() {
        final CmEvent request = steps.ask(a().qp(), DEFAULT);
        request.id().reject(new byte[] {1, 2, 3});
        final CmEvent rejected = CmSteps.next(steps.activeChannel);
        assertEquals(CmEventType.REJECTED, rejected.type());
        assertTrue(rejected.isRefusal());
        assertEquals(RejectReason.BY_PROGRAM, rejected.rejectReason());
        assertArrayEquals(new byte[] {1, 2, 3}, rejected.privateData());
    }

    @Test
    void shouldRejectAnAnswer() {
        assumeInfiniBand("to reject an answer");
        final CmEvent request = steps.ask(a().qp(), DEFAULT);
        request.id().accept(b().qp(), DEFAULT);
        steps.expectActive(CmEventType.CONNECT_RESPONSE);
        steps.active.reject(new byte[] {7});
        final CmEvent rejected = CmSteps.next(steps.passiveChannel);
        assertEquals(CmEventType.REJECTED, rejected.type());
        assertSame(request.id(), rejected.id());
        assertEquals(RejectReason.BY_PROGRAM, rejected.rejectReason());
        assertArrayEquals(new byte[] {7}, rejected.privateData());
    }

    /** librdmacm tells the id of a request nothing before it has accepted: it learns by trying. */
    @Test
    void shouldRefuseToAcceptAfterThePeerGaveUp() {
        assumeInfiniBand("to tell a listener that the peer gave up");
        final CmId request = steps.ask(a().qp(), DEFAULT).id();
        steps.active.close();
        assertTrue(Waiting.until(TestProvider.deadline(), () -> isRefused(() -> request.initQpAttributes(QpState.RTR))));
        Refusal.of(Errno.EINVAL, () -> request.accept(b().qp(), DEFAULT));
        assertNull(steps.passiveChannel.await(Duration.ZERO));
    }

    private static boolean isRefused(final Runnable call) {
        try {
            call.run();
            return false;
        } catch (final VerbsException e) {
            return e.errno() == Errno.EINVAL;
        }
    }

    @Test
    void shouldDisconnectNothingBeforeItIsConnected() {
        steps.active.disconnect();
        steps.route(steps.listen());
        assertNull(steps.activeChannel.await(Duration.ZERO));
    }

    @Test
    @Covers("rdma_notify")
    void shouldCountAPeerThatWasHeardAsConnected() {
        assumeInfiniBand("rdma_notify");
        steps.route(steps.listen());
        steps.active.connect(a().qp().number(), DEFAULT);
        final CmEvent request = steps.request();
        Refusal.of(Errno.EINVAL, request.id()::notifyEstablished, "rdma_notify");
        request.id().accept(b().qp(), DEFAULT);
        steps.expectActive(CmEventType.CONNECT_RESPONSE);
        CmSteps.drive(steps.active, a().qp(), QpState.INIT, QpState.RTR, QpState.RTS);
        exchange(); // before the active side has confirmed
        request.id().notifyEstablished();
        assertSame(request.id(), steps.expectPassive(CmEventType.ESTABLISHED).id());
        Refusal.of(Errno.EISCONN, request.id()::notifyEstablished);
        steps.active.establish();
        steps.active.disconnect();
        steps.expectPassive(CmEventType.DISCONNECTED);
    }

    @Test
    @Covers("rdma_migrate_id")
    void shouldDeliverEventsToTheChannelThatAnIdMigratedTo() {
        final InetSocketAddress target = steps.listen();
        final CmEventChannel other = own(provider().createEventChannel());
        steps.active.migrate(other);
        assertSame(other, steps.active.channel());
        steps.active.resolveAddress(null, target, Duration.ofSeconds(2));
        assertSame(steps.active, CmSteps.expect(other, CmEventType.ADDR_RESOLVED, 0).id());
        assertNull(steps.activeChannel.await(Duration.ZERO));
        steps.activeChannel.close();
        steps.active.resolveRoute(Duration.ofSeconds(2));
        CmSteps.expect(other, CmEventType.ROUTE_RESOLVED, 0);
        Refusal.of(Errno.EBUSY, other::close, "CM id");
        steps.active.close();
        other.close();
    }

    @Test
    @Covers("rdma_migrate_id")
    void shouldTakeUnreadEventsAlongWhenAnIdMigrates() {
        final InetSocketAddress target = steps.listen();
        steps.active.resolveAddress(null, target, Duration.ofSeconds(2));
        final CmEventChannel other = own(provider().createEventChannel());
        Waiting.until(TestProvider.pause(), () -> false);
        steps.active.migrate(other);
        CmSteps.expect(other, CmEventType.ADDR_RESOLVED, 0);
        assertNull(steps.activeChannel.await(Duration.ZERO));
    }

    @Test
    void shouldAcceptOnAListenerThatMigrated() {
        final InetSocketAddress target = steps.listen();
        final CmEventChannel other = own(provider().createEventChannel());
        steps.listener.migrate(other);
        steps.route(target);
        steps.active.connect(a().qp(), DEFAULT);
        final CmEvent request = CmSteps.expect(other, CmEventType.CONNECT_REQUEST, 0);
        own(request.id());
        assertSame(steps.listener, request.listener());
        assertSame(other, request.id().channel());
        request.id().reject(new byte[0]);
        assertTrue(CmSteps.next(steps.activeChannel).isRefusal());
    }

    @Test
    void shouldRefuseToMigrateToAClosedChannel() {
        final CmEventChannel other = provider().createEventChannel();
        other.close();
        Refusal.of(Errno.EBADF, () -> steps.active.migrate(other), "closed");
        assertSame(steps.activeChannel, steps.active.channel());
    }

    @Test
    @Covers({"rdma_get_remote_ece", "rdma_set_local_ece"})
    void shouldCarryVendorOptionsBothWays() {
        assumeInfiniBand("vendor options (ECE)");
        assertEquals(Ece.NONE, steps.active.remoteEce());
        steps.route(steps.listen());
        steps.active.setLocalEce(new Ece(0x2C9, 0x1234_5678));
        steps.active.connect(a().qp(), DEFAULT);
        final CmEvent request = steps.request();
        assertEquals(new Ece(0x2C9, 0x1234_5678), request.id().remoteEce());
        request.id().setLocalEce(new Ece(0x1077, 0x55));
        request.id().accept(b().qp(), DEFAULT);
        steps.expectActive(CmEventType.CONNECT_RESPONSE);
        assertEquals(new Ece(0x2C9, 0x55), steps.active.remoteEce(), "an answer is of the vendor who asked");
    }

    @Test
    void shouldRefuseVendorOptionsOfNobody() {
        Refusal.of(Errno.EINVAL, () -> steps.active.setLocalEce(Ece.NONE), "vendor id");
    }

    @Test
    @Covers("rdma_reject_ece")
    void shouldRejectVendorOptions() {
        assumeInfiniBand("vendor options (ECE)");
        final CmEvent request = steps.ask(a().qp(), DEFAULT);
        request.id().rejectEce(new byte[] {4});
        final CmEvent rejected = CmSteps.next(steps.activeChannel);
        assertEquals(RejectReason.VENDOR_OPTION, rejected.rejectReason(), rejected.toString());
        assertArrayEquals(new byte[] {4}, rejected.privateData());
    }

    @Test
    @Covers("rdma_event_str")
    void shouldNameEvents() {
        for (final CmEventType type : CmEventType.values()) {
            final String name = steps.activeChannel.nameOf(type);
            assertEquals(type == CmEventType.UNKNOWN ? "UNKNOWN EVENT" : "RDMA_CM_EVENT_" + type, name);
            assertSame(type, CmEventType.of(type.code()));
        }
    }

    @Test
    void shouldRefuseStepsInTheWrongOrder() {
        Refusal.of(Errno.EINVAL, () -> steps.active.resolveRoute(Duration.ofSeconds(1)), "rdma_resolve_route");
        Refusal.of(Errno.EINVAL, () -> steps.active.establish(), "rdma_establish");
        Refusal.of(Errno.EINVAL, () -> steps.active.reject(new byte[0]), "rdma_reject");
        final InetSocketAddress target = steps.listen();
        Refusal.of(Errno.EINVAL, () -> steps.listener.resolveAddress(null, target, Duration.ofSeconds(1)), "rdma_resolve_addr");
        steps.active.resolveAddress(null, target, Duration.ofSeconds(2));
        steps.expectActive(CmEventType.ADDR_RESOLVED);
        Refusal.of(Errno.EINVAL, () -> steps.active.connect(a().qp().number(), DEFAULT), "rdma_connect");
        Refusal.of(Errno.EINVAL, () -> steps.active.bind(new InetSocketAddress(address, 0)), "rdma_bind_addr");
    }

    @Test
    void shouldSayThatNobodyAnswersForAnAddress() {
        final byte[] raw = address.getAddress();
        raw[raw.length - 1] = (byte)0xFB;
        steps.active.resolveAddress(null, new InetSocketAddress(inet(raw), 7), Duration.ofMillis(200));
        final CmEvent error = CmSteps.next(steps.activeChannel);
        assertEquals(CmEventType.ADDR_ERROR, error.type());
        assertTrue(error.status() == -Errno.ETIMEDOUT || error.status() == -Errno.EHOSTUNREACH, error::toString);
    }

    private static InetAddress inet(final byte[] raw) {
        try {
            return InetAddress.getByAddress(raw);
        } catch (final UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldSayThatNoDeviceLeadsToAForeignNetwork() {
        Refusal.of(Errno.ENETUNREACH, () -> steps.active.resolveAddress(null, new InetSocketAddress("203.0.113.9", 7),
            Duration.ofSeconds(1)), "203.0.113.9");
    }

    @Test
    void shouldKeepToTheLimitsOfPrivateData() {
        final CmEvent request = steps.ask(a().qp(), DEFAULT);
        Refusal.says(assertThrows(IllegalArgumentException.class,
            () -> request.id().reject(new byte[PrivateData.MAX_REJECT + 1])), Integer.toString(PrivateData.MAX_REJECT));
        Refusal.says(assertThrows(IllegalArgumentException.class,
            () -> request.id().accept(1, DEFAULT.raw(new byte[PrivateData.MAX_ACCEPT + PrivateData.HEADER + 1]))),
            Integer.toString(PrivateData.MAX_ACCEPT + PrivateData.HEADER));
    }
}
