package dev.verbs.soft;

import dev.verbs.AccessFlags;
import dev.verbs.MemoryWindowType;
import dev.verbs.SendRequests;
import dev.verbs.WindowBinding;
import dev.verbs.WrOpcode;
import dev.verbs.spi.AbstractMemoryWindow;
import dev.verbs.spi.AbstractQueuePair;
import java.lang.foreign.Arena;

/**
 * A window with what it opens. Type 2 is the specification's 2B: bound to one queue pair, and invalidated through that one only.
 *
 * <pre>
 *   type 1:  not bound ── bind ──► bound ── bind ──► bound elsewhere, other key ── bind of 0 bytes ──► not bound
 *   type 2:  free ── bind ──► bound ── local or remote invalidate ──► free
 * </pre>
 *
 * <p>The binding changes under {@link #lock} by whoever executes binds and invalidates, and is read under it.
 */
final class SoftMemoryWindow extends AbstractMemoryWindow {
    private static final int WRITES = AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_ATOMIC;
    private static final int TAG = 0xFF;

    private final SoftProtectionDomain domain;
    private final int place;
    private final SpinLock lock = new SpinLock();
    /** The key as the device knows it. */
    private int key;
    /** What it is bound to, null if to nothing. */
    private SoftMemoryRegion region;
    private SoftQueuePair owner;
    private long start;
    private long length;
    private int access;

    SoftMemoryWindow(final SoftProtectionDomain domain, final MemoryWindowType type, final int place, final int key) {
        super(domain, type, key);
        this.domain = domain;
        this.place = place;
        this.key = key;
    }

    @Override
    public long handle() {
        return WindowTable.handle(place);
    }

    @Override
    protected void keyChanged(final int told) {
    }

    /** As rxe does it: a work request like that for type 2. */
    @Override
    protected int bindDevice(final AbstractQueuePair qp, final WindowBinding binding, final int next, final long wrId,
        final int flags) {
        try (Arena arena = Arena.ofConfined()) {
            final SendRequests list = SendRequests.allocate(arena, 1, 0);
            list.bind(list.add(wrId, WrOpcode.BIND_MW.code(), flags), this, next, binding);
            qp.postSend(list);
            return list.errno();
        }
    }

