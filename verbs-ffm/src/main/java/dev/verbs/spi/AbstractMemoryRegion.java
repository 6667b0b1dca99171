package dev.verbs.spi;

import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.VerbsException;
import java.lang.foreign.MemorySegment;

/** What regions of every provider share: the reference that keeps the memory alive, and the refusal to close under work. */
public abstract class AbstractMemoryRegion extends AbstractResource implements MemoryRegion {
    private final AbstractProtectionDomain domain;
    private final MemorySegment segment;
    private final long iova;
    private final int access;

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

    @Override
    public final int access() {
        return access;
    }

    @Override
    public String describe() {
        return "MR lkey 0x" + Integer.toHexString(lkey()) + " of " + length() + " bytes";
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
