package dev.verbs.soft;

/** A host's way in and out, shared by all its links. Any thread, a leaf among the locks. */
final class HostPort {
    /** Null if the links are the only limits. */
    private final LinkModel model;
    private long leftAt = Long.MIN_VALUE;
    private long arrivedAt = Long.MIN_VALUE;

    HostPort(final LinkModel model) {
        this.model = model;
    }

    /** When a message can begin to leave that needs the link from {@code start} for {@code sending} ns. */
    synchronized long leave(final long start, final long sending, final long bytes) {
        if (model == null) {
            return start;
        }
        final long begin = Math.max(start, leftAt);
        final long own = model.sendingNs(bytes);
        leftAt = begin + own;
        return begin + Math.max(0, own - sending);
    }

    /** When the last byte is in that would be there at {@code time} if nothing else came. */
    synchronized long arrive(final long time, final long bytes) {
        if (model == null) {
            return time;
        }
        arrivedAt = Math.max(time, arrivedAt + model.sendingNs(bytes));
        return arrivedAt;
    }
}
