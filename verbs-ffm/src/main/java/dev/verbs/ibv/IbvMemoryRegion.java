package dev.verbs.ibv;

import dev.verbs.headers.ibv_mr;
import dev.verbs.spi.AbstractMemoryRegion;
import java.lang.foreign.MemorySegment;

/** {@code struct ibv_mr}. */
final class IbvMemoryRegion extends AbstractMemoryRegion {
    private final MemorySegment pointer;
    private final int lkey;
    private final int rkey;

    IbvMemoryRegion(final IbvProtectionDomain domain, final MemorySegment memory, final int access,
        final MemorySegment pointer) {
        super(domain, memory, access);
        this.pointer = pointer;
        this.lkey = ibv_mr.lkey(pointer);
        this.rkey = ibv_mr.rkey(pointer);
    }

    @Override
    public int lkey() {
        return lkey;
    }

    @Override
    public int rkey() {
        return rkey;
    }

    @Override
    protected void release() {
        try (Frame frame = new Frame()) {
            frame.check("ibv_dereg_mr", LibMemory.deregMr(frame, pointer), describe());
        }
    }
}
