package dev.verbs.ibv;

import dev.verbs.Errno;
import dev.verbs.ReceiveRequests;
import dev.verbs.SrqConfig;
import dev.verbs.VerbsException;
import dev.verbs.headers.ibv_device_attr;
import dev.verbs.headers.ibv_srq;
import dev.verbs.headers.ibv_srq_attr;
import dev.verbs.headers.ibv_srq_init_attr;
import dev.verbs.headers.types_h;
import dev.verbs.spi.AbstractSharedReceiveQueue;
import java.lang.foreign.MemorySegment;

/** {@code struct ibv_srq}. */
final class IbvSharedReceiveQueue extends AbstractSharedReceiveQueue {
    final MemorySegment pointer;
    private final long address;
    private final int handle;
    private final IbvContext context;

    private IbvSharedReceiveQueue(final IbvProtectionDomain domain, final SrqConfig granted, final MemorySegment pointer) {
        super(domain, granted);
        this.context = domain.context;
        this.pointer = pointer;
        this.address = pointer.address();
        this.handle = ibv_srq.handle(pointer);
        context.elements.add(pointer, this);
    }

    static IbvSharedReceiveQueue create(final IbvProtectionDomain domain, final SrqConfig config) {
        try (Frame frame = new Frame()) {
            final MemorySegment init = ibv_srq_init_attr.allocate(frame.arena);
            final MemorySegment attributes = ibv_srq_init_attr.attr(init);
            ibv_srq_attr.max_wr(attributes, config.maxWr());
            ibv_srq_attr.max_sge(attributes, config.maxSge());
            ibv_srq_attr.srq_limit(attributes, config.limit());
            final MemorySegment srq = LibQueues.createSrq(frame, domain.pointer, init);
            if (Frame.isNull(srq)) {
                throw frame.failed("ibv_create_srq", config + " on " + domain.context.describe() + ": " + limits(domain.context));
            }
            final SrqConfig granted = read(attributes, config.limit());
            return Frame.orElse(() -> new IbvSharedReceiveQueue(domain, granted, srq), () -> LibQueues.destroySrq(frame, srq));
        }
    }

    private static SrqConfig read(final MemorySegment attributes, final int limit) {
        return new SrqConfig(ibv_srq_attr.max_wr(attributes), ibv_srq_attr.max_sge(attributes), limit);
    }

    private static String limits(final IbvContext context) {
        try (Frame frame = new Frame()) {
            final MemorySegment a = ibv_device_attr.allocate(frame.arena);
            frame.check("ibv_query_device", LibDevices.queryDevice(frame, context.pointer, a), context.describe());
            return "it has at most " + ibv_device_attr.max_srq(a) + " shared receive queues of " + ibv_device_attr.max_srq_wr(a)
                + " receives with " + ibv_device_attr.max_srq_sge(a) + " entries";
        }
    }

    @Override
    protected int postReceiveDevice(final ReceiveRequests requests) {
        final int errno = Math.abs(context.ops.postSrqRecv(address, requests.headAddress(), requests.badAddress()));
        return errno == 0 && requests.bad() != 0 ? STOPPED : errno;
    }

    @Override
    public synchronized SrqConfig query() {
        requireOpen("ibv_query_srq");
        try (Frame frame = new Frame()) {
            final MemorySegment attributes = ibv_srq_attr.allocate(frame.arena);
            frame.check("ibv_query_srq", LibQueues.querySrq(frame, pointer, attributes), describe());
            return read(attributes, ibv_srq_attr.srq_limit(attributes));
        }
    }

    @Override
    public void arm(final int receives) {
        if (receives < 0) {
            throw refused("limit " + receives + " is negative");
        }
        modify(config().maxWr(), receives, types_h.IBV_SRQ_LIMIT(), "limit " + receives);
    }

    @Override
    public void resize(final int maxWr) {
        if (maxWr < 1) {
            throw refused("maxWr " + maxWr + " is less than 1");
        }
        modify(maxWr, 0, types_h.IBV_SRQ_MAX_WR(), "maxWr " + maxWr);
    }

    private static VerbsException refused(final String diagnosis) {
        return new VerbsException("ibv_modify_srq", Errno.EINVAL, diagnosis);
    }

    private synchronized void modify(final int maxWr, final int limit, final int mask, final String what) {
        requireOpen("ibv_modify_srq");
        try (Frame frame = new Frame()) {
            final MemorySegment attributes = ibv_srq_attr.allocate(frame.arena);
            ibv_srq_attr.max_wr(attributes, maxWr);
            ibv_srq_attr.srq_limit(attributes, limit);
            final int result = LibQueues.modifySrq(frame, pointer, attributes, mask);
            if (result != 0) {
                frame.check("ibv_modify_srq", result, what + " of " + describe() + ", which has " + query() + " now and "
                    + inFlight() + " receives posted; " + limits(context));
            }
        }
    }

    @Override
    public String describe() {
        return "SRQ " + handle;
    }

    @Override
    protected void release() {
        try (Frame frame = new Frame()) {
            frame.check(closeVerb(), LibQueues.destroySrq(frame, pointer), describe());
        }
        context.elements.remove(pointer, this);
    }
}
