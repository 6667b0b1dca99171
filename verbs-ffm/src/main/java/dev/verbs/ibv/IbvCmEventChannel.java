package dev.verbs.ibv;

import dev.verbs.Errno;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.PortSpace;
import dev.verbs.headers.rdma_cm_event;
import dev.verbs.headers.rdma_event_channel;
import dev.verbs.headers.types_h;
import dev.verbs.spi.AbstractResource;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@code struct rdma_event_channel}, non-blocking; every event is copied and acknowledged at once. */
final class IbvCmEventChannel extends AbstractResource implements CmEventChannel {
    private final MemorySegment pointer;
    private final int fd;
    private final FdWaiter waiter;
    private final Map<Long, IbvCmId> ids = new ConcurrentHashMap<>();

    private IbvCmEventChannel(final AbstractResource root, final MemorySegment pointer, final FdWaiter waiter) {
        super(root);
        this.pointer = pointer;
        this.fd = rdma_event_channel.fd(pointer);
        this.waiter = waiter;
    }

    static IbvCmEventChannel create(final AbstractResource root) {
        try (Frame frame = new Frame()) {
            final MemorySegment pointer = LibCm.createEventChannel(frame);
            if (Frame.isNull(pointer)) {
                throw frame.failed("rdma_create_event_channel", "is /dev/infiniband/rdma_cm there and writable? "
                    + "(modprobe rdma_ucm)");
            }
            return Frame.orElse(() -> new IbvCmEventChannel(root, pointer,
                new FdWaiter(rdma_event_channel.fd(pointer), "rdma_get_cm_event")),
                () -> LibCm.destroyEventChannel(frame, pointer));
        }
    }

    @Override
    public CmId createId(final PortSpace space) {
        if (space == PortSpace.UNKNOWN) {
            throw new IllegalArgumentException("no port space of this library");
        }
        return create("rdma_create_id", () -> {
            try (Frame frame = new Frame()) {
                final MemorySegment id = frame.arena.allocate(types_h.C_POINTER);
                frame.checkErrno("rdma_create_id",
                    LibCm.createId(frame, pointer, id, MemorySegment.NULL, space.code()), describe() + ", " + space);
                final MemorySegment made = id.get(types_h.C_POINTER, 0);
                return Frame.orElse(() -> adopt(made), () -> LibCm.destroyId(frame, made));
            }
        });
    }

    @Override
    public int fd() {
        requireOpen("rdma_event_channel");
        return fd;
    }

    @Override
    public String nameOf(final CmEventType type) {
        try (Frame frame = new Frame()) {
            return LibCm.eventStr(frame, type.code()).getString(0);
        }
    }

    MemorySegment pointer() {
        return pointer;
    }

    private IbvCmId adopt(final MemorySegment id) {
        final IbvCmId made = new IbvCmId(this, id);
        add(id.address(), made);
        return made;
    }

    void add(final long id, final IbvCmId made) {
        ids.put(id, made);
    }

    /** Another identifier may have the address by now, and stays. */
    void remove(final long id, final IbvCmId made) {
        ids.remove(id, made);
    }

    @Override
    public CmEvent await(final Duration timeout) {
        requireOpen("rdma_get_cm_event");
        return waiter.await(timeout, this::read);
    }

    private CmEvent read(final Frame frame) {
        final MemorySegment slot = frame.arena.allocate(types_h.C_POINTER);
        if (LibCm.getCmEvent(frame, pointer, slot) != 0) {
            if (frame.errno() == Errno.EAGAIN) {
                return null;
            }
            throw frame.failed("rdma_get_cm_event", describe());
        }
        final MemorySegment event = slot.get(types_h.C_POINTER, 0);
        final CmEventType type = CmEventType.of(rdma_cm_event.event(event));
        final MemorySegment listenerPointer = rdma_cm_event.listen_id(event);
        final MemorySegment idPointer = rdma_cm_event.id(event);
        final boolean request = type == CmEventType.CONNECT_REQUEST;
        final IbvCmId id = request ? adopt(idPointer) : ids.get(idPointer.address());
        final IbvCmId listener = request ? ids.get(listenerPointer.address()) : null;
        final CmEvent copy = Frame.orElse(() -> CmStructs.event(event, type, id, listener), // what is not acknowledged keeps its id open
            () -> LibCm.ackCmEvent(frame, event));
        if (LibCm.ackCmEvent(frame, event) != 0) {
            throw frame.failed("rdma_ack_cm_event", describe());
        }
        if (id == null || request && listener == null) { // closed meanwhile: nobody waits for this
            if (id != null) {
                id.close();
            }
            return null;
        }
        id.observed(type);
        return copy;
    }

    @Override
    public String describe() {
        return "CM channel fd " + fd;
    }

    @Override
    protected String closeVerb() {
        return "rdma_destroy_event_channel";
    }

    @Override
    protected void release() {
        waiter.close(() -> {
            try (Frame frame = new Frame()) {
                LibCm.destroyEventChannel(frame, pointer);
            }
        });
    }
}
