package dev.verbs.ibv;

import dev.verbs.Errno;
import dev.verbs.MemoryAdvice;
import dev.verbs.MemoryChange;
import dev.verbs.OdpFlags;
import dev.verbs.SgeDescriptor;
import dev.verbs.VerbsException;
import dev.verbs.headers.ibv_mr;
import dev.verbs.headers.ibv_sge;
import dev.verbs.headers.types_h;
import dev.verbs.spi.AbstractMemoryRegion;
import dev.verbs.spi.AbstractProtectionDomain;
import java.lang.foreign.MemorySegment;

/** {@code struct ibv_mr}. */
final class IbvMemoryRegion extends AbstractMemoryRegion {
    private final MemorySegment pointer;
    private volatile int lkey;
    private volatile int rkey;

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
    protected void reregisterDevice(final MemoryChange change, final AbstractProtectionDomain to, final MemorySegment memory,
        final long start, final int flags) {
        final boolean moves = change.domain() != null;
        final boolean translates = change.memory() != null;
        final int mask = (translates ? types_h.IBV_REREG_MR_CHANGE_TRANSLATION() : 0)
            | (moves ? types_h.IBV_REREG_MR_CHANGE_PD() : 0)
            | (change.changesAccess() ? types_h.IBV_REREG_MR_CHANGE_ACCESS() : 0);
        try (Frame frame = new Frame()) {
            final int result = LibMemory.reregMr(frame, pointer, mask,
                moves ? ((IbvProtectionDomain)to).pointer : MemorySegment.NULL, translates ? memory : MemorySegment.NULL,
                translates ? memory.byteSize() : 0, change.changesAccess() ? flags : 0);
            if (result != 0 && result != types_h.IBV_REREG_MR_ERR_DO_FORK_OLD()) { // then the new registration is valid
                throw new VerbsException("ibv_rereg_mr", frame.errno() == 0 ? Errno.EINVAL : frame.errno(), describe() + ": "
                    + outcome(result));
            }
            lkey = ibv_mr.lkey(pointer);
            rkey = ibv_mr.rkey(pointer);
        }
    }

    /** What the verb's own codes say of the region that was there. */
    private static String outcome(final int result) {
        return result == types_h.IBV_REREG_MR_ERR_INPUT() ? "the arguments were refused; it is as it was"
            : result == types_h.IBV_REREG_MR_ERR_DONT_FORK_NEW() ? "the new memory cannot be kept from forks; it is as it was"
            : "the device refused (code " + result + "): if it can register anew at all, the region must not be used any more";
    }

    @Override
    protected void adviseDevice(final MemoryAdvice advice, final long from, final long bytes, final boolean flush) {
        final IbvProtectionDomain domain = (IbvProtectionDomain)protectionDomain();
        try (Frame frame = new Frame()) {
            final MemorySegment entry = ibv_sge.allocate(frame.arena);
            SgeDescriptor.set(entry, 0, from, bytes, lkey);
            frame.check("ibv_advise_mr", VerbsContextOps.adviseMr(domain.pointer, advice.code(),
                flush ? types_h.IBV_ADVISE_MR_FLAG_FLUSH() : 0, entry, 1), describe() + ", " + advice + ": its device has "
                + OdpFlags.names(domain.context.queryDeviceEx().odp().general()) + " of paging on demand");
        }
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
