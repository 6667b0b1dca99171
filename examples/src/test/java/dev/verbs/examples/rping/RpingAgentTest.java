package dev.verbs.examples.rping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Context;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.examples.CommandFailure;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both ends stepped by the test, with a clock that stands still unless it is moved. */
class RpingAgentTest extends VerbsTest {
    private static final RpingConfig CONFIG = new RpingConfig(64, 3, true, false, false, Duration.ofSeconds(3));

    private final StringWriter printed = new StringWriter();
    private long nowNs;
    private RpingEnd clientEnd;
    private RpingClientAgent client;
    private RpingEnd serverEnd;
    private RpingServerAgent server;

    @BeforeEach
    void connect() {
        final InetSocketAddress address;
        final String device;
        try (Context context = openContext()) {
            address = new InetSocketAddress(choosePort(context).gid().gid().address(), 0);
            device = context.device().name();
        }
        final CmListener listener = own(CmListener.bind(provider(), address, 1));
        serverEnd = own(new RpingEnd(provider(), device, CONFIG, false));
        clientEnd = own(new RpingEnd(provider(), device, CONFIG, true));
        final Waiting.Pending<Boolean> accepted = Waiting.start("server", () -> {
            final CmRequest request = listener.await(TestProvider.deadline());
            assertNotNull(request);
            serverEnd.accept(request);
            return true;
        });
        clientEnd.connect(provider(), listener.address());
        assertTrue(accepted.get());
        final Arena arena = own(Arena.ofConfined());
        client = new RpingClientAgent(clientEnd, arena, new PrintWriter(printed, true), () -> nowNs);
        server = new RpingServerAgent(serverEnd, arena, new PrintWriter(printed, true), () -> nowNs);
        server.onStart();
        client.onStart();
    }

    private static void stepUntil(final String what, final BooleanSupplier condition, final Runnable step) {
        assertTrue(Waiting.until(TestProvider.deadline(), () -> {
            step.run();
            return condition.getAsBoolean();
        }), what);
    }

    @Test
    void shouldPingUntilTheClientLeaves() {
        stepUntil("the client ends", client::isDone, () -> {
            server.doWork();
            client.doWork();
        });
        assertEquals(3, client.pings());
        clientEnd.close();
        stepUntil("the server ends", server::isDone, server::doWork);
        assertEquals(3, server.pings());
    }

    @Test
    void shouldNoticeOneFlippedBit() {
        final CommandFailure failure = assertThrows(CommandFailure.class, () -> stepUntil("the client fails", client::isDone, () -> {
            server.doWork();
            if (server.waitingFor().contains("sink")) { // it has read, and not yet written
                final byte old = serverEnd.arrived.get(ValueLayout.JAVA_BYTE, 20);
                serverEnd.arrived.set(ValueLayout.JAVA_BYTE, 20, (byte)(old | 0x80));
            }
            client.doWork();
        }));
        assertEquals("data mismatch in ping 0: byte 20 of 64 differs", failure.getMessage());
    }

    @Test
    void shouldGiveUpOnASilentServer() {
        nowNs += Duration.ofSeconds(3).toNanos() + 1;
        final CommandFailure failure = assertThrows(CommandFailure.class, () -> stepUntil("the client fails", client::isDone, () -> {
            client.doWork();
            nowNs += Duration.ofSeconds(3).toNanos() + 1; // its own send completes, then nothing
        }));
        assertTrue(failure.getMessage().startsWith("the client heard nothing from its peer for 3 s"), failure::getMessage);
        assertTrue(failure.getMessage().contains("waiting for the server to read"), failure::getMessage);
    }

    @Test
    void shouldComplainAboutAClientThatLeavesTooEarly() {
        stepUntil("the server has read", () -> server.waitingFor().contains("sink"), server::doWork);
        clientEnd.close();
        final CommandFailure failure = assertThrows(CommandFailure.class,
            () -> stepUntil("the server fails", server::isDone, server::doWork));
        assertTrue(failure.getMessage().startsWith("the client left during ping 0"), failure::getMessage);
    }
}
