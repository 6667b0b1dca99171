package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verbs.AsyncEvent;
import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.EventType;
import dev.verbs.GidEntry;
import dev.verbs.PortState;
import dev.verbs.Verbs;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Events of a port: its link goes down and comes back, its table of GIDs changes. On a device of its own, on a link of its own,
 * which other tests never see; only in the virtual machine, whose network nobody else uses.
 */
class PortEventContractTest extends VerbsTest {
    private static final Path CONTROL = Path.of("/run/verbs-vm");
    private static final String LINK = "vport0";
    private static final String PEER = "vport1";
    private static final String ADDRESS = "10.77.9.1";
    private static final String SECOND = "10.77.9.2";
    private static final int PORT = 1;

    /** The device that is under test elsewhere, and this test's own. */
    private String usual;
    private String name;
    private Context context;

    @BeforeEach
    void makeDevice() throws IOException, InterruptedException {
        assumeFalse(provider().isEmulated(), "the software device has a link that nothing can take down yet");
        assumeTrue(Files.isDirectory(CONTROL), "this makes and breaks network links: only in the virtual machine");
        final String type = driver();
        name = type + "port";
        run("ip", "link", "add", LINK, "type", "veth", "peer", "name", PEER);
        run("ip", "address", "add", ADDRESS + "/24", "dev", LINK);
        run("ip", "link", "set", PEER, "up");
        run("ip", "link", "set", LINK, "up");
        run("rdma", "link", "add", name, "type", type, "netdev", LINK);
        context = own(Verbs.open(provider(), name));
        assertTrue(Waiting.until(TestProvider.deadline(), () -> state() == PortState.ACTIVE), () -> "port is " + state());
        dropEvents();
    }

    /** The kind of device that is under test. */
    private String driver() {
        usual = TestProvider.deviceName() != null ? TestProvider.deviceName()
            : provider().devices().stream().map(Device::name).findFirst().orElseThrow();
        final String type = usual.replaceFirst("[0-9]+$", "");
        assumeTrue(List.of("rxe", "siw").contains(type), usual + " is not a software device: it has a link of its own");
        return type;
    }

    @AfterEach
    void removeDevice() throws IOException, InterruptedException {
        if (context != null) {
            context.close();
        }
        if (name != null) {
            run("ip", "link", "delete", LINK); // takes its peer and the device with it
            assertTrue(Waiting.until(TestProvider.deadline(), () -> !Files.exists(Path.of("/sys/class/infiniband", name))),
                () -> name + " is still there");
        }
    }

    private static void run(final String... command) throws IOException, InterruptedException {
        final Path output = Files.createTempFile("port-event", ".log");
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertTrue(process.waitFor(TestProvider.deadline().toMillis(), TimeUnit.MILLISECONDS), () -> "still running: "
                + String.join(" ", command));
            assertEquals(0, process.exitValue(), String.join(" ", command) + ": " + Files.readString(output));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    private PortState state() {
        return context.queryPort(PORT).state();
    }

    private Stream<String> addresses() {
        return context.gids(PORT).stream().map(GidEntry::gid).map(Object::toString);
    }

    /** Those of the device's own making. */
    private void dropEvents() {
        while (context.awaitAsyncEvent(TestProvider.pause()) != null) {
            continue;
        }
    }

    /** The next event of a type; those of the table of GIDs may come before it, for a link takes its addresses with it. */
    private void expect(final EventType type) {
        expect(context, type);
    }

    private static void expect(final Context at, final EventType type) {
        AsyncEvent event = at.awaitAsyncEvent(TestProvider.deadline());
        while (event != null && event.type() != type && event.type() == EventType.GID_CHANGE) {
            event = at.awaitAsyncEvent(TestProvider.deadline());
        }
        assertNotNull(event, () -> "no event, " + type + " expected");
        assertEquals(type, event.type(), event.toString());
        assertEquals(PORT, event.port());
        assertNull(event.element());
    }

    @Test
    void shouldReportAPortThatWentDown() throws IOException, InterruptedException {
        run("ip", "link", "set", LINK, "down");
        expect(EventType.PORT_ERR);
        assertEquals(PortState.DOWN, state());
    }

    @Test
    void shouldReportAPortThatCameBack() throws IOException, InterruptedException {
        run("ip", "link", "set", LINK, "down");
        expect(EventType.PORT_ERR);
        run("ip", "link", "set", LINK, "up");
        expect(EventType.PORT_ACTIVE);
        assertEquals(PortState.ACTIVE, state());
    }

    @Test
    void shouldReportAPortWhoseCableWasPulled() throws IOException, InterruptedException {
        assumeTrue(name.startsWith("rxe"), "siw only sees that its link is taken down (siw_netdev_event has no NETDEV_CHANGE)");
        run("ip", "link", "set", PEER, "down");
        expect(EventType.PORT_ERR);
        run("ip", "link", "set", PEER, "up");
        expect(EventType.PORT_ACTIVE);
    }

    @Test
    void shouldReportAGidThatCameAndWent() throws IOException, InterruptedException {
        assumeTrue(name.startsWith("rxe"), "the GID of an iWARP device is its MAC address");
        run("ip", "address", "add", SECOND + "/24", "dev", LINK);
        expect(EventType.GID_CHANGE);
        assertTrue(addresses().anyMatch(gid -> gid.contains(SECOND)), () -> context.gids(PORT).toString());
        dropEvents();
        run("ip", "address", "delete", SECOND + "/24", "dev", LINK);
        expect(EventType.GID_CHANGE);
        assertTrue(addresses().noneMatch(gid -> gid.contains(SECOND)), () -> context.gids(PORT).toString());
    }

    @Test
    void shouldWakeAWaiterThatSleeps() throws IOException, InterruptedException {
        final Waiting.Pending<AsyncEvent> waiter = Waiting.start("waiter", () -> context.awaitAsyncEvent(TestProvider.deadline()));
        Waiting.until(TestProvider.pause(), () -> !waiter.thread().isAlive()); // lets it get there; late is right too
        run("ip", "link", "set", LINK, "down");
        final AsyncEvent event = waiter.get();
        assertNotNull(event, "it slept on");
        assertTrue(List.of(EventType.PORT_ERR, EventType.GID_CHANGE).contains(event.type()), event.toString());
    }

    @Test
    void shouldTellEveryContextOfTheDeviceAndNoOther() throws IOException, InterruptedException {
        final Context other = own(Verbs.open(provider(), usual));
        try (Context second = Verbs.open(provider(), name)) { // the device cannot go while it is open
            run("ip", "link", "set", LINK, "down");
            expect(context, EventType.PORT_ERR);
            expect(second, EventType.PORT_ERR);
        }
        assertNull(other.awaitAsyncEvent(Duration.ZERO));
    }
}