    /** Binds it; false if anything is against that. By the requester, under its send lock. */
    boolean bind(final SoftQueuePair qp, final int current, final int next, final SoftMemoryRegion target, final long from,
        final long bytes, final int flags) {
        lock.lock();
        try {
            if (key != current || ((key ^ next) & ~TAG) != 0 || qp.domain() != domain || !isFree(flags, bytes)
                || bytes != 0 && !isOpenFor(target, from, bytes, flags) || bytes != 0 && !target.retain()) {
                return false;
            }
            free();
            key = next;
            if (bytes != 0) {
                region = target;
                owner = qp;
                start = from;
                length = bytes;
                access = flags;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Why {@link #bind} refuses, in the same order; null if it does not any more. */
    String bindObjection(final SoftQueuePair qp, final int current, final int next, final SoftMemoryRegion target, final long from,
        final long bytes, final int flags) {
        lock.lock();
        try {
            if (key != current) {
                return name() + " has another key since the bind was posted (it had " + MemoryReasons.hex(current) + ")";
            }
            if (((key ^ next) & ~TAG) != 0) {
                return "key " + MemoryReasons.hex(next) + " differs from that of " + name() + " in more than the lowest 8 bits";
            }
            if (qp.domain() != domain) {
                return "PD differs: " + name() + " is of PD " + domain.number() + ", the queue pair of PD " + qp.domain().number();
            }
            if (!isFree(flags, bytes)) {
                return type() == MemoryWindowType.TYPE_1 ? "a window of type 1 cannot be ZERO_BASED"
                    : region != null ? name() + " is bound already: invalidate it first" : "a window of type 2 cannot be bound to 0 bytes";
            }
            return bytes == 0 ? null : regionObjection(target, from, bytes, flags);
        } finally {
            lock.unlock();
        }
    }

    private String regionObjection(final SoftMemoryRegion target, final long from, final long bytes, final int flags) {
        if (target == null) {
            return "the key of the region to bind to names no region";
        }
        if (!target.isOf(domain)) {
            return "PD differs: " + target.label() + " is of PD " + target.domainNumber() + ", " + name() + " of PD " + domain.number();
        }
        if (!target.allows(AccessFlags.MW_BIND)) {
            return "MW_BIND is missing in the access flags of " + target.label() + " (it has " + MemoryReasons.names(target.access())
                + ")";
        }
        if (target.allows(AccessFlags.ZERO_BASED)) {
            return target.label() + " is ZERO_BASED: no window can be bound to it";
        }
        if ((flags & WRITES) != 0 && !target.allows(AccessFlags.LOCAL_WRITE)) {
            return "a window with " + MemoryReasons.names(flags & WRITES) + " needs LOCAL_WRITE in the access flags of " + target.label()
                + " (it has " + MemoryReasons.names(target.access()) + ")";
        }
        return target.covers(from, bytes) ? null : "the window shall open a part of " + target.label() + ": "
            + MemoryReasons.outside(bytes, target.offset(from), target.length());
    }

    /** Why {@link #invalidate} refuses, in the same order; null if it does not any more. */
    String invalidateObjection(final SoftQueuePair qp, final int given) {
        lock.lock();
        try {
            return given != key ? otherKey(given)
                : type() != MemoryWindowType.TYPE_2 ? name() + " is of type 1: only a bind of 0 bytes frees it"
                : region == null ? name() + " is not bound"
                : owner != qp ? name() + " is bound to QP " + owner.number() + ", not to QP " + qp.number() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Why {@link #resolve} refuses; null if it does not any more. */
    String objection(final SoftQueuePair qp, final int given, final int needed, final long address, final long bytes) {
        lock.lock();
        try {
            final long offset = (access & AccessFlags.ZERO_BASED) != 0 ? address : address - start;
            return given != key ? otherKey(given)
                : region == null ? name() + " is not bound"
                : qp.domain() != domain ? "PD differs: " + name() + " is of PD " + domain.number() + ", the queue pair of PD "
                    + qp.domain().number()
                : (access & needed) == 0 ? MemoryReasons.names(needed) + " is missing in the access flags of " + name() + " (it has "
                    + MemoryReasons.names(access) + ")"
                : type() == MemoryWindowType.TYPE_2 && owner != qp ? name() + " is bound to QP " + owner.number() + ", not to QP "
                    + qp.number()
                : offset < 0 || bytes > length || offset > length - bytes ? name() + " opens " + length
                    + " bytes: " + MemoryReasons.outside(bytes, offset, length) : null;
        } finally {
            lock.unlock();
        }
    }

    /** What it opens at an address, for the trace. */
    String label(final long address) {
        lock.lock();
        try {
            return region == null ? "-" : "region#" + region.number() + "+"
                + region.offset((access & AccessFlags.ZERO_BASED) != 0 ? start + address : address);
        } finally {
            lock.unlock();
        }
    }

    private String otherKey(final int given) {
        return "rkey " + MemoryReasons.hex(given) + " is not what the memory window in its place has: its key is "
            + MemoryReasons.hex(key);
    }

    private String name() {
        return "the memory window with key " + MemoryReasons.hex(key);
    }

    private boolean isFree(final int flags, final long bytes) {
        return type() == MemoryWindowType.TYPE_1 ? (flags & AccessFlags.ZERO_BASED) == 0 : region == null && bytes != 0;
    }

    private boolean isOpenFor(final SoftMemoryRegion target, final long from, final long bytes, final int flags) {
        return target != null && target.isOf(domain) && target.allows(AccessFlags.MW_BIND)
            && !target.allows(AccessFlags.ZERO_BASED) && ((flags & WRITES) == 0 || target.allows(AccessFlags.LOCAL_WRITE))
            && target.covers(from, bytes);
    }

    /** Frees a bound window of type 2, through the queue pair that it is bound to; false if it is not that. */
    boolean invalidate(final SoftQueuePair qp, final int given) {
        lock.lock();
        try {
            if (given != key || type() != MemoryWindowType.TYPE_2 || region == null || owner != qp) {
                return false;
            }
            free();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Adds what a range of the window stands for; false if the key, the queue pair, the access or the range is wrong. */
    boolean resolve(final SoftQueuePair qp, final int given, final int needed, final long address, final long bytes,
        final ChunkList pieces) {
        lock.lock();
        try {
            final boolean zeroBased = (access & AccessFlags.ZERO_BASED) != 0;
            final long offset = zeroBased ? address : address - start;
            if (given != key || region == null || qp.domain() != domain || (access & needed) == 0
                || type() == MemoryWindowType.TYPE_2 && owner != qp || offset < 0 || bytes > length || offset > length - bytes) {
                return false;
            }
            pieces.add(region.memory(), region.offset(start + offset), bytes);
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean isBoundTo(final SoftMemoryRegion other) {
        lock.lock();
        try {
            return region == other;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the region back; under the lock. */
    private void free() {
        if (region != null) {
            region.drop();
        }
        region = null;
        owner = null;
        start = 0;
        length = 0;
        access = 0;
    }

    @Override
    protected void release() {
        domain.fabric().windows().remove(place);
        lock.lock();
        try {
            free();
        } finally {
            lock.unlock();
        }
        domain.awaitQuiescence();
    }
}
