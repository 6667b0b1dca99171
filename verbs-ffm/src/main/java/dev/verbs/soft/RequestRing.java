package dev.verbs.soft;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Requests that wait, in the C layout, oldest first. Under its queue's lock, where nothing may be allocated. */
final class RequestRing {
    private final int capacity;
    private final long stride;
    private final MemorySegment memory;
    /** Never negative: {@link #prepend} follows {@link #remove}. */
    private long head;
    private long tail;

    RequestRing(final int capacity, final long stride) {
        this.capacity = capacity;
        this.stride = stride + 7 & -8;
        this.memory = Arena.ofAuto().allocate(Math.max(8, capacity * this.stride), 64);
    }

    MemorySegment memory() {
        return memory;
    }

    int capacity() {
        return capacity;
    }

    /** Position of the oldest request. */
    long head() {
        return head;
    }

    /** Position behind the youngest one. */
    long tail() {
        return tail;
    }

    /** Index of the place of a position. */
    int slot(final long position) {
        return (int)(position % capacity);
    }

    /** Offset of the place of a position. */
    long offset(final long position) {
        return position % capacity * stride;
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

    /** Makes a place before the oldest request, which that becomes; there must be room. */
    void prepend() {
        head--;
    }

    void clear() {
        head = tail;
    }
}
