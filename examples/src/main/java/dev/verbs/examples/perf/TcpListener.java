package dev.verbs.examples.perf;

import dev.verbs.examples.CommandFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;

/** Where a server waits for its one client. */
final class TcpListener implements AutoCloseable {
    private final ServerSocketChannel channel;

    /** Listens on a port, 0 for any free one. */
    TcpListener(final InetSocketAddress at) {
        try {
            channel = ServerSocketChannel.open();
        } catch (final IOException e) {
            throw new CommandFailure("cannot make a socket: " + e.getMessage(), e);
        }
        try {
            channel.socket().setReuseAddress(true);
            channel.bind(at, 1);
        } catch (final IOException e) {
            close();
            throw new CommandFailure("cannot listen on " + at + ": " + e.getMessage() + "; choose another port with -p", e);
        }
    }

    int port() {
        return channel.socket().getLocalPort();
    }

    /** Waits for a client. */
    TcpWire accept(final Duration wait, final Duration deadline) {
        try {
            channel.socket().setSoTimeout((int)Math.min(Integer.MAX_VALUE, wait.toMillis()));
            return new TcpWire(channel.socket().accept().getChannel(), deadline);
        } catch (final SocketTimeoutException e) {
            throw new CommandFailure("no client came to TCP port " + port() + " within " + wait.toSeconds() + " s", e);
        } catch (final IOException e) {
            throw new CommandFailure("waiting for a client on TCP port " + port() + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new CommandFailure("closing the TCP port: " + e.getMessage(), e);
        }
    }
}
