package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.NodeType;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.CmOption;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.PortSpace;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.VerbsTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may have a port, and the options that change it. The rules are those of the kernel's rdma_cm. */
class PortSpaceContractTest extends VerbsTest {
    private static final ConnectionParameters DEFAULT = ConnectionParameters.DEFAULT;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private Pair pair;
    private Context context;
    private InetAddress address;
    private CmEventChannel channel;

    @BeforeEach
    void makeChannel() {
        pair = unconnectedPair(PairConfig.DEFAULT);
        context = pair.a().context();
        address = Pair.address(context, pair.a().port(), 0).getAddress();
        channel = own(provider().createEventChannel());
    }

    private CmId id(final PortSpace space) {
        return own(channel.createId(space));
    }

    private CmId bound(final PortSpace space, final InetSocketAddress to) {
        final CmId id = id(space);
        id.bind(to);
        return id;
    }

    private InetSocketAddress any() {
        return new InetSocketAddress(address, 0);
    }

    private static InetAddress wildcard6() {
        try {
            return InetAddress.getByAddress(new byte[16]);
        } catch (final UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertTaken(final CmId id, final InetSocketAddress to) {
        final VerbsException taken = assertThrows(VerbsException.class, () -> id.bind(to));
        assertTrue(taken.errno() == Errno.EADDRINUSE || taken.errno() == Errno.EADDRNOTAVAIL, taken.getMessage());
        Refusal.says(taken, Integer.toString(to.getPort()), "REUSE_ADDRESS");
    }

    @Test
    @Covers({"rdma_bind_addr", "rdma_create_id"})
    void shouldKeepThePortsOfDifferentSpacesApart() {
        assume(context.device().nodeType() != NodeType.RNIC, context, "datagrams");
        final InetSocketAddress first = bound(PortSpace.TCP, any()).localAddress();
        assertEquals(first, bound(PortSpace.UDP, first).localAddress());
        assertEquals(first, bound(PortSpace.IB, first).localAddress());
        Refusal.of(Errno.EADDRINUSE, () -> bound(PortSpace.TCP, first), Integer.toString(first.getPort()));
    }

    @Test
    void shouldRefuseAWildcardForAPortThatIsTaken() {
        final InetSocketAddress first = bound(PortSpace.TCP, any()).localAddress();
        assertTaken(id(PortSpace.TCP), new InetSocketAddress(first.getPort()));
    }

    @Test
    void shouldRefuseAnAddressForAPortOfAWildcard() {
        final InetSocketAddress first = bound(PortSpace.TCP, new InetSocketAddress(0)).localAddress();
        final VerbsException taken = assertThrows(VerbsException.class,
            () -> bound(PortSpace.TCP, new InetSocketAddress(address, first.getPort())));
        assertTrue(taken.errno() == Errno.EADDRINUSE || taken.errno() == Errno.EADDRNOTAVAIL, taken.getMessage());
    }

    @Test
    @Covers("rdma_set_option")
    void shouldShareAnAddressWhereBothSidesSayThatTheyReuseIt() {
        final CmId first = id(PortSpace.TCP);
        first.set(CmOption.REUSE_ADDRESS, 1);
        first.bind(any());
        final CmId second = id(PortSpace.TCP);
        second.set(CmOption.REUSE_ADDRESS, 1);
        second.bind(first.localAddress());
        assertEquals(first.localAddress(), second.localAddress());
        final VerbsException alone = assertThrows(VerbsException.class, () -> second.listen(1));
        Refusal.says(alone, "one may listen");
        first.close();
        second.listen(1);
    }

    @Test
    void shouldNotShareAnAddressWithOneWhoDoesNot() {
        final CmId first = bound(PortSpace.TCP, any());
        final CmId second = id(PortSpace.TCP);
        second.set(CmOption.REUSE_ADDRESS, 1);
        assertTaken(second, first.localAddress());
    }

    @Test
    void shouldRefuseToShareTheAddressOfAListener() {
        final CmId late = bound(PortSpace.TCP, any());
        late.set(CmOption.REUSE_ADDRESS, 1);
        Refusal.of(Errno.EINVAL, () -> late.set(CmOption.REUSE_ADDRESS, 0), "before bind");
        late.listen(1);
        Refusal.of(Errno.EINVAL, () -> late.set(CmOption.REUSE_ADDRESS, 1), "before listen");
    }

    @Test
    void shouldRefuseToChangeTheFamilyOfAListener() {
        final CmId late = bound(PortSpace.TCP, any());
        late.listen(1);
        Refusal.of(Errno.EINVAL, () -> late.set(CmOption.ADDRESS_FAMILY_ONLY, 1), "before listen");
    }

    @Test
    void shouldServeBothFamiliesOnOnePortWhereEachKeepsToItself() {
        final CmId six = id(PortSpace.TCP);
        six.set(CmOption.ADDRESS_FAMILY_ONLY, 1);
        six.bind(new InetSocketAddress(wildcard6(), 0));
        final CmId four = id(PortSpace.TCP);
        four.bind(new InetSocketAddress(six.localPort()));
        six.listen(1);
        four.listen(1);
        assertEquals(six.localPort(), four.localPort());
    }

    @Test
    void shouldRefuseAnIpv4WildcardWhereIpv6HasBoth() {
        final CmId six = id(PortSpace.TCP);
        six.set(CmOption.ADDRESS_FAMILY_ONLY, 0);
        six.bind(new InetSocketAddress(wildcard6(), 0));
        assertTaken(id(PortSpace.TCP), new InetSocketAddress(six.localPort()));
    }

    /** A request over IPv4 reaches a listener at the IPv6 wildcard that does not keep to its family. */
    @Test
    void shouldAnswerIpv4AtTheIpv6WildcardUnlessItKeepsToItsFamily() {
        assumeTrue(DeviceProfile.of(context).mixesAddressFamilies(), "siw resets IPv4 at an IPv6 wildcard, or rdma_connect fails");
        final CmId six = id(PortSpace.TCP);
        six.set(CmOption.ADDRESS_FAMILY_ONLY, 0);
        six.bind(new InetSocketAddress(wildcard6(), 0));
        six.listen(1);
        assume(address.getAddress().length == 4, context, "an IPv4 address");
        final CmEvent request = ask(new InetSocketAddress(address, six.localPort()));
        assertEquals(CmEventType.CONNECT_REQUEST, request.type(), request.toString());
        own(request.id()).close();
    }

    @Test
    void shouldNotAnswerIpv4AtTheIpv6WildcardThatKeepsToItsFamily() {
        assumeTrue(DeviceProfile.of(context).mixesAddressFamilies(), "siw resets IPv4 at an IPv6 wildcard, or rdma_connect fails");
        final CmId six = id(PortSpace.TCP);
        six.set(CmOption.ADDRESS_FAMILY_ONLY, 1);
        six.bind(new InetSocketAddress(wildcard6(), 0));
        six.listen(1);
        assume(address.getAddress().length == 4, context, "an IPv4 address");
        assertTrue(ask(new InetSocketAddress(address, six.localPort())).isRefusal());
    }

    /** Asks for a connection; the next event of the channel. */
    private CmEvent ask(final InetSocketAddress target) {
        final CmId active = id(PortSpace.TCP);
        active.resolveAddress(null, target, TIMEOUT);
        CmSteps.expect(channel, CmEventType.ADDR_RESOLVED, 0);
        active.resolveRoute(TIMEOUT);
        CmSteps.expect(channel, CmEventType.ROUTE_RESOLVED, 0);
        active.connect(pair.a().qp(), DEFAULT);
        return CmSteps.next(channel);
    }

    @Test
    void shouldConnectInTheInfiniBandPortSpace() {
        assume(context.device().nodeType() != NodeType.RNIC, context, "the port space IB");
        final CmSteps steps = new CmSteps(this, PortSpace.IB, address);
        final CmEvent request = steps.ask(pair.a().qp(), DEFAULT.with(new byte[] {3}));
        assertEquals(PortSpace.IB, request.id().portSpace());
        request.id().accept(pair.b().qp(), DEFAULT);
        steps.expectActive(CmEventType.CONNECT_RESPONSE);
        steps.active.establish();
        steps.expectPassive(CmEventType.ESTABLISHED);
    }

    @Test
    void shouldBindToTheDeviceOfAnAddressAndToNoneWithAWildcard() {
        final CmId exact = bound(PortSpace.TCP, any());
        assertEquals(context.device().name(), exact.deviceName());
        assertEquals(pair.a().port().port(), exact.port());
        final CmId wild = bound(PortSpace.TCP, new InetSocketAddress(0));
        assertNull(wild.deviceName());
        assertEquals(0, wild.port());
        assertTrue(wild.localAddress().getAddress().isAnyLocalAddress());
    }

    @Test
    @Covers("rdma_listen")
    void shouldListenWithoutAnAddress() {
        final CmId id = id(PortSpace.TCP);
        id.listen(1);
        assertTrue(id.localAddress().getAddress().isAnyLocalAddress());
        assertTrue(id.localPort() > 0);
    }

    @Test
    @Covers("rdma_set_option")
    void shouldUseTheAckTimeoutOfTheOption() {
        final CmSteps steps = new CmSteps(this, PortSpace.TCP, address);
        steps.active.set(CmOption.ACK_TIMEOUT, 11);
        final CmEvent request = steps.ask(pair.a().qp(), DEFAULT);
        request.id().set(CmOption.ACK_TIMEOUT, 13);
        request.id().accept(pair.b().qp(), DEFAULT);
        if (CmSteps.next(steps.activeChannel).type() == CmEventType.CONNECT_RESPONSE) {
            steps.active.establish();
        }
        steps.expectPassive(CmEventType.ESTABLISHED);
        assume(context.device().guarantees().readsState(), context, "attributes in a query");
        assertEquals(11, pair.a().qp().query().timeout());
        assertEquals(13, pair.b().qp().query().timeout());
    }

    @Test
    void shouldRefuseAnAckTimeoutForDatagrams() {
        assume(context.device().nodeType() != NodeType.RNIC, context, "datagrams");
        Refusal.of(Errno.EINVAL, () -> id(PortSpace.UDP).set(CmOption.ACK_TIMEOUT, 14), "reliable");
    }

    @Test
    @Covers("rdma_set_option")
    void shouldUseTheTypeOfServiceOfTheOption() {
        assume(context.device().nodeType() != NodeType.RNIC, context, "a path in the queue pair");
        final CmSteps steps = new CmSteps(this, PortSpace.TCP, address);
        steps.active.set(CmOption.TYPE_OF_SERVICE, 0x68);
        final CmEvent request = steps.ask(pair.a().qp(), DEFAULT);
        request.id().accept(pair.b().qp(), DEFAULT);
        steps.expectActive(CmEventType.CONNECT_RESPONSE);
        final QpAttributes receive = steps.active.initQpAttributes(QpState.RTR);
        assertEquals(0x68, receive.address().trafficClass());
    }

    @Test
    void shouldRefuseValuesThatAnOptionCannotHave() {
        final CmId id = id(PortSpace.TCP);
        for (final CmOption option : CmOption.values()) {
            Refusal.says(assertThrows(IllegalArgumentException.class, () -> id.set(option, -1)), option.toString());
            Refusal.says(assertThrows(IllegalArgumentException.class, () -> id.set(option, 256)), option.toString());
        }
    }
}
