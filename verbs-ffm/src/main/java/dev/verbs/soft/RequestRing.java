package dev.verbs.soft;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Requests that wait, in the C layout, oldest first. Under its queue's lock, where nothing may be allocated. */
final class RequestRing {
    private static final long SCRATCH = Long.BYTES;

    private final int mask;
    private final long stride;
    private final MemorySegment memory;
    /** Never negative: {@link #prepend} follows {@link #remove}. */
    private long head;
    private long tail;

    RequestRing(final int capacity, final long stride) {
        final int slots = Integer.highestOneBit(Math.max(1, capacity) * 2 - 1); // a power of two: no division
        this.mask = slots - 1;
        this.stride = stride + 7 & -8;
        this.memory = Arena.ofAuto().allocate(slots * this.stride + SCRATCH, 64);
    }

    /** 8 aligned bytes that belong to no request: memory of their own would cost more than they. */
    MemorySegment scratch() {
        return memory.asSlice(memory.byteSize() - SCRATCH, SCRATCH, SCRATCH);
    }

    MemorySegment memory() {
        return memory;
    }

    /** Places: at least as many as were asked for. */
    int capacity() {
        return mask + 1;
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
        return (int)position & mask;
    }

    /** Offset of the place of a position. */
    long offset(final long position) {
        return (position & mask) * stride;
    }

    boolean isEmpty() {
        return head == tail;
    }

    int size() {
        return (int)(tail - head);
    }

    /** Offset of the place for the next request; {@link #append} makes it count. */
    long tailOffset() {
        return (tail & mask) * stride;
    }

    void append() {
        tail++;
    }

    /** Offset of the oldest request. */
    long headOffset() {
        return (head & mask) * stride;
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
