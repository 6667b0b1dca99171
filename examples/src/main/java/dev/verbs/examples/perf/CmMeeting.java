package dev.verbs.examples.perf;

import dev.verbs.Context;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.RcTuning;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmEndpoint;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmOption;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.PortSpace;
import dev.verbs.cm.RejectedException;
import dev.verbs.examples.CommandFailure;
import dev.verbs.spi.VerbsProvider;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Two ends that meet through the connection manager: a queue pair to talk over first; with {@code -R} also those of the test, each
 * through the same port.
 */
final class CmMeeting implements Meeting {
    private static final long RETRY_NS = 20_000_000;
    private static final String ANY = "0.0.0.0";

    private final VerbsProvider provider;
    private final PerfConfig config;
    private final CmListener listener;
    private final Runnable waiting;
    private final Duration deadline;

    private CmMeeting(final VerbsProvider provider, final PerfConfig config, final CmListener listener, final Runnable waiting) {
        this.provider = provider;
        this.config = config;
        this.listener = listener;
        this.waiting = waiting;
        this.deadline = config.waits().deadline();
    }

    /** A client of the server that the options name. */
    static CmMeeting client(final VerbsProvider provider, final PerfConfig config) {
        return new CmMeeting(provider, config, null, null);
    }

    /** A server; {@code waiting} is run when it listens. The listener stays: the test's queue pairs come the same way. */
    static CmMeeting server(final VerbsProvider provider, final PerfConfig config, final Runnable waiting) {
        final String source = config.path().source();
        return new CmMeeting(provider, config, CmListener.bind(provider, new InetSocketAddress(source == null ? ANY : source,
            config.path().tcpPort()), config.traffic().queuePairs() + 1), waiting);
    }

    /** Of a server: where it listens. */
    InetSocketAddress address() {
        return listener.address();
    }

    @Override
    public Wire open(final Context context, final PerfPath path) {
        if (listener == null) {
            return new CmWire(context, path, false, qp -> dial(context, qp, usual(0)), deadline);
        }
        waiting.run();
        final CmRequest request = request(context, config.waits().limit());
        try {
            return new CmWire(context, path, true, qp -> request.accept(qp, usual(0), deadline), deadline);
        } finally {
            request.close(); // does nothing if it was accepted
        }
    }

    private ConnectionParameters usual(final int access) {
        return tuned(access, 1);
    }

    private ConnectionParameters tuned(final int access, final int reads) {
        final RcTuning usual = RcTuning.DEFAULT;
        return new ConnectionParameters(new RcTuning(usual.timeout(), config.path().retryCount(), usual.rnrRetry(), usual.minRnrTimer(),
            reads, reads), access, new byte[0], false);
    }

    private CmRequest request(final Context context, final Duration wait) {
        final CmRequest request = listener.await(wait);
        if (request == null) {
            throw new CommandFailure("no client came to " + listener.address() + " within " + wait.toSeconds() + " s");
        }
        if (!request.deviceName().equals(context.device().name())) {
            final String name = request.deviceName();
            request.close();
            throw new CommandFailure("the client came in on " + name + ", not on " + context.device().name() + ": give -d " + name);
        }
        return request;
    }

    private CmConnection dial(final Context context, final QueuePair qp, final ConnectionParameters parameters) {
        final PerfPath.Options options = config.path();
        final InetSocketAddress server = new InetSocketAddress(options.host(), options.tcpPort());
        if (server.isUnresolved()) {
            throw new CommandFailure("the host name " + options.host() + " is not known");
        }
        try (CmEndpoint endpoint = CmEndpoint.open(provider, PortSpace.TCP)) {
            if (options.typeOfService() >= 0) {
                endpoint.id().set(CmOption.TYPE_OF_SERVICE, options.typeOfService());
            }
            endpoint.resolve(options.source() == null ? null : new InetSocketAddress(options.source(), 0), server, deadline);
            final String name = endpoint.id().deviceName();
            if (!name.equals(context.device().name())) {
                throw new CommandFailure("the way to " + options.host() + " is through " + name + ", not through "
                    + context.device().name() + ": give -d " + name);
            }
            return endpoint.connect(qp, parameters, deadline);
        }
    }

    /** Connects the queue pairs of the test; the server's listener may take a moment to come back in C. */
    @Override
    public void connect(final PerfEnd end, final Exchange exchange) {
        exchange.meet(PerfKeys.NONE);
        final ConnectionParameters parameters = tuned(PerfBuffers.remote(config.tool().operation()), end.outstandingReads());
        for (int i = 0; i < config.traffic().queuePairs(); i++) {
            if (listener == null) {
                end.own(retry(end.context(), end.queuePair(i), parameters));
            } else {
                final CmRequest request = request(end.context(), deadline);
                end.own(request.accept(end.queuePair(i), parameters, deadline));
            }
        }
        exchange.meet(PerfKeys.NONE);
    }

    private CmConnection retry(final Context context, final QueuePair qp, final ConnectionParameters parameters) {
        final long until = System.nanoTime() + deadline.toNanos();
        while (true) {
            try {
                return dial(context, qp, parameters);
            } catch (final RejectedException e) {
                if (until - System.nanoTime() < 0) {
                    throw e;
                }
                if (qp.state() != QpState.RESET) {
                    qp.modify(new QpAttributes().state(QpState.RESET));
                }
                LockSupport.parkNanos(RETRY_NS);
            }
        }
    }

    @Override
    public void close() {
        if (listener != null) {
            listener.close();
        }
    }
}
