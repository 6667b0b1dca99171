package dev.verbs.testkit;

import dev.verbs.Context;
import dev.verbs.PortSelection;
import dev.verbs.QueuePair;
import dev.verbs.RcEndpoint;
import dev.verbs.UcEndpoint;
import dev.verbs.UdEndpoint;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.spi.VerbsProvider;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** Two connected sides on one device: {@code a} and {@code b}. */
public final class Pair {
    /** The queue key of datagram pairs. */
    public static final int QKEY = 0x1234_5678;

    private static final int PSN_A = 0xFF_FFF0; // wraps early
    private static final int PSN_B = 0x12_3456;

    private final Side a;
    private final Side b;

    private Pair(final Side a, final Side b) {
        this.a = a;
        this.b = b;
    }

    /** Two sides whose queue pairs are in RESET. */
    static Pair unconnected(final VerbsTest test, final PairConfig config) {
        return new Pair(new Side(test, config), new Side(test, config));
    }

    /** Two connected sides, the second of which shares domain and memory with a side that there is. */
    static Pair connectedInto(final VerbsTest test, final PairConfig config, final Side side) {
        final Pair pair = new Pair(new Side(test, config), new Side(test, config, side));
        VerbsTest.assume(side.context().device().guarantees().connectsByModify(), side.context(), "connecting by modify");
        connect(pair.a.qp(), pair.a.port(), pair.b.qp(), pair.b.port(), config);
        return pair;
    }

    /** Two connected sides: by modify where the device can, else through the connection manager. */
    static Pair connected(final VerbsTest test, final PairConfig config) {
        final Pair pair = unconnected(test, config);
        if (pair.a.context().device().guarantees().connectsByModify()) {
            connect(pair.a.qp(), pair.a.port(), pair.b.qp(), pair.b.port(), config);
        } else {
            pair.connectByManager(test, config);
        }
        return pair;
    }

    /** Takes two queue pairs of the configured service from RESET to RTS, connected to each other where the service connects. */
    public static void connect(final QueuePair a, final PortSelection portA, final QueuePair b, final PortSelection portB,
        final PairConfig config) {
        switch (config.type()) {
            case UC -> connectUnreliably(a, portA, b, portB, config);
            case UD -> {
                for (final QueuePair qp : List.of(a, b)) {
                    UdEndpoint.init(qp, qp == a ? portA : portB, QKEY);
                    UdEndpoint.start(qp, qp == a ? PSN_A : PSN_B);
                }
            }
            default -> connectReliably(a, portA, b, portB, config);
        }
    }

    private static void connectUnreliably(final QueuePair a, final PortSelection portA, final QueuePair b,
        final PortSelection portB, final PairConfig config) {
        UcEndpoint.init(a, portA, config.qpAccess());
        UcEndpoint.init(b, portB, config.qpAccess());
        final UcEndpoint endA = UcEndpoint.of(a, portA, PSN_A);
        final UcEndpoint endB = UcEndpoint.of(b, portB, PSN_B);
        endB.connect(a, portA, PSN_A);
        endA.connect(b, portB, PSN_B);
    }

    private static void connectReliably(final QueuePair a, final PortSelection portA, final QueuePair b,
        final PortSelection portB, final PairConfig config) {
        RcEndpoint.init(a, portA, config.qpAccess());
        RcEndpoint.init(b, portB, config.qpAccess());
        final RcEndpoint endA = RcEndpoint.of(a, portA, PSN_A);
        final RcEndpoint endB = RcEndpoint.of(b, portB, PSN_B);
        endB.connect(a, portA, PSN_A, config.tuning());
        endA.connect(b, portB, PSN_B, config.tuning());
    }

    private void connectByManager(final VerbsTest test, final PairConfig config) {
        final ConnectionParameters parameters = new ConnectionParameters(config.tuning(), config.qpAccess(), new byte[0], true);
        connect(test, parameters, parameters);
    }

    /** Connects both queue pairs through the connection manager; {@code a} is the active side. */
    public Connected connect(final VerbsTest test, final ConnectionParameters active, final ConnectionParameters passive) {
        final VerbsProvider provider = test.provider();
        final CmListener listener = test.own(CmListener.bind(provider, address(b.context(), b.port(), 0), 4));
        final InetSocketAddress target = address(b.context(), b.port(), listener.address().getPort());
        final Waiting.Pending<CmConnection> pending = Waiting.start("connector",
            () -> CmConnection.connect(provider, target, a.qp(), active, TestProvider.deadline()));
        final CmRequest request = listener.await(TestProvider.deadline());
        Assertions.assertNotNull(request, () -> "no connection request; the connector: " + pending.task());
        final CmConnection accepted = request.accept(b.qp(), passive, TestProvider.deadline());
        return test.own(new Connected(listener, pending.get(), accepted));
    }

    /** Where a side listens: the address of its network interface. */
    public static InetSocketAddress address(final Context context, final PortSelection port, final int cmPort) {
        return new InetSocketAddress(PortAddress.of(context, port), cmPort);
    }

    /** The first side. */
    public Side a() {
        return a;
    }

    /** The second side. */
    public Side b() {
        return b;
    }

    /**
     * A connection with both its ends.
     *
     * @param listener where it was accepted
     * @param active   the end of side a
     * @param passive  the end of side b
     */
    public record Connected(CmListener listener, CmConnection active, CmConnection passive) implements AutoCloseable {
        /** Disconnects both ends before it closes one: an end that closes alone waits for the answer of the other. */
        @Override
        public void close() {
            for (final CmConnection end : new CmConnection[] {active, passive}) {
                if (end.id().isOpen()) {
                    end.disconnect();
                }
            }
            active.close();
            passive.close();
        }
    }
}
