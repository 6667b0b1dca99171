package dev.verbs.examples.pingpong;

import dev.verbs.Gid;
import dev.verbs.RcEndpoint;
import dev.verbs.examples.CommandFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How the two ends of rdma-core's pingpong programs find each other's queue pairs, over TCP. Blocks, with deadlines.
 *
 * <pre>
 *   client ──► "lid4:qpn6:psn6:gid32" NUL ──► server      hexadecimal digits; the server connects its QPs, then
 *   client ◄── the same of the server     ◄── server
 *   client ──► "done" NUL                 ──► server
 * </pre>
 *
 * With a shared receive queue there are always 256 such lines each way; those of queue pairs that do not exist are all zeros.
 */
final class PingPongExchange {
    /** Digits, colons and the NUL. */
    static final int LENGTH = 4 + 1 + 6 + 1 + 6 + 1 + 2 * Gid.LENGTH + 1;
    /** What {@code ibv_srq_pingpong} exchanges, however many queue pairs it uses. */
    static final int SHARED_LINES = 256;
    private static final RcEndpoint NOBODY = new RcEndpoint(0, 0, 0, Gid.of(new byte[Gid.LENGTH]));
    private static final byte[] DONE = "done\0".getBytes(StandardCharsets.US_ASCII);

    private PingPongExchange() {
    }

    static byte[] encode(final RcEndpoint endpoint) {
        return String.format(Locale.ROOT, "%04x:%06x:%06x:%s\0", endpoint.lid(), endpoint.qpNumber(), endpoint.psn(),
            endpoint.gid().hex()).getBytes(StandardCharsets.US_ASCII);
    }

    static RcEndpoint decode(final byte[] message) {
        final String text = new String(message, StandardCharsets.US_ASCII);
        final String[] fields = text.substring(0, Math.max(0, text.indexOf('\0'))).split(":", -1);
        try {
            if (fields.length == 4) {
                return new RcEndpoint(HexFormat.fromHexDigits(fields[1]), HexFormat.fromHexDigits(fields[2]),
                    HexFormat.fromHexDigits(fields[0]), Gid.ofHex(fields[3]));
            }
        } catch (final IllegalArgumentException e) {
            throw strange(text, e);
        }
        throw strange(text, null);
    }

    private static byte[] encode(final List<RcEndpoint> own, final int lines) {
        final ByteBuffer all = ByteBuffer.allocate(lines * LENGTH);
        for (int i = 0; i < lines; i++) {
            all.put(encode(i < own.size() ? own.get(i) : NOBODY));
        }
        return all.array();
    }

    /** Reads lines, of which as many must be used as we use. */
    private static List<RcEndpoint> read(final InputStream in, final int used, final int lines) throws IOException {
        final List<RcEndpoint> peers = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            final RcEndpoint peer = decode(in.readNBytes(LENGTH));
            if (peer.qpNumber() != 0) {
                peers.add(peer);
            }
        }
        if (peers.size() != used) {
            throw new CommandFailure("the peer has " + peers.size() + " queue pairs instead of " + used
                + ": give both ends the same -q");
        }
        return peers;
    }

    private static CommandFailure strange(final String text, final Exception cause) {
        return new CommandFailure("the peer sent '" + text.replaceAll("[^\\x20-\\x7e]", "?")
            + "' instead of lid:qpn:psn:gid: it is not a pingpong of rdma-core", cause);
    }

    /** Where a server waits for its one client. */
    static final class Server implements AutoCloseable {
        private final ServerSocketChannel channel;
        private final Duration timeout;

        /** Listens on a port, 0 for any free one; a null address listens on all. */
        Server(final InetAddress address, final int port, final Duration timeout) {
            this.timeout = timeout;
            try {
                channel = ServerSocketChannel.open();
            } catch (final IOException e) {
                throw new CommandFailure("cannot make a socket: " + e.getMessage(), e);
            }
            try {
                channel.socket().setReuseAddress(true);
                channel.bind(new InetSocketAddress(address, port), 1);
            } catch (final IOException e) {
                close();
                throw new CommandFailure("cannot listen on TCP port " + port + ": " + e.getMessage()
                    + "; choose another one with -p", e);
            }
        }

        int port() {
            return channel.socket().getLocalPort();
        }

        /** Answers one client; {@code connect} is called with its endpoints before it is told ours. */
        void serve(final List<RcEndpoint> own, final int lines, final Consumer<List<RcEndpoint>> connect) {
            try (Socket socket = accept()) {
                socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
                final InputStream in = new BufferedInputStream(socket.getInputStream());
                connect.accept(read(in, own.size(), lines));
                socket.getOutputStream().write(encode(own, lines));
                final byte[] done = in.readNBytes(DONE.length);
                if (!Arrays.equals(done, DONE)) {
                    throw new CommandFailure("the client gave up before it said 'done'");
                }
            } catch (final SocketTimeoutException e) {
                throw new CommandFailure("the client said nothing for " + timeout.toSeconds() + " s (--timeout)", e);
            } catch (final IOException e) {
                throw new CommandFailure("the exchange with the client failed: " + e, e);
            }
        }

        private Socket accept() throws IOException {
            try {
                channel.socket().setSoTimeout(Math.toIntExact(timeout.toMillis()));
                return channel.socket().accept();
            } catch (final SocketTimeoutException e) {
                throw new CommandFailure("no client came to TCP port " + port() + " within " + timeout.toSeconds()
                    + " s (--timeout)", e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (final IOException e) {
                throw new CommandFailure("closing TCP port " + port() + ": " + e.getMessage(), e);
            }
        }
    }

    /** Tells a server our endpoints and takes its own. */
    static List<RcEndpoint> ask(final InetSocketAddress server, final List<RcEndpoint> own, final int lines,
        final Duration timeout) {
        if (server.isUnresolved()) {
            throw new CommandFailure("the host name " + server.getHostString() + " is not known");
        }
        final int timeoutMs = Math.toIntExact(timeout.toMillis());
        try (SocketChannel channel = SocketChannel.open()) {
            final Socket socket = channel.socket();
            socket.connect(server, timeoutMs);
            socket.setSoTimeout(timeoutMs);
            socket.getOutputStream().write(encode(own, lines));
            final List<RcEndpoint> peers = read(new BufferedInputStream(socket.getInputStream()), own.size(), lines);
            socket.getOutputStream().write(DONE);
            return peers;
        } catch (final ConnectException e) {
            throw new CommandFailure("nobody listens on " + server.getHostString() + ", TCP port " + server.getPort()
                + ": start the server there first", e);
        } catch (final SocketTimeoutException e) {
            throw new CommandFailure(server.getHostString() + ", TCP port " + server.getPort() + " said nothing for "
                + timeout.toSeconds() + " s (--timeout)", e);
        } catch (final IOException e) {
            throw new CommandFailure("the exchange with " + server.getHostString() + " failed: " + e, e);
        }
    }
}
