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
        domain.fabric().awaitQuiescence();
    }
}
