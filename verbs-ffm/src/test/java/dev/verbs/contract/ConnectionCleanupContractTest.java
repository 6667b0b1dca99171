package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmId;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
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
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ends of connections and listeners that are not the usual ones: interrupted, undecided, foreign, closed, racing. */
class ConnectionCleanupContractTest extends VerbsTest {
    private static final ConnectionParameters DEFAULT = ConnectionParameters.DEFAULT;
    private static final byte[] FOREIGN = "another protocol".getBytes(StandardCharsets.US_ASCII);

    private static final long SEED = Long.getLong("dev.verbs.test.seed", System.nanoTime());

    private Pair pair;
    private List<String> before;

    @BeforeEach
    void makePair() {
        pair = unconnectedPair(PairConfig.DEFAULT);
        before = provider().live();
    }

    private CmListener listen() {
        return own(CmListener.bind(provider(), Pair.address(pair.b().context(), pair.b().port(), 0), 4));
    }

    private Waiting.Pending<CmConnection> connectTo(final InetSocketAddress target, final Pair from,
        final ConnectionParameters parameters) {
        return Waiting.start("connector",
            () -> CmConnection.connect(provider(), target, from.a().qp(), parameters, TestProvider.deadline()));
    }

    private static CmRequest await(final CmListener listener) {
        final CmRequest request = listener.await(TestProvider.deadline());
        assertNotNull(request, "no connection request");
        return request;
    }

    private void assertNothingLeft() {
        assertEquals(before, provider().live());
    }

    @Test
    @Covers({"rdma_destroy_event_channel", "rdma_destroy_id"})
    void shouldLeaveNothingOpenWhenAConnectionIsClosedByAnInterruptedThread() {
        final Pair.Connected connected = pair.connect(this, DEFAULT, DEFAULT);
        for (final CmConnection end : List.of(connected.active(), connected.passive())) {
            final boolean kept = Waiting.start("closer", () -> {
                Thread.currentThread().interrupt();
                try {
                    end.close();
                } catch (final VerbsException e) {
                    assertEquals(Errno.name(Errno.EINTR), Errno.name(e.errno()), e.getMessage());
                }
                return Thread.currentThread().isInterrupted();
            }).get();
            assertTrue(kept, "the interrupt flag was lost");
            assertFalse(end.id().isOpen(), "the id was left open");
        }
        connected.listener().close();
        assertNothingLeft();
    }

    @Test
    void shouldSayWhatToDoWithTheDataOfAForeignPeer() {
        final CmListener listener = listen();
        final Waiting.Pending<CmConnection> pending = connectTo(listener.address(), pair, DEFAULT.raw(FOREIGN));
        final CmRequest request = await(listener);
        Refusal.of(Errno.EINVAL, request::peerData, "without this library's header", "raw");
        assertArrayEquals(FOREIGN, Arrays.copyOf(request.rawPeerData(), FOREIGN.length));
        request.reject(new byte[0]);
        assertThrows(RejectedException.class, pending::get);
        listener.close();
        assertNothingLeft();
    }

    @Test
    void shouldRefuseARequestThatNobodyDecidedWhenItsListenerCloses() {
        final CmListener listener = listen();
        final Waiting.Pending<CmConnection> pending = connectTo(listener.address(), pair, DEFAULT);
        final CmRequest undecided = await(listener);
        listener.close();
        assertThrows(RuntimeException.class, pending::get);
        assertNothingLeft();
        assertThrows(RuntimeException.class, () -> undecided.accept(pair.b().qp(), DEFAULT, TestProvider.deadline()));
        assertThrows(RuntimeException.class, () -> undecided.reject(new byte[0]));
        assertNothingLeft();
    }

    /** What a closed id says is what it said before, or EBADF. */
    private static void assertRemembered(final Object known, final Supplier<Object> getter) {
        try {
            assertEquals(known, getter.get());
        } catch (final VerbsException e) {
            assertEquals(Errno.name(Errno.EBADF), Errno.name(e.errno()), e.getMessage());
        }
    }

