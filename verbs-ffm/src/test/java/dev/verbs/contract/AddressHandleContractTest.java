package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AddressHandle;
import dev.verbs.AddressVector;
import dev.verbs.Errno;
import dev.verbs.Gid;
import dev.verbs.GrhDescriptor;
import dev.verbs.QpType;
import dev.verbs.SendFlags;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.WorkCompletions;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Address handles: made of a path or of a completion, refused with words, alive while they are in use. */
class AddressHandleContractTest extends VerbsTest {
    private static final PairConfig UD = PairConfig.DEFAULT.withType(QpType.UD);

    private Side a;
    private Side b;

    @BeforeEach
    void open() {
        final Pair pair = pair(UD);
        a = pair.a();
        b = pair.b();
    }

    private AddressVector path() {
        return a.port().pathTo(b.port().lid(), b.port().gid().gid());
    }

    @Test
    void shouldKnowWhatItWasMadeOf() {
        final AddressHandle handle = own(a.domain().createAddressHandle(path()));
        assertEquals(path(), handle.address());
        assertSame(a.domain(), handle.protectionDomain());
        assertTrue(handle.isOpen());
        assertNotEquals(0, handle.word());
        assertTrue(handle.describe().contains(b.port().gid().gid().toString()), handle.describe());
    }

    @Test
    void shouldCloseOnce() {
        final AddressHandle handle = a.domain().createAddressHandle(path());
        handle.close();
        handle.close();
        assertFalse(handle.isOpen());
    }

