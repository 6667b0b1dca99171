package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.ProtectionDomain;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcTuning;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.ConnectionParameters;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connection manager, stepped by hand in one thread. */
class SoftConnectionTest {
    private static final Duration NOW = Duration.ZERO;

    private final SoftPair.FakeClock clock = new SoftPair.FakeClock();
    private final SoftProvider provider = new SoftProvider(clock, SoftProfile.RXE, 7);
    private final Context context = provider.devices().getFirst().open();
    private final ProtectionDomain domain = context.allocateProtectionDomain();
    private final CompletionQueue cq = context.createCompletionQueue(15);
    private final QueuePair a = domain.createQueuePair(QueuePairConfig.rc(cq, 4, 4));
    private final QueuePair b = domain.createQueuePair(QueuePairConfig.rc(cq, 4, 4));
    private final CmEventChannel channel = provider.createEventChannel();
    private final CmId listener = channel.createId();
    private final CmId active = channel.createId();

    @AfterEach
    void close() {
        active.close();
        listener.close();
        channel.close();
        a.close();
        b.close();
        cq.close();
        domain.close();
        context.close();
        assertEquals(List.of(), provider.live());
        provider.close();
    }

    private CmEvent expect(final CmEventType type, final int status) {
        final CmEvent event = channel.await(NOW);
        assertNotNull(event, () -> "no event; expected " + type);
        assertEquals(type, event.type());
        assertEquals(status, event.status());
        return event;
    }

    private InetSocketAddress listening() {
        listener.bind(new InetSocketAddress("10.0.0.1", 0));
        listener.listen(1);
        return listener.localAddress();
    }

    private void route(final InetSocketAddress target) {
        active.resolveAddress(null, target, NOW);
        expect(CmEventType.ADDR_RESOLVED, 0);
        active.resolveRoute(NOW);
        expect(CmEventType.ROUTE_RESOLVED, 0);
        assertEquals("soft0", active.deviceName());
        assertEquals(1, active.port());
    }

    @Test
    void shouldConnectAndDisconnect() {
        route(listening());
        active.connect(a, ConnectionParameters.DEFAULT.with(new byte[] {1, 2}).with(RcTuning.DEFAULT.withRetries(10, 3, 2)));
        final CmEvent request = expect(CmEventType.CONNECT_REQUEST, 0);
        assertEquals(56, request.rawPrivateData().length);
        assertArrayEquals(new byte[] {1, 2}, request.privateData());
        request.id().accept(b, ConnectionParameters.DEFAULT.with(new byte[193]).with(RcTuning.DEFAULT.withRetries(12, 5, 4)));
        final CmEvent response = expect(CmEventType.CONNECT_RESPONSE, 0);
        assertEquals(196, response.rawPrivateData().length);
        assertEquals(193, response.privateData().length);
        active.establish();
        assertEquals(request.id(), expect(CmEventType.ESTABLISHED, 0).id());
        assertEquals(QpState.RTS, a.state());
        assertEquals(QpState.RTS, b.state());
        assertEquals(4, a.query().rnrRetry(), "the passive side's");
        assertEquals(2, b.query().rnrRetry(), "the active side's");
        assertEquals(3, a.query().retryCount());
        assertEquals(3, b.query().retryCount());
        assertEquals(10, a.query().timeout());
        assertEquals(12, b.query().timeout());
        request.id().close();
        assertEquals(active, expect(CmEventType.DISCONNECTED, 0).id());
        assertEquals(QpState.ERR, a.state());
        assertEquals(QpState.ERR, b.state());
        active.disconnect();
        assertNull(channel.await(NOW));
    }

    @Test
    void shouldRejectAndSayWhy() {
        final InetSocketAddress target = listening();
        route(target);
        active.connect(a, ConnectionParameters.DEFAULT);
        final CmEvent request = expect(CmEventType.CONNECT_REQUEST, 0);
        request.id().reject(new byte[] {9});
        final CmEvent rejected = expect(CmEventType.REJECTED, 28);
        assertEquals(148, rejected.rawPrivateData().length);
        assertArrayEquals(new byte[] {9}, rejected.privateData());
        request.id().close();
        assertThrows(VerbsException.class, active::establish);
    }

