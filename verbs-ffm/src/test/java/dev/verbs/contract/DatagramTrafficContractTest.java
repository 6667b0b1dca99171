package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.verbs.AddressHandle;
import dev.verbs.Errno;
import dev.verbs.Gid;
import dev.verbs.GrhDescriptor;
import dev.verbs.NodeType;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.SendFlags;
import dev.verbs.WcOpcode;
import dev.verbs.cm.CmEndpoint;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.DatagramDestination;
import dev.verbs.cm.MulticastMembership;
import dev.verbs.cm.PortSpace;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Completion;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Datagrams between queue pairs that the connection manager brought together: through a service that was asked, and through
 * groups that were joined. Side a asks and sends, side b answers and receives.
 */
class DatagramTrafficContractTest extends VerbsTest {
    private static final PairConfig UD = PairConfig.DEFAULT.withType(QpType.UD);
    private static final ConnectionParameters DEFAULT = ConnectionParameters.DEFAULT;
    private static final int GRH = (int)GrhDescriptor.SIZE;
    private static final int KEY = DatagramDestination.DEFAULT_QKEY;
    private static final int LENGTH = 256;
    /** Where a receives. */
    private static final int AT = 8192;

    private Side a;
    private Side b;
    private InetAddress address;

    @BeforeEach
    void open() {
        final Pair pair = unconnectedPair(UD);
        a = pair.a();
        b = pair.b();
        assume(a.context().device().nodeType() != NodeType.RNIC, a.context(), "datagrams");
        address = a.port().gid().gid().address();
    }

    private static Gid group(final int last) {
        return Gid.ofHex(String.format("00000000000000000000ffffef0709%02x", last));
    }

