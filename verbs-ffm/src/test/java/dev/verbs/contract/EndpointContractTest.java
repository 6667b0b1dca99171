package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Errno;
import dev.verbs.NodeType;
import dev.verbs.QpType;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.cm.AddressHints;
import dev.verbs.cm.AddressInfo;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmEndpoint;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.DatagramDestination;
import dev.verbs.cm.MulticastMembership;
import dev.verbs.cm.PortSpace;
import dev.verbs.cm.RejectReason;
import dev.verbs.cm.RejectedException;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses by name, endpoints made from them, and the waiting of the synchronous face. */
class EndpointContractTest extends VerbsTest {
    private static final ConnectionParameters DEFAULT = ConnectionParameters.DEFAULT;
    private static final Duration LONG = Duration.ofMinutes(5);

    private Pair pair;
    private InetAddress address;
    private List<String> before;

    @BeforeEach
    void makePair() {
        pair = unconnectedPair(PairConfig.DEFAULT);
        address = Pair.address(pair.b().context(), pair.b().port(), 0).getAddress();
        before = provider().live();
    }

    private AddressInfo only(final String node, final String service, final AddressHints hints) {
        final List<AddressInfo> found = provider().addressInfo(node, service, hints);
        assertFalse(found.isEmpty());
        return found.getFirst();
    }

    private CmListener listen(final InetAddress at) {
        return own(CmListener.bind(provider(), only(at.getHostAddress(), "0", AddressHints.LISTEN.numeric()), 4));
    }

    private AddressInfo to(final CmListener listener) {
        final InetSocketAddress target = listener.address();
        return only(target.getAddress().getHostAddress(), Integer.toString(target.getPort()), AddressHints.CONNECT.numeric());
    }

    private CmEndpoint endpoint(final CmListener listener) {
        return own(CmEndpoint.create(provider(), to(listener), TestProvider.deadline()));
    }

    private void connectAndExchange(final InetAddress at) {
        final CmListener listener = listen(at);
        final CmEndpoint endpoint = endpoint(listener);
        final Waiting.Pending<CmConnection> pending = Waiting.start("connector",
            () -> endpoint.connect(pair.a().qp(), DEFAULT.with(new byte[] {1}), TestProvider.deadline()));
        final CmRequest request = listener.await(TestProvider.deadline());
        assertNotNull(request);
        assertArrayEquals(new byte[] {1}, request.peerData());
        final CmConnection passive = request.accept(pair.b().qp(), DEFAULT.with(new byte[] {2}), TestProvider.deadline());
        final CmConnection active = pending.get();
        own(new Pair.Connected(listener, active, passive));
        endpoint.close(); // the connection has taken over
        assertTrue(active.id().isOpen());
        assertArrayEquals(new byte[] {2}, active.peerData());
        assertEquals(at, active.id().localAddress().getAddress());
        assertEquals(at, passive.id().peerAddress().getAddress());
        pair.b().receive(1, 0, 64);
        pair.a().fill(0, 64, 9).send(2, 0, 64);
        pair.a().awaitSend().expect(2, WcOpcode.SEND);
        pair.b().awaitReceive().expect(1, WcOpcode.RECV);
        pair.b().assertFilled(0, 64, 9);
    }

    @Test
    void shouldConnectEndpointsMadeFromAddresses() {
        connectAndExchange(address);
    }

    @Test
    void shouldConnectOverIpv6() {
        final InetAddress six = CmSteps.ipv6(pair.a().context(), pair.a().port());
        assume(six != null, pair.a().context(), "an IPv6 address");
        connectAndExchange(six);
    }

    @Test
    void shouldAnswerIpv6AtTheWildcard() throws UnknownHostException {
        final InetAddress six = CmSteps.ipv6(pair.a().context(), pair.a().port());
        assume(six != null, pair.a().context(), "an IPv6 address");
        final CmListener listener = listen(InetAddress.getByAddress(new byte[16]));
        final InetSocketAddress target = new InetSocketAddress(six, listener.address().getPort());
        final Waiting.Pending<CmConnection> pending = Waiting.start("connector",
            () -> CmConnection.connect(provider(), target, pair.a().qp(), DEFAULT, TestProvider.deadline()));
        final CmRequest request = listener.await(TestProvider.deadline());
        assertNotNull(request);
        assertEquals(six, request.event().id().localAddress().getAddress());
        request.reject(new byte[0]);
        assertThrows(RejectedException.class, pending::get);
    }

