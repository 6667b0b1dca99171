package dev.verbs.spi;

import dev.verbs.Gid;
import dev.verbs.GidEntry;
import dev.verbs.GidType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which GID of a port fits a peer: of the same family first, then RoCE v2 before v1, then the longest common prefix (the same
 * subnet), then the lowest index. Stateless; any thread.
 */
public final class GidRanking {
    private static final int OFFERED = 8;
    private static final int PREFIX_WORTH = 1_000;
    private static final int LINK_LOCAL_HIGH = 0xFE;
    private static final int LINK_LOCAL_LOW = 0x80;

    private GidRanking() {
    }

    /**
     * The GIDs, best first.
     *
     * @param gids GIDs of the port
     * @param peer the GID to reach
     * @return the same GIDs in order
     */
    public static List<GidEntry> rank(final List<GidEntry> gids, final Gid peer) {
        return gids.stream().sorted(Comparator.comparingInt((GidEntry entry) -> -score(entry, peer))
            .thenComparingInt(GidEntry::index)).toList();
    }

    /**
     * The ranking in words.
     *
     * @param gids   GIDs of the port
     * @param peer   the GID to reach
     * @param chosen the index that was used
     * @return "gid-index 1 = ::ffff:10.0.0.1 (ROCE_V2, same family), ..."
     */
    public static String offer(final List<GidEntry> gids, final Gid peer, final int chosen) {
        if (gids.isEmpty()) {
            return "the port has no GID: give its interface an address";
        }
        return "GIDs for " + peer + ", best first: " + rank(gids, peer).stream().limit(OFFERED)
            .map(entry -> "gid-index " + entry.index() + " = " + entry.gid() + " (" + entry.type() + ", "
                + (family(entry.gid()) == family(peer) ? "same" : "other") + " family"
                + (entry.index() == chosen ? ", the one that was used" : "") + ")").collect(Collectors.joining("; "))
            + (gids.stream().noneMatch(entry -> entry.index() == chosen) ? "; gid-index " + chosen + " is not in use" : "");
    }

    private static int score(final GidEntry entry, final Gid peer) {
        final int prefix = commonBits(entry.gid(), peer);
        return (family(entry.gid()) == family(peer) ? 2 * PREFIX_WORTH : 0) + (entry.type() == GidType.ROCE_V2 ? PREFIX_WORTH : 0)
            + prefix;
    }

    private enum Family { IPV4, LINK_LOCAL, IPV6 }

    private static Family family(final Gid gid) {
        if (gid.isIpv4Mapped()) {
            return Family.IPV4;
        }
        final byte[] raw = gid.bytes();
        return (raw[0] & 0xFF) == LINK_LOCAL_HIGH && (raw[1] & 0xC0) == LINK_LOCAL_LOW ? Family.LINK_LOCAL : Family.IPV6;
    }

    private static int commonBits(final Gid a, final Gid b) {
        final byte[] left = a.bytes();
        final byte[] right = b.bytes();
        for (int i = 0; i < Gid.LENGTH; i++) {
            final int different = (left[i] ^ right[i]) & 0xFF;
            if (different != 0) {
                return i * Byte.SIZE + Integer.numberOfLeadingZeros(different) - (Integer.SIZE - Byte.SIZE);
            }
        }
        return Gid.LENGTH * Byte.SIZE;
    }
}
