package dev.verbs.spi;

import dev.verbs.Errno;
import dev.verbs.MemoryAdvice;
import dev.verbs.MemoryChange;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.VerbsException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** What regions of every provider share: the reference that keeps the memory alive, and the refusal to close under work. */
public abstract class AbstractMemoryRegion extends AbstractResource implements MemoryRegion {
    private static final String REREG = "ibv_rereg_mr";
    private static final String ADVISE = "ibv_advise_mr";

    /** This and the following are changed by {@link #reregister} only, under this object's lock. */
    private volatile AbstractProtectionDomain domain;
    private volatile MemorySegment segment;
    private volatile long iova;
    private volatile int access;

    /**
     * A region that the device knows.
     *
     * @param domain  where it was registered
     * @param segment the memory
     * @param iova    the address of its first byte in requests
     * @param access  what is allowed
     */
    protected AbstractMemoryRegion(final AbstractProtectionDomain domain, final MemorySegment segment, final long iova,
        final int access) {
        super(domain);
        this.iova = iova;
        this.domain = domain;
        this.segment = segment;
        this.access = access;
    }

    @Override
    public final ProtectionDomain protectionDomain() {
        return domain;
    }

    @Override
    public final MemorySegment segment() {
        return segment;
    }

    @Override
    public final long address() {
        return iova;
    }

    @Override
    public final long length() {
        return segment.byteSize();
    }

    /** The length, 0 while it is being made: whoever adds up the regions takes no locks. */
    final long registeredBytes() {
        final MemorySegment memory = segment;
        return memory == null ? 0 : memory.byteSize();
    }

    @Override
    public final int access() {
        return access;
    }

    @Override
    public final void reregister(final MemoryChange change) {
        final AbstractProtectionDomain to = change.domain() == null ? domain : (AbstractProtectionDomain)change.domain();
        final MemorySegment memory = change.memory() == null ? segment : change.memory();
        final int flags = change.changesAccess() ? change.access() : access;
        AbstractProtectionDomain.checkRegistrable(memory, flags);
        create(REREG, () -> {
            if (to.context() != domain.context()) {
                throw new VerbsException(REREG, Errno.EINVAL, to.describe() + " is of another context than " + describe());
            }
            checkIdle();
            return to.create(REREG, () -> {
                final long start = change.memory() == null ? iova : memory.address();
                if (to == domain) {
                    reregisterDevice(change, to, memory, start, flags);
                } else {
                    moveTo(domain, to, () -> reregisterDevice(change, to, memory, start, flags));
                    domain = to;
                }
                segment = memory;
                iova = start;
                access = flags;
                return this;
            });
        });
    }

    /**
     * Registers anew on the device; nothing of what takes part is closed meanwhile.
     *
     * @param change what changes
     * @param to     the domain afterwards
     * @param memory the memory afterwards
     * @param start  the address of its first byte in requests
     * @param flags  the access afterwards
     */
    protected abstract void reregisterDevice(MemoryChange change, AbstractProtectionDomain to, MemorySegment memory, long start,
        int flags);

    @Override
    public final void advise(final MemoryAdvice advice, final long offset, final long bytes, final boolean flush) {
        Objects.checkFromIndexSize(offset, bytes, length());
        create(ADVISE, () -> {
            adviseDevice(advice, iova + offset, bytes, flush);
            return this;
        });
    }

    /**
     * Hands an advice to the device.
     *
     * @param advice  what will happen
     * @param address the first address
     * @param bytes   how much of the region
     * @param flush   whether to wait
     */
    protected abstract void adviseDevice(MemoryAdvice advice, long address, long bytes, boolean flush);

    @Override
    public String describe() {
        final MemorySegment memory = segment;
        return memory == null ? "an MR that is being made" // its domain knows it from the first moment
            : "MR lkey 0x" + Integer.toHexString(lkey()) + " of " + memory.byteSize() + " bytes";
    }

    @Override
    protected final String closeVerb() {
        return "ibv_dereg_mr";
    }

    @Override
    protected final void checkIdle() {
        final String busy = domain.busyQueues();
        if (!busy.isEmpty()) {
            throw new VerbsException(closeVerb(), Errno.EBUSY, describe() + " may be in use by " + busy
                + ": poll the completions, or close the queue, first");
        }
    }
}