    @Test
    void shouldSayThatNobodyListensOverIpv6() {
        final InetAddress six = CmSteps.ipv6(pair.a().context(), pair.a().port());
        assume(six != null, pair.a().context(), "an IPv6 address");
        final CmListener listener = listen(six);
        final CmEndpoint endpoint = endpoint(listener);
        listener.close();
        final RejectedException refused = assertThrows(RejectedException.class,
            () -> endpoint.connect(pair.a().qp(), DEFAULT, TestProvider.deadline()));
        assertEquals(RejectReason.NOBODY_LISTENS, refused.reason());
    }

    @Test
    @Covers({"rdma_freeaddrinfo", "rdma_getaddrinfo"})
    void shouldTellWhatAnAddressMeans() {
        final AddressInfo active = only("10.1.2.3", "7471", AddressHints.CONNECT);
        assertEquals(new InetSocketAddress("10.1.2.3", 7471), active.destination());
        assertNull(active.source());
        assertFalse(active.passive());
        assertEquals(PortSpace.TCP, active.portSpace());
        assertEquals(QpType.RC, active.queuePairType());
        final AddressInfo passive = only("10.1.2.3", "7471", AddressHints.LISTEN);
        assertEquals(new InetSocketAddress("10.1.2.3", 7471), passive.source());
        assertNull(passive.destination());
        assertTrue(passive.passive());
    }

    @Test
    @Covers("rdma_getaddrinfo")
    void shouldTellWhatAnAddressMeansForDatagrams() {
        final AddressInfo info = only("fd00::77", "1", AddressHints.CONNECT.with(PortSpace.UDP));
        assertEquals(PortSpace.UDP, info.portSpace());
        assertEquals(QpType.UD, info.queuePairType());
        assertEquals(new InetSocketAddress("fd00::77", 1), info.destination());
    }

    @Test
    @Covers("rdma_getaddrinfo")
    void shouldKeepToAFamily() {
        final AddressHints six = AddressHints.CONNECT.with(StandardProtocolFamily.INET6);
        assertEquals(16, only("fd00::77", "1", six).destination().getAddress().getAddress().length);
        final VerbsException refused = assertThrows(VerbsException.class,
            () -> provider().addressInfo("10.1.2.3", "1", six.numeric()));
        assertEquals(Errno.ENOENT, refused.errno(), refused.getMessage());
    }

    @Test
    @Covers("rdma_getaddrinfo")
    void shouldKeepTheSourceOfTheHints() {
        final InetSocketAddress from = new InetSocketAddress("10.1.2.4", 99);
        final AddressInfo info = only("10.1.2.3", "7471", AddressHints.CONNECT.from(from));
        assertEquals(from, info.source());
        assertEquals(new InetSocketAddress("10.1.2.3", 7471), info.destination());
    }

    @Test
    void shouldGiveTheWildcardToListenWithoutANode() {
        final AddressInfo info = only(null, "7471", AddressHints.LISTEN);
        assertTrue(info.source().getAddress().isAnyLocalAddress());
        assertEquals(7471, info.source().getPort());
    }

    @Test
    void shouldExplainNamesThatAreNotKnown() {
        Refusal.of(Errno.ENOENT, () -> provider().addressInfo("not-a-literal", "1", AddressHints.CONNECT.numeric()), "not-a-literal",
            "literal");
        Refusal.of(Errno.ENOENT, () -> provider().addressInfo("10.1.2.3", "no such service", AddressHints.CONNECT),
            "no such service");
        Refusal.of(Errno.EINVAL, () -> provider().addressInfo(null, null, AddressHints.CONNECT), "node");
    }

    @Test
    @Covers({"rdma_free_devices", "rdma_get_devices"})
    void shouldListTheDevicesOfTheConnectionManager() {
        assertTrue(provider().managedDevices().stream().anyMatch(device -> device.name().equals(pair.a().context().device().name())));
    }

    @Test
    void shouldBindAnEndpointToAPassiveAddress() {
        final CmEndpoint endpoint = own(CmEndpoint.create(provider(),
            only(address.getHostAddress(), "0", AddressHints.LISTEN), TestProvider.deadline()));
        assertEquals(address, endpoint.id().localAddress().getAddress());
        assertEquals(pair.a().context().device().name(), endpoint.id().deviceName());
        assertNull(endpoint.await(Duration.ZERO));
    }

