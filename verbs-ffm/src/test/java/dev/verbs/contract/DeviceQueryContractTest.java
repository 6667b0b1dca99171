package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AtomicCapability;
import dev.verbs.Context;
import dev.verbs.Device;
import dev.verbs.DeviceAttributes;
import dev.verbs.DeviceAttributesEx;
import dev.verbs.DeviceFlags;
import dev.verbs.Errno;
import dev.verbs.LinkLayer;
import dev.verbs.NodeType;
import dev.verbs.PortAttributes;
import dev.verbs.PortState;
import dev.verbs.QpType;
import dev.verbs.TransportType;
import dev.verbs.Verbs;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.VerbsTest;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What devices and ports say about themselves: every field is one that a program can rely on. */
class DeviceQueryContractTest extends VerbsTest {
    @Test
    @Covers("ibv_get_device_guid")
    void shouldOpenADeviceByItsGuid() {
        for (final Device device : provider().devices()) {
            try (Context context = Verbs.openByGuid(provider(), device.guid())) {
                assertEquals(device.guid(), context.device().guid());
            }
        }
    }

    @Test
    void shouldRefuseAnUnknownGuidAndListTheOthers() {
        final Device first = provider().devices().getFirst();
        Refusal.of(Errno.ENODEV, () -> Verbs.openByGuid(provider(), ~first.guid()), String.format("%016x", ~first.guid()),
            first.name(), String.format("%016x", first.guid()));
    }

    @Test
    @Covers("ibv_get_device_index")
    void shouldGiveEachDeviceAnIndexOfItsOwn() {
        final Set<Integer> seen = new HashSet<>();
        for (final Device device : provider().devices()) {
            assertTrue(device.index() >= 0, device + " " + device.index());
            assertTrue(seen.add(device.index()), device + " " + device.index());
        }
    }

    @Test
    void shouldTellNodeAndTransportThatFitEachOther() {
        final Device device = openContext().device();
        assertNotEquals(NodeType.UNKNOWN, device.nodeType());
        assertNotEquals(TransportType.UNKNOWN, device.transport());
        assertEquals(device.transport() == TransportType.IWARP, device.nodeType() == NodeType.RNIC);
    }

    @Test
    void shouldCompareOpenedAndListedDevicesAsEqual() {
        final Context context = openContext();
        assertTrue(provider().devices().contains(context.device()), provider().devices() + " " + context.device());
    }

    @Test
    @Covers({"ibv_query_device", "ibv_query_device_ex"})
    void shouldTellTheSameLimitsInBothQueries() {
        final Context context = openContext();
        assertEquals(context.queryDevice(), context.queryDeviceEx().basic());
    }

    @Test
    void shouldTellTheLowerFlagsInBothQueries() {
        final DeviceAttributesEx all = openContext().queryDeviceEx();
        assertEquals(Integer.toUnsignedLong(all.basic().flags()), all.flags() & 0xFFFF_FFFFL);
        assertEquals(all.basic().can(DeviceFlags.MEM_WINDOW), all.can(DeviceFlags.MEM_WINDOW));
    }

    @Test
    @Covers("ibv_query_device")
    void shouldTellTheGuidOfTheDevice() {
        final Context context = openContext();
        assertEquals(context.device().guid(), context.queryDevice().nodeGuid());
    }

    @Test
    void shouldTellThePageSizesOfThisMachine() {
        assertNotEquals(0, openContext().queryDevice().pageSizes() & 4096, "regions of 4 KiB pages");
    }

    @Test
    void shouldNameItsFlags() {
        final DeviceAttributes limits = openContext().queryDevice();
        assertEquals(Integer.bitCount(limits.flags()), limits.flagNames().size(), limits.flagNames().toString());
        assertEquals(limits.can(DeviceFlags.RC_RNR_NAK_GEN), limits.flagNames().contains("RC_RNR_NAK_GEN"));
    }

