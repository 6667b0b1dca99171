package dev.verbs.examples.pingpong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Gid;
import dev.verbs.RcEndpoint;
import dev.verbs.examples.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PingPongExchangeTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Gid GID = Gid.ofHex("00000000000000000000ffff0a4d0001");
    private static final RcEndpoint CLIENT = new RcEndpoint(0x12, 0xabcdef, 0x1, GID);
    private static final RcEndpoint SERVER = new RcEndpoint(0xfffffe, 0x3, 0, GID);

    @Test
    void shouldWriteWhatCWrites() {
        final byte[] message = PingPongExchange.encode(CLIENT);
        assertEquals("0001:000012:abcdef:00000000000000000000ffff0a4d0001\0", new String(message, StandardCharsets.US_ASCII));
        assertEquals("0000:000000:000000:00000000000000000000000000000000".length() + 1, message.length);
        assertEquals(PingPongExchange.LENGTH, message.length);
        assertEquals(CLIENT, PingPongExchange.decode(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET / HTTP/1.1\r\n", "0001:000012:abcdef:0000\0", "0001:0000zz:abcdef:00000000000000000000ffff0a4d0001\0",
        "0001:000012:abcdef:00000000000000000000ffff0a4d0001"})
    void shouldRefuseWhatIsNotAnAddress(final String text) {
        final CommandFailure failure = assertThrows(CommandFailure.class,
            () -> PingPongExchange.decode(text.getBytes(StandardCharsets.US_ASCII)));
        assertTrue(failure.getMessage().contains("instead of lid:qpn:psn:gid"), failure::getMessage);
    }

    @Test
    void shouldTellEachEndAboutTheOtherAndConnectTheServerFirst() throws Exception {
        try (PingPongExchange.Server server = new PingPongExchange.Server(HERE, 0, Duration.ofSeconds(10))) {
            final AtomicReference<List<RcEndpoint>> seen = new AtomicReference<>();
            final Callable<?> serve = () -> {
                server.serve(List.of(SERVER), 1, seen::set);
                return null;
            };
            onThread(serve, () -> {
                assertEquals(List.of(SERVER), ask(server, List.of(CLIENT), 1));
                assertEquals(List.of(CLIENT), seen.get(), "the server connects before it answers");
            });
        }
    }

    @Test
    void shouldGiveUpWhenNoClientComes() {
        try (PingPongExchange.Server server = new PingPongExchange.Server(HERE, 0, Duration.ofMillis(20))) {
            final CommandFailure failure = assertThrows(CommandFailure.class, () -> server.serve(List.of(SERVER), 1, peer -> {
            }));
            assertTrue(failure.getMessage().contains("no client came to TCP port " + server.port()), failure::getMessage);
        }
    }

    @Test
    void shouldGiveUpOnASilentServer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, HERE)) {
            final InetSocketAddress address = new InetSocketAddress(HERE, silent.getLocalPort());
            final CommandFailure failure = assertThrows(CommandFailure.class,
                () -> PingPongExchange.ask(address, List.of(CLIENT), 1, Duration.ofMillis(20)));
            assertTrue(failure.getMessage().contains("said nothing"), failure::getMessage);
        }
    }

    @Test
    void shouldSayThatNobodyListens() throws IOException {
        final int port;
        try (ServerSocket closed = new ServerSocket(0, 1, HERE)) {
            port = closed.getLocalPort();
        }
        final CommandFailure failure = assertThrows(CommandFailure.class,
            () -> PingPongExchange.ask(new InetSocketAddress(HERE, port), List.of(CLIENT), 1, Duration.ofSeconds(5)));
        assertTrue(failure.getMessage().contains("nobody listens"), failure::getMessage);
    }

    @Test
    void shouldNoticeAClientThatGivesUp() throws Exception {
        try (PingPongExchange.Server server = new PingPongExchange.Server(HERE, 0, Duration.ofSeconds(10))) {
            final Callable<?> serve = () -> assertThrows(CommandFailure.class, () -> server.serve(List.of(SERVER), 1, peer -> {
            }));
            onThread(serve, () -> {
                try (Socket socket = new Socket(HERE, server.port())) {
                    socket.getOutputStream().write(PingPongExchange.encode(CLIENT));
                }
            });
        }
    }

    private static List<RcEndpoint> ask(final PingPongExchange.Server server, final List<RcEndpoint> own, final int lines) {
        return PingPongExchange.ask(new InetSocketAddress(HERE, server.port()), own, lines, Duration.ofSeconds(10));
    }

    private static RcEndpoint numbered(final int qpNumber) {
        return new RcEndpoint(qpNumber, qpNumber + 1, 0, GID);
    }

    @Test
    void shouldExchangeManyQueuePairsInTheirOrder() throws Exception {
        final List<RcEndpoint> clients = IntStream.range(1, 256).mapToObj(PingPongExchangeTest::numbered).toList();
        final List<RcEndpoint> servers = IntStream.range(1001, 1256).mapToObj(PingPongExchangeTest::numbered).toList();
        try (PingPongExchange.Server server = new PingPongExchange.Server(HERE, 0, Duration.ofSeconds(10))) {
            final AtomicReference<List<RcEndpoint>> seen = new AtomicReference<>();
            final Callable<?> serve = () -> {
                server.serve(servers, PingPongExchange.SHARED_LINES, seen::set);
                return null;
            };
            onThread(serve, () -> assertEquals(servers, ask(server, clients, PingPongExchange.SHARED_LINES)));
            assertEquals(clients, seen.get());
        }
    }

    @Test
    void shouldWriteZerosForQueuePairsThatDoNotExist() throws Exception {
        try (PingPongExchange.Server server = new PingPongExchange.Server(HERE, 0, Duration.ofSeconds(10))) {
            final Callable<?> serve = () -> {
                server.serve(List.of(SERVER), PingPongExchange.SHARED_LINES, peers -> {
                });
                return null;
            };
            onThread(serve, () -> {
                try (Socket socket = new Socket(HERE, server.port())) {
                    final String zeros = "0000:000000:000000:00000000000000000000000000000000\0";
                    socket.getOutputStream().write(PingPongExchange.encode(CLIENT));
                    socket.getOutputStream().write(zeros.repeat(255).getBytes(StandardCharsets.US_ASCII));
                    assertEquals("0000:fffffe:000003:00000000000000000000ffff0a4d0001\0" + zeros.repeat(255),
                        new String(socket.getInputStream().readNBytes(256 * PingPongExchange.LENGTH), StandardCharsets.US_ASCII));
                    socket.getOutputStream().write("done\0".getBytes(StandardCharsets.US_ASCII));
                }
            });
        }
    }

    @Test
    void shouldSayThatThePeerHasAnotherNumberOfQueuePairs() throws Exception {
        try (PingPongExchange.Server server = new PingPongExchange.Server(HERE, 0, Duration.ofSeconds(10))) {
            final Callable<?> serve = () -> assertThrows(CommandFailure.class, () -> server.serve(List.of(SERVER),
                PingPongExchange.SHARED_LINES, peers -> {
                }));
            onThread(() -> {
                final CommandFailure failure = (CommandFailure)serve.call();
                assertTrue(failure.getMessage().contains("the peer has 2 queue pairs instead of 1"), failure::getMessage);
                return null;
            }, () -> assertThrows(CommandFailure.class, () -> ask(server, List.of(CLIENT, CLIENT), PingPongExchange.SHARED_LINES)));
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void onThread(final Callable<?> other, final Action here) throws Exception {
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            final Future<?> result = executor.submit(other);
            here.run();
            result.get(20, TimeUnit.SECONDS);
        }
    }
}
