package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.PrivateData;
import dev.verbs.cm.RejectedException;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that are refused, time out, break: each with a message, none with a hang. */
class ConnectionFailureContractTest extends VerbsTest {
    private static final ConnectionParameters DEFAULT = ConnectionParameters.DEFAULT;

    private Pair pair;

    @BeforeEach
    void makePair() {
        pair = unconnectedPair(PairConfig.DEFAULT);
    }

    private CmListener listen() {
        return own(CmListener.bind(provider(), Pair.address(pair.b().context(), pair.b().port(), 0), 4));
    }

    private Waiting.Pending<CmConnection> connectTo(final InetSocketAddress target, final ConnectionParameters parameters,
        final Duration timeout) {
        return Waiting.start("connector", () -> CmConnection.connect(provider(), target, pair.a().qp(), parameters, timeout));
    }

    private RejectedException reject(final byte[] data) {
        final CmListener listener = listen();
        final Waiting.Pending<CmConnection> pending = connectTo(listener.address(), DEFAULT, TestProvider.deadline());
        final CmRequest request = listener.await(TestProvider.deadline());
        assertNotNull(request);
        request.reject(data);
        return assertThrows(RejectedException.class, pending::get);
    }

    @Test
    void shouldSayThatNobodyListens() {
        final InetSocketAddress target;
        try (CmListener listener = listen()) {
            target = listener.address(); // free again when this ends
        }
        final Waiting.Pending<CmConnection> pending = connectTo(target, DEFAULT, TestProvider.deadline());
        final RejectedException refused = assertThrows(RejectedException.class, pending::get);
        Refusal.says(refused, "ECONNREFUSED", Integer.toString(target.getPort()), target.getAddress().getHostAddress(),
            "nobody listens there");
    }

    @Test
    @Covers("rdma_reject")
    void shouldSayThatThePeerRejected() {
        final RejectedException refused = reject(new byte[0]);
        assertEquals(DeviceProfile.of(pair.a().context()).rejected(), refused.status());
        assertEquals(0, refused.peerData().length);
        Refusal.says(refused, "ECONNREFUSED", "the peer rejected the request");
    }

    @Test
    @Covers("rdma_reject")
    void shouldDeliverThePrivateDataOfARejection() {
        final byte[] reason = "no more seats".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(reason, reject(reason).peerData());
    }

    @Test
    void shouldDeliverTheLongestPrivateDataOfARejection() {
        final byte[] longest = new byte[PrivateData.MAX_REJECT];
        longest[longest.length - 2] = 9;
        assertArrayEquals(longest, reject(longest).peerData());
    }

    @Test
    void shouldRefuseARequestWithTooMuchPrivateData() {
        final CmListener listener = listen();
        final ConnectionParameters tooMuch = DEFAULT.with(new byte[PrivateData.MAX_REQUEST + 1]);
        Refusal.says(assertThrows(IllegalArgumentException.class, () -> CmConnection.connect(provider(), listener.address(),
            pair.a().qp(), tooMuch, TestProvider.deadline())), Integer.toString(PrivateData.MAX_REQUEST + 1),
            Integer.toString(PrivateData.MAX_REQUEST));
    }

    @Test
    void shouldRefuseAnAnswerWithTooMuchPrivateData() {
        final CmListener listener = listen();
        final Waiting.Pending<CmConnection> pending = connectTo(listener.address(), DEFAULT, TestProvider.deadline());
        final CmRequest request = listener.await(TestProvider.deadline());
        final ConnectionParameters tooMuch = DEFAULT.with(new byte[PrivateData.MAX_ACCEPT + 1]);
        Refusal.says(assertThrows(IllegalArgumentException.class,
            () -> request.accept(pair.b().qp(), tooMuch, TestProvider.deadline())), Integer.toString(PrivateData.MAX_ACCEPT));
        assertThrows(RuntimeException.class, pending::get); // the request was dropped: refused, or not answered
    }

    @Test
    void shouldRefuseToBindToAnAddressOfNobody() {
        final VerbsException refused = assertThrows(VerbsException.class,
            () -> CmListener.bind(provider(), new InetSocketAddress("203.0.113.77", 0), 1));
        assertTrue(refused.errno() == Errno.EADDRNOTAVAIL || refused.errno() == Errno.ENODEV, refused.getMessage());
        Refusal.says(refused, "203.0.113.77");
    }

    @Test
    @Covers("rdma_bind_addr")
    void shouldRefuseAPortThatIsTaken() {
        final CmListener listener = listen();
        Refusal.of(Errno.EADDRINUSE, () -> CmListener.bind(provider(), listener.address(), 1),
            Integer.toString(listener.address().getPort()));
    }

