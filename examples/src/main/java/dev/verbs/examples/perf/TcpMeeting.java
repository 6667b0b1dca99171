package dev.verbs.examples.perf;

import dev.verbs.Context;
import java.net.InetSocketAddress;

/** Two ends that meet over TCP. */
final class TcpMeeting implements Meeting {
    private final PerfConfig config;
    private final TcpListener listener;
    private final Runnable waiting;

    private TcpMeeting(final PerfConfig config, final TcpListener listener, final Runnable waiting) {
        this.config = config;
        this.listener = listener;
        this.waiting = waiting;
    }

    /** A client of the server that the options name. */
    static TcpMeeting client(final PerfConfig config) {
        return new TcpMeeting(config, null, null);
    }

    /** A server; {@code waiting} is run when it listens. */
    static TcpMeeting server(final PerfConfig config, final Runnable waiting) {
        final String source = config.path().source();
        final int port = config.path().tcpPort();
        return new TcpMeeting(config, new TcpListener(source == null ? new InetSocketAddress(port) : new InetSocketAddress(source, port)),
            waiting);
    }

    /** Of a server: where it listens. */
    int port() {
        return listener.port();
    }

    @Override
    public Wire open(final Context context, final PerfPath path) {
        final PerfPath.Options options = config.path();
        if (listener == null) {
            return TcpWire.connect(new InetSocketAddress(options.host(), options.tcpPort()),
                options.source() == null ? null : new InetSocketAddress(options.source(), 0), config.waits().deadline());
        }
        waiting.run();
        try (listener) {
            return listener.accept(config.waits().limit(), config.waits().deadline());
        }
    }

    @Override
    public void close() {
        if (listener != null) {
            listener.close();
        }
    }
}
