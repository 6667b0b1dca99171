package dev.verbs.ibv;

import dev.verbs.AsyncEvent;
import dev.verbs.Errno;
import dev.verbs.EventType;
import dev.verbs.headers.ibv_async_event;
import dev.verbs.headers.ibv_context;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * The asynchronous events of a context, read from its non-blocking fd. The element is looked up before the event is acknowledged:
 * until then its destruction waits, so that the pointer cannot be another element's.
 */
final class IbvAsyncEvents {
    private static final String VERB = "ibv_get_async_event";

    private final MemorySegment context;
    private final IbvElements elements;
    private final int fd;
    private final FdWaiter waiter;

    IbvAsyncEvents(final MemorySegment context, final IbvElements elements) {
        this.context = context;
        this.elements = elements;
        this.fd = ibv_context.async_fd(context);
        this.waiter = new FdWaiter(fd, VERB, "context");
    }

    int fd() {
        return fd;
    }

    AsyncEvent await(final Duration timeout) {
        return waiter.await(timeout, this::read);
    }

    private AsyncEvent read(final Frame frame) {
        final MemorySegment event = ibv_async_event.allocate(frame.arena);
        if (LibDevices.getAsyncEvent(frame, context, event) != 0) {
            if (frame.errno() == Errno.EAGAIN) {
                return null;
            }
            throw frame.failed(VERB, "fd " + fd);
        }
        final AsyncEvent found = decode(event);
        LibDevices.ackAsyncEvent(frame, event);
        return found;
    }

    private AsyncEvent decode(final MemorySegment event) {
        final EventType type = EventType.of(ibv_async_event.event_type(event));
        final MemorySegment element = ibv_async_event.element(event);
        if (type.isOfPort()) {
            return AsyncEvent.ofPort(type, ibv_async_event.element.port_num(element));
        }
        if (type.isOfQueuePair()) {
            return AsyncEvent.of(type, elements.find(ibv_async_event.element.qp(element)));
        }
        if (type.isOfCompletionQueue()) {
            return AsyncEvent.of(type, elements.find(ibv_async_event.element.cq(element)));
        }
        return AsyncEvent.of(type, type.isOfSharedReceiveQueue() ? elements.find(ibv_async_event.element.srq(element)) : null);
    }

    /** Wakes the waiter and closes the context when nobody reads any more. */
    void close(final Runnable destroy) {
        waiter.close(destroy);
    }
}
