package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.NodeType;
import dev.verbs.PortSelection;
import dev.verbs.QpAttributeMask;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.DatagramDestination;
import dev.verbs.cm.MulticastMembership;
import dev.verbs.cm.PortSpace;
import dev.verbs.cm.PrivateData;
import dev.verbs.cm.RejectReason;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services of datagrams: who asks learns a queue pair and a key; and groups that are joined. No datagram is sent here. */
class DatagramServiceContractTest extends VerbsTest {
    private static final ConnectionParameters DEFAULT = ConnectionParameters.DEFAULT;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int QP = 0x1234;

    private Context context;
    private PortSelection port;
    private CmSteps steps;

    @BeforeEach
    void makeSteps() {
        context = openContext();
        assume(context.device().nodeType() != NodeType.RNIC, context, "datagrams");
        port = choosePort(context);
        steps = new CmSteps(this, PortSpace.UDP, port.gid().gid().address());
    }

    private CmEvent ask(final ConnectionParameters parameters) {
        steps.route(steps.listen());
        steps.active.connect(0, parameters);
        return steps.request();
    }

    @Test
    @Covers("rdma_accept")
    void shouldTellTheQueuePairAndTheKeyOfAService() {
        final CmEvent request = ask(DEFAULT);
        assertNull(request.connection());
        assertNull(request.datagram());
        request.id().accept(QP, DEFAULT);
        final CmEvent answer = steps.expectActive(CmEventType.ESTABLISHED);
        assertNull(answer.connection());
        final DatagramDestination to = answer.datagram();
        assertNotNull(to);
        assertEquals(QP, to.qpNumber());
        assertEquals(DatagramDestination.DEFAULT_QKEY, to.qkey());
        assertEquals(steps.listener.localAddress().getAddress(), to.address().gid().address());
        assertEquals(port.port(), to.address().port());
        assertTrue(to.address().global());
        assertNull(steps.passiveChannel.await(TestProvider.pause()), "a service has no event of its own");
    }

    @Test
    void shouldCarryPrivateDataBothWays() {
        final byte[] asked = new byte[PrivateData.MAX_DATAGRAM_REQUEST];
        asked[asked.length - 1] = 1;
        final byte[] answered = new byte[PrivateData.MAX_DATAGRAM_ANSWER];
        answered[answered.length - 1] = 2;
        final CmEvent request = ask(DEFAULT.with(asked));
        assertArrayEquals(asked, request.privateData());
        request.id().accept(QP, DEFAULT.with(answered));
        assertArrayEquals(answered, steps.expectActive(CmEventType.ESTABLISHED).privateData());
    }

    @Test
    void shouldKeepToTheLimitsOfPrivateData() {
        steps.route(steps.listen());
        Refusal.says(assertThrows(IllegalArgumentException.class,
            () -> steps.active.connect(0, DEFAULT.with(new byte[PrivateData.MAX_DATAGRAM_REQUEST + 1]))),
            Integer.toString(PrivateData.MAX_DATAGRAM_REQUEST));
        steps.active.connect(0, DEFAULT);
        final CmEvent request = steps.request();
        for (final Runnable tooMuch : new Runnable[] {
            () -> request.id().accept(QP, DEFAULT.with(new byte[PrivateData.MAX_DATAGRAM_ANSWER + 1])),
            () -> request.id().reject(new byte[PrivateData.MAX_DATAGRAM_ANSWER + 1])}) {
            Refusal.says(assertThrows(IllegalArgumentException.class, tooMuch::run),
                Integer.toString(PrivateData.MAX_DATAGRAM_ANSWER));
        }
    }

    @Test
    void shouldSayThatAServiceRefused() {
        ask(DEFAULT).id().reject(new byte[] {8});
        final CmEvent refused = CmSteps.next(steps.activeChannel);
        assertEquals(CmEventType.UNREACHABLE, refused.type());
        assertTrue(refused.isRefusal());
        assertEquals(RejectReason.BY_PROGRAM, refused.rejectReason(), refused.toString());
        assertArrayEquals(new byte[] {8}, refused.privateData());
    }

    @Test
    void shouldSayThatNobodyOffersAService() {
        final InetSocketAddress target = steps.listen();
        steps.listener.close();
        steps.route(target);
        steps.active.connect(0, DEFAULT);
        final CmEvent refused = CmSteps.next(steps.activeChannel);
        assertEquals(CmEventType.UNREACHABLE, refused.type());
        assertEquals(RejectReason.NOBODY_LISTENS, refused.rejectReason(), refused.toString());
    }

    @Test
    void shouldServeSeveralAtOnce() {
        final CmEvent first = ask(DEFAULT);
        final CmId second = own(steps.activeChannel.createId(PortSpace.UDP));
        second.resolveAddress(null, steps.listener.localAddress(), TIMEOUT);
        steps.expectActive(CmEventType.ADDR_RESOLVED);
        second.resolveRoute(TIMEOUT);
        steps.expectActive(CmEventType.ROUTE_RESOLVED);
        second.connect(0, DEFAULT);
        final CmEvent other = steps.request();
        other.id().accept(QP + 1, DEFAULT);
        final CmEvent toSecond = steps.expectActive(CmEventType.ESTABLISHED);
        assertEquals(second, toSecond.id());
        assertEquals(QP + 1, toSecond.datagram().qpNumber());
        first.id().accept(QP, DEFAULT);
        assertEquals(QP, steps.expectActive(CmEventType.ESTABLISHED).datagram().qpNumber());
    }