    @Test
    void shouldRejectWhereNobodyListens() {
        route(new InetSocketAddress("10.0.0.1", 7));
        active.connect(a, ConnectionParameters.DEFAULT);
        expect(CmEventType.REJECTED, 8);
    }

    @Test
    void shouldNotReachHostsThatAreMissing() {
        active.resolveAddress(null, new InetSocketAddress("10.0.0.77", 7), Duration.ofSeconds(2));
        clock.advance(Duration.ofSeconds(2).toNanos() - 1);
        assertNull(channel.await(NOW));
        clock.advance(1);
        expect(CmEventType.ADDR_ERROR, -Errno.ETIMEDOUT);
        active.resolveAddress(null, new InetSocketAddress("10.0.0.1", 7), NOW);
        expect(CmEventType.ADDR_RESOLVED, 0);
        final VerbsException far = assertThrows(VerbsException.class,
            () -> listener.resolveAddress(null, new InetSocketAddress("192.0.2.1", 7), NOW));
        assertEquals(Errno.ENETUNREACH, far.errno());
    }

    @Test
    void shouldRejectRequestsBeyondTheBacklogAndThoseOfAClosedListener() {
        route(listening());
        active.connect(a, ConnectionParameters.DEFAULT);
        try (CmEventChannel other = provider.createEventChannel(); CmId second = other.createId()) {
            second.resolveAddress(null, listener.localAddress(), NOW);
            second.resolveRoute(NOW);
            second.connect(b, ConnectionParameters.DEFAULT);
            assertEquals(CmEventType.ADDR_RESOLVED, other.await(NOW).type());
            assertEquals(CmEventType.ROUTE_RESOLVED, other.await(NOW).type());
            assertEquals(28, other.await(NOW).status());
        }
        assertEquals(3, provider.live().stream().filter(line -> line.startsWith("CM id")).count());
        listener.close();
        expect(CmEventType.REJECTED, 28);
        assertEquals(1, provider.live().stream().filter(line -> line.startsWith("CM id")).count());
    }

    @Test
    void shouldTakeBackAPortOnlyOnce() {
        final InetSocketAddress target = listening();
        final VerbsException taken = assertThrows(VerbsException.class, () -> active.bind(target));
        assertEquals(Errno.EADDRINUSE, taken.errno());
        final VerbsException foreign = assertThrows(VerbsException.class,
            () -> active.bind(new InetSocketAddress("10.0.0.2", 0)));
        assertEquals(Errno.EADDRNOTAVAIL, foreign.errno());
        assertTrue(foreign.diagnosis().contains("10.0.0.1"), foreign.diagnosis());
        active.bind(new InetSocketAddress(0));
        assertNull(active.deviceName());
    }

    @Test
    void shouldGiveUpOnAListenerThatDoesNotAnswer() {
        route(listening());
        active.connect(a, ConnectionParameters.DEFAULT);
        final CmEvent request = expect(CmEventType.CONNECT_REQUEST, 0);
        clock.advance((4096L << 24) - 1);
        assertNull(channel.await(NOW));
        clock.advance(1);
        expect(CmEventType.UNREACHABLE, -Errno.ETIMEDOUT);
        assertNull(channel.await(NOW));
        assertThrows(VerbsException.class, () -> request.id().accept(b, ConnectionParameters.DEFAULT));
        request.id().close();
    }

    @Test
    void shouldGiveUpOnAPeerThatDoesNotConfirm() {
        route(listening());
        active.connect(a, ConnectionParameters.DEFAULT);
        final CmEvent request = expect(CmEventType.CONNECT_REQUEST, 0);
        request.id().accept(b, ConnectionParameters.DEFAULT);
        expect(CmEventType.CONNECT_RESPONSE, 0);
        clock.advance(4096L << 24);
        assertEquals(request.id(), expect(CmEventType.UNREACHABLE, -Errno.ETIMEDOUT).id());
        expect(CmEventType.REJECTED, 4);
        request.id().close();
    }
}
