package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.GidEntry;
import dev.verbs.GidType;
import dev.verbs.LinkLayer;
import dev.verbs.ledger.Covers;
import dev.verbs.testkit.VerbsTest;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of a port: global identifiers and partition keys. */
class GidPkeyContractTest extends VerbsTest {
    private static final int DEFAULT_PKEY = 0xFFFF;

    private Context context;
    private int port;

    private List<GidEntry> open() {
        context = openContext();
        port = choosePort(context).port();
        return context.gids(port);
    }

    private int unused(final List<GidEntry> gids) {
        for (int index = 0; index < context.queryPort(port).gidTableLength(); index++) {
            final int candidate = index;
            if (gids.stream().noneMatch(entry -> entry.index() == candidate)) {
                return index;
            }
        }
        assume(false, context, "a GID table that is not full");
        return -1;
    }

    @Test
    @Covers("_ibv_query_gid_ex")
    void shouldTellEachEntryAsTheTableDoes() {
        for (final GidEntry entry : open()) {
            assertEquals(entry, context.gid(port, entry.index()));
        }
    }

    @Test
    @Covers("ibv_query_gid")
    void shouldTellEachGidAsTheTableDoes() {
        for (final GidEntry entry : open()) {
            assertEquals(entry.gid(), context.queryGid(port, entry.index()));
        }
    }

    @Test
    void shouldTellAnUnusedGidAsZero() {
        final int unused = unused(open());
        assertTrue(context.queryGid(port, unused).isZero());
    }

    @Test
    void shouldRefuseAnUnusedEntryAndListTheOthers() {
        final List<GidEntry> gids = open();
        final int unused = unused(gids);
        Refusal.of(Errno.ENODATA, () -> context.gid(port, unused), "gid index " + unused, gids.getFirst().gid().toString());
    }

    @Test
    void shouldRefuseAGidIndexBeyondTheTable() {
        open();
        final int length = context.queryPort(port).gidTableLength();
        Refusal.of(Errno.EINVAL, () -> context.gid(port, length), "gid index " + length, "0 .. " + (length - 1));
        Refusal.of(Errno.EINVAL, () -> context.queryGid(port, length), "gid index " + length, "0 .. " + (length - 1));
        Refusal.of(Errno.EINVAL, () -> context.gid(port, -1), "gid index -1");
        Refusal.of(Errno.EINVAL, () -> context.queryGid(port, -1), "gid index -1");
    }

    @Test
    void shouldRefuseTablesOfPortsThatDoNotExist() {
        open();
        final int beyond = context.queryDevice().ports() + 1;
        Refusal.of(Errno.EINVAL, () -> context.gid(beyond, 0), "port " + beyond);
        Refusal.of(Errno.EINVAL, () -> context.queryGid(beyond, 0), "port " + beyond);
        Refusal.of(Errno.EINVAL, () -> context.gids(beyond), "port " + beyond);
        Refusal.of(Errno.EINVAL, () -> context.pkey(beyond, 0), "port " + beyond);
        Refusal.of(Errno.EINVAL, () -> context.pkeyIndex(0, DEFAULT_PKEY), "port 0");
    }

    @Test
    void shouldKnowTheTypeOfEachGid() {
        open().forEach(entry -> assertNotEquals(GidType.UNKNOWN, entry.type(), entry.toString()));
    }

    /** InfiniBand and iWARP have no such address; the software device has no interface. */
    @Test
    void shouldNameTheNetworkInterfaceOfAGid() throws SocketException {
        final List<GidEntry> gids = open();
        assume(!provider().isEmulated() && context.device().guarantees().connectsByModify()
            && context.queryPort(port).linkLayer() == LinkLayer.ETHERNET, context, "network interfaces of GIDs");
        for (final GidEntry entry : gids) {
            final NetworkInterface found = NetworkInterface.getByIndex(entry.interfaceIndex());
            assertTrue(found != null, entry.toString());
            assertTrue(!entry.gid().isIpv4Mapped() || found.inetAddresses().anyMatch(entry.gid().address()::equals),
                entry + " is not an address of " + found);
        }
    }

    @Test
    @Covers("ibv_query_pkey")
    void shouldHoldTheDefaultPartitionKey() {
        open();
        assume(context.queryPort(port).pkeyTableLength() > 0, context, "partition keys");
        assertEquals(DEFAULT_PKEY, context.pkey(port, 0));
    }

    @Test
    @Covers("ibv_get_pkey_index")
    void shouldFindAPartitionKey() {
        open();
        for (int index = 0; index < Math.min(4, context.queryPort(port).pkeyTableLength()); index++) {
            final int key = context.pkey(port, index);
            final int first = context.pkeyIndex(port, key);
            assertTrue(first <= index, () -> Integer.toHexString(key));
            assertEquals(key, context.pkey(port, first));
        }
    }

    @Test
    void shouldRefuseAPartitionKeyIndexBeyondTheTable() {
        open();
        final int length = context.queryPort(port).pkeyTableLength();
        Refusal.of(Errno.EINVAL, () -> context.pkey(port, length), "pkey index " + length,
            length == 0 ? "it has none" : "0 .. " + (length - 1));
        Refusal.of(Errno.EINVAL, () -> context.pkey(port, -1), "pkey index -1");
    }

    @Test
    void shouldRefuseAPartitionKeyThatIsNotInTheTable() {
        open();
        Refusal.of(Errno.ENOENT, () -> context.pkeyIndex(port, 0x1234), "pkey 0x1234");
        Refusal.of(Errno.ENOENT, () -> context.pkeyIndex(port, 0x1_FFFF), "pkey 0x1ffff"); // not 0xffff of 16 bits
    }
}
