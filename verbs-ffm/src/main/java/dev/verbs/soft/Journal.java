package dev.verbs.soft;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a fabric knows for people: reasons by number, numbers for what has no name of its own, and the regions that were
 * deregistered last. Nothing here depends on addresses, threads or time. Any thread.
 */
final class Journal {
    /** Deregistered regions that are remembered. */
    private static final int GONE = 1024;

    /** Null if the fabric has none. */
    private final Trace trace;
    private final Refusals refusals = new Refusals();
    private final AtomicInteger lastRegion = new AtomicInteger();
    private final AtomicInteger lastDomain = new AtomicInteger();
    private final AtomicInteger lastQueue = new AtomicInteger();
    private final AtomicInteger lastIdentifier = new AtomicInteger();
    /** By local key; under its own lock. */
    private final Map<Integer, Gone> gone = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<Integer, Gone> eldest) {
            return size() > GONE;
        }
    };

    /** A region that was. */
    private record Gone(int number, long length) {
        @Override
        public String toString() {
            return "region#" + number + " of " + length + " bytes";
        }
    }

    /** With the trace of the fabric, null for none. */
    Journal(final Trace trace) {
        this.trace = trace;
    }

    /** The trace, null if there is none: read once, into a final field. */
    Trace trace() {
        return trace;
    }

    /** Keeps why something was refused; returns the number of the reason, which is not 0. */
    int refuse(final String reason) {
        return refusals.add(reason);
    }

    /** The reason with a number, null if it is not known (any more). */
    String reason(final int number) {
        return refusals.find(number);
    }

    int nextRegion() {
        return lastRegion.incrementAndGet();
    }

    int nextIdentifier() {
        return lastIdentifier.incrementAndGet();
    }

    int nextDomain() {
        return lastDomain.incrementAndGet();
    }

    int nextCompletionQueue() {
        return lastQueue.incrementAndGet();
    }

    /** A region was deregistered. */
    void deregistered(final SoftMemoryRegion region) {
        synchronized (gone) {
            gone.put(region.lkey(), new Gone(region.number(), region.length()));
        }
    }

    /** Which region had a local key, null if none that is remembered. */
    String formerRegion(final int localKey) {
        synchronized (gone) {
            final Gone region = gone.get(localKey);
            return region == null ? null : region.toString();
        }
    }
}
