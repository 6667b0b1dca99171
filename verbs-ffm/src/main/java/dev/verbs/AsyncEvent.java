package dev.verbs;

/**
 * Something that happened beside the completions: to a queue, to a port or to the whole device. C: {@code struct
 * ibv_async_event}; it was acknowledged before it was handed out.
 *
 * @param type    what happened; {@link EventType#UNKNOWN} for an event that is newer than this library [event_type]
 * @param element the {@link QueuePair}, {@link CompletionQueue} or shared receive queue that it happened to; null for ports and
 *     devices, for types that are not known, and for what was closed before the event was read. By the time that an event is
 *     looked at, its element may have been closed by another thread [element]
 * @param port    the port that it happened to, from 1; 0 if it is not about a port [element.port_num]
 */
public record AsyncEvent(EventType type, VerbsResource element, int port) {
    /** Checks that it is about a port or an element, not both. */
    public AsyncEvent {
        if (type == null) {
            throw new IllegalArgumentException("an event has a type");
        }
        if (port < 0 || port > 0 && element != null) {
            throw new IllegalArgumentException(type + " is about port " + port + " and " + element);
        }
    }

    /**
     * An event of a queue. C: {@code ibv_async_event.element}.
     *
     * @param type    what happened
     * @param element what it happened to, null if that is closed
     * @return the event
     */
    public static AsyncEvent of(final EventType type, final VerbsResource element) {
        return new AsyncEvent(type, element, 0);
    }

    /**
     * An event of a port. C: {@code ibv_async_event.element.port_num}.
     *
     * @param type what happened
     * @param port the port, from 1
     * @return the event
     */
    public static AsyncEvent ofPort(final EventType type, final int port) {
        return new AsyncEvent(type, null, port);
    }

    @Override
    public String toString() {
        return type + (element != null ? " of " + element.describe() : port > 0 ? " of port " + port : "");
    }
}
