package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.ExtendedQueuePair;
import dev.verbs.QpType;
import dev.verbs.SendFlags;
import dev.verbs.SendOperation;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.Side;
import dev.verbs.testkit.VerbsTest;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.function.Executable;

/** What tests of extended queue pairs share: two of them, connected, on the queues and the memory of two sides. */
abstract class ExtendedQpTest extends VerbsTest {
    static final int SIGNALED = SendFlags.SIGNALED;
    static final int ACCESS = PairConfig.ALL_ACCESS | AccessFlags.REMOTE_ATOMIC | AccessFlags.MW_BIND;
    static final int QP_ACCESS = PairConfig.ALL_ACCESS | AccessFlags.REMOTE_ATOMIC;
    static final int INLINE = 64;
    static final PairConfig CONFIG = PairConfig.DEFAULT.withAccess(ACCESS, QP_ACCESS);
    static final Set<SendOperation> ALL = EnumSet.allOf(SendOperation.class);
    static final Set<SendOperation> UNRELIABLE = EnumSet.of(SendOperation.SEND, SendOperation.SEND_WITH_IMM,
        SendOperation.RDMA_WRITE, SendOperation.RDMA_WRITE_WITH_IMM);
    static final Set<SendOperation> DATAGRAMS = EnumSet.of(SendOperation.SEND, SendOperation.SEND_WITH_IMM);

    Side a;
    Side b;
    ExtendedQueuePair qp;
    ExtendedQueuePair peer;

    /** Two queue pairs in RESET. */
    final void create(final PairConfig config, final Set<SendOperation> operations) {
        final Pair pair = unconnectedPair(config);
        a = pair.a();
        b = pair.b();
        qp = create(a, operations);
        peer = create(b, operations);
    }

    /** Skips where the device has no extended queue pairs of that service. */
    final ExtendedQueuePair create(final Side side, final Set<SendOperation> operations) {
        try {
            return own(side.domain().createExtendedQueuePair(
                side.qp().config().withInline(INLINE).withSendOps(operations)));
        } catch (final VerbsException e) {
            assume(e.errno() != Errno.EOPNOTSUPP, side.context(), "extended queue pairs with " + operations);
            throw e;
        }
    }

    /** Two connected queue pairs; datagram queue pairs are ready. */
    final void connect(final PairConfig config, final Set<SendOperation> operations) {
        create(config, operations);
        assume(a.context().device().guarantees().connectsByModify(), a.context(), "connecting by modify");
        Pair.connect(qp, a.port(), peer, b.port(), config);
    }

    final void connect(final Set<SendOperation> operations) {
        connect(CONFIG, operations);
    }

    static PairConfig of(final QpType type) {
        return CONFIG.withType(type);
    }

    /** Posts one receive at the peer. */
    final void receive(final long wrId, final long offset, final long length) {
        b.receives().clear().receive(wrId, b.at(offset), length, b.region().lkey());
        assertEquals(1, peer.postReceive(b.receives()), () -> "errno " + b.receives().errno());
    }

    final void begin() {
        assertEquals(0, qp.start());
    }

    /** Gives the current request a part of side a's buffer. */
    final void local(final long offset, final long length) {
        qp.local(a.at(offset), length, a.region().lkey());
    }

    /** Posts the batch. */
    final void end(final int requests) {
        assertEquals(requests, qp.complete(), () -> "accepted; errno " + qp.errno());
        assertEquals(0, qp.errno());
    }

    /** Expects that the batch is refused as a whole, and that the queue pair works afterwards. */
    final void refused(final int errno) {
        assertEquals(0, qp.complete());
        assertEquals(errno, qp.errno());
        assertEquals(0, qp.inFlight());
        a.assertQuiet();
        works();
    }

    /** Sends 64 bytes and checks that they arrive, and nothing before them. */
    final void works() {
        a.fill(0, 64, 99);
        receive(98, 0, 64);
        begin();
        qp.send(99, SIGNALED);
        local(0, 64);
        end(1);
        a.awaitSend().expect(99, WcOpcode.SEND);
        b.awaitReceive().expect(98, WcOpcode.RECV);
        b.assertFilled(0, 64, 99);
    }

    static VerbsException thrown(final int errno, final Executable call) {
        final VerbsException thrown = assertThrows(VerbsException.class, call);
        assertEquals(errno, thrown.errno(), thrown::getMessage);
        return thrown;
    }
}