    private static InetAddress inet(final int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte)239, 7, 9, (byte)last});
        } catch (final UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private AddressHandle handle(final Side side, final DatagramDestination to) {
        return own(side.domain().createAddressHandle(to.address()));
    }

    private void send(final Side from, final long wrId, final DatagramDestination to, final int length, final int seed) {
        from.fill(0, length, seed).sendTo(wrId, 0, length, handle(from, to), to.qpNumber(), to.qkey());
        from.awaitSend().expect(wrId, WcOpcode.SEND);
    }

    private static Completion assertReceived(final Side side, final long wrId, final int length, final int seed) {
        final Completion received = side.awaitReceive().expect(wrId, WcOpcode.RECV);
        assertEquals(GRH + length, received.byteLength());
        side.assertFilled(AT + GRH, length, seed);
        return received;
    }

    /** A service of side b, and an endpoint that has found the way to it, with side a's queue pair prepared. */
    private record Service(CmListener listener, CmEndpoint endpoint) {
        CmRequest request() {
            endpoint.id().connect(0, DEFAULT);
            final CmRequest request = listener.await(TestProvider.deadline());
            assertNotNull(request, "no request");
            return request;
        }

        DatagramDestination answer() {
            final CmEvent answer = endpoint.await(TestProvider.deadline());
            assertNotNull(answer, "no answer");
            assertEquals(CmEventType.ESTABLISHED, answer.type(), answer::toString);
            return answer.datagram();
        }
    }

    private Service service() {
        final CmListener listener = own(CmListener.bind(provider(), PortSpace.UDP, new InetSocketAddress(address, 0), 4));
        return new Service(listener, ask(listener, a));
    }

    private CmEndpoint ask(final CmListener listener, final Side side) {
        final CmEndpoint endpoint = own(CmEndpoint.open(provider(), PortSpace.UDP));
        endpoint.resolve(null, listener.address(), TestProvider.deadline());
        endpoint.id().prepareDatagrams(side.qp());
        return endpoint;
    }

    /** Side a asks; side b's queue pair, with receives posted by {@code count}, is the answer. */
    private DatagramDestination meet(final Service service, final int count) {
        final CmRequest request = service.request();
        request.event().id().prepareDatagrams(b.qp());
        for (int i = 0; i < count; i++) {
            b.receive(i, AT + (long)i * 1024, 1024);
        }
        request.acceptDatagrams(b.qp().number(), DEFAULT);
        return service.answer();
    }

    @Test
    void shouldTakeAQueuePairToReadyWithTheKeyOfThePortSpace() {
        final Service service = service();
        meet(service, 0);
        for (final Side side : new Side[] {a, b}) {
            final QpAttributes now = side.qp().query();
            assertEquals(QpState.RTS, now.state());
            assertEquals(KEY, now.qkey());
            assertEquals(side.port().port(), now.port());
        }
    }

    @Test
    @Covers({"rdma_connect", "rdma_accept", "rdma_init_qp_attr"})
    void shouldSendToTheQueuePairOfAService() {
        final DatagramDestination to = meet(service(), 1);
        assertEquals(b.qp().number(), to.qpNumber());
        send(a, 7, to, LENGTH, 3);
        assertEquals(a.qp().number(), assertReceived(b, 0, LENGTH, 3).sourceQp());
        assertEquals(a.port().gid().gid(), GrhDescriptor.source(b.buffer(), AT));
        assertEquals(b.port().gid().gid(), GrhDescriptor.target(b.buffer(), AT));
    }

    @Test
    void shouldCarryADatagramOfTheWholeMtu() {
        final int mtu = a.context().queryPort(a.port().port()).activeMtu().bytes();
        final Service service = service();
        final DatagramDestination to = meet(service, 0);
        b.receive(5, AT, GRH + mtu);
        send(a, 7, to, mtu, 4);
        assertReceived(b, 5, mtu, 4);
    }

    @Test
    @Covers("ibv_create_ah_from_wc")
    void shouldAnswerWhoHasSent() {
        send(a, 7, meet(service(), 1), LENGTH, 3);
        final int sender = assertReceived(b, 0, LENGTH, 3).sourceQp();
        final AddressHandle back = own(b.domain().createAddressHandle(b.lastPolled(), 0, b.buffer().asSlice(AT), b.port().port()));
        a.receive(8, AT, 1024);
        b.fill(0, LENGTH, 5).sendTo(9, 0, LENGTH, back, sender, b.qp().query().qkey());
        b.awaitSend().expect(9, WcOpcode.SEND);
        assertEquals(b.qp().number(), assertReceived(a, 8, LENGTH, 5).sourceQp());
    }

    @Test
    void shouldKeepTheOrderOfDatagramsToAService() {
        final DatagramDestination to = meet(service(), 16);
        final AddressHandle path = handle(a, to);
        a.sends().clear();
        for (int i = 0; i < 16; i++) {
            a.sends().sendToWithImm(i, a.at(0), LENGTH, a.region().lkey(), 100 + i, path, to.qpNumber(), to.qkey(),
                i == 15 ? SendFlags.SIGNALED : 0);
        }
        a.postSends();
        a.awaitSend().expect(15, WcOpcode.SEND);
        for (int i = 0; i < 16; i++) {
            assertEquals(100 + i, b.awaitReceive().expect(i, WcOpcode.RECV).immediate());
        }
    }

    /** A service has its own queue pairs: which one answers is its choice, and two that ask may be told the same one. */
    @Test
    void shouldServeTwoWhoAskWithOneQueuePair() {
        final Service service = service();
        final DatagramDestination first = meet(service, 2);
        final Side c = unconnectedPair(UD).a();
        final Service other = new Service(service.listener(), ask(service.listener(), c));
        other.request().acceptDatagrams(b.qp().number(), DEFAULT);
        final DatagramDestination second = other.answer();
        assertEquals(first.qpNumber(), second.qpNumber());
        send(a, 7, first, LENGTH, 3);
        assertEquals(a.qp().number(), b.awaitReceive().expect(0, WcOpcode.RECV).sourceQp());
        send(c, 8, second, LENGTH, 4);
        assertEquals(c.qp().number(), b.awaitReceive().expect(1, WcOpcode.RECV).sourceQp());
    }

    /** What was learnt stays true: nothing is connected, so that ids are needed for asking only. */
    @Test
    void shouldGoOnWhenTheIdsAreClosed() {
        final Service service = service();
        final DatagramDestination to = meet(service, 1);
        service.endpoint().close();
        service.listener().close();
        send(a, 7, to, LENGTH, 6);
        assertReceived(b, 0, LENGTH, 6);
    }

    @Test
    void shouldLoseWhatDoesNotHaveTheKeyOfTheService() {
        final DatagramDestination to = meet(service(), 1);
        a.sendTo(7, 0, LENGTH, handle(a, to), to.qpNumber(), to.qkey() + 1);
        a.awaitSend().expect(7, WcOpcode.SEND);
        b.assertQuiet();
        send(a, 8, to, LENGTH, 2);
        assertReceived(b, 0, LENGTH, 2);
    }

    @Test
    void shouldLoseWhatIsSentToAServiceThatHasGone() {
        final DatagramDestination to = meet(service(), 1);
        b.qp().close();
        send(a, 7, to, LENGTH, 2);
        b.assertQuiet();
        assertEquals(QpState.RTS, a.qp().state());
    }

    /** A failed try leaves the queue pair as it was. */
    @Test
    void shouldRefuseToPrepareAQueuePairThatIsNotInReset() {
        final Service service = service();
        Refusal.of(Errno.EINVAL, () -> service.endpoint().id().prepareDatagrams(a.qp()), "RTS");
        assertEquals(QpState.RTS, a.qp().state());
    }

    /** A member of groups: an endpoint at the port's address, and a side whose queue pair is prepared by it. */
    private record Member(CmEndpoint endpoint, Side side) {
        DatagramDestination join(final int last, final MulticastMembership membership) {
            return endpoint.join(inet(last), membership, TestProvider.deadline());
        }
    }

    private Member member(final Side side) {
        final CmEndpoint endpoint = own(CmEndpoint.open(provider(), PortSpace.UDP));
        endpoint.bind(new InetSocketAddress(address, 0));
        endpoint.id().prepareDatagrams(side.qp());
        return new Member(endpoint, side);
    }

    /** Attaches until the end of the test. */
    private void attach(final Side side, final DatagramDestination to) {
        side.qp().attachMulticast(to.address().gid(), to.address().lid());
        final AutoCloseable detachment = () -> side.qp().detachMulticast(to.address().gid(), to.address().lid());
        own(detachment);
    }

    @Test
    @Covers({"rdma_join_multicast_ex", "ibv_attach_mcast"})
    void shouldDeliverToAMemberThatIsAttached() {
        final Member receiver = member(b);
        attach(b, receiver.join(1, MulticastMembership.FULL));
        b.receive(5, AT, 1024);
        send(a, 7, member(a).join(1, MulticastMembership.FULL), LENGTH, 3);
        assertEquals(a.qp().number(), assertReceived(b, 5, LENGTH, 3).sourceQp());
        assertEquals(group(1), GrhDescriptor.target(b.buffer(), AT));
        assertEquals(a.port().gid().gid(), GrhDescriptor.source(b.buffer(), AT));
        a.assertQuiet();
    }

    @Test
    void shouldLetASenderSendThatHasJoinedToSendOnly() {
        attach(b, member(b).join(2, MulticastMembership.FULL));
        b.receive(5, AT, 1024);
        send(a, 7, member(a).join(2, MulticastMembership.SEND_ONLY), LENGTH, 4);
        assertReceived(b, 5, LENGTH, 4);
    }

    @Test
    void shouldDeliverACopyToEveryMember() {
        final Side c = unconnectedPair(UD).a();
        for (final Side side : new Side[] {a, b, c}) {
            attach(side, member(side).join(3, MulticastMembership.FULL));
            side.receive(5, AT, 1024);
        }
        final Side sender = unconnectedPair(UD).b();
        send(sender, 7, member(sender).join(3, MulticastMembership.SEND_ONLY), LENGTH, 5);
        for (final Side side : new Side[] {a, b, c}) {
            assertReceived(side, 5, LENGTH, 5);
        }
    }

    @Test
    void shouldNotDeliverToAMemberThatIsNotAttached() {
        member(b).join(4, MulticastMembership.FULL);
        b.receive(5, AT, 1024);
        final DatagramDestination to = member(a).join(4, MulticastMembership.FULL);
        send(a, 7, to, LENGTH, 5);
        b.assertQuiet();
        attach(b, to);
        send(a, 8, to, LENGTH, 6);
        assertReceived(b, 5, LENGTH, 6);
    }

    @Test
    void shouldKeepGroupsApart() {
        final Member receiver = member(b);
        attach(b, receiver.join(5, MulticastMembership.FULL));
        receiver.join(6, MulticastMembership.FULL);
        b.receive(5, AT, 1024);
        final Member sender = member(a);
        final DatagramDestination other = sender.join(6, MulticastMembership.FULL);
        final DatagramDestination wanted = sender.join(5, MulticastMembership.FULL);
        send(a, 7, other, LENGTH, 6);
        send(a, 8, wanted, LENGTH, 7);
        assertReceived(b, 5, LENGTH, 7);
        b.assertQuiet();
    }

    @Test
    void shouldReceiveFromSeveralGroupsWithOneQueuePair() {
        final Member receiver = member(b);
        final Member sender = member(a);
        for (int last = 7; last < 10; last++) {
            attach(b, receiver.join(last, MulticastMembership.FULL));
            b.receive(last, AT, 1024);
            send(a, 100 + last, sender.join(last, MulticastMembership.SEND_ONLY), LENGTH, last);
            assertReceived(b, last, LENGTH, last);
            assertEquals(group(last), GrhDescriptor.target(b.buffer(), AT));
        }
    }

    @Test
    @Covers("rdma_leave_multicast")
    void shouldStillDeliverToOthersWhenAMemberHasLeft() {
        final Side c = unconnectedPair(UD).a();
        attach(c, member(c).join(10, MulticastMembership.FULL));
        c.receive(6, AT, 1024);
        final Member leaver = member(b);
        final DatagramDestination to = leaver.join(10, MulticastMembership.FULL);
        b.qp().attachMulticast(to.address().gid(), to.address().lid());
        b.receive(5, AT, 1024);
        b.qp().detachMulticast(to.address().gid(), to.address().lid());
        leaver.endpoint().id().leaveMulticast(inet(10));
        send(a, 7, member(a).join(10, MulticastMembership.SEND_ONLY), LENGTH, 8);
        assertReceived(c, 6, LENGTH, 8);
        b.assertQuiet();
    }

    @Test
    void shouldDeliverAgainToAMemberThatCameBack() {
        final Member receiver = member(b);
        final DatagramDestination before = receiver.join(11, MulticastMembership.FULL);
        b.qp().attachMulticast(before.address().gid(), before.address().lid());
        b.qp().detachMulticast(before.address().gid(), before.address().lid());
        receiver.endpoint().id().leaveMulticast(inet(11));
        attach(b, receiver.join(11, MulticastMembership.FULL));
        b.receive(5, AT, 1024);
        send(a, 7, member(a).join(11, MulticastMembership.SEND_ONLY), LENGTH, 9);
        assertReceived(b, 5, LENGTH, 9);
    }

    @Test
    void shouldLoseMulticastsWithAnotherKey() {
        attach(b, member(b).join(12, MulticastMembership.FULL));
        b.receive(5, AT, 1024);
        final DatagramDestination to = member(a).join(12, MulticastMembership.SEND_ONLY);
        a.sendTo(7, 0, LENGTH, handle(a, to), to.qpNumber(), to.qkey() + 1);
        a.awaitSend().expect(7, WcOpcode.SEND);
        b.assertQuiet();
        send(a, 8, to, LENGTH, 2);
        assertReceived(b, 5, LENGTH, 2);
    }

    @Test
    void shouldAnswerASenderOfMulticastsAlone() {
        attach(b, member(b).join(13, MulticastMembership.FULL));
        b.receive(5, AT, 1024);
        send(a, 7, member(a).join(13, MulticastMembership.SEND_ONLY), LENGTH, 2);
        final int sender = assertReceived(b, 5, LENGTH, 2).sourceQp();
        a.receive(8, AT, 1024);
        final AddressHandle back = own(b.domain().createAddressHandle(b.port().pathTo(a.port().lid(),
            GrhDescriptor.source(b.buffer(), AT))));
        b.fill(0, LENGTH, 11).sendTo(9, 0, LENGTH, back, sender, KEY);
        b.awaitSend().expect(9, WcOpcode.SEND);
        assertReceived(a, 8, LENGTH, 11);
    }
}
