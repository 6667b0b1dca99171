package dev.verbs.soft;

import java.util.Arrays;

/**
 * Which queue pair has something to do next, and when: a heap without allocation, by time and number. Any thread, a leaf among
 * the locks.
 */
final class Timeline {
    /** No time. */
    static final long NEVER = Long.MAX_VALUE;
    private static final int FIRST_CAPACITY = 16;

    private final SpinLock lock = new SpinLock();
    private SoftQueuePair[] heap = new SoftQueuePair[FIRST_CAPACITY];
    private int size;
    /** The earliest time; written under the lock, read by any thread that drives the device. */
    private volatile long next = NEVER;

    long next() {
        return next;
    }

    /** From now on a queue pair is due at a time, or never. */
    void set(final SoftQueuePair qp, final long time) {
        lock.lock();
        try {
            final TimelineEntry entry = qp.timelineEntry();
            if (entry.time == time) {
                return;
            }
            entry.time = time;
            if (time == NEVER) {
                remove(entry);
            } else if (entry.index < 0) {
                add(qp, entry);
            } else {
                up(entry.index);
                down(entry.index);
            }
            next = size == 0 ? NEVER : heap[0].timelineEntry().time;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out the first queue pair that is due, null if none is. */
    SoftQueuePair take(final long now) {
        if (next > now) {
            return null;
        }
        lock.lock();
        try {
            if (size == 0 || heap[0].timelineEntry().time > now) {
                return null;
            }
            final SoftQueuePair first = heap[0];
            first.timelineEntry().time = NEVER;
            remove(first.timelineEntry());
            next = size == 0 ? NEVER : heap[0].timelineEntry().time;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void add(final SoftQueuePair qp, final TimelineEntry entry) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        put(size++, qp);
        up(entry.index);
    }

    private void remove(final TimelineEntry entry) {
        final int hole = entry.index;
        if (hole < 0) {
            return;
        }
        entry.index = -1;
        size--;
        final SoftQueuePair last = heap[size];
        heap[size] = null;
        if (hole < size) {
            put(hole, last);
            up(hole);
            down(last.timelineEntry().index);
        }
    }

    private void put(final int index, final SoftQueuePair qp) {
        heap[index] = qp;
        qp.timelineEntry().index = index;
    }

    private void up(final int from) {
        final SoftQueuePair qp = heap[from];
        int index = from;
        while (index > 0 && isBefore(qp, heap[(index - 1) / 2])) {
            put(index, heap[(index - 1) / 2]);
            index = (index - 1) / 2;
        }
        put(index, qp);
    }

    private void down(final int from) {
        final SoftQueuePair qp = heap[from];
        int index = from;
        while (true) {
            int child = 2 * index + 1;
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (child >= size || !isBefore(heap[child], qp)) {
                break;
            }
            put(index, heap[child]);
            index = child;
        }
        put(index, qp);
    }

    private static boolean isBefore(final SoftQueuePair one, final SoftQueuePair other) {
        final long difference = one.timelineEntry().time - other.timelineEntry().time;
        return difference < 0 || difference == 0 && one.number() < other.number();
    }

    /** Where a queue pair stands; under the timeline's lock. */
    static final class TimelineEntry {
        private long time = NEVER;
        private int index = -1;
    }
}
