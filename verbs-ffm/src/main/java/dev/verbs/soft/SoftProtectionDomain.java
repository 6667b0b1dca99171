package dev.verbs.soft;

import dev.verbs.AccessFlags;
import dev.verbs.AddressHandle;
import dev.verbs.AddressVector;
import dev.verbs.DeviceAttributes;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.SendOperation;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.SrqConfig;
import dev.verbs.VerbsException;
import dev.verbs.WorkCompletions;
import dev.verbs.spi.AbstractProtectionDomain;
import dev.verbs.spi.AbstractResource;
import dev.verbs.spi.GidRanking;
import dev.verbs.spi.QpRanges;
import java.lang.foreign.MemorySegment;

/** Regions and queue pairs that may work together. */
final class SoftProtectionDomain extends AbstractProtectionDomain {
    private final SoftContext context;
    private final SoftFabric fabric;
    private final int number;

    SoftProtectionDomain(final SoftContext context) {
        super(context);
        this.context = context;
        this.fabric = context.fabric();
        this.number = fabric.journal().nextDomain();
    }

    SoftHost host() {
        return context.host();
    }

    SoftFabric fabric() {
        return fabric;
    }

    /** Counted from 1: what reasons call it. */
    int number() {
        return number;
    }

    @Override
    public SoftContext context() {
        return context;
    }

    @Override
    public MemoryRegion registerMemory(final MemorySegment memory, final int access) {
        checkRegistrable(memory, access);
        return register(memory, iova(memory, access), access);
    }

    @Override
    public MemoryRegion registerMemory(final MemorySegment memory, final long iova, final int access) {
        checkRegistrable(memory, access);
        if ((memory.address() - iova & SMALLEST_PAGE - 1) != 0) { // the rule of the kernel, whatever the device
            throw new VerbsException("ibv_reg_mr_iova", Errno.EINVAL, "address 0x" + Long.toHexString(iova) + " lies "
                + (iova & SMALLEST_PAGE - 1) + " bytes behind the start of a page of " + SMALLEST_PAGE + ", the memory at 0x"
                + Long.toHexString(memory.address()) + " " + (memory.address() & SMALLEST_PAGE - 1) + ": they must agree");
        }
        return register(memory, iova, access);
    }

    @Override
    public MemoryRegion registerAddressSpace(final int access) {
        throw onDemand();
    }

    static VerbsException onDemand() {
        return new VerbsException("ibv_reg_mr", Errno.EOPNOTSUPP, "the software device has no paging on demand: it pins nothing, and "
            + "reaches registered segments only; leave ON_DEMAND out");
    }

    private MemoryRegion register(final MemorySegment memory, final long iova, final int access) {
        if (iova != memory.address()) {
            host().requireInfiniBand("ibv_reg_mr_iova", "address of a region but the memory's own: leave out 0x"
                + Long.toHexString(iova) + ", and AccessFlags.ZERO_BASED");
        }
        if ((access & AccessFlags.ON_DEMAND) != 0) {
            throw onDemand();
        }
        return create("ibv_reg_mr", () -> {
            final int place = fabric.keys().claim();
            final SoftMemoryRegion region = new SoftMemoryRegion(fabric, this, memory, iova, access, place);
            if (fabric.journal().trace() != null) {
                fabric.journal().trace().created(region, this);
            }
            fabric.keys().publish(place, region);
            return region;
        });
    }

    @Override
    public MemoryWindow allocateMemoryWindow(final MemoryWindowType type) {
        requireOpen("ibv_alloc_mw");
        host().requireInfiniBand("ibv_alloc_mw", "memory windows");
        return create("ibv_alloc_mw", () -> {
            final WindowTable windows = fabric.windows();
            final int place = windows.claim();
            final SoftMemoryWindow window = new SoftMemoryWindow(this, type, place, windows.firstKey(place));
            windows.publish(place, window);
            return window;
        });
    }

    @Override
    public QueuePair createQueuePair(final QueuePairConfig config) {
        if (TransportService.of(config.type()) == null) {
            throw new VerbsException("ibv_create_qp", Errno.EOPNOTSUPP, "the software device has no " + config.type()
                + " queue pairs: it has RC, UC and UD");
        }
        if (config.type() != QpType.RC) {
            host().requireInfiniBand("ibv_create_qp", config.type() + " queue pairs");
        }
        if (!config.sendOps().isEmpty()) {
            host().requireInfiniBand("ibv_create_qp_ex", "extended queue pairs");
        }
        checkOperations(config);
        checkLimits(config);
        final SoftCompletionQueue sendCq = ours(config.sendCq());
        final SoftCompletionQueue receiveCq = ours(config.receiveCq());
        if (config.srq() != null) {
            requireOpen("ibv_create_qp", ours(config.srq()));
        }
        final QueuePairConfig granted = host().behaviour().sizing().grant(config);
        return create("ibv_create_qp", () -> {
            final int number = fabric.claimNumber();
            final SoftQueuePair qp = config.sendOps().isEmpty()
                ? new SoftQueuePair(this, sendCq, receiveCq, granted, number)
                : new SoftExtendedQueuePair(this, sendCq, receiveCq, granted, number);
            fabric.add(qp);
            return qp;
        });
    }