    @Test
    void shouldStopWaitingForARequestAtTheDeadline() {
        final CmListener listener = listen();
        final long start = System.nanoTime();
        assertNull(listener.await(Duration.ofMillis(50)));
        final long waited = System.nanoTime() - start;
        assertTrue(waited >= 49_000_000L && waited < TestProvider.deadline().toNanos(), "waited " + waited + " ns");
        assertNull(listener.await(Duration.ZERO));
    }

    /** On siw the call takes 10 s more: rdma_destroy_id waits there for the peer's answer, up to siw's MPAREQ_TIMEOUT. */
    @Test
    void shouldStopConnectingAtTheDeadline() {
        final CmListener listener = listen();
        final Duration timeout = TestProvider.pause().multipliedBy(10);
        final Waiting.Pending<CmConnection> pending = connectTo(listener.address(), DEFAULT, timeout);
        Refusal.of(Errno.ETIMEDOUT, pending::get, Integer.toString(listener.address().getPort()), "deadline");
        final CmRequest stale = listener.await(TestProvider.deadline());
        assertNotNull(stale, "the request that nobody answered");
        dropStale(stale);
    }

    @Test
    @Covers("rdma_create_event_channel")
    void shouldLookAtAnEventChannelWithoutWaiting() {
        final CmEventChannel channel = own(provider().createEventChannel());
        assertNull(channel.await(Duration.ZERO));
    }

    @Test
    void shouldWakeAWaiterWhenAnEventChannelIsClosed() {
        final CmEventChannel channel = own(provider().createEventChannel());
        final Waiting.Pending<CmEvent> waiter = Waiting.start("waiter", () -> channel.await(Duration.ofMinutes(5)));
        Waiting.until(TestProvider.pause(), () -> !waiter.thread().isAlive());
        assertTrue(waiter.thread().isAlive(), "it did not wait");
        channel.close();
        Refusal.of(Errno.EBADF, waiter::get, "closed");
    }

    /** On siw 10 s after the interrupt: see {@link #shouldStopConnectingAtTheDeadline}. */
    @Test
    void shouldStopConnectingWhenInterrupted() {
        final CmListener listener = listen();
        final Waiting.Pending<Boolean> pending = Waiting.start("connector", () -> {
            Refusal.of(Errno.EINTR, () -> CmConnection.connect(provider(), listener.address(), pair.a().qp(), DEFAULT,
                Duration.ofMinutes(5)), "interrupted");
            return Thread.currentThread().isInterrupted();
        });
        final CmRequest request = listener.await(TestProvider.deadline());
        assertNotNull(request);
        pending.thread().interrupt();
        assertTrue(pending.get(), "the interrupt flag was lost");
        dropStale(request);
    }

    /** Gives a request back whose peer gave up meanwhile, which the device may or may not have learnt yet. */
    private static void dropStale(final CmRequest request) {
        try {
            request.reject(new byte[0]);
        } catch (final VerbsException e) {
            assertTrue(e.errno() == Errno.EINVAL || e.errno() == Errno.ECONNRESET, e.getMessage()); // the latter on iWARP
        }
    }

    @Test
    void shouldStopListeningWhenInterrupted() {
        final CmListener listener = listen();
        final Waiting.Pending<CmRequest> pending = Waiting.start("listener", () -> listener.await(Duration.ofMinutes(5)));
        pending.thread().interrupt();
        Refusal.of(Errno.EINTR, pending::get, "interrupted");
    }

    @Test
    void shouldDropRequestsThatNobodyTookWhenAListenerCloses() {
        final CmListener listener = listen();
        final Duration timeout = TestProvider.pause().multipliedBy(20);
        final Waiting.Pending<CmConnection> pending = connectTo(listener.address(), DEFAULT, timeout);
        Waiting.until(TestProvider.pause(), () -> !pending.thread().isAlive());
        listener.close();
        assertThrows(RuntimeException.class, pending::get);
    }

    @Test
    void shouldLeaveNothingBehindWhenAConnectionFails() {
        final int before = provider().live().size();
        for (int i = 0; i < 3; i++) {
            final InetSocketAddress target;
            try (CmListener listener = CmListener.bind(provider(), Pair.address(pair.b().context(), pair.b().port(), 0), 1)) {
                target = listener.address();
            }
            assertThrows(RejectedException.class,
                () -> CmConnection.connect(provider(), target, pair.a().qp(), DEFAULT, TestProvider.deadline()));
            if (pair.a().context().device().guarantees().connectsByModify()) {
                pair.a().qp().modify(new QpAttributes().state(QpState.RESET));
            }
        }
        assertEquals(before, provider().live().size(), provider().live().toString());
    }
}
