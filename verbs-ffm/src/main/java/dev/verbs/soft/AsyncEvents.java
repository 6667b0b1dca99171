package dev.verbs.soft;

import dev.verbs.AsyncEvent;
import dev.verbs.EventType;
import dev.verbs.VerbsResource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The asynchronous events of a context that nobody has read yet: so many at most, the newest are dropped and counted. Any thread,
 * under any lock of the device.
 */
final class AsyncEvents {
    static final int CAPACITY = 1024;
    private static final String VERB = "ibv_get_async_event";
    private static final Logger LOG = LoggerFactory.getLogger(AsyncEvents.class);

    private final EventQueue<AsyncEvent> queue;
    private final String host;
    /** Null if there is none. */
    private final Trace trace;

    AsyncEvents(final SoftHost host) {
        final SoftFabric fabric = host.fabric();
        this.host = host.name();
        this.trace = fabric.journal().trace();
        this.queue = new EventQueue<>(fabric, "the context", CAPACITY);
    }

    /** Something happened to a queue. */
    void raise(final EventType type, final VerbsResource element) {
        if (trace != null) {
            trace.add(host, Trace.name(element), "async", type.name());
        }
        queue.add(AsyncEvent.of(type, element));
    }

    /** Something happened to a port. */
    void raise(final EventType type, final int port) {
        if (trace != null) {
            trace.add(host, "port" + port, "async", type.name());
        }
        queue.add(AsyncEvent.ofPort(type, port));
    }

    /** A queue was closed: its events are gone, as the kernel drops them. */
    void forget(final VerbsResource element) {
        queue.remove(event -> event.element() == element);
    }

    AsyncEvent await(final Duration timeout) {
        final AsyncEvent event = queue.await(timeout, VERB);
        final long lost = queue.takeLost();
        if (lost > 0) {
            LOG.warn("{} asynchronous events were lost: {} were waiting; read them with awaitAsyncEvent", lost, CAPACITY);
        }
        return event;
    }

    void close() {
        queue.close();
    }
}