    @Test
    @Covers({"ibv_create_ah", "ibv_destroy_ah"})
    void shouldMakeMany() {
        final List<AddressHandle> handles = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            handles.add(own(a.domain().createAddressHandle(path())));
        }
        assertEquals(200, handles.stream().map(AddressHandle::word).distinct().count());
        for (int i = 0; i < 200; i += 2) {
            handles.get(i).close();
        }
        b.receive(1, 0, 256);
        a.sendTo(2, 0, 64, handles.get(199), b.qp().number(), Pair.QKEY);
        b.awaitReceive().expect(1, WcOpcode.RECV);
        a.awaitSend();
        a.sends().clear().sendTo(3, a.at(0), 64, a.region().lkey(), handles.get(198), b.qp().number(), Pair.QKEY, 0);
        assertEquals(0, a.qp().postSend(a.sends()));
        assertEquals(Errno.name(Errno.EINVAL), Errno.name(a.sends().errno()));
    }

    @Test
    void shouldKeepItsDomainOpen() {
        final AddressHandle handle = own(a.domain().createAddressHandle(path()));
        Refusal.of(Errno.EBUSY, a.domain()::close, handle.describe());
    }

    @Test
    void shouldRefuseAPortThatDoesNotExist() {
        final AddressVector wrong = AddressVector.global(a.context().queryDevice().ports() + 1, path().gidIndex(), path().gid());
        Refusal.of(Errno.EINVAL, () -> a.domain().createAddressHandle(wrong), "port");
        final AddressVector zero = AddressVector.global(0, path().gidIndex(), path().gid());
        Refusal.of(Errno.EINVAL, () -> a.domain().createAddressHandle(zero), "port_num of the address vector 0 is not in 1");
    }

    @Test
    void shouldRefuseAGidIndexBeyondTheTableAndOfferTheRightOnes() {
        final int beyond = a.context().queryPort(a.port().port()).gidTableLength();
        final AddressVector wrong = AddressVector.global(a.port().port(), beyond, path().gid());
        Refusal.of(Errno.EINVAL, () -> a.domain().createAddressHandle(wrong), "best first: gid-index " + a.port().gid().index()
            + " = " + a.port().gid().gid(), "gid-index " + beyond + " is not in use");
    }

    @Test
    void shouldRefuseFieldsThatTheStructureCannotCarry() {
        Refusal.of(Errno.EINVAL, () -> a.domain().createAddressHandle(path().withRoute(256, 0, 0)), "hop_limit 256 is not in 0 .. 255");
        Refusal.of(Errno.EINVAL, () -> a.domain().createAddressHandle(path().withRoute(1, 0, 1 << 20)), "flow_label");
        Refusal.of(Errno.EINVAL, () -> a.domain().createAddressHandle(path().withServiceLevel(-1)), "sl -1");
    }

    @Test
    void shouldRefuseALocalRouteOnEthernet() {
        assume(a.port().linkLayer() == dev.verbs.LinkLayer.ETHERNET, a.context(), "Ethernet");
        Refusal.of(Errno.EINVAL, () -> a.domain().createAddressHandle(AddressVector.local(a.port().port(), 1)));
    }

    @Test
    void shouldRefuseADomainThatIsClosed() {
        final var domain = own(a.context().allocateProtectionDomain());
        domain.close();
        Refusal.of(Errno.EBADF, () -> domain.createAddressHandle(path()), "closed");
    }

    @Test
    void shouldStayOpenWhileSendsAreInFlight() {
        final AddressHandle handle = own(a.domain().createAddressHandle(path()));
        a.sendTo(1, 0, 64, handle, b.qp().number(), Pair.QKEY);
        Refusal.of(Errno.EBUSY, handle::close, a.qp().describe() + " with 1 sends in flight", "poll the completions");
        assertTrue(handle.isOpen());
        a.awaitSend().expect(1, WcOpcode.SEND);
        a.sendTo(2, 0, 64, handle, b.qp().number(), Pair.QKEY); // refusing has not spoilt it
        a.awaitSend().expect(2, WcOpcode.SEND);
        handle.close();
        assertFalse(handle.isOpen());
    }

    /** A close hides the handle from posts before it looks for sends; what was accepted before goes its way. */
    @Test
    void shouldSendWhatWasAcceptedWhileAnotherThreadCloses() {
        final int rounds = TestProvider.isSoft() ? 200 : 10;
        final int most = 1000; // then the closer comes through anyway
        int sent = 0;
        int refused = 0;
        for (int round = 0; round < rounds; round++) {
            final AddressHandle handle = own(a.domain().createAddressHandle(path()));
            final Waiting.Pending<Integer> closer = Waiting.start("closer", () -> closeInTheEnd(handle));
            boolean accepted = true;
            for (int i = 0; i < most && accepted; i++) {
                a.sends().clear().sendTo(sent, a.at(0), 64, a.region().lkey(), handle, b.qp().number(), Pair.QKEY,
                    SendFlags.SIGNALED);
                accepted = a.qp().postSend(a.sends()) == 1;
                if (accepted) {
                    a.awaitSend().expect(sent++, WcOpcode.SEND);
                } else {
                    assertEquals(Errno.name(Errno.EINVAL), Errno.name(a.sends().errno()));
                }
            }
            refused += closer.get(TestProvider.deadline());
        }
        System.out.println("closing under sends: " + sent + " sent, " + refused + " closes refused, " + rounds + " handles");
    }

    /** Returns how often it was refused. */
    private static int closeInTheEnd(final AddressHandle handle) {
        for (int refused = 0;; refused++) {
            try {
                handle.close();
                return refused;
            } catch (final VerbsException e) {
                assertEquals(Errno.name(Errno.EBUSY), Errno.name(e.errno()));
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void shouldCloseWhileReceivesWait() {
        final AddressHandle handle = own(a.domain().createAddressHandle(path()));
        a.receive(1, 0, 64);
        handle.close();
        assertFalse(handle.isOpen());
    }

    @Test
    void shouldNotBePostedAfterItWasClosed() {
        final AddressHandle handle = a.domain().createAddressHandle(path());
        a.sends().clear().sendTo(1, a.at(0), 64, a.region().lkey(), handle, b.qp().number(), Pair.QKEY, SendFlags.SIGNALED);
        handle.close();
        assertEquals(0, a.qp().postSend(a.sends()));
        assertEquals(Errno.name(Errno.EINVAL), Errno.name(a.sends().errno()));
    }

    @Test
    void shouldNotBePostedInAnotherDomain() {
        final AddressHandle foreign = own(b.domain().createAddressHandle(b.port().pathTo(a.port().lid(), a.port().gid().gid())));
        a.sends().clear().sendTo(1, a.at(0), 64, a.region().lkey(), foreign, b.qp().number(), Pair.QKEY, SendFlags.SIGNALED);
        assertEquals(0, a.qp().postSend(a.sends()));
        assertEquals(Errno.name(Errno.EINVAL), Errno.name(a.sends().errno()));
    }

    private void exchange() {
        final AddressHandle handle = own(a.domain().createAddressHandle(path().withRoute(33, 0x20, 0)));
        b.receive(1, 0, 256);
        a.sendTo(2, 0, 64, handle, b.qp().number(), Pair.QKEY);
        b.awaitReceive().expect(1, WcOpcode.RECV);
    }

    @Test
    @Covers("ibv_init_ah_from_wc")
    void shouldFindThePathBackInACompletion() {
        exchange();
        final AddressVector back = b.context().pathBack(b.lastPolled(), 0, b.buffer(), b.port().port());
        assertEquals(a.port().gid().gid(), back.gid());
        assertEquals(b.port().gid().index(), back.gidIndex());
        assertEquals(b.port().port(), back.port());
        assertTrue(back.global());
        assertEquals(GrhDescriptor.hopLimit(b.buffer(), 0), back.hopLimit());
        assertEquals(GrhDescriptor.trafficClass(b.buffer(), 0), back.trafficClass());
        assertEquals(0, back.lid());
    }

    /** Not so the hop limit: on RoCE Linux takes that of the IP route (ib_resolve_eth_dmac), whatever the path says. */
    @Test
    @Covers("ibv_create_ah")
    void shouldCarryTheTrafficClassInTheHeader() {
        exchange();
        assertTrue(GrhDescriptor.hopLimit(b.buffer(), 0) > 0);
        assertEquals(0x20, GrhDescriptor.trafficClass(b.buffer(), 0));
    }

    @Test
    void shouldRefuseAPathBackFromWhatIsNoHeader() {
        exchange();
        final MemorySegment zeroes = Arena.ofAuto().allocate(GrhDescriptor.SIZE);
        assertThrowsTyped(() -> b.context().pathBack(b.lastPolled(), 0, zeroes, b.port().port()), "neither");
        assertThrowsTyped(() -> b.domain().createAddressHandle(b.lastPolled(), 0, zeroes, b.port().port()), "neither");
    }

    @Test
    void shouldRefuseAPathBackFromSomeOtherPortsGid() {
        exchange();
        final MemorySegment header = Arena.ofAuto().allocate(GrhDescriptor.SIZE);
        GrhDescriptor.write(header, 0, Gid.ofHex("00000000000000000000ffff0a090807"),
            AddressVector.global(1, 0, Gid.ofHex("00000000000000000000ffff0a090909")), 17);
        assertThrowsTyped(() -> b.context().pathBack(b.lastPolled(), 0, header, b.port().port()), "10.9.9.9", "not a GID of the port");
    }

    @Test
    void shouldRefuseArgumentsOfAPathBackThatMakeNoSense() {
        exchange();
        final WorkCompletions polled = b.lastPolled();
        final int port = b.port().port();
        Refusal.of(Errno.EINVAL, () -> b.context().pathBack(polled, polled.size(), b.buffer(), port), "completion 1 of 1");
        Refusal.of(Errno.EINVAL, () -> b.context().pathBack(polled, 0, b.buffer(), 77), "port 77");
        Refusal.of(Errno.EINVAL, () -> b.context().pathBack(polled, 0, b.buffer().asSlice(0, 39), port), "40 bytes of native memory");
        Refusal.of(Errno.EINVAL, () -> b.context().pathBack(polled, 0, MemorySegment.ofArray(new byte[40]), port), "on the heap");
    }

    /** The C library gives no errno that could be relied on here. */
    private static void assertThrowsTyped(final org.junit.jupiter.api.function.Executable call, final String... words) {
        Refusal.says(org.junit.jupiter.api.Assertions.assertThrows(VerbsException.class, call), words);
    }
}
