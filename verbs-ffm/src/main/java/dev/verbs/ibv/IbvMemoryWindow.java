package dev.verbs.ibv;

import dev.verbs.Errno;
import dev.verbs.MemoryWindowType;
import dev.verbs.VerbsException;
import dev.verbs.WindowBinding;
import dev.verbs.headers.ibv_mw;
import dev.verbs.headers.ibv_mw_bind;
import dev.verbs.headers.ibv_mw_bind_info;
import dev.verbs.spi.AbstractMemoryWindow;
import dev.verbs.spi.AbstractQueuePair;
import java.lang.foreign.MemorySegment;

/** {@code struct ibv_mw}. */
final class IbvMemoryWindow extends AbstractMemoryWindow {
    private final MemorySegment pointer;
    private final ContextOps ops;

    private IbvMemoryWindow(final IbvProtectionDomain domain, final MemoryWindowType type, final MemorySegment pointer) {
        super(domain, type, ibv_mw.rkey(pointer));
        this.pointer = pointer;
        this.ops = domain.context.ops;
    }

    @SuppressWarnings("restricted")
    static IbvMemoryWindow create(final IbvProtectionDomain domain, final MemoryWindowType type) {
        final ContextOps ops = domain.context.ops;
        try (Frame frame = new Frame()) {
            final MemorySegment mw = ops.allocMw(frame, domain.pointer, type.code());
            if (Frame.isNull(mw)) {
                throw frame.failed("ibv_alloc_mw", "a window of type " + type.code() + " in " + domain.describe()
                    + (frame.errno() == Errno.EOPNOTSUPP ? ": the device has none" : ": the device's max_mw may be used up"));
            }
            final MemorySegment sized = mw.reinterpret(ibv_mw.sizeof());
            return Frame.orElse(() -> new IbvMemoryWindow(domain, type, sized), () -> ops.deallocMw(mw));
        }
    }

    @Override
    public long handle() {
        return pointer.address();
    }

    @Override
    protected void keyChanged(final int key) {
        ibv_mw.rkey(pointer, key); // providers take the window's key from here when the next bind is posted
    }

    /** The driver chooses the next key: the same as ours, as all call ibv_inc_rkey, and it stands in the structure afterwards. */
    @Override
    protected int bindDevice(final AbstractQueuePair qp, final WindowBinding binding, final int next, final long wrId,
        final int flags) {
        try (Frame frame = new Frame()) {
            final MemorySegment bind = ibv_mw_bind.allocate(frame.arena);
            ibv_mw_bind.wr_id(bind, wrId);
            ibv_mw_bind.send_flags(bind, flags);
            final MemorySegment info = ibv_mw_bind.bind_info(bind);
            ibv_mw_bind_info.mr(info, MemorySegment.ofAddress(binding.region().handle()));
            ibv_mw_bind_info.addr(info, binding.address());
            ibv_mw_bind_info.length(info, binding.length());
            ibv_mw_bind_info.mw_access_flags(info, binding.access());
            return ((IbvQueuePair)qp).bind(pointer, bind, flags);
        }
    }

    @Override
    protected void release() {
        final int errno = ops.deallocMw(pointer);
        if (errno != 0) {
            throw new VerbsException(closeVerb(), Math.abs(errno), describe());
        }
    }
}