    private static void assertHarmlessAfterClose(final CmId id, final Runnable close) {
        final InetSocketAddress address = id.localAddress();
        final String device = id.deviceName();
        final int port = id.port();
        assertFalse(id.describe().isEmpty());
        close.run();
        assertFalse(id.isOpen());
        assertRemembered(address, id::localAddress);
        assertRemembered(device, id::deviceName);
        assertRemembered(port, id::port);
        assertTrue(id.toString().contains("closed"), id.toString());
    }

    @Test
    void shouldAnswerOrRefuseWhenAClosedIdIsAsked() {
        final CmEventChannel channel = own(provider().createEventChannel());
        final CmId idle = own(channel.createId());
        assertRemembered(null, idle::deviceName);
        assertHarmlessAfterClose(idle, idle::close);
        final CmId bound = own(channel.createId());
        bound.bind(Pair.address(pair.a().context(), pair.a().port(), 0));
        assertNotNull(bound.localAddress());
        assertHarmlessAfterClose(bound, bound::close);
        channel.close();
        assertFalse(channel.describe().isEmpty());
        final Pair.Connected connected = pair.connect(this, DEFAULT, DEFAULT);
        connected.active().disconnect();
        assertTrue(connected.passive().awaitDisconnect(TestProvider.deadline()));
        assertHarmlessAfterClose(connected.active().id(), connected.active()::close);
        assertHarmlessAfterClose(connected.passive().id(), connected.passive()::close);
    }

    /**
     * Whoever waits on a listener reads the events of all its connections, and takes the queue pairs of those that end to ERR,
     * while their owners close them: no business of who waits for something else.
     */
    @Test
    void shouldNotDisturbAListenerWhenAQueuePairClosesWhileItIsFlushed() throws Exception {
        final int rounds = TestProvider.isSoft() ? 50 : 5;
        final CmListener listener = listen();
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < rounds; round++) {
            final Pair each = unconnectedPair(PairConfig.DEFAULT);
            final Waiting.Pending<CmConnection> pending = connectTo(listener.address(), each, DEFAULT);
            final CmConnection passive = await(listener).accept(each.b().qp(), DEFAULT, TestProvider.deadline());
            final Pair.Connected connected = own(new Pair.Connected(listener, pending.get(), passive));
            each.b().receive(1, 0, 64);
            final CountDownLatch closed = new CountDownLatch(1);
            final CyclicBarrier start = new CyclicBarrier(3);
            final Waiting.Pending<CmRequest> reader = Waiting.start("reader", () -> {
                start.await();
                CmRequest request = null;
                do {
                    request = listener.await(Duration.ofMillis(1));
                } while (request == null && closed.getCount() != 0);
                return request == null ? listener.await(Duration.ZERO) : request;
            });
            final long delay = random.nextLong(TestProvider.isSoft() ? 20_000 : 5_000_000);
            final Waiting.Pending<Boolean> closer = Waiting.start("closer", () -> {
                start.await();
                final long begin = System.nanoTime();
                while (System.nanoTime() - begin < delay) {
                    Thread.onSpinWait();
                }
                each.b().qp().close();
                return true;
            });
            start.await(TestProvider.deadline().toMillis(), TimeUnit.MILLISECONDS);
            connected.active().disconnect();
            assertTrue(closer.get());
            assertTrue(passive.awaitDisconnect(TestProvider.deadline()), "the end was not told");
            assertTrue(connected.active().awaitDisconnect(TestProvider.deadline()), "the other end did not answer");
            closed.countDown();
            assertNull(reader.get(), "nobody asked for a connection");
            connected.close();
        }
        System.out.println("close against flush: " + rounds + " rounds on " + TestProvider.name() + ", seed " + SEED);
    }
}