    @Test
    void shouldNameTheDevicesThereAreWhereNoneHasAnAddress() {
        final VerbsException refused = assertThrows(VerbsException.class, () -> CmEndpoint.create(provider(),
            only("203.0.113.77", "0", AddressHints.LISTEN), TestProvider.deadline()));
        Refusal.says(refused, "203.0.113.77", pair.a().context().device().name(), pair.a().port().gid().gid().toString());
        assertEquals(before, provider().live());
    }

    @Test
    void shouldNameTheDevicesThereAreWhereNobodyAnswers() {
        final byte[] raw = address.getAddress();
        raw[raw.length - 1] = (byte)0xFA;
        final Duration patience = Duration.ofMillis(200);
        final VerbsException refused = assertThrows(VerbsException.class, () -> CmEndpoint.create(provider(),
            only(inet(raw).getHostAddress(), "7", AddressHints.CONNECT), patience));
        assertTrue(refused.errno() == Errno.ETIMEDOUT || refused.errno() == Errno.EHOSTUNREACH, refused.getMessage());
        Refusal.says(refused, inet(raw).getHostAddress(), pair.a().context().device().name());
        assertEquals(before, provider().live());
    }

    private static InetAddress inet(final byte[] raw) {
        try {
            return InetAddress.getByAddress(raw);
        } catch (final UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldRefuseToListenOnAnActiveAddress() {
        final AddressInfo active = only(address.getHostAddress(), "7", AddressHints.CONNECT);
        assertThrows(IllegalArgumentException.class, () -> CmListener.bind(provider(), active, 1));
    }

    private void awaitStart(final Waiting.Pending<?> waiter) {
        Waiting.until(TestProvider.pause(), () -> !waiter.thread().isAlive());
        assertTrue(waiter.thread().isAlive(), "it did not wait");
    }

    @Test
    void shouldWakeWhoConnectsWhenTheEndpointIsClosed() {
        final CmListener listener = listen(address);
        final CmEndpoint endpoint = endpoint(listener);
        final Waiting.Pending<CmConnection> waiter = Waiting.start("connector",
            () -> endpoint.connect(pair.a().qp(), DEFAULT, LONG));
        final CmRequest request = listener.await(TestProvider.deadline());
        assertNotNull(request);
        awaitStart(waiter);
        endpoint.close();
        Refusal.of(Errno.EBADF, waiter::get, "closed");
        request.close();
        listener.close();
        assertEquals(before, provider().live());
    }

    @Test
    void shouldWakeWhoListensWhenTheListenerIsClosed() {
        final CmListener listener = listen(address);
        final Waiting.Pending<CmRequest> first = Waiting.start("first", () -> listener.await(LONG));
        final Waiting.Pending<CmRequest> second = Waiting.start("second", () -> listener.await(LONG));
        awaitStart(first);
        awaitStart(second);
        listener.close();
        Refusal.of(Errno.EBADF, first::get, "closed");
        Refusal.of(Errno.EBADF, second::get, "closed");
        assertEquals(before, provider().live());
    }

    /** The request is accepted, but the active side never confirms. */
    private Waiting.Pending<CmConnection> acceptWithoutEnd(final CmListener listener, final CmEndpoint endpoint) {
        endpoint.id().connect(pair.a().qp().number(), DEFAULT);
        final CmRequest request = listener.await(TestProvider.deadline());
        assertNotNull(request);
        final Waiting.Pending<CmConnection> waiter = Waiting.start("acceptor", () -> request.accept(pair.b().qp(), DEFAULT, LONG));
        awaitStart(waiter);
        return waiter;
    }

    private void assumeAnswers() {
        assume(pair.a().context().device().nodeType() != NodeType.RNIC, pair.a().context(), "an answer that waits for its confirmation");
    }

    @Test
    void shouldWakeWhoAcceptsWhenTheListenerIsClosed() {
        assumeAnswers();
        final CmListener listener = listen(address);
        final CmEndpoint endpoint = endpoint(listener);
        final Waiting.Pending<CmConnection> waiter = acceptWithoutEnd(listener, endpoint);
        listener.close();
        Refusal.of(Errno.EBADF, waiter::get, "closed");
        endpoint.close();
        assertEquals(before, provider().live());
    }

    @Test
    void shouldStopAcceptingWhenInterrupted() {
        assumeAnswers();
        final CmListener listener = listen(address);
        final CmEndpoint endpoint = endpoint(listener);
        final Waiting.Pending<CmConnection> waiter = acceptWithoutEnd(listener, endpoint);
        waiter.thread().interrupt();
        Refusal.of(Errno.EINTR, waiter::get, "interrupted");
        endpoint.close();
        listener.close();
        assertEquals(before, provider().live());
    }

    @Test
    void shouldStopAcceptingAtTheDeadline() {
        assumeAnswers();
        final CmListener listener = listen(address);
        final CmEndpoint endpoint = endpoint(listener);
        endpoint.id().connect(pair.a().qp().number(), DEFAULT);
        final CmRequest request = listener.await(TestProvider.deadline());
        Refusal.of(Errno.ETIMEDOUT, () -> request.accept(pair.b().qp(), DEFAULT, TestProvider.pause()), "deadline", "given up");
        endpoint.close();
        listener.close();
        assertEquals(before, provider().live());
    }

    @Test
    void shouldLeaveNothingWhenAnAnswerComesTooLate() {
        for (int i = 0; i < 3; i++) {
            final Pair each = unconnectedPair(PairConfig.DEFAULT);
            final List<String> open = provider().live();
            final CmListener listener = listen(address);
            final InetSocketAddress target = listener.address();
            final Waiting.Pending<CmConnection> pending = Waiting.start("connector", () -> CmConnection.connect(provider(), target,
                each.a().qp(), DEFAULT, TestProvider.pause().multipliedBy(5)));
            final CmRequest request = listener.await(TestProvider.deadline());
            assertNotNull(request);
            Refusal.of(Errno.ETIMEDOUT, pending::get, "deadline");
            assertThrows(RuntimeException.class, () -> request.accept(each.b().qp(), DEFAULT, TestProvider.pause().multipliedBy(5)));
            listener.close();
            assertEquals(open, provider().live());
        }
    }

    @Test
    void shouldAskAServiceWhereToSend() {
        assume(pair.a().context().device().nodeType() != NodeType.RNIC, pair.a().context(), "datagrams");
        final CmListener listener = own(CmListener.bind(provider(), PortSpace.UDP, new InetSocketAddress(address, 0), 4));
        final CmEndpoint endpoint = own(CmEndpoint.open(provider(), PortSpace.UDP));
        endpoint.resolve(null, listener.address(), TestProvider.deadline());
        final Waiting.Pending<DatagramDestination> asker = Waiting.start("asker",
            () -> endpoint.ask(DEFAULT, TestProvider.deadline()).datagram());
        listener.await(TestProvider.deadline()).acceptDatagrams(0x77, DEFAULT);
        assertEquals(0x77, asker.get().qpNumber());
    }

    @Test
    void shouldSayThatAServiceRefused() {
        assume(pair.a().context().device().nodeType() != NodeType.RNIC, pair.a().context(), "datagrams");
        final CmListener listener = own(CmListener.bind(provider(), PortSpace.UDP, new InetSocketAddress(address, 0), 4));
        final CmEndpoint endpoint = own(CmEndpoint.open(provider(), PortSpace.UDP));
        endpoint.resolve(null, listener.address(), TestProvider.deadline());
        final Waiting.Pending<DatagramDestination> asker = Waiting.start("asker",
            () -> endpoint.ask(DEFAULT, TestProvider.deadline()).datagram());
        listener.await(TestProvider.deadline()).reject(new byte[] {5});
        final RejectedException refused = assertThrows(RejectedException.class, asker::get);
        assertEquals(RejectReason.BY_PROGRAM, refused.reason());
        assertArrayEquals(new byte[] {5}, refused.peerData());
    }

    @Test
    void shouldJoinAGroupAndWaitForIt() throws UnknownHostException {
        assume(pair.a().context().device().nodeType() != NodeType.RNIC, pair.a().context(), "multicast");
        final CmEndpoint endpoint = own(CmEndpoint.open(provider(), PortSpace.UDP));
        endpoint.bind(new InetSocketAddress(address, 0));
        final InetAddress group = InetAddress.getByName("239.7.8.1");
        assertEquals(DatagramDestination.MULTICAST_QP,
            endpoint.join(group, MulticastMembership.FULL, TestProvider.deadline()).qpNumber());
        endpoint.id().leaveMulticast(group);
    }
}
