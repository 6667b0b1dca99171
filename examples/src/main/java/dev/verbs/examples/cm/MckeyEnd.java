package dev.verbs.examples.cm;

import dev.verbs.cm.CmEndpoint;
import dev.verbs.cm.DatagramDestination;
import dev.verbs.cm.MulticastMembership;
import dev.verbs.cm.PortSpace;
import dev.verbs.examples.CloseStack;
import dev.verbs.spi.VerbsProvider;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Both ends of {@code mckey}: who receives joins a group and attaches to it, who sends joins it to learn where to send. */
final class MckeyEnd {
    private final VerbsProvider provider;
    private final InetAddress group;
    private final InetSocketAddress local;
    private final DatagramConfig config;
    private final PrintWriter out;

    MckeyEnd(final VerbsProvider provider, final InetAddress group, final InetSocketAddress local, final DatagramConfig config,
        final PrintWriter out) {
        this.provider = provider;
        this.group = group;
        this.local = local;
        this.config = config;
        this.out = out;
    }

    void receive(final Runnable joined) {
        try (CloseStack resources = new CloseStack()) {
            final List<Datagrams> all = new ArrayList<>();
            for (int i = 0; i < config.count(); i++) {
                final CmEndpoint endpoint = open(resources);
                final Datagrams datagrams = resources.add(new Datagrams(provider, endpoint.id(), config));
                datagrams.receive();
                datagrams.attach(join(endpoint, MulticastMembership.FULL, datagrams));
                all.add(datagrams);
            }
            out.println("receiving data transfers");
            joined.run();
            all.forEach(each -> each.awaitReceives(config.timeout()));
        }
        report("receiver");
    }

    void send(final boolean sendOnly) {
        try (CloseStack resources = new CloseStack()) {
            final List<Datagrams> all = new ArrayList<>();
            for (int i = 0; i < config.count(); i++) {
                final CmEndpoint endpoint = open(resources);
                final Datagrams datagrams = resources.add(new Datagrams(provider, endpoint.id(), config));
                join(endpoint, sendOnly ? MulticastMembership.SEND_ONLY : MulticastMembership.FULL, datagrams);
                all.add(datagrams);
            }
            out.println("initiating data transfers");
            all.forEach(Datagrams::send);
            all.forEach(each -> each.awaitSends(config.timeout()));
        }
        report("sender");
    }

    private CmEndpoint open(final CloseStack resources) {
        final CmEndpoint endpoint = resources.add(CmEndpoint.open(provider, PortSpace.UDP));
        endpoint.bind(local);
        return endpoint;
    }

    /** The group is left when the endpoint is closed, after the queue pair has been detached. */
    private DatagramDestination join(final CmEndpoint endpoint, final MulticastMembership membership, final Datagrams datagrams) {
        final DatagramDestination to = endpoint.join(group, membership, config.timeout());
        datagrams.to(to);
        out.println("mckey: joined dgid: " + to.address().gid() + " mlid 0x" + Integer.toHexString(to.address().lid()));
        return to;
    }

    private void report(final String who) {
        out.println(who + ": " + config.count() + " queue pairs, " + config.total() + " datagrams; return status 0");
    }
}
