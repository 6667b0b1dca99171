package dev.verbs.ibv;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.headers.ibv_mr;
import dev.verbs.spi.AbstractMemoryRegion;
import java.lang.foreign.MemorySegment;

/** {@code struct ibv_mr}. */
final class IbvMemoryRegion extends AbstractMemoryRegion {
    private final MemorySegment pointer;
    private final int lkey;
    private final int rkey;

    IbvMemoryRegion(final IbvProtectionDomain domain, final MemorySegment memory, final long iova,
        final int access, final MemorySegment pointer) {
        super(domain, memory, iova, access);
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
    public long handle() {
        return pointer.address();
    }

    @Override
    protected void release() {
        try (Frame frame = new Frame()) {
            final int result = LibMemory.deregMr(frame, pointer);
            if (result != 0 && frame.reason(result) == Errno.EINVAL) {
                throw new VerbsException("ibv_dereg_mr", Errno.EBUSY, "the device refused (EINVAL) to give up " + describe()
                    + ": it does so while memory windows are bound to it; unbind or close them first");
            }
            frame.check("ibv_dereg_mr", result, describe());
        }
    }
}
