package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AddressVector;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.ExtendedCqConfig;
import dev.verbs.GidType;
import dev.verbs.MemoryWindowType;
import dev.verbs.NodeType;
import dev.verbs.ProtectionDomain;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.SendRequests;
import dev.verbs.TransportType;
import dev.verbs.VerbsException;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The profile siw in every build; the whole contract suite runs on it in the tests of the profiles. */
class SoftIwarpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SoftProvider provider = new SoftProvider(new SoftConfig(SoftProfile.SIW));
    private final Context context = provider.devices().getFirst().open();
    private final ProtectionDomain domain = context.allocateProtectionDomain();
    private final CompletionQueue cq = context.createCompletionQueue(16);

    @AfterEach
    void close() {
        cq.close();
        domain.close();
        context.close();
        provider.close();
    }

    private static void refuses(final int errno, final Executable action) {
        final VerbsException refused = assertThrows(VerbsException.class, action);
        assertEquals(Errno.name(errno), Errno.name(refused.errno()), refused.getMessage());
    }

    @Test
    void shouldBeAnRnicWithOneGid() {
        assertEquals(NodeType.RNIC, context.device().nodeType());
        assertEquals(TransportType.IWARP, context.device().transport());
        assertEquals(1, context.gids(1).size());
        assertEquals(GidType.IB, context.gids(1).getFirst().type());
    }

    @Test
    void shouldRefuseWhatSiwDoesNotHave() {
        refuses(Errno.EOPNOTSUPP, () -> domain.allocateMemoryWindow(MemoryWindowType.TYPE_1));
        refuses(Errno.EOPNOTSUPP, () -> context.createExtendedCompletionQueue(ExtendedCqConfig.of(4)));
        refuses(Errno.EOPNOTSUPP, () -> cq.resize(32));
        final AddressVector path = new AddressVector(1, context.gids(1).getFirst().gid(), 0, 0, true, 64, 0, 0);
        refuses(Errno.EOPNOTSUPP, () -> domain.createAddressHandle(path));
        final QueuePairConfig rc = QueuePairConfig.rc(cq, 4, 4);
        for (final QpType type : new QpType[] {QpType.UC, QpType.UD}) {
            refuses(Errno.EOPNOTSUPP, () -> domain.createQueuePair(new QueuePairConfig(type, cq, cq, 4, 4, 1, 1, 0, false)));
        }
        try (QueuePair qp = domain.createQueuePair(rc)) {
            refuses(Errno.EOPNOTSUPP, () -> qp.modify(new QpAttributes().state(QpState.RESET)));
            refuses(Errno.EINVAL, () -> qp.modify(new QpAttributes().state(QpState.RTR)));
            refuses(Errno.EINVAL, () -> qp.modify(new QpAttributes().state(QpState.RTS)));
            assertEquals(QpState.RESET, qp.state());
        }
    }

    /** A message that finds no receive: its sender hears of success, both of the end, and a query shows it to nobody before. */
    @Test
    void shouldEndTheConnectionOfAMessageWithoutReceive() {
        try (Arena arena = Arena.ofShared(); QueuePair a = domain.createQueuePair(QueuePairConfig.rc(cq, 4, 4));
             QueuePair b = domain.createQueuePair(QueuePairConfig.rc(cq, 4, 4));
             CmListener listener = CmListener.bind(provider, new InetSocketAddress(0), 1)) {
            final CompletableFuture<CmConnection> connecting = CompletableFuture.supplyAsync(
                () -> CmConnection.connect(provider, listener.address(), a, ConnectionParameters.DEFAULT, PATIENCE));
            final CmRequest request = listener.await(PATIENCE);
            try (CmConnection passive = request.accept(b, ConnectionParameters.DEFAULT, PATIENCE);
                 CmConnection active = connecting.join()) {
                final SendRequests sends = SendRequests.allocate(arena, 1, 1);
                final WorkCompletions done = WorkCompletions.allocate(arena, 1);
                sends.clear().send(7, 0, 0, 0, dev.verbs.SendFlags.SIGNALED);
                assertEquals(1, a.postSend(sends));
                assertEquals(1, cq.poll(done));
                assertEquals(7, done.wrId(0));
                assertEquals(WcStatus.SUCCESS, done.status(0));
                assertEquals(QpState.RTS, a.state());
                assertTrue(active.awaitDisconnect(PATIENCE));
                assertTrue(passive.awaitDisconnect(PATIENCE));
                assertEquals(QpState.ERR, a.state());
                assertNull(a.firstError());
            }
        }
    }
}
