package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.verbs.AddressHandle;
import dev.verbs.Errno;
import dev.verbs.Gid;
import dev.verbs.GrhDescriptor;
import dev.verbs.QpType;
import dev.verbs.UdEndpoint;
import dev.verbs.WcOpcode;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.GroupMembership;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Multicast: every attached queue pair gets a copy, nobody else does. */
class MulticastContractTest extends VerbsTest {
    private static final PairConfig UD = PairConfig.DEFAULT.withType(QpType.UD);
    private static final Gid GROUP = Gid.ofHex("00000000000000000000ffffef010203");
    private static final Gid OTHER = Gid.ofHex("00000000000000000000ffffef010204");
    private static final int GRH = (int)GrhDescriptor.SIZE;

    private Side a;
    private Side b;

    @BeforeEach
    void open() {
        final Pair pair = pair(UD);
        a = pair.a();
        b = pair.b();
    }

    /** A queue pair refuses to close while it is attached. */
    @AfterEach
    void detachAll() {
        if (a == null) {
            return; // skipped: no datagrams
        }
        for (final Side side : new Side[] {a, b}) {
            for (final Gid group : new Gid[] {GROUP, OTHER}) {
                try {
                    side.qp().detachMulticast(group, 0);
                } catch (final dev.verbs.VerbsException e) {
                    continue; // it was not attached
                }
            }
        }
    }

    private AddressHandle toGroup() {
        own(GroupMembership.join(GROUP, a.port().gid().gid()));
        return own(UdEndpoint.multicast(GROUP, Pair.QKEY).reach(a.domain(), a.port()));
    }

    private void multicast(final long wrId, final int seed) {
        final AddressHandle group = toGroup();
        a.fill(0, 64, seed).sendTo(wrId, 0, 64, group, UdEndpoint.MULTICAST_QPN, Pair.QKEY);
        a.awaitSend().expect(wrId, WcOpcode.SEND);
    }

    private static void assertReceived(final Side side, final long wrId, final int seed) {
        assertEquals(GRH + 64, side.awaitReceive().expect(wrId, WcOpcode.RECV).byteLength());
        side.assertFilled(4096 + GRH, 64, seed);
        assertEquals(GROUP, GrhDescriptor.target(side.buffer(), 4096));
    }

    @Test
    @Covers("ibv_attach_mcast")
    void shouldDeliverToAnAttachedQueuePair() {
        b.qp().attachMulticast(GROUP, 0);
        b.receive(1, 4096, 256);
        multicast(2, 7);
        assertReceived(b, 1, 7);
    }

    @Test
    @Covers("ibv_attach_mcast")
    void shouldDeliverACopyToEachTheSendersOwnIncluded() {
        a.qp().attachMulticast(GROUP, 0);
        b.qp().attachMulticast(GROUP, 0);
        a.receive(1, 4096, 256);
        b.receive(2, 4096, 256);
        multicast(3, 8);
        assertReceived(a, 1, 8);
        assertReceived(b, 2, 8);
    }

    @Test
    void shouldNotDeliverWithoutAttachment() {
        a.qp().attachMulticast(GROUP, 0);
        b.qp().attachMulticast(OTHER, 0);
        a.receive(1, 4096, 256);
        b.receive(2, 4096, 256);
        multicast(3, 8);
        assertReceived(a, 1, 8);
        b.assertQuiet();
    }

    @Test
    void shouldDeliverToTheOthersWhenOneHasNoReceive() {
        a.qp().attachMulticast(GROUP, 0);
        b.qp().attachMulticast(GROUP, 0);
        b.receive(2, 4096, 256);
        multicast(3, 5);
        assertReceived(b, 2, 5);
        a.assertQuiet();
    }

    @Test
    @Covers("ibv_detach_mcast")
    void shouldNotDeliverAfterDetaching() {
        a.qp().attachMulticast(GROUP, 0);
        b.qp().attachMulticast(GROUP, 0);
        b.qp().detachMulticast(GROUP, 0);
        a.receive(1, 4096, 256);
        b.receive(2, 4096, 256);
        multicast(3, 8);
        assertReceived(a, 1, 8);
        b.assertQuiet();
    }

    @Test
    void shouldDeliverOnceWhenAttachedTwice() {
        b.qp().attachMulticast(GROUP, 0);
        b.qp().attachMulticast(GROUP, 0);
        b.receive(1, 4096, 256);
        b.receive(2, 8192, 256);
        multicast(3, 7);
        assertReceived(b, 1, 7);
        b.assertQuiet();
    }

    @Test
    void shouldRefuseADetachmentOfWhatIsNotAttached() {
        Refusal.of(Errno.EINVAL, () -> b.qp().detachMulticast(GROUP, 0), "not attached to " + GROUP);
        b.qp().attachMulticast(GROUP, 0);
        b.qp().detachMulticast(GROUP, 0);
        Refusal.of(Errno.EINVAL, () -> b.qp().detachMulticast(GROUP, 0), "not attached");
    }

    @Test
    void shouldRefuseAGidThatIsNoGroup() {
        Refusal.of(Errno.EINVAL, () -> b.qp().attachMulticast(b.port().gid().gid(), 0), "not a multicast GID");
    }

    @Test
    void shouldRefuseQueuePairsOfOtherServices() {
        Refusal.of(Errno.EINVAL, () -> pair().a().qp().attachMulticast(GROUP, 0), "only UD");
        Refusal.of(Errno.EINVAL, () -> pair(PairConfig.DEFAULT.withType(QpType.UC)).a().qp().attachMulticast(GROUP, 0), "only UD");
    }

    @Test
    void shouldKeepTheQueuePairOpenWhileItIsAttached() {
        b.qp().attachMulticast(GROUP, 0);
        Refusal.of(Errno.EBUSY, b.qp()::close, GROUP.toString(), "detach");
        b.qp().detachMulticast(GROUP, 0);
        b.qp().close();
        assertFalse(b.qp().isOpen());
        Refusal.of(Errno.EBADF, () -> b.qp().attachMulticast(GROUP, 0), "closed");
        b = a;
    }
}