    private void checkLimits(final QueuePairConfig config) {
        final DeviceAttributes limits = host().device().attributes();
        limit("ibv_create_qp", "max_send_wr", config.maxSendWr(), limits.maxQpWr());
        limit("ibv_create_qp", "max_recv_wr", config.maxReceiveWr(), limits.maxQpWr());
        limit("ibv_create_qp", "max_send_sge", config.maxSendSge(), limits.maxSge());
        limit("ibv_create_qp", "max_recv_sge", config.maxReceiveSge(), limits.maxSge());
        limit("ibv_create_qp", "max_inline_data", config.maxInlineData(), host().device().profile().maxInlineData());
        final String objection = host().behaviour().sizing().objection(config, limits);
        if (objection != null) {
            throw new VerbsException("ibv_create_qp", Errno.EINVAL, objection);
        }
    }

    private static void checkOperations(final QueuePairConfig config) {
        final TransportService service = TransportService.of(config.type());
        for (final SendOperation operation : config.sendOps()) {
            if (!service.does(Operation.kind(operation.opcode().code()))) {
                throw new VerbsException("ibv_create_qp_ex", Errno.EOPNOTSUPP, config.type() + " queue pairs cannot " + operation);
            }
        }
    }

    @Override
    public SharedReceiveQueue createSharedReceiveQueue(final SrqConfig config) {
        limit("ibv_create_srq", "max_wr", config.maxWr(), host().device().attributes().maxSrqWr());
        limit("ibv_create_srq", "max_sge", config.maxSge(), host().device().attributes().maxSrqSge());
        limit("ibv_create_srq", "srq_limit", config.limit(), config.maxWr());
        return create("ibv_create_srq", () -> new SoftSharedReceiveQueue(this, config, fabric.claimSrqNumber()));
    }

    @Override
    public AddressHandle createAddressHandle(final AddressVector path) {
        host().requireInfiniBand("ibv_create_ah", "address handles");
        final String objection = QpRanges.objection(path, host().device().attributes(), host().device().port());
        if (objection != null) {
            throw new VerbsException("ibv_create_ah", Errno.EINVAL, objection + "; "
                + GidRanking.offer(context.host().gids(), path.gid(), path.gidIndex()));
        }
        return create("ibv_create_ah", () -> new SoftAddressHandle(this, path, fabric.claimHandle()));
    }

    @Override
    public AddressHandle createAddressHandle(final WorkCompletions completions, final int index, final MemorySegment grh,
        final int port) {
        return createAddressHandle(context.pathBack("ibv_create_ah_from_wc", completions, index, grh, port));
    }

    /**
     * Waits until no request that started before is still being executed on memory of this domain, after a key was removed: only its
     * queue pairs reach it.
     */
    void awaitQuiescence() {
        for (final AbstractResource child : children()) {
            if (child instanceof SoftQueuePair qp) {
                qp.awaitQuiescence();
            }
        }
    }

    /** The open address handle of a request, null if there is none. */
    SoftAddressHandle path(final long word) {
        return (SoftAddressHandle)addressHandle(word);
    }

    private SoftCompletionQueue ours(final dev.verbs.CompletionQueue queue) {
        if (queue instanceof SoftCompletionQueue soft && soft.context() == context) {
            return soft;
        }
        throw new VerbsException("ibv_create_qp", Errno.EINVAL, "the completion queue was made on another context");
    }

    private SoftSharedReceiveQueue ours(final SharedReceiveQueue queue) {
        if (queue instanceof SoftSharedReceiveQueue soft && soft.protectionDomain() == this) {
            return soft;
        }
        throw new VerbsException("ibv_create_qp", Errno.EINVAL, "the shared receive queue was made in another protection domain");
    }

    private static void limit(final String verb, final String name, final int value, final int most) {
        if (value > most) {
            throw new VerbsException(verb, Errno.EINVAL, name + " " + value + " is more than the device's limit "
                + most);
        }
    }

    @Override
    public String describe() {
        return "PD of " + SoftDevice.NAME;
    }

    @Override
    protected void release() {
    }
}
