package dev.verbs.ibv;

import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.WorkCompletions;
import dev.verbs.headers.ibv_cq;
import dev.verbs.spi.AbstractCompletionQueue;
import dev.verbs.spi.AbstractResource;
import java.lang.foreign.MemorySegment;

/** {@code struct ibv_cq}. */
final class IbvCompletionQueue extends AbstractCompletionQueue {
    final MemorySegment pointer;
    private final long address;
    private final int handle;
    private final int capacity;
    private final IbvContext context;
    private final ContextOps ops;
    private final IbvCompletionChannel channel;

    private IbvCompletionQueue(final IbvContext context, final IbvCompletionChannel channel, final MemorySegment pointer) {
        super(channel == null ? new AbstractResource[] {context} : new AbstractResource[] {context, channel});
        this.context = context;
        this.ops = context.ops;
        this.channel = channel;
        this.pointer = pointer;
        this.address = pointer.address();
        this.handle = ibv_cq.handle(pointer);
        this.capacity = ibv_cq.cqe(pointer);
        context.elements.add(pointer, this);
    }

    static IbvCompletionQueue create(final IbvContext context, final int entries, final IbvCompletionChannel channel) {
        if (channel != null) {
            requireOpen("ibv_create_cq", channel);
        }
        try (Frame frame = new Frame()) {
            final int most = context.queryDevice().maxCqe();
            if (entries < 1 || entries > most) {
                throw new VerbsException("ibv_create_cq", Errno.EINVAL, entries + " entries are not in 1 .. " + most
                    + " (max_cqe of " + context.device().name() + ")");
            }
            final MemorySegment pointer = LibQueues.createCq(frame, context.pointer, entries, MemorySegment.NULL,
                channel == null ? MemorySegment.NULL : channel.pointer, 0);
            if (Frame.isNull(pointer)) {
                throw frame.failed("ibv_create_cq", entries + " entries on " + context.describe() + ": it has at most "
                    + context.queryDevice().maxCq() + " queues");
            }
            final IbvCompletionQueue queue = Frame.orElse(() -> new IbvCompletionQueue(context, channel, pointer),
                () -> LibQueues.destroyCq(frame, pointer));
            if (channel != null) {
                channel.add(queue);
            }
            return queue;
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
        return ops.pollCq(address, completions.capacity(), completions.segment().address());
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
        return "CQ " + handle;
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
