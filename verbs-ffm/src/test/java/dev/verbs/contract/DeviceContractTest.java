package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.DeviceAttributes;
import dev.verbs.Errno;
import dev.verbs.GidEntry;
import dev.verbs.PortAttributes;
import dev.verbs.PortState;
import dev.verbs.Verbs;
import dev.verbs.ledger.Covers;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Finding devices, opening them, asking them. */
class DeviceContractTest extends VerbsTest {
    @Test
    void shouldSelectTheProviderByNameAndSayWhy() {
        final Verbs.Selection selection = Verbs.select(TestProvider.name());
        try (VerbsProvider selected = selection.provider()) {
            assertEquals(TestProvider.name(), selected.name());
            assertEquals(TestProvider.isSoft(), selected.isEmulated());
            assertTrue(selected.availability().usable());
            assertTrue(selection.explanation().contains(selected.name()), selection.explanation());
        }
    }

    @Test
    void shouldRefuseAnUnknownProviderAndListTheOthers() {
        Refusal.of(Errno.ENOENT, () -> Verbs.select("carrier-pigeon"), "carrier-pigeon", TestProvider.name(), Verbs.AUTO);
    }

    @Test
    @Covers({"ibv_free_device_list", "ibv_get_device_list", "ibv_get_device_name"})
    void shouldListDevicesWithDifferentNames() {
        final List<Device> devices = provider().devices();
        assertFalse(devices.isEmpty());
        final Set<String> names = new HashSet<>();
        devices.forEach(device -> assertTrue(names.add(device.name()), device.name()));
        devices.forEach(device -> assertFalse(device.name().isBlank()));
    }

    @Test
    @Covers({"ibv_close_device", "ibv_get_device_guid", "ibv_open_device"})
    void shouldOpenEachListedDeviceByName() {
        for (final Device device : provider().devices()) {
            try (Context context = Verbs.open(provider(), device.name())) {
                assertEquals(device.name(), context.device().name());
                assertEquals(device.guid(), context.device().guid());
                assertTrue(context.describe().contains(device.name()), context.describe());
            }
        }
    }

    @Test
    void shouldRefuseAnUnknownDeviceAndListTheOthers() {
        Refusal.of(Errno.ENODEV, () -> Verbs.open(provider(), "no-such-device"), "no-such-device",
            provider().devices().getFirst().name());
    }

    @Test
    void shouldOpenADeviceTwice() {
        final Context first = openContext();
        final Context second = openContext();
        first.close();
        assertFalse(first.isOpen());
        assertTrue(second.isOpen());
        second.allocateProtectionDomain().close();
    }

    @Test
    @Covers("ibv_query_device")
    void shouldReportLimitsThatAProgramCanUse() {
        final DeviceAttributes limits = openContext().queryDevice();
        assertTrue(limits.maxQp() >= 2, limits.toString());
        assertTrue(limits.maxQpWr() >= 16, limits.toString());
        assertTrue(limits.maxSge() >= 4, limits.toString());
        assertTrue(limits.maxCqe() >= 16, limits.toString());
        assertTrue(limits.maxMr() >= 2, limits.toString());
        assertTrue(limits.maxPd() >= 2, limits.toString());
        assertTrue(limits.ports() >= 1, limits.toString());
        assertNotEquals(0, limits.maxMrSize(), limits.toString());
    }

    @Test
    @Covers("___ibv_query_port")
    void shouldReportThePortThatIsUp() {
        final Context context = openContext();
        final PortAttributes port = context.queryPort(choosePort(context).port());
        assertEquals(PortState.ACTIVE, port.state());
        assertTrue(port.activeMtu().bytes() >= 256, port.toString());
        assertTrue(port.activeMtu().bytes() <= port.maxMtu().bytes(), port.toString());
        assertTrue(port.maxMessageSize() >= 1 << 20, port.toString());
        assertTrue(port.gidTableLength() >= 1, port.toString());
    }

    @Test
    @Covers("___ibv_query_port")
    void shouldRefusePortsThatDoNotExist() {
        final Context context = openContext();
        final int beyond = context.queryDevice().ports() + 1;
        Refusal.of(Errno.EINVAL, () -> context.queryPort(beyond), "port " + beyond);
        Refusal.of(Errno.EINVAL, () -> context.queryPort(0), "port 0");
    }

    @Test
    @Covers("_ibv_query_gid_table")
    void shouldListGidsInOrderWithoutUnusedEntries() {
        final Context context = openContext();
        final int port = choosePort(context).port();
        final List<GidEntry> gids = context.gids(port);
        assertFalse(gids.isEmpty());
        int last = -1;
        for (final GidEntry entry : gids) {
            assertTrue(entry.index() > last, gids.toString());
            assertEquals(port, entry.port());
            assertFalse(entry.gid().isZero(), gids.toString());
            last = entry.index();
        }
    }

    @Test
    void shouldRefuseEveryCallAfterClose() {
        final Context context = openContext();
        context.close();
        Refusal.of(Errno.EBADF, context::queryDevice, "closed");
        Refusal.of(Errno.EBADF, () -> context.queryPort(1), "closed");
        Refusal.of(Errno.EBADF, () -> context.gids(1), "closed");
        Refusal.of(Errno.EBADF, context::allocateProtectionDomain, "closed");
        Refusal.of(Errno.EBADF, context::createCompletionChannel, "closed");
        Refusal.of(Errno.EBADF, () -> context.createCompletionQueue(1), "closed");
    }
}
