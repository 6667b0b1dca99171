package dev.verbs.ibv;

import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.WcField;
import dev.verbs.WorkCompletions;
import dev.verbs.headers.ibv_cq;
import dev.verbs.headers.ibv_moderate_cq;
import dev.verbs.headers.ibv_modify_cq_attr;
import dev.verbs.headers.types_h;
import dev.verbs.spi.AbstractCompletionQueue;
import dev.verbs.spi.AbstractResource;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** {@code struct ibv_cq}. */
class IbvCompletionQueue extends AbstractCompletionQueue {
    /** Both values of struct ibv_moderate_cq have 16 bits. */
    private static final int MOST_MODERATE = 0xFFFF;

    final MemorySegment pointer;
    final long address;
    private final int handle;
    /** What the library granted; written under this object's lock. */
    private volatile int capacity;
    private final IbvContext context;
    private final ContextOps ops;
    private final IbvCompletionChannel channel;

    IbvCompletionQueue(final IbvContext context, final IbvCompletionChannel channel, final MemorySegment pointer,
        final Set<WcField> fields) {
        super(fields, channel == null ? new AbstractResource[] {context} : new AbstractResource[] {context, channel});
        this.context = context;
        this.ops = fields == null ? context.ops : context.waitingOps;
        this.channel = channel;
        this.pointer = pointer;
        this.address = pointer.address();
        this.handle = ibv_cq.handle(pointer);
        this.capacity = ibv_cq.cqe(pointer);
    }

    /** Makes it known to those who look for it by its C pointer; when it is complete. */
    final void register() {
        context.elements.add(pointer, this);
        if (channel != null) {
            channel.add(this);
        }
    }

    static IbvCompletionQueue create(final IbvContext context, final int entries, final IbvCompletionChannel channel,
        final int vector) {
        check("ibv_create_cq", context, entries, vector);
        try (Frame frame = new Frame()) {
            final MemorySegment pointer = LibQueues.createCq(frame, context.pointer, entries, MemorySegment.NULL,
                channel == null ? MemorySegment.NULL : channel.pointer, vector);
            if (Frame.isNull(pointer)) {
                throw frame.failed("ibv_create_cq", entries + " entries on " + context.describe() + ": it has at most "
                    + context.queryDevice().maxCq() + " queues");
            }
            final IbvCompletionQueue queue = Frame.orElse(() -> new IbvCompletionQueue(context, channel, pointer, null),
                () -> LibQueues.destroyCq(frame, pointer));
            queue.register();
            return queue;
        }
    }

    /** Refuses what no library should be asked for. */
    static void check(final String verb, final IbvContext context, final int entries, final int vector) {
        checkEntries(verb, context, entries);
        if (vector < 0 || vector >= context.completionVectors()) {
            throw new VerbsException(verb, Errno.EINVAL, "completion vector " + vector + " is not in 0 .. "
                + (context.completionVectors() - 1) + " (num_comp_vectors of " + context.device().name() + " is "
                + context.completionVectors() + ")");
        }
    }

    private static void checkEntries(final String verb, final IbvContext context, final int entries) {
        final int most = context.queryDevice().maxCqe();
        if (entries < 1 || entries > most) {
            throw new VerbsException(verb, Errno.EINVAL, entries + " entries are not in 1 .. " + most
                + " (max_cqe of " + context.device().name() + ")");
        }
    }

    @Override
    protected void resizeDevice(final int entries) {
        checkEntries("ibv_resize_cq", context, entries);
        try (Frame frame = new Frame()) {
            frame.check("ibv_resize_cq", LibQueues.resizeCq(frame, pointer, entries), describe() + " of " + capacity + " to " + entries
                + " entries: it cannot become smaller than the completions that wait in it are many; poll them first");
            capacity = ibv_cq.cqe(pointer);
        }
    }

    @Override
    public synchronized void moderate(final int completions, final int periodUs) {
        requireOpen("ibv_modify_cq");
        if (completions < 0 || completions > MOST_MODERATE || periodUs < 0 || periodUs > MOST_MODERATE) {
            throw new VerbsException("ibv_modify_cq", Errno.EINVAL, completions + " completions in " + periodUs
                + " microseconds: both are from 0 to " + MOST_MODERATE);
        }
        try (Frame frame = new Frame()) {
            final MemorySegment attributes = ibv_modify_cq_attr.allocate(frame.arena);
            ibv_modify_cq_attr.attr_mask(attributes, types_h.IBV_CQ_ATTR_MODERATE());
            final MemorySegment moderate = ibv_modify_cq_attr.moderate(attributes);
            ibv_moderate_cq.cq_count(moderate, (short)completions);
            ibv_moderate_cq.cq_period(moderate, (short)periodUs);
            frame.check("ibv_modify_cq", VerbsContextOps.modifyCq(frame, pointer, attributes), describe() + ": "
                + completions + " completions in " + periodUs + " microseconds; the device may not moderate announcements");
        }
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    protected int pollDevice(final WorkCompletions completions) {
        return ops.pollCq(address, completions.capacity(), completions.address());
    }

    @Override
    protected final MemorySegment image(final WorkCompletions completions) {
        return Memory.ALL;
    }

    @Override
    protected final long imageOffset(final WorkCompletions completions) {
        return completions.address() & Memory.ADDRESSES;
    }

    @Override
    protected void arm(final boolean solicitedOnly) {
        if (channel == null) {
            throw new VerbsException("ibv_req_notify_cq", Errno.EINVAL, describe() + " was made without a completion channel");
        }
        final int result = ops.reqNotifyCq(address, solicitedOnly ? 1 : 0);
        if (result != 0) {
            throw new VerbsException("ibv_req_notify_cq", Math.abs(result), describe());
        }
    }

    @Override
    public String describe() {
        return pointer == null ? "a CQ that is being made" : "CQ " + handle; // its channel knows it before
    }

    @Override
    protected void releaseDevice() {
        try (Frame frame = new Frame()) {
            frame.check(closeVerb(), LibQueues.destroyCq(frame, pointer), describe());
        }
        context.elements.remove(pointer, this);
        if (channel != null) {
            channel.remove(this);
        }
    }
}
