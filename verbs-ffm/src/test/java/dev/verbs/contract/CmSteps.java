package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.verbs.Context;
import dev.verbs.NodeType;
import dev.verbs.PortSelection;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.PortSpace;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A listener and an id that asks it, stepped by hand in one thread: each has a channel of its own. */
final class CmSteps {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    final CmEventChannel passiveChannel;
    final CmEventChannel activeChannel;
    final CmId listener;
    final CmId active;
    private final VerbsTest test;
    private final InetAddress address;

    CmSteps(final VerbsTest test, final PortSpace space, final InetAddress address) {
        this.test = test;
        this.address = address;
        this.passiveChannel = test.own(test.provider().createEventChannel());
        this.activeChannel = test.own(test.provider().createEventChannel());
        this.listener = test.own(passiveChannel.createId(space));
        this.active = test.own(activeChannel.createId(space));
    }

    /** Binds and listens. */
    InetSocketAddress listen() {
        listener.bind(new InetSocketAddress(address, 0));
        listener.listen(4);
        return listener.localAddress();
    }

    /** Takes the active id to ROUTE_RESOLVED. */
    CmSteps route(final InetSocketAddress target) {
        active.resolveAddress(null, target, TIMEOUT);
        expect(activeChannel, CmEventType.ADDR_RESOLVED, 0);
        active.resolveRoute(TIMEOUT);
        expect(activeChannel, CmEventType.ROUTE_RESOLVED, 0);
        return this;
    }

    /** The next request of the listener; its id is closed after the test. */
    CmEvent request() {
        final CmEvent request = expect(passiveChannel, CmEventType.CONNECT_REQUEST, 0);
        test.own(request.id());
        return request;
    }

    /** Listens, resolves and asks, with queue pairs that the manager drives; returns the request. */
    CmEvent ask(final QueuePair qp, final ConnectionParameters parameters) {
        route(listen());
        active.connect(qp, parameters);
        return request();
    }

    CmEvent expectActive(final CmEventType type) {
        return expect(activeChannel, type, 0);
    }

    CmEvent expectPassive(final CmEventType type) {
        return expect(passiveChannel, type, 0);
    }

    /** The next event; old connections that are forgotten are nobody's business. */
    static CmEvent next(final CmEventChannel channel) {
        CmEvent event;
        do {
            event = channel.await(TestProvider.deadline());
        } while (event != null && event.type() == CmEventType.TIMEWAIT_EXIT);
        return event;
    }

    static CmEvent expect(final CmEventChannel channel, final CmEventType type, final int status) {
        final CmEvent event = next(channel);
        assertNotNull(event, () -> "no event; expected " + type);
        assertEquals(type, event.type(), event::toString);
        assertEquals(status, event.status(), event::toString);
        return event;
    }

    /** Takes a queue pair that the test drives itself through states. */
    static void drive(final CmId id, final QueuePair qp, final QpState... states) {
        for (final QpState state : states) {
            qp.modify(id.initQpAttributes(state));
        }
    }

    /** A global IPv6 address of the port, null if it has none. */
    static InetAddress ipv6(final Context context, final PortSelection port) {
        return context.gids(port.port()).stream().map(entry -> entry.gid().address())
            .filter(each -> each instanceof Inet6Address && !each.isLinkLocalAddress()).findFirst()
            .filter(each -> context.device().nodeType() != NodeType.RNIC).orElse(null);
    }
}
