package dev.verbs.examples.cm;

import dev.verbs.cm.AddressInfo;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmId;
import dev.verbs.cm.CmOption;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.RejectReason;
import dev.verbs.examples.CommandFailure;
import dev.verbs.spi.VerbsProvider;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One end of {@code cmatose}: many ids on one channel, driven by their events, as in C. Used by one thread.
 */
final class CmatoseEnd implements AutoCloseable {
    private static final ConnectionParameters PARAMETERS = ConnectionParameters.DEFAULT.raw(new byte[0]);

    private final VerbsProvider provider;
    private final CmatoseConfig config;
    private final PrintWriter out;
    /** In the order in which they were made; an id without traffic is not connected. */
    private final Map<CmId, Traffic> nodes = new LinkedHashMap<>();
    private final List<CmId> connected = new ArrayList<>();
    private CmEventChannel channel;
    private CmId listener;
    private int connectsLeft;
    private int disconnectsLeft;

    CmatoseEnd(final VerbsProvider provider, final CmatoseConfig config, final PrintWriter out) {
        this.provider = provider;
        this.config = config;
        this.out = out;
        this.connectsLeft = config.connections();
        this.channel = provider.createEventChannel();
    }

    void serve(final AddressInfo at, final Runnable listening) {
        listener = channel.createId(at.portSpace());
        listener.bind(at.source());
        listener.listen(config.connections());
        out.println("cmatose: listens on " + listener.localAddress());
        listening.run();
        awaitConnections();
        connected.forEach(id -> nodes.get(id).send(config.messages()));
        awaitAll("initiating data transfers", true);
        awaitAll("receiving data transfers", false);
        migrate();
        out.println("cmatose: disconnecting");
        connected.forEach(CmId::disconnect);
        awaitDisconnects();
    }

    void connect(final AddressInfo to) {
        out.println("cmatose: connecting");
        for (int i = 0; i < config.connections(); i++) {
            final CmId id = channel.createId(to.portSpace());
            nodes.put(id, null);
            id.resolveAddress(to.source(), to.destination(), config.timeout());
        }
        awaitConnections();
        awaitAll("receiving data transfers", false);
        out.println("sending replies");
        connected.forEach(id -> nodes.get(id).send(config.messages()));
        awaitAll("completing sends", true);
        migrate();
        awaitDisconnects();
    }

    private void awaitConnections() {
        while (connectsLeft > 0) {
            handle(next("connections"));
        }
    }

    private void awaitDisconnects() {
        while (disconnectsLeft > 0) {
            handle(next("disconnects"));
        }
        out.println("disconnected");
    }

    private CmEvent next(final String what) {
        final CmEvent event = channel.await(config.timeout());
        if (event == null) {
            throw new CommandFailure(connectsLeft + " connections and " + disconnectsLeft + " disconnects are left, and no event came "
                + "within " + config.timeout().toSeconds() + " s (--timeout) while waiting for " + what);
        }
        return event;
    }

    private void handle(final CmEvent event) {
        final CmId id = event.id();
        switch (event.type()) {
            case ADDR_RESOLVED -> {
                set(id, CmOption.TYPE_OF_SERVICE, config.tos());
                set(id, CmOption.ACK_TIMEOUT, config.ackTimeout());
                id.resolveRoute(config.timeout());
            }
            case ROUTE_RESOLVED -> id.connect(open(id).qp(), PARAMETERS);
            case CONNECT_REQUEST -> request(id);
            case CONNECT_RESPONSE -> {
                id.establish();
                established(id);
            }
            case ESTABLISHED -> established(id);
            case DISCONNECTED -> {
                id.disconnect();
                disconnectsLeft--;
            }
            case ADDR_ERROR, ROUTE_ERROR, CONNECT_ERROR, UNREACHABLE, REJECTED, DEVICE_REMOVAL -> throw new CommandFailure(
                "event " + channel.nameOf(event.type()) + " (" + event + ")"
                + (event.rejectReason() == RejectReason.UNKNOWN ? "" : ": " + event.rejectReason().meaning()));
            default -> { } // time-wait of an older connection
        }
    }

    private void request(final CmId id) {
        if (nodes.size() == config.connections()) {
            id.reject(new byte[0]);
            id.close();
            return;
        }
        nodes.put(id, null);
        set(id, CmOption.ACK_TIMEOUT, config.ackTimeout());
        id.accept(open(id).qp(), PARAMETERS);
    }

    private static void set(final CmId id, final CmOption option, final int value) {
        if (value >= 0) {
            id.set(option, value);
        }
    }

    private Traffic open(final CmId id) {
        final Traffic traffic = new Traffic(provider, id.deviceName(), config.messages(), config.bytes());
        nodes.put(id, traffic);
        traffic.receive(id, config.messages());
        return traffic;
    }

    private void established(final CmId id) {
        connected.add(id);
        connectsLeft--;
        disconnectsLeft++;
    }

    private void awaitAll(final String what, final boolean sends) {
        if (config.messages() > 0) {
            out.println(what);
        }
        for (final CmId id : connected) {
            if (sends) {
                nodes.get(id).awaitSends(config.messages(), config.timeout());
            } else {
                nodes.get(id).awaitReceives(config.messages(), config.timeout());
            }
        }
    }

    private void migrate() {
        if (!config.migrates()) {
            return;
        }
        out.println("migrating to new event channel");
        final CmEventChannel old = channel;
        channel = provider.createEventChannel();
        if (listener != null) {
            listener.migrate(channel);
        }
        nodes.keySet().forEach(id -> id.migrate(channel));
        old.close();
    }

    /** Messages that went each way. */
    long messages() {
        return (long)connected.size() * config.messages();
    }

    int connections() {
        return connected.size();
    }

    @Override
    public void close() {
        nodes.forEach((id, traffic) -> {
            id.close();
            if (traffic != null) {
                traffic.close();
            }
        });
        if (listener != null) {
            listener.close();
        }
        channel.close();
    }
}
