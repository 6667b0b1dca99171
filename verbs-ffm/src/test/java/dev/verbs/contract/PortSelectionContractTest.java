package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AddressVector;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.GidEntry;
import dev.verbs.GidType;
import dev.verbs.LinkLayer;
import dev.verbs.Mtu;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.testkit.VerbsTest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Choosing port, GID and MTU: what is left out, what is given, what is refused. */
class PortSelectionContractTest extends VerbsTest {
    @Test
    void shouldChooseAndSayWhatAndWhy() {
        final Context context = openContext();
        final PortSelection chosen = PortSelection.choose(context, PortOptions.AUTOMATIC);
        assertEquals(context.queryPort(chosen.port()).activeMtu(), chosen.mtu());
        assertTrue(context.gids(chosen.port()).contains(chosen.gid()));
        Refusal.says(new AssertionError(chosen.explanation()), context.device().name(), "port " + chosen.port(),
            "gid " + chosen.gid().index(), chosen.gid().gid().toString(), "mtu " + chosen.mtu().bytes());
    }

    @Test
    void shouldTakeWhatIsGiven() {
        final Context context = openContext();
        final int port = choosePort(context).port();
        for (final GidEntry entry : context.gids(port)) {
            final PortSelection given = PortSelection.choose(context, new PortOptions(null, port, entry.index(), 256));
            assertEquals(entry, given.gid());
            assertEquals(port, given.port());
            assertEquals(Mtu.ofBytes(256), given.mtu());
        }
    }

    @Test
    void shouldPreferTheRoceV2GidOfAnIpv4Address() {
        final Context context = openContext();
        final PortSelection chosen = choosePort(context);
        final boolean there = context.gids(chosen.port()).stream()
            .anyMatch(entry -> entry.type() == GidType.ROCE_V2 && entry.gid().isIpv4Mapped());
        Assumptions.assumeTrue(there, "no RoCE v2 GID of an IPv4 address on " + context.device().name());
        assertEquals(GidType.ROCE_V2, chosen.gid().type());
        assertTrue(chosen.gid().gid().isIpv4Mapped(), chosen.toString());
    }

    @Test
    void shouldRefuseAGidIndexThatIsNotInUseAndListTheOthers() {
        final Context context = openContext();
        final PortSelection chosen = choosePort(context);
        final int unused = context.queryPort(chosen.port()).gidTableLength() + 1;
        Refusal.of(Errno.ENOENT, () -> PortSelection.choose(context, new PortOptions(null, 0, unused, 0)), "gid-index " + unused,
            chosen.gid().gid().toString());
    }

    @Test
    void shouldRefuseAnMtuAboveTheActiveOne() {
        final Context context = openContext();
        final int active = choosePort(context).mtu().bytes();
        Assumptions.assumeTrue(active < 4096, "the active MTU of " + context.device().name() + " is the largest there is");
        Refusal.of(Errno.EINVAL, () -> PortSelection.choose(context, new PortOptions(null, 0, -1, active * 2)),
            "mtu " + active * 2, "active MTU " + active);
    }

    @Test
    void shouldRefuseAPortThatDoesNotExist() {
        final Context context = openContext();
        final int beyond = context.queryDevice().ports() + 1;
        Refusal.of(Errno.EINVAL, () -> PortSelection.choose(context, new PortOptions(null, beyond, -1, 0)), "port " + beyond);
    }

    @Test
    void shouldRefuseOptionsThatNoDeviceAccepts() {
        assertThrows(IllegalArgumentException.class, () -> new PortOptions(null, -1, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new PortOptions(null, 0, -2, 0));
        assertThrows(IllegalArgumentException.class, () -> new PortOptions(null, 0, -1, 1500));
    }

    @Test
    void shouldRouteByGidOverEthernet() {
        final PortSelection chosen = choosePort(openContext());
        Assumptions.assumeTrue(chosen.linkLayer() == LinkLayer.ETHERNET, "not an Ethernet port");
        final AddressVector path = chosen.pathTo(0, chosen.gid().gid());
        assertTrue(path.global());
        assertEquals(chosen.gid().index(), path.gidIndex());
        assertEquals(chosen.port(), path.port());
        assertTrue(path.hopLimit() >= 1);
    }
}
