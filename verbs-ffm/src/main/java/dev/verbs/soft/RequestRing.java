package dev.verbs.soft;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Requests that wait, in the C layout, oldest first. Under its queue's lock; the memory is made at the first use. */
final class RequestRing {
    private final int capacity;
    private final long stride;
    private MemorySegment memory;
    private long head;
    private long tail;

    RequestRing(final int capacity, final long stride) {
        this.capacity = capacity;
        this.stride = stride + 7 & -8;
    }

    MemorySegment memory() {
        if (memory == null) {
            memory = Arena.ofAuto().allocate(Math.max(8, capacity * stride), 64);
        }
        return memory;
    }

    boolean isEmpty() {
        return head == tail;
    }

    int size() {
        return (int)(tail - head);
    }

    /** Offset of the place for the next request; {@link #append} makes it count. */
    long tailOffset() {
        return tail % capacity * stride;
    }

    void append() {
        tail++;
    }

    /** Offset of the oldest request. */
    long headOffset() {
        return head % capacity * stride;
    }

    void remove() {
        head++;
    }

    void clear() {
        head = tail;
    }
}
