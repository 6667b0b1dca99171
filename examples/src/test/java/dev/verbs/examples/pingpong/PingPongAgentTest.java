package dev.verbs.examples.pingpong;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Context;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.Verbs;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.CommandRun;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ends stepped by one thread, with a clock that stands still unless it is moved. */
class PingPongAgentTest {
    private static final int PAGE = 4096;
    private VerbsProvider provider;
    private PortSelection port;
    private long nowNs;

    @BeforeEach
    void open() {
        provider = Verbs.select(CommandRun.provider()).provider();
        try (Context context = Verbs.open(provider, null)) {
            port = PortSelection.choose(context, PortOptions.AUTOMATIC);
        }
    }

    @AfterEach
    void shouldLeaveNothingOpen() {
        assertEquals(List.of(), provider.live());
        assertEquals(0, provider.registeredBytes());
        provider.close();
    }

    private static PingPongConfig config(final long size, final long iterations) {
        return new PingPongConfig(size, 4, iterations, 0, false, true, Duration.ofSeconds(3));
    }

    private void play(final boolean clientMarks, final int corruptAt, final long[] expectedBadAtServer) {
        play(config(3 * PAGE + 5, 20), clientMarks, corruptAt, expectedBadAtServer);
    }

    private void play(final PingPongConfig config, final boolean clientMarks, final int corruptAt,
        final long[] expectedBadAtServer) {
        try (Arena arena = Arena.ofConfined();
            PingPongEnd one = new PingPongEnd(provider, null, port, config);
            PingPongEnd two = new PingPongEnd(provider, null, port, config)) {
            one.connect(two.endpoints());
            two.connect(one.endpoints());
            final MemorySegment sent = MessageCheck.message(arena, config.size(), clientMarks, PAGE);
            final MemorySegment expected = MessageCheck.message(arena, config.size(), true, PAGE);
            final MessageCheck check = new MessageCheck(expected, PAGE);
            final PingPongAgent server = new PingPongAgent(two, false, arena, config.iterations(), expected, check, null, () -> nowNs);
            final PingPongAgent client = new PingPongAgent(one, true, arena, config.iterations(), sent, new MessageCheck(sent, PAGE), null,
                () -> nowNs);
            server.onStart();
            client.onStart();
            int cycles = 0;
            while (!server.isDone() || !client.isDone()) {
                assertTrue(++cycles < 100_000_000, "both ends must end");
                if (cycles == corruptAt) {
                    check.corruptNext();
                }
                server.doWork();
                client.doWork();
            }
            assertArrayEquals(expectedBadAtServer, server.result().badPages());
        }
    }

    @Test
    void shouldFindNothingWrongWhenNothingIs() {
        play(true, -1, new long[0]);
    }

    @Test
    void shouldFindEveryPageThatIsNotMarked() {
        play(false, -1, new long[] {0, 1, 2, 3});
    }

    @Test
    void shouldFindOneFlippedBit() {
        play(true, 3, new long[] {1});
    }

    @Test
    void shouldGiveUpOnASilentPeer() {
        final PingPongConfig config = config(64, 1);
        try (Arena arena = Arena.ofConfined(); PingPongEnd end = new PingPongEnd(provider, null, port, config)) {
            final MemorySegment message = MessageCheck.message(arena, 64, false, PAGE);
            final PingPongAgent server = new PingPongAgent(end, false, arena, 1, message, null, null, () -> nowNs);
            server.onStart();
            nowNs += Duration.ofSeconds(3).toNanos();
            assertEquals(0, server.doWork());
            assertFalse(server.isDone());
            nowNs++;
            final CommandFailure failure = assertThrows(CommandFailure.class, server::doWork);
            assertTrue(failure.getMessage().contains("heard nothing from its peer for 3 s"), failure::getMessage);
        }
    }

    @Test
    void shouldReportHowARequestFailed() {
        final PingPongConfig small = config(64, 1);
        final PingPongConfig large = config(65, 1);
        try (Arena arena = Arena.ofConfined();
            PingPongEnd one = new PingPongEnd(provider, null, port, large);
            PingPongEnd two = new PingPongEnd(provider, null, port, small)) {
            one.connect(two.endpoints());
            two.connect(one.endpoints());
            final MemorySegment message = MessageCheck.message(arena, 65, false, PAGE);
            final PingPongAgent client = new PingPongAgent(one, true, arena, 1, message, null, null, System::nanoTime);
            client.onStart();
            final CommandFailure failure = assertThrows(CommandFailure.class, () -> {
                while (!client.isDone()) {
                    client.doWork();
                }
            });
            assertTrue(failure.getMessage().matches("a request of the client failed, wr_id 2 on QP \\d+: REM_(INV_REQ|OP)_ERR .*"),
                failure::getMessage);
        }
    }

    @Test
    void shouldFindOneFlippedBitInAnUnreliableMessage() {
        play(config(3 * PAGE + 5, 20).withService(PingPongService.UC), true, 3, new long[] {1});
    }

    @Test
    void shouldFindOneFlippedBitBehindTheHeaderOfADatagram() {
        play(config(100, 20).withService(PingPongService.UD), true, 3, new long[] {0});
    }

    @Test
    void shouldFindOneFlippedBitAmongQueuePairsThatShareReceives() {
        play(config(3 * PAGE + 5, 20).withSharing(3), true, 3, new long[] {1});
    }

    @Test
    void shouldFindEveryPageThatIsNotMarkedThroughASharedQueue() {
        play(config(3 * PAGE + 5, 20).withSharing(4), false, -1, new long[] {0, 1, 2, 3});
    }

    /** The peer's queue pair is gone: what is sent completes, and nobody hears of its loss but by the silence. */
    @ParameterizedTest
    @EnumSource(names = {"UC", "UD"})
    void shouldGiveUpOnALostMessage(final PingPongService service) {
        final PingPongConfig config = config(64, 1).withService(service);
        try (Arena arena = Arena.ofConfined(); PingPongEnd one = new PingPongEnd(provider, null, port, config)) {
            try (PingPongEnd two = new PingPongEnd(provider, null, port, config)) {
                one.connect(two.endpoints());
            }
            final PingPongAgent client = new PingPongAgent(one, true, arena, 1, MessageCheck.message(arena, config, PAGE), null, null,
                () -> nowNs);
            client.onStart();
            int cycles = 0;
            while (client.doWork() == 0) {
                assertTrue(++cycles < 100_000_000, "an unreliable send completes");
            }
            nowNs += Duration.ofSeconds(3).toNanos() + 1;
            final CommandFailure failure = assertThrows(CommandFailure.class, client::doWork);
            assertEquals("the client heard nothing from its peer for 3 s (--timeout): 1 sent, 0 received of 1; " + service
                + " does not send again what is lost", failure.getMessage());
        }
    }
}
