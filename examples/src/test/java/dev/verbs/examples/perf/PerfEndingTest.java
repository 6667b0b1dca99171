package dev.verbs.examples.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.CommandRun;
import dev.verbs.examples.TwoEnds;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.testkit.TestProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing waits for ever, and nothing is left behind: a peer that is silent, speaks something else, or dies. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PerfEndingTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Duration SHORT = Duration.ofMillis(300);

    private static PerfConfig impatient(final PerfTool tool, final Object... options) {
        final PerfConfig usual = PerfConfigReaderTest.config(tool, options);
        return usual.with(new PerfConfig.Waits(0, SHORT, SHORT, Duration.ZERO, true));
    }

    private static CommandFailure fails(final PerfConfig config, final Meeting meeting) {
        assumeTrue(TestProvider.isSoft(), "runs on the software device");
        try (VerbsProvider provider = TestProvider.open()) {
            final CommandFailure failure = assertThrows(CommandFailure.class, () -> run(provider, config, meeting, true));
            assertEquals(List.of(), provider.live());
            assertEquals(0, provider.registeredBytes());
            return failure;
        }
    }

    private static void run(final VerbsProvider provider, final PerfConfig config, final Meeting meeting, final boolean connects) {
        new PerfRun(provider, "test", config, connects, new PerfPrinter(null, config), new PerfJson(config), end -> { }).run(meeting);
    }

    private static TcpMeeting to(final ServerSocket server, final PerfConfig config) {
        return TcpMeeting.client(config.with(config.path().at(HERE.getHostAddress(), server.getLocalPort())));
    }

    @Test
    void shouldGiveUpOnASilentServer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, HERE)) {
            final PerfConfig config = impatient(PerfTool.WRITE_LAT);
            final String message = fails(config, to(silent, config)).getMessage();
            assertTrue(message.contains("said nothing for"), message);
        }
    }

    @Test
    void shouldGiveUpWhenNobodyListens() throws IOException {
        final PerfConfig config = impatient(PerfTool.WRITE_LAT);
        final ServerSocket closed = new ServerSocket(0, 1, HERE);
        final int port = closed.getLocalPort();
        closed.close();
        final String message = fails(config, TcpMeeting.client(config.with(config.path().at(HERE.getHostAddress(), port)))).getMessage();
        assertTrue(message.contains("nobody listens"), message);
    }

    @Test
    void shouldGiveUpWhenNobodyComes() {
        final PerfConfig config = impatient(PerfTool.WRITE_LAT);
        try (TcpMeeting server = TcpMeeting.server(config.with(config.path().from(HERE.getHostAddress())), () -> { })) {
            final String message = fails(config, server).getMessage();
            assertTrue(message.contains("no client came to TCP port " + server.port()), message);
        }
    }

    @Test
    void shouldRefuseWhoSpeaksSomethingElse() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 1, HERE)) {
            final PerfConfig config = impatient(PerfTool.WRITE_LAT);
            final Thread server = Thread.ofPlatform().start(() -> {
                try (Socket client = web.accept()) {
                    client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    client.getInputStream().readAllBytes();
                } catch (final IOException e) {
                    // the client went away
                }
            });
            final String message = fails(config, to(web, config)).getMessage();
            assertTrue(message.contains("instead of a version: it is no perftest"), message);
            server.join();
        }
    }

    @Test
    void shouldNoticeThatTheConnectionWasClosed() throws Exception {
        try (ServerSocket shy = new ServerSocket(0, 1, HERE)) {
            final PerfConfig config = impatient(PerfTool.WRITE_LAT);
            final Thread server = Thread.ofPlatform().start(() -> {
                try (Socket client = shy.accept()) {
                    client.getInputStream().readNBytes(4);
                } catch (final IOException e) {
                    // the client went away
                }
            });
            final String message = fails(config, to(shy, config)).getMessage();
            assertTrue(message.contains("closed its connection"), message);
            server.join();
        }
    }

    /** Speaks the protocol up to the test itself, and then says and does nothing more: alive if the wire stays open. */
    private static Meeting until(final PipeWire wire, final boolean closes) {
        return (context, path) -> new Wire() {
            private int messages;

            @Override
            public boolean isBinary() {
                return false;
            }

            @Override
            public void send(final byte[] message) {
                wire.send(message);
            }

            @Override
            public byte[] receive(final int length, final Duration timeout) {
                if (++messages > MESSAGES_BEFORE_THE_TEST) {
                    if (closes) {
                        wire.close();
                    }
                    final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
                    while (until - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
                        Thread.yield(); // its queue pairs are there, and it does not measure
                    }
                    throw new CommandFailure("the peer played dead");
                }
                return wire.receive(length, timeout);
            }

            @Override
            public boolean isGone() {
                return wire.isGone();
            }

            @Override
            public void close() {
                wire.close();
            }
        };
    }

    /** Version, page, line, MTU, and the keys twice with a barrier. */
    private static final int MESSAGES_BEFORE_THE_TEST = 7;

    private static void dies(final PerfTool tool, final boolean closes, final String... reasons) throws Exception {
        assumeTrue(TestProvider.isSoft(), "runs on the software device");
        final PerfConfig config = impatient(tool, PerfFlag.ITERATIONS, 100_000);
        final PipeWire[] wires = PipeWire.pair();
        final Exception[] ours = new Exception[1];
        try (VerbsProvider provider = TestProvider.open()) {
            final Thread peer = Thread.ofPlatform().start(() -> assertThrows(RuntimeException.class,
                () -> run(provider, config, until(wires[0], closes), false)));
            try {
                ours[0] = assertThrows(CommandFailure.class, () -> run(provider, config, (context, path) -> wires[1], true));
            } finally {
                peer.interrupt();
                peer.join();
            }
            assertTrue(List.of(reasons).stream().anyMatch(ours[0].getMessage()::contains), ours[0]::getMessage);
            assertEquals(List.of(), provider.live());
        }
    }

    @ParameterizedTest
    @EnumSource(value = PerfTool.class, names = {"SEND_LAT", "WRITE_LAT", "SEND_BW"})
    void shouldEndWhenThePeerDoesNothingMore(final PerfTool tool) throws Exception {
        dies(tool, false, "no progress for", "said nothing for");
    }

    @ParameterizedTest
    @EnumSource(value = PerfTool.class, names = {"READ_BW", "WRITE_BW", "ATOMIC_LAT", "READ_LAT"})
    void shouldEndWhenThePeerDoesNotSayGoodbye(final PerfTool tool) throws Exception {
        dies(tool, false, "said nothing for", "no progress for");
    }

    @Test
    void shouldStopWhenInterrupted() {
        assumeTrue(TestProvider.isSoft(), "runs on the software device");
        final PerfConfig config = PerfConfigReaderTest.config(PerfTool.WRITE_LAT, PerfFlag.ITERATIONS, 1_000_000);
        final PipeWire[] wires = PipeWire.pair();
        try (VerbsProvider provider = TestProvider.open()) {
            final CommandFailure failure = assertThrows(CommandFailure.class, () -> TwoEnds.run(() -> {
                run(provider, config, until(wires[0], true), false);
                return null;
            }, () -> {
                run(provider, config, (context, path) -> wires[1], true);
                return null;
            }));
            assertTrue(failure.getMessage().contains("interrupted") || failure.getMessage().contains("played dead")
                || failure.getMessage().contains("the peer is gone"), failure::getMessage);
            assertEquals(List.of(), provider.live());
        }
    }

    @Test
    void shouldSayThatThePeerIsGone() {
        final PipeWire[] wires = PipeWire.pair();
        wires[0].close();
        final Watch watch = new Watch(Duration.ofSeconds(30), wires[1], null, true);
        final CommandFailure failure = assertThrows(CommandFailure.class, () -> {
            for (long spins = 64; spins > 0; spins += 64) {
                watch.isOver(spins);
            }
        });
        assertTrue(failure.getMessage().contains("the peer is gone"), failure::getMessage);
    }

    @Test
    void shouldSayThatThereIsNoProgress() {
        final Watch watch = new Watch(SHORT, PipeWire.pair()[0], null, true);
        final CommandFailure failure = assertThrows(CommandFailure.class, () -> {
            for (long spins = 64; spins > 0; spins += 64) {
                watch.isOver(spins);
            }
        });
        assertTrue(failure.getMessage().contains("no progress for"), failure::getMessage);
    }

    @Test
    void shouldRefuseAPeerOnTheSoftwareDevice() {
        final CommandRun run = CommandRun.of("perf", "write_lat", "--provider", "soft", "localhost");
        assertEquals(1, run.exitCode(), run::toString);
        assertTrue(run.err().contains("both ends run in this process") && run.isOneSentence(), run::toString);
    }
}