    @Test
    void shouldPromiseAtomicsIfAndOnlyIfTheDeviceHasThem() {
        final Context context = openContext();
        assertNotEquals(AtomicCapability.UNKNOWN, context.atomicCapability());
        assertEquals(context.atomicCapability() != AtomicCapability.NONE, context.device().guarantees().hasAtomics());
    }

    @Test
    void shouldGiveTheSameGuaranteesBeforeItIsOpened() {
        final Context context = openContext();
        final Device listed = provider().devices().stream().filter(context.device()::equals).findFirst().orElseThrow();
        assertEquals(context.device().guarantees(), listed.guarantees());
    }

    @Test
    void shouldCountThePortsAlikeInBothQueries() {
        final DeviceAttributesEx all = openContext().queryDeviceEx();
        assertEquals(all.basic().ports(), all.ports());
    }

    @Test
    void shouldNotPromiseRawPacketFeaturesToConnections() {
        final DeviceAttributesEx all = openContext().queryDeviceEx();
        assertFalse(all.tso().supports(QpType.RC), all.tso().toString());
        assertFalse(all.rss().supports(QpType.UNKNOWN), all.rss().toString());
    }

    @Test
    void shouldTellAtLeastOneCompletionVector() {
        assertTrue(openContext().completionVectors() >= 1);
    }

    @Test
    void shouldTellEveryPort() {
        final Context context = openContext();
        for (int port = 1; port <= context.queryDevice().ports(); port++) {
            final PortAttributes found = context.queryPort(port);
            assertNotEquals(PortState.UNKNOWN, found.state(), found.toString());
            assertNotEquals(LinkLayer.UNKNOWN, found.linkLayer(), found.toString());
            assertTrue(found.pkeyTableLength() >= (context.device().transport() == TransportType.IWARP ? 0 : 1),
                found.toString()); // iWARP has no partitions
            assertTrue(found.pkeyTableLength() <= Math.max(1, context.queryDevice().maxPkeys()), found.toString());
            assertTrue(found.physicalState() >= 0 && found.physicalState() <= 7, found.toString());
        }
    }

    @Test
    @Covers("___ibv_query_port")
    void shouldTellTheWidthAndSpeedOfAnActivePort() {
        final Context context = openContext();
        final PortAttributes port = context.queryPort(choosePort(context).port());
        assertTrue(port.lanes() >= 1, port.toString());
        assertTrue(port.activeSpeed() >= 1, port.toString());
    }

    @Test
    void shouldTellNoSubnetManagerOnEthernet() {
        final Context context = openContext();
        final PortAttributes port = context.queryPort(choosePort(context).port());
        assume(port.linkLayer() == LinkLayer.ETHERNET, context, "Ethernet");
        assertEquals(0, port.lid());
        assertEquals(0, port.smLid());
        assertEquals(0, port.lmc());
    }

    @Test
    void shouldRefusePortsThatAByteWouldHide() {
        final Context context = openContext();
        Refusal.of(Errno.EINVAL, () -> context.queryPort(257), "port 257", "numbered from 1");
        Refusal.of(Errno.EINVAL, () -> context.queryPort(-1), "port -1");
        Refusal.of(Errno.EINVAL, () -> context.queryPort(9), "port 9", context.device().name());
    }

    @Test
    void shouldRefuseEveryQueryAfterClose() {
        final Context context = openContext();
        context.close();
        Refusal.of(Errno.EBADF, context::queryDeviceEx, "closed");
        Refusal.of(Errno.EBADF, context::completionVectors, "closed");
        Refusal.of(Errno.EBADF, context::atomicCapability, "closed");
        Refusal.of(Errno.EBADF, () -> context.gid(1, 0), "closed");
        Refusal.of(Errno.EBADF, () -> context.queryGid(1, 0), "closed");
        Refusal.of(Errno.EBADF, () -> context.pkey(1, 0), "closed");
        Refusal.of(Errno.EBADF, () -> context.pkeyIndex(1, 0xFFFF), "closed");
    }
}
