package dev.verbs.ibv;

import dev.verbs.AccessFlags;
import dev.verbs.AddressHandle;
import dev.verbs.AddressVector;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.DeviceAttributes;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.OdpFlags;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.SrqConfig;
import dev.verbs.VerbsException;
import dev.verbs.WorkCompletions;
import dev.verbs.headers.ibv_pd;
import dev.verbs.headers.types_h;
import dev.verbs.spi.AbstractProtectionDomain;
import dev.verbs.spi.AbstractResource;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** {@code struct ibv_pd}. */
final class IbvProtectionDomain extends AbstractProtectionDomain {
    /** Access bits that old libraries may not know: any of them makes ibv_reg_mr an ibv_reg_mr_iova2. */
    private static final int OPTIONAL = types_h.IBV_ACCESS_OPTIONAL_RANGE();
    /** What siw gives as its vendor: "bmt". */
    private static final int SIW_VENDOR = 0x62_6D74;

    final MemorySegment pointer;
    final IbvContext context;
    private final int handle;

    private IbvProtectionDomain(final IbvContext context, final MemorySegment pointer) {
        super(context);
        this.context = context;
        this.pointer = pointer;
        this.handle = ibv_pd.handle(pointer);
    }

    static IbvProtectionDomain create(final IbvContext context) {
        try (Frame frame = new Frame()) {
            final MemorySegment pointer = LibMemory.allocPd(frame, context.pointer);
            if (Frame.isNull(pointer)) {
                throw frame.failed("ibv_alloc_pd", context.describe() + ": at most " + context.queryDevice().maxPd());
            }
            return Frame.orElse(() -> new IbvProtectionDomain(context, pointer), () -> LibMemory.deallocPd(frame, pointer));
        }
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public MemoryRegion registerMemory(final MemorySegment memory, final int access) {
        checkRegistrable(memory, access);
        final long iova = iova(memory, access);
        return create("ibv_reg_mr", () -> register("ibv_reg_mr", memory, iova, access));
    }

    @Override
    public MemoryRegion registerMemory(final MemorySegment memory, final long iova, final int access) {
        checkRegistrable(memory, access);
        return create("ibv_reg_mr_iova", () -> register("ibv_reg_mr_iova", memory, iova, access));
    }

    /**
     * What verbs.h makes of both, for access flags that the C compiler does not know:
     *
     * {@snippet lang=c :
     * __ibv_reg_mr_iova(struct ibv_pd *pd, void *addr, size_t length, uint64_t iova, unsigned int access, int is_access_const)
     * {
     *     if (is_access_const && (access & IBV_ACCESS_OPTIONAL_RANGE) == 0)
     *         return ibv_reg_mr_iova(pd, addr, length, iova, (int)access);
     *     else
     *         return ibv_reg_mr_iova2(pd, addr, length, iova, access);
     * }
     * }
     *
     * <p>Old libraries lack the newer functions: they are called only if they are needed.
     */
    private MemoryRegion register(final String verb, final MemorySegment memory, final long iova, final int access) {
        if (iova != memory.address() && RegistrationDiagnosis.isPageAligned(iova - memory.address())
            && context.queryDevice().vendorId() == SIW_VENDOR) {
            // siw_reg_user_mr() does not look at the address: peers would reach nothing under it, without an error here.
            throw new VerbsException(verb, Errno.EOPNOTSUPP, "siw gives a region no other address than the memory's own: leave out 0x"
                + Long.toHexString(iova) + ", and AccessFlags.ZERO_BASED");
        }
        try (Frame frame = new Frame()) {
            final long length = memory.byteSize();
            final MemorySegment region = (access & OPTIONAL) != 0
                ? LibMemory.regMrIova2(frame, pointer, memory, length, iova, access)
                : iova == memory.address() ? LibMemory.regMr(frame, pointer, memory, length, access)
                : LibMemory.regMrIova(frame, pointer, memory, length, iova, access);
            if (Frame.isNull(region)) {
                throw RegistrationDiagnosis.HERE.explain(verb, frame.errno(), context, memory, iova, access);
            }
            return Frame.orElse(() -> new IbvMemoryRegion(this, memory, iova, access, region), () -> LibMemory.deregMr(frame, region));
        }
    }

    @Override
    public MemoryRegion registerAddressSpace(final int access) {
        final int flags = access | AccessFlags.ON_DEMAND;
        return create("ibv_reg_mr", () -> {
            final long odp = context.queryDeviceEx().odp().general();
            if ((odp & OdpFlags.IMPLICIT) == 0) {
                throw new VerbsException("ibv_reg_mr", Errno.EOPNOTSUPP, context.describe() + " has no implicit paging on demand "
                    + "(its capabilities: " + OdpFlags.names(odp) + "): register what is needed");
            }
            try (Frame frame = new Frame()) {
                final MemorySegment region = LibMemory.regMr(frame, pointer, MemorySegment.NULL, -1L, flags); // SIZE_MAX
                if (Frame.isNull(region)) {
                    throw frame.failed("ibv_reg_mr", "the address space with access 0x" + Integer.toHexString(flags));
                }
                return Frame.orElse(() -> new IbvMemoryRegion(this, MemorySegment.NULL, 0, flags, region),
                    () -> LibMemory.deregMr(frame, region));
            }
        });
    }

    @Override
    public MemoryWindow allocateMemoryWindow(final MemoryWindowType type) {
        return create("ibv_alloc_mw", () -> IbvMemoryWindow.create(this, type));
    }

    @Override
    public AddressHandle createAddressHandle(final AddressVector path) {
        return create("ibv_create_ah", () -> IbvAddressHandle.create(this, path));
    }

    @Override
    public AddressHandle createAddressHandle(final WorkCompletions completions, final int index, final MemorySegment grh,
        final int port) {
        return create("ibv_create_ah_from_wc", () -> IbvAddressHandle.create(this, completions, index, grh, port));
    }

    @Override
    public QueuePair createQueuePair(final QueuePairConfig config) {
        final List<AbstractResource> passed = new ArrayList<>(List.of(ours(config.sendCq()), ours(config.receiveCq())));
        if (config.srq() != null) {
            passed.add(ours(config.srq()));
        }
        return whileOpen("ibv_create_qp", passed, () -> create("ibv_create_qp", () -> IbvQueuePair.create(this, config)));
    }

    private AbstractResource ours(final CompletionQueue queue) {
        if (queue instanceof IbvCompletionQueue ours && ours.context() == context) {
            return ours;
        }
        throw new VerbsException("ibv_create_qp", Errno.EINVAL, "the completion queue was made on another context");
    }

    private AbstractResource ours(final SharedReceiveQueue queue) {
        if (queue instanceof IbvSharedReceiveQueue ours && ours.protectionDomain() == this) {
            return ours;
        }
        throw new VerbsException("ibv_create_qp", Errno.EINVAL, "the shared receive queue was made in another protection domain");
    }

    @Override
    public SharedReceiveQueue createSharedReceiveQueue(final SrqConfig config) {
        return create("ibv_create_srq", () -> IbvSharedReceiveQueue.create(this, config));
    }

    /** What of a configuration a device cannot do, for the message of a refusal. */
    String explain(final QueuePairConfig config) {
        final DeviceAttributes limits = context.queryDevice();
        return "maxSendWr " + config.maxSendWr() + ", maxReceiveWr " + config.maxReceiveWr() + " (limit " + limits.maxQpWr()
            + "), maxSendSge " + config.maxSendSge() + ", maxReceiveSge " + config.maxReceiveSge() + " (limit " + limits.maxSge()
            + "), maxInlineData " + config.maxInlineData() + (config.sendOps().isEmpty() ? "" : ", as " + config.type() + " with "
            + config.sendOps() + ": EOPNOTSUPP means that the device has no extended queue pairs, or not all of these operations");
    }

    @Override
    public String describe() {
        return "PD " + handle;
    }

    @Override
    protected void release() {
        try (Frame frame = new Frame()) {
            frame.check(closeVerb(), LibMemory.deallocPd(frame, pointer), describe());
        }
    }
}
