package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.spi.AbstractMemoryRegion;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/** A registered segment with its keys. */
final class SoftMemoryRegion extends AbstractMemoryRegion {
    private static final int CLOSED = -1;

    private final SoftFabric fabric;
    private final SoftProtectionDomain domain;
    private final MemorySegment memory;
    private final long base;
    private final long size;
    private final int allowed;
    private final int place;
    private final int localKey;
    /** Windows bound to it, CLOSED once it was closed. */
    private final AtomicInteger windows = new AtomicInteger();

    SoftMemoryRegion(final SoftFabric fabric, final SoftProtectionDomain domain, final MemorySegment segment, final long iova,
        final int access, final int place) {
        super(domain, segment, iova, access);
        this.fabric = fabric;
        this.domain = domain;
        this.memory = segment;
        this.base = iova;
        this.size = segment.byteSize();
        this.allowed = access;
        this.place = place;
        this.localKey = fabric.keys().localKey(place);
    }

    @Override
    public int lkey() {
        return localKey;
    }

    @Override
    public int rkey() {
        return KeyTable.remoteKey(localKey);
    }

    boolean isOf(final SoftProtectionDomain other) {
        return domain == other;
    }

    boolean allows(final int flags) {
        return (allowed & flags) == flags;
    }

    MemorySegment memory() {
        return memory;
    }

    /** Whether a range of addresses as requests have them lies inside; no sum overflows. */
    boolean covers(final long address, final long length) {
        return inside(address - base, length);
    }

    /** Offset of an address that is covered. */
    long offset(final long address) {
        return address - base;
    }

    /** Whether memory lies inside, by where it really lies. */
    boolean holds(final long address, final long length) {
        return inside(address - memory.address(), length);
    }

    /** A window is bound to it: false if it was closed. */
    boolean retain() {
        int bound = windows.get();
        while (bound != CLOSED && !windows.compareAndSet(bound, bound + 1)) {
            bound = windows.get();
        }
        return bound != CLOSED;
    }

    /** A window is no longer bound to it. */
    void drop() {
        windows.decrementAndGet();
    }

    @Override
    public long handle() {
        return Integer.toUnsignedLong(localKey);
    }

    private boolean inside(final long offset, final long length) {
        return offset >= 0 && offset <= size && length <= size - offset;
    }

    @Override
    protected void release() {
        if (!windows.compareAndSet(0, CLOSED)) {
            throw new VerbsException("ibv_dereg_mr", Errno.EBUSY, describe() + " has " + windows.get() + " memory window(s) bound "
                + "to it: " + fabric.windows().boundTo(this) + ": unbind or close them first");
        }
        fabric.keys().remove(place);
        fabric.awaitQuiescence();
    }
}
