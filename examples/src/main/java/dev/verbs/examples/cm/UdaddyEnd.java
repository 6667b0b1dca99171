package dev.verbs.examples.cm;

import dev.verbs.cm.AddressInfo;
import dev.verbs.cm.CmEndpoint;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmOption;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.examples.CloseStack;
import dev.verbs.examples.CommandFailure;
import dev.verbs.spi.VerbsProvider;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Both ends of {@code udaddy}: a datagram service that is asked for its queue pairs, and answers what they receive. */
final class UdaddyEnd {
    private static final ConnectionParameters PARAMETERS = ConnectionParameters.DEFAULT.raw(new byte[0]);

    private final VerbsProvider provider;
    private final DatagramConfig config;
    private final PrintWriter out;

    UdaddyEnd(final VerbsProvider provider, final DatagramConfig config, final PrintWriter out) {
        this.provider = provider;
        this.config = config;
        this.out = out;
    }

    void serve(final AddressInfo at, final Runnable listening) {
        try (CloseStack resources = new CloseStack()) {
            final CmListener listener = resources.add(CmListener.bind(provider, at, config.count()));
            out.println("udaddy: listens on " + listener.address());
            listening.run();
            final List<Datagrams> all = new ArrayList<>();
            while (all.size() < config.count()) {
                all.add(answer(listener, config.count() - all.size(), resources));
            }
            out.println("receiving data transfers");
            all.forEach(each -> each.awaitReceives(config.timeout()));
            out.println("sending replies");
            all.forEach(Datagrams::send);
            all.forEach(each -> each.awaitSends(config.timeout()));
        }
        report("server");
    }

    /** Receives are posted before the client learns where to send. */
    private Datagrams answer(final CmListener listener, final int left, final CloseStack resources) {
        final CmRequest request = listener.await(config.timeout());
        if (request == null) {
            throw new CommandFailure(left + " requests did not come to " + listener.address() + " within "
                + config.timeout().toSeconds() + " s (--timeout)");
        }
        final Datagrams datagrams = resources.add(new Datagrams(provider, request.event().id(), config));
        datagrams.receive();
        request.acceptDatagrams(datagrams.qpNumber(), PARAMETERS);
        return datagrams;
    }

    void ask(final AddressInfo to) {
        try (CloseStack resources = new CloseStack()) {
            final List<Datagrams> all = new ArrayList<>();
            out.println("udaddy: connecting");
            for (int i = 0; i < config.count(); i++) {
                final CmEndpoint endpoint = resources.add(CmEndpoint.open(provider, to.portSpace()));
                if (config.tos() >= 0) {
                    endpoint.id().set(CmOption.TYPE_OF_SERVICE, config.tos());
                }
                endpoint.resolve(to.source(), to.destination(), config.timeout());
                final Datagrams datagrams = resources.add(new Datagrams(provider, endpoint.id(), config));
                datagrams.receive();
                datagrams.to(endpoint.ask(PARAMETERS, config.timeout()).datagram());
                all.add(datagrams);
            }
            out.println("initiating data transfers");
            all.forEach(Datagrams::send);
            all.forEach(each -> each.awaitSends(config.timeout()));
            out.println("receiving data transfers");
            all.forEach(each -> each.awaitReceives(config.timeout()));
        }
        report("client");
    }

    private void report(final String who) {
        out.println(who + ": " + config.count() + " queue pairs, " + config.total() + " datagrams each way; return status 0");
    }
}
