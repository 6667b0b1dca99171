package dev.verbs.soft;

import dev.verbs.AccessFlags;
import dev.verbs.spi.AbstractMemoryRegion;
import java.lang.foreign.MemorySegment;

/** A registered segment with its keys. */
final class SoftMemoryRegion extends AbstractMemoryRegion {
    private final SoftFabric fabric;
    private final SoftProtectionDomain domain;
    private final MemorySegment memory;
    private final long base;
    private final long size;
    private final long remoteBase;
    private final int allowed;
    private final int place;
    private final int localKey;

    SoftMemoryRegion(final SoftFabric fabric, final SoftProtectionDomain domain, final MemorySegment segment, final int access,
        final int place) {
        super(domain, segment, access);
        this.fabric = fabric;
        this.domain = domain;
        this.memory = segment;
        this.base = segment.address();
        this.size = segment.byteSize();
        this.remoteBase = (access & AccessFlags.ZERO_BASED) != 0 ? 0 : base;
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

    /** Whether a local range lies inside; no sum overflows. */
    boolean covers(final long address, final long length) {
        return inside(address - base, length);
    }

    /** Offset of a local address that is covered. */
    long offset(final long address) {
        return address - base;
    }

    /** Whether a range of remote addresses lies inside. */
    boolean coversRemote(final long address, final long length) {
        return inside(address - remoteBase, length);
    }

    /** Offset of a remote address that is covered. */
    long remoteOffset(final long address) {
        return address - remoteBase;
    }

    private boolean inside(final long offset, final long length) {
        return offset >= 0 && offset <= size && length <= size - offset;
    }

    @Override
    protected void release() {
        fabric.keys().remove(place);
        fabric.awaitQuiescence();
    }
}
