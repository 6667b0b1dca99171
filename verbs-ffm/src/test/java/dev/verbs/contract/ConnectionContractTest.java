package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.RcEndpoint;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.PrivateData;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.PortAddress;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that the connection manager makes, and how they end. */
class ConnectionContractTest extends VerbsTest {
    private static final ConnectionParameters DEFAULT = ConnectionParameters.DEFAULT;

    private Pair pair;

    @BeforeEach
    void makePair() {
        pair = unconnectedPair(PairConfig.DEFAULT);
    }

    private Pair.Connected connect(final byte[] fromActive, final byte[] fromPassive) {
        return pair.connect(this, DEFAULT.with(fromActive), DEFAULT.with(fromPassive));
    }

    private static byte[] bytes(final int length) {
        final byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte)(i * 7 - 3);
        }
        return data;
    }

    @Test
    @Covers({"rdma_accept", "rdma_ack_cm_event", "rdma_connect", "rdma_get_cm_event", "rdma_resolve_addr", "rdma_resolve_route"})
    void shouldConnectAndCarryDataBothWays() {
        connect(new byte[0], new byte[0]);
        for (final Side[] way : new Side[][] {{pair.a(), pair.b()}, {pair.b(), pair.a()}}) {
            way[0].fill(0, 5_000, 1);
            way[1].receive(1, 16_384, 8_192);
            way[0].send(2, 0, 5_000);
            way[0].awaitSend().expect(2, WcOpcode.SEND);
            assertEquals(5_000, way[1].awaitReceive().expect(1, WcOpcode.RECV).byteLength());
            way[1].assertFilled(16_384, 5_000, 1);
            way[0].write(3, 0, 5_000, way[1], 32_768);
            way[0].awaitSend().expect(3, WcOpcode.RDMA_WRITE);
            way[0].read(4, 40_960, 5_000, way[1], 32_768);
            way[0].awaitSend().expect(4, WcOpcode.RDMA_READ);
            way[0].assertFilled(40_960, 5_000, 1);
        }
    }

    @Test
    void shouldConnectOverIpv6() {
        final Optional<InetAddress> address = PortAddress.ipv6(pair.b().context(), pair.b().port());
        assumeTrue(address.isPresent(), () -> pair.b().context().device().name() + " has no IPv6 address");
        final CmListener listener = own(CmListener.bind(provider(), new InetSocketAddress(address.get(), 0), 4));
        assertEquals(address.get(), listener.address().getAddress());
        final Waiting.Pending<CmConnection> pending = Waiting.start("connector",
            () -> CmConnection.connect(provider(), listener.address(), pair.a().qp(), DEFAULT, TestProvider.deadline()));
        final CmRequest request = listener.await(TestProvider.deadline());
        assertNotNull(request, () -> "no connection request; the connector: " + pending.task());
        final CmConnection passive = request.accept(pair.b().qp(), DEFAULT, TestProvider.deadline());
        final Pair.Connected connected = own(new Pair.Connected(listener, pending.get(), passive));
        assertEquals(address.get(), connected.active().id().localAddress().getAddress());
        pair.a().fill(0, 5_000, 1);
        pair.b().receive(1, 0, 8_192);
        pair.a().send(2, 0, 5_000);
        pair.a().awaitSend().expect(2, WcOpcode.SEND);
        assertEquals(5_000, pair.b().awaitReceive().expect(1, WcOpcode.RECV).byteLength());
        pair.b().assertFilled(0, 5_000, 1);
    }

    @Test
    @Covers({"rdma_establish", "rdma_init_qp_attr"})
    void shouldTakeBothQueuePairsToReadyToSend() {
        final Pair.Connected connected = connect(new byte[0], new byte[0]);
        assertSame(pair.a().qp(), connected.active().queuePair());
        assertSame(pair.b().qp(), connected.passive().queuePair());
        assume(pair.a().context().device().guarantees().readsState(), pair.a().context(), "the true state in a query");
        assertEquals(QpState.RTS, pair.a().qp().state());
        assertEquals(QpState.RTS, pair.b().qp().state());
        assertEquals(pair.b().qp().number(), pair.a().qp().query().destinationQp());
        assertEquals(pair.a().qp().number(), pair.b().qp().query().destinationQp());
    }

    @Test
    void shouldGiveBothQueuePairsTheTimersThatWereAskedFor() {
        connect(new byte[0], new byte[0]);
        assume(pair.a().context().device().guarantees().readsState(), pair.a().context(), "attributes in a query");
        for (final Side side : List.of(pair.a(), pair.b())) {
            final QpAttributes found = side.qp().query();
            assertEquals(DEFAULT.tuning().minRnrTimer(), found.minRnrTimer(), side.qp().describe());
            assertEquals(DEFAULT.tuning().rnrRetry(), found.rnrRetry(), side.qp().describe());
            assertEquals(DEFAULT.tuning().retryCount(), found.retryCount(), side.qp().describe());
            assertEquals(DEFAULT.tuning().timeout(), found.timeout(), side.qp().describe());
            assertTrue(found.maxReadAtomic() > 0, side.qp().describe());
            assertTrue(found.maxDestReadAtomic() > 0, side.qp().describe());
        }
    }

    @Test
    void shouldDeliverNoPrivateData() {
        final Pair.Connected connected = connect(new byte[0], new byte[0]);
        assertEquals(0, connected.active().peerData().length);
        assertEquals(0, connected.passive().peerData().length);
    }

    @Test
    void shouldDeliverOneByteOfPrivateDataBothWays() {
        final Pair.Connected connected = connect(new byte[] {0}, new byte[] {-1});
        assertArrayEquals(new byte[] {-1}, connected.active().peerData());
        assertArrayEquals(new byte[] {0}, connected.passive().peerData());
    }

    @Test
    void shouldDeliverTheLongestPrivateDataBothWays() {
        final byte[] request = bytes(PrivateData.MAX_REQUEST);
        final byte[] answer = bytes(PrivateData.MAX_ACCEPT);
        final Pair.Connected connected = connect(request, answer);
        assertArrayEquals(answer, connected.active().peerData());
        assertArrayEquals(request, connected.passive().peerData());
    }

    @Test
    void shouldKeepTheZerosAtTheEndOfPrivateData() {
        final byte[] padded = Arrays.copyOf(bytes(10), 20);
        final Pair.Connected connected = connect(padded, padded);
        assertArrayEquals(padded, connected.active().peerData());
        assertArrayEquals(padded, connected.passive().peerData());
    }

    @Test
    void shouldDeliverRawPrivateDataAsItArrives() {
        final Pair.Connected connected = pair.connect(this, DEFAULT.raw(bytes(12)), DEFAULT.raw(bytes(12)));
        assertArrayEquals(bytes(12), Arrays.copyOf(connected.active().rawPeerData(), 12));
        assertArrayEquals(bytes(12), Arrays.copyOf(connected.passive().rawPeerData(), 12));
    }

    @Test
    @Covers({"rdma_bind_addr", "rdma_create_id", "rdma_listen"})
    void shouldListenOnAFreePortIfAskedForAny() {
        try (CmListener listener = CmListener.bind(provider(), Pair.address(pair.a().context(), pair.a().port(), 0), 1)) {
            assertNotEquals(0, listener.address().getPort());
            assertEquals(PortAddress.of(pair.a().context(), pair.a().port()), listener.address().getAddress());
        }
    }

    @Test
    void shouldServeSeveralConnectionsThroughOneListener() {
        final Pair second = unconnectedPair(PairConfig.DEFAULT);
        final CmListener listener = own(CmListener.bind(provider(), Pair.address(pair.b().context(), pair.b().port(), 0), 8));
        final List<Pair.Connected> accepted = new ArrayList<>();
        for (final Pair each : List.of(pair, second)) {
            final Waiting.Pending<CmConnection> pending = Waiting.start("connector", () -> CmConnection.connect(provider(),
                listener.address(), each.a().qp(), DEFAULT, TestProvider.deadline()));
            final CmRequest request = listener.await(TestProvider.deadline());
            assertNotNull(request);
            assertEquals(each.b().context().device().name(), request.deviceName());
            final CmConnection passive = request.accept(each.b().qp(), DEFAULT, TestProvider.deadline());
            accepted.add(own(new Pair.Connected(listener, pending.get(), passive)));
        }
        for (final Pair each : List.of(pair, second)) {
            each.b().receive(1, 0, 64);
            each.a().send(2, 0, 64);
            each.a().awaitSend().expect(2, WcOpcode.SEND);
            each.b().awaitReceive().expect(1, WcOpcode.RECV);
        }
        assertEquals(2, accepted.size());
    }

    @Test
    void shouldAcceptWithReceivesThatWerePostedBefore() {
        RcEndpoint.init(pair.b().qp(), pair.b().port(), PairConfig.ALL_ACCESS);
        pair.b().receive(1, 0, 64);
        connect(new byte[0], new byte[0]);
        pair.a().send(2, 0, 64);
        pair.a().awaitSend().expect(2, WcOpcode.SEND);
        pair.b().awaitReceive().expect(1, WcOpcode.RECV);
    }

    @Test
    @Covers("rdma_disconnect")
    void shouldTellBothEndsOfADisconnectAndFlushThem() {
        final Pair.Connected connected = connect(new byte[0], new byte[0]);
        pair.a().receive(1, 0, 64);
        pair.b().receive(2, 0, 64);
        assertFalse(connected.passive().awaitDisconnect(Duration.ZERO));
        connected.active().disconnect();
        assertTrue(connected.passive().awaitDisconnect(TestProvider.deadline()), "the other end was not told");
        assertTrue(connected.active().awaitDisconnect(TestProvider.deadline()), "the other end did not answer");
        pair.a().awaitReceive().expectError(1, WcStatus.WR_FLUSH_ERR, pair.a().qp().number());
        pair.b().awaitReceive().expectError(2, WcStatus.WR_FLUSH_ERR, pair.b().qp().number());
        assertEquals(0, pair.a().qp().inFlight());
        assertEquals(0, pair.b().qp().inFlight());
    }

    @Test
    void shouldTellThePeerWhenAConnectionIsClosed() {
        final Pair.Connected connected = connect(new byte[0], new byte[0]);
        connected.passive().close();
        assertTrue(connected.active().awaitDisconnect(TestProvider.deadline()));
        connected.active().close();
        connected.active().close();
        assertTrue(pair.a().qp().isOpen(), "the queue pair stays the caller's");
    }

    @Test
    @Covers("rdma_destroy_id")
    void shouldReuseAPortThatWasClosed() {
        final InetSocketAddress first;
        try (CmListener listener = CmListener.bind(provider(), Pair.address(pair.a().context(), pair.a().port(), 0), 1)) {
            first = listener.address();
        }
        try (CmListener listener = CmListener.bind(provider(), first, 1)) {
            assertEquals(first, listener.address());
            assertNull(listener.await(Duration.ZERO));
        }
    }
}
