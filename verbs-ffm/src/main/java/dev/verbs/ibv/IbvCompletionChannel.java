package dev.verbs.ibv;

import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.headers.ibv_comp_channel;
import dev.verbs.headers.types_h;
import dev.verbs.spi.AbstractResource;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@code struct ibv_comp_channel}, non-blocking; every event is acknowledged at once. */
final class IbvCompletionChannel extends AbstractResource implements CompletionChannel {
    final MemorySegment pointer;
    private final IbvContext context;
    private final int fd;
    private final FdWaiter waiter;
    private final Map<Long, IbvCompletionQueue> queues = new ConcurrentHashMap<>();

    private IbvCompletionChannel(final IbvContext context, final MemorySegment pointer, final FdWaiter waiter) {
        super(context);
        this.context = context;
        this.pointer = pointer;
        this.fd = ibv_comp_channel.fd(pointer);
        this.waiter = waiter;
    }

    static IbvCompletionChannel create(final IbvContext context) {
        try (Frame frame = new Frame()) {
            final MemorySegment pointer = LibQueues.createCompChannel(frame, context.pointer);
            if (Frame.isNull(pointer)) {
                throw frame.failed("ibv_create_comp_channel", context.describe());
            }
            return Frame.orElse(() -> new IbvCompletionChannel(context, pointer,
                new FdWaiter(ibv_comp_channel.fd(pointer), "ibv_get_cq_event")),
                () -> LibQueues.destroyCompChannel(frame, pointer));
        }
    }

    void add(final IbvCompletionQueue queue) {
        queues.put(queue.pointer.address(), queue);
    }

    void remove(final IbvCompletionQueue queue) {
        queues.remove(queue.pointer.address(), queue); // another queue may have the address by now
    }

    @Override
    public Context context() {
        return context;
    }

    @Override
    public CompletionQueue await(final Duration timeout) {
        requireOpen("ibv_get_cq_event");
        return waiter.await(timeout, this::read);
    }

    @Override
    public int fd() {
        requireOpen("ibv_create_comp_channel");
        return fd;
    }

    private CompletionQueue read(final Frame frame) {
        final MemorySegment queue = frame.arena.allocate(types_h.C_POINTER);
        final MemorySegment ignored = frame.arena.allocate(types_h.C_POINTER);
        if (LibQueues.getCqEvent(frame, pointer, queue, ignored) != 0) {
            if (frame.errno() == Errno.EAGAIN) {
                return null;
            }
            throw frame.failed("ibv_get_cq_event", describe());
        }
        final MemorySegment cq = queue.get(types_h.C_POINTER, 0);
        LibQueues.ackCqEvents(frame, cq, 1);
        return queues.get(cq.address());
    }

    @Override
    public String describe() {
        return "completion channel fd " + fd;
    }

    @Override
    protected String closeVerb() {
        return "ibv_destroy_comp_channel";
    }

    @Override
    protected void release() {
        waiter.close(() -> {
            try (Frame frame = new Frame()) {
                frame.check(closeVerb(), LibQueues.destroyCompChannel(frame, pointer), describe());
            }
        });
    }
}
