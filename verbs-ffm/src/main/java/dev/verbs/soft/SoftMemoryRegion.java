package dev.verbs.soft;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.MemoryAdvice;
import dev.verbs.MemoryChange;
import dev.verbs.VerbsException;
import dev.verbs.spi.AbstractMemoryRegion;
import dev.verbs.spi.AbstractProtectionDomain;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/** A registered segment with its keys. */
final class SoftMemoryRegion extends AbstractMemoryRegion {
    private static final int CLOSED = -1;

    private final SoftFabric fabric;
    /** This and the following are changed while no look-up finds the region. */
    private SoftProtectionDomain domain;
    private MemorySegment memory;
    private long base;
    private long size;
    private int allowed;
    private final int place;
    private final int localKey;
    private final int number;
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
        this.number = fabric.journal().nextRegion();
    }

    @Override
    public int lkey() {
        return localKey;
    }

    @Override
    public int rkey() {
        return KeyTable.remoteKey(localKey);
    }

    /** Counted from 1 in the order of registration. */
    int number() {
        return number;
    }

    /** What reasons and the trace call it. */
    String label() {
        return "region#" + number + " of " + size + " bytes";
    }

    /** What reasons and the trace call memory that it holds. */
    String label(final long address) {
        return "region#" + number + "+" + (address - memory.address());
    }

    int domainNumber() {
        return domain.number();
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

    /** Nobody finds the region while it changes; the keys stay. */
    @Override
    protected void reregisterDevice(final MemoryChange change, final AbstractProtectionDomain to, final MemorySegment other,
        final long start, final int flags) {
        if ((flags & AccessFlags.ON_DEMAND) != 0) {
            throw SoftProtectionDomain.onDemand();
        }
        if (!domain.host().behaviour().reregisters()) {
            throw new VerbsException("ibv_rereg_mr", Errno.EOPNOTSUPP, "the profile " + domain.host().device().profile().label()
                + " has no re-registration, like its driver: close the region and register another");
        }
        if (!windows.compareAndSet(0, CLOSED)) {
            throw new VerbsException("ibv_rereg_mr", Errno.EBUSY, describe() + " has " + windows.get() + " memory window(s) bound "
                + "to it: " + fabric.windows().boundTo(this) + ": unbind or close them first");
        }
        fabric.keys().publish(place, null);
        domain.awaitQuiescence();
        domain = (SoftProtectionDomain)to;
        memory = other;
        base = start;
        size = other.byteSize();
        allowed = flags;
        windows.set(0);
        fabric.keys().publish(place, this);
    }

    @Override
    protected void adviseDevice(final MemoryAdvice advice, final long from, final long bytes, final boolean flush) {
        throw new VerbsException("ibv_advise_mr", Errno.EOPNOTSUPP, "the software device has no paging on demand, so nothing to "
            + "be advised of");
    }

    @Override
    protected void release() {
        if (!windows.compareAndSet(0, CLOSED)) {
            throw new VerbsException("ibv_dereg_mr", Errno.EBUSY, describe() + " has " + windows.get() + " memory window(s) bound "
                + "to it: " + fabric.windows().boundTo(this) + ": unbind or close them first");
        }
        fabric.journal().deregistered(this);
        final Trace trace = fabric.journal().trace();
        if (trace != null) {
            trace.closed(this, domain);
        }
        fabric.keys().remove(place);
        domain.awaitQuiescence();
    }
}
