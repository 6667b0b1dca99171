package dev.verbs.soft;

import dev.verbs.AccessFlags;
import dev.verbs.SendWrDescriptor;
import dev.verbs.SgeDescriptor;
import java.lang.foreign.MemorySegment;

/**
 * Says why memory cannot be reached with a key. It looks at the same things as {@link ChunkList#resolve} and {@link RemoteMemory}, in
 * the same order, once those have refused: set-up speed, and no cost where nothing is refused. Any lock.
 */
final class MemoryReasons {
    /** How far behind or before a region an address may lie to be told as an offset. */
    private static final long NEAR = 1 << 20;
    private static final String CHANGED = "its key or region was changed meanwhile";

    private final SoftFabric fabric;

    MemoryReasons(final SoftFabric fabric) {
        this.fabric = fabric;
    }

    /** Why {@link ChunkList#resolve} refuses entries. */
    String entries(final SoftProtectionDomain domain, final int access, final MemorySegment list, final long at, final int entries,
        final long most) {
        long total = 0;
        for (int i = 0; i < entries && total < most; i++) {
            final long entry = at + i * SgeDescriptor.SIZE;
            final long length = Math.min(most - total, SgeDescriptor.length(list, entry));
            final String why = length == 0 ? null
                : local(domain, access, SgeDescriptor.lkey(list, entry), SgeDescriptor.address(list, entry), length);
            if (why != null) {
                return "entry " + i + " of " + entries + ": " + why;
            }
            total += length;
        }
        return "an entry: " + CHANGED;
    }

    private String local(final SoftProtectionDomain domain, final int access, final int key, final long address, final long length) {
        final SoftMemoryRegion region = fabric.keys().local(key);
        return region == null ? unknownLocal(key) : refused("lkey " + hex(key), region, domain, access, address, length);
    }

    /** Why {@link RemoteMemory#resolve} refuses the key of a request. */
    String remote(final SoftQueuePair qp, final int kind, final MemorySegment list, final long at, final long length) {
        final int key = Operation.is(kind, Operation.ATOMIC) ? SendWrDescriptor.atomicRkey(list, at)
            : SendWrDescriptor.rkey(list, at);
        final long address = SendWrDescriptor.remoteAddress(list, at);
        final int access = RemoteMemory.access(kind);
        final String why;
        if (WindowTable.isWindow(key)) {
            final SoftMemoryWindow window = fabric.windows().find(key);
            why = window == null ? "rkey " + hex(key) + " names no memory window" : window.objection(qp, key, access, address, length);
        } else {
            final SoftMemoryRegion region = fabric.keys().remote(key);
            why = region == null ? unknownRemote(key)
                : refused("rkey " + hex(key), region, qp.domain(), access, address, length);
        }
        return why == null ? "rkey " + hex(key) + ": " + CHANGED : why;
    }

    /** Why a key does not name a window that the peer may invalidate. */
    String invalidate(final SoftQueuePair qp, final int key) {
        final SoftMemoryWindow window = fabric.windows().find(key);
        final String why = window != null ? window.invalidateObjection(qp, key)
            : fabric.keys().remote(key) != null || fabric.keys().local(key) != null
            ? hex(key) + " is a key of a registered region: only windows of type 2 can be invalidated"
            : "rkey " + hex(key) + " names no memory window";
        return why == null ? "rkey " + hex(key) + ": " + CHANGED : why;
    }

    private String refused(final String key, final SoftMemoryRegion region, final SoftProtectionDomain domain, final int access,
        final long address, final long length) {
        if (!region.isOf(domain)) {
            return "PD differs: " + key + " names " + region.label() + " of PD " + region.domainNumber() + ", the queue pair is of PD "
                + domain.number();
        }
        if (!region.allows(access)) {
            return names(access & ~region.access()) + " is missing in the access flags of " + region.label() + ", which " + key
                + " names (it has " + names(region.access()) + ")";
        }
        return region.covers(address, length) ? null
            : key + " names " + region.label() + ": " + range(region, region.offset(address), address, length);
    }

    /** Where a range lies that is not inside a region, without telling addresses: those differ from run to run. */
    private String range(final SoftMemoryRegion region, final long offset, final long address, final long length) {
        final SoftMemoryRegion other = fabric.keys().covering(address, 1);
        return other != null && other != region ? length + " bytes at " + other.label(address) + " are not in it"
            : outside(length, offset, region.length());
    }

    /** Where a range lies that is not inside so many bytes. */
    static String outside(final long length, final long offset, final long size) {
        final String what = length + " bytes ";
        if (offset < -NEAR || offset > size + NEAR) {
            return what + "at an address far outside of it";
        }
        if (offset < 0) {
            return what + "from offset " + offset + " begin " + -offset + " bytes before it";
        }
        return what + "from offset " + offset + " end " + (offset + length - size) + " bytes behind it";
    }

    private String unknownLocal(final int key) {
        final SoftMemoryRegion mixed = fabric.keys().remote(key);
        if (mixed != null) {
            return hex(key) + " is the remote key of " + mixed.label() + ": its local key is " + hex(mixed.lkey());
        }
        return unknown("lkey", key, key);
    }

    private String unknownRemote(final int key) {
        final SoftMemoryRegion mixed = fabric.keys().local(key);
        if (mixed != null) {
            return hex(key) + " is the local key of " + mixed.label() + ": its remote key is " + hex(mixed.rkey());
        }
        return unknown("rkey", key, key - KeyTable.remoteKey(0));
    }

    private String unknown(final String kind, final int key, final int localKey) {
        final String former = fabric.journal().formerRegion(localKey);
        return former == null ? kind + " " + hex(key) + " names no region"
            : "the region that had " + kind + " " + hex(key) + ", " + former + ", was deregistered";
    }

    /** Access flags by name. */
    static String names(final int access) {
        return access == 0 ? "none" : String.join("|", AccessFlags.names(access));
    }

    /** A key as people write it. */
    static String hex(final int key) {
        return "0x" + Integer.toHexString(key);
    }
}