    @Test
    void shouldNotMindThatWhoAskedHasGone() {
        final CmEvent request = ask(DEFAULT);
        steps.active.close();
        request.id().accept(QP, DEFAULT);
        assertNull(steps.passiveChannel.await(TestProvider.pause()));
    }

    @Test
    void shouldHandOutTheAttributesOfADatagramQueuePair() {
        steps.active.bind(new InetSocketAddress(port.gid().gid().address(), 0));
        final QpAttributes init = steps.active.initQpAttributes(QpState.INIT);
        assertEquals(QpState.INIT, init.state());
        assertTrue(init.has(QpAttributeMask.QKEY) && init.has(QpAttributeMask.PORT) && init.has(QpAttributeMask.PKEY_INDEX));
        assertEquals(DatagramDestination.DEFAULT_QKEY, init.qkey());
        assertEquals(port.port(), init.port());
        assertEquals(QpAttributeMask.STATE, steps.active.initQpAttributes(QpState.RTR).mask());
        assertEquals(QpAttributeMask.STATE | QpAttributeMask.SQ_PSN, steps.active.initQpAttributes(QpState.RTS).mask());
    }

    private CmEvent join(final String group, final MulticastMembership membership) {
        steps.active.bind(new InetSocketAddress(port.gid().gid().address(), 0));
        if (membership == null) {
            steps.active.joinMulticast(inet(group));
        } else {
            steps.active.joinMulticast(inet(group), membership);
        }
        return steps.expectActive(CmEventType.MULTICAST_JOIN);
    }

    private static InetAddress inet(final String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (final UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private void assertGroup(final CmEvent event, final String group) {
        final DatagramDestination to = event.datagram();
        assertEquals(DatagramDestination.MULTICAST_QP, to.qpNumber());
        assertEquals(DatagramDestination.DEFAULT_QKEY, to.qkey());
        assertEquals(port.port(), to.address().port());
        assertEquals(inet(group), to.address().gid().address(), "RoCE version 2: the group's address is its GID");
        assertEquals(0, event.rawPrivateData().length);
    }

    @Test
    @Covers({"rdma_join_multicast", "rdma_leave_multicast"})
    void shouldJoinAndLeaveAGroup() {
        assertGroup(join("239.7.7.1", null), "239.7.7.1");
        steps.active.leaveMulticast(inet("239.7.7.1"));
        Refusal.of(Errno.EADDRNOTAVAIL, () -> steps.active.leaveMulticast(inet("239.7.7.1")), "not joined");
    }

    @Test
    @Covers("rdma_join_multicast_ex")
    void shouldJoinAGroupAsFullMember() {
        assertGroup(join("239.7.7.2", MulticastMembership.FULL), "239.7.7.2");
        steps.active.leaveMulticast(inet("239.7.7.2"));
    }

    @Test
    @Covers("rdma_join_multicast_ex")
    void shouldJoinAGroupToSendOnly() {
        assertGroup(join("239.7.7.3", MulticastMembership.SEND_ONLY), "239.7.7.3");
        steps.active.leaveMulticast(inet("239.7.7.3"));
    }

    @Test
    void shouldJoinSeveralGroups() {
        assertGroup(join("239.7.7.4", null), "239.7.7.4");
        steps.active.joinMulticast(inet("239.7.7.5"));
        assertGroup(steps.expectActive(CmEventType.MULTICAST_JOIN), "239.7.7.5");
        steps.active.leaveMulticast(inet("239.7.7.4"));
        // the other one is left when the id is closed
    }

    /** The way of mckey: the group is resolved like a peer, to find the device. */
    @Test
    void shouldResolveAGroup() {
        steps.active.bind(new InetSocketAddress(port.gid().gid().address(), 0));
        steps.active.resolveAddress(null, new InetSocketAddress(inet("239.7.7.6"), 0), TIMEOUT);
        steps.expectActive(CmEventType.ADDR_RESOLVED);
        steps.active.joinMulticast(inet("239.7.7.6"));
        assertGroup(steps.expectActive(CmEventType.MULTICAST_JOIN), "239.7.7.6");
    }

    @Test
    void shouldRefuseToJoinWithAnIdOfConnections() {
        final CmEventChannel channel = own(provider().createEventChannel());
        final CmId id = own(channel.createId(PortSpace.TCP));
        id.bind(new InetSocketAddress(port.gid().gid().address(), 0));
        Refusal.of(Errno.EINVAL, () -> id.joinMulticast(inet("239.7.7.7")), "UDP");
    }

    @Test
    void shouldRefuseToJoinBeforeItIsOnADevice() {
        Refusal.of(Errno.EINVAL, () -> steps.active.joinMulticast(inet("239.7.7.8")), "rdma_join_multicast");
    }

    @Test
    void shouldRefuseToJoinAnAddressThatIsNoGroup() {
        steps.active.bind(new InetSocketAddress(port.gid().gid().address(), 0));
        Refusal.of(Errno.EINVAL, () -> steps.active.joinMulticast(inet("10.1.2.3")), "not a multicast address");
    }

    @Test
    void shouldRefuseToConnectAQueuePairToAService() {
        final dev.verbs.testkit.Pair pair = unconnectedPair(dev.verbs.testkit.PairConfig.DEFAULT);
        steps.route(steps.listen());
        Refusal.of(Errno.EINVAL, () -> steps.active.connect(pair.a().qp(), DEFAULT), "prepareDatagrams");
    }
}
