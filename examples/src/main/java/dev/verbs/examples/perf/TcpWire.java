package dev.verbs.examples.perf;

import dev.verbs.examples.CommandFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/**
 * The default of perftest: a TCP connection. A peer that dies closes it; a host that dies is noticed by keep-alive probes, within
 * the deadline.
 */
final class TcpWire implements Wire {
    private static final int INBOX = 4096;
    private static final int PROBES = 3;

    private final SocketChannel channel;
    private final Selector selector;
    private final String peer;
    private final ByteBuffer inbox = ByteBuffer.allocateDirect(INBOX); // ready to be read
    private boolean ended;

    /** Takes over a connected channel. */
    TcpWire(final SocketChannel channel, final Duration deadline) {
        this.channel = channel;
        Selector opened = null;
        try {
            peer = channel.getRemoteAddress().toString();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            keepAlive(channel, deadline);
            channel.configureBlocking(false);
            opened = Selector.open();
            channel.register(opened, SelectionKey.OP_READ);
        } catch (final IOException e) {
            closeQuietly(opened, channel);
            throw new CommandFailure("the TCP connection failed: " + e.getMessage(), e);
        }
        selector = opened;
        inbox.flip();
    }

    private static void keepAlive(final SocketChannel channel, final Duration deadline) throws IOException {
        final int seconds = (int)Math.max(1, deadline.toSeconds() / (PROBES + 1));
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, seconds);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, seconds);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
        }
    }

    /** Connects to a server. */
    static TcpWire connect(final InetSocketAddress server, final InetSocketAddress source, final Duration deadline) {
        if (server.isUnresolved()) {
            throw new CommandFailure("the host name " + server.getHostString() + " is not known");
        }
        final String where = server.getHostString() + ", TCP port " + server.getPort();
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.bind(source);
            channel.socket().connect(server, Math.toIntExact(deadline.toMillis()));
            return new TcpWire(channel, deadline);
        } catch (final ConnectException e) {
            closeQuietly(null, channel);
            throw new CommandFailure("nobody listens on " + where + ": start the server there first", e);
        } catch (final SocketTimeoutException e) {
            closeQuietly(null, channel);
            throw new CommandFailure(where + " did not answer within " + deadline.toSeconds() + " s (--deadline)", e);
        } catch (final IOException e) {
            closeQuietly(null, channel);
            throw new CommandFailure("cannot connect to " + where + ": " + e.getMessage(), e);
        }
    }

    private static void closeQuietly(final Selector selector, final SocketChannel channel) {
        try {
            if (selector != null) {
                selector.close();
            }
            if (channel != null) {
                channel.close();
            }
        } catch (final IOException e) {
            // there is a better reason on its way to the user
        }
    }

    @Override
    public boolean isBinary() {
        return false;
    }

    /** C reads each message with one {@code read}: it must arrive as one piece. */
    @Override
    public void send(final byte[] message) {
        final ByteBuffer out = ByteBuffer.wrap(message);
        try {
            if (channel.write(out) != message.length) {
                throw new CommandFailure(peer + " does not read what it is sent");
            }
        } catch (final IOException e) {
            throw gone(e);
        }
    }

    @Override
    public byte[] receive(final int length, final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        while (inbox.remaining() < length) {
            final long remaining = deadline - System.nanoTime();
            if (remaining <= 0) {
                throw new CommandFailure(peer + " said nothing for " + timeout.toSeconds() + " s");
            }
            await(remaining);
            fill();
            if (ended && inbox.remaining() < length) {
                throw gone(null);
            }
        }
        final byte[] message = new byte[length];
        inbox.get(message);
        return message;
    }

    private void await(final long nanos) {
        try {
            selector.select(Math.max(1, nanos / 1_000_000));
            selector.selectedKeys().clear();
        } catch (final IOException e) {
            throw gone(e);
        }
        if (Thread.interrupted()) {
            throw new CommandFailure("interrupted while waiting for " + peer);
        }
    }

    private void fill() {
        inbox.compact();
        try {
            ended = channel.read(inbox) < 0 || ended;
        } catch (final IOException e) {
            ended = true; // reset, or nobody answers the probes
        } finally {
            inbox.flip();
        }
    }

    private CommandFailure gone(final Exception cause) {
        return new CommandFailure("the peer " + peer + " has closed its connection in the middle of the run", cause);
    }

    @Override
    public boolean isGone() {
        if (!ended && inbox.remaining() < INBOX) {
            fill();
        }
        return ended;
    }

    @Override
    public void close() {
        closeQuietly(selector, channel);
    }
}
