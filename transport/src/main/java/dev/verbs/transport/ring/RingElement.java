package dev.verbs.transport.ring;

import java.lang.foreign.MemorySegment;

/**
 * A fragment's place in registered memory: a buffer element of the ring that a fragment has arrived in, or a block of the
 * host's own that it lends to the ring. Made once, used for ever.
 *
 * <pre>
 *   buffer element:  FREE ── announce ──► ANNOUNCED ── arrival ──► HELD ── joined and sent ──► FREE
 *   own block:       (the host's) ── offer ──► HELD ── joined and sent ──► (the host's), travels until it is counted as retired
 * </pre>
 *
 * <p>The accessors may be used by the join entity from {@link RingPort#poll()} until {@link RingPort#release}.
 */
public final class RingElement {
    /** Index of an own block. */
    static final int OWN = -1;

    final MemorySegment memory;
    final long offset;
    final long address;
    final int lkey;
    final int index;
    // Written by the ring's agent before the element is handed over; the queue's release/acquire publishes them.
    long payloadLength;
    int owner;
    int hops;
    long serial;
    // The ring's agent alone.
    boolean joinPending;
    boolean sendPending;

    RingElement(final MemorySegment memory, final long offset, final int lkey, final int index) {
        this.memory = memory;
        this.offset = offset;
        this.address = memory.address() + offset;
        this.lkey = lkey;
        this.index = index;
    }

    /**
     * The memory that holds the payload.
     *
     * @return the segment; the payload starts at {@link #payloadOffset()}
     */
    public MemorySegment memory() {
        return memory;
    }

    /**
     * Where the payload starts.
     *
     * @return offset in {@link #memory()}, bytes
     */
    public long payloadOffset() {
        return offset + RingElementDescriptor.HEADER_LENGTH;
    }

    /**
     * Bytes of the payload.
     *
     * @return the length
     */
    public long payloadLength() {
        return payloadLength;
    }

    /**
     * The host whose fragment it is.
     *
     * @return its index in the ring
     */
    public int owner() {
        return owner;
    }

    /**
     * Hosts that the fragment has visited, this one included.
     *
     * @return the count, from 1 to the number of hosts
     */
    public int hops() {
        return hops;
    }

    /**
     * How many fragments its owner had put into the ring before it.
     *
     * @return the number, from 0
     */
    public long serial() {
        return serial;
    }

    boolean isOwn() {
        return index == OWN;
    }

    boolean isDone() {
        return !joinPending && !sendPending;
    }
}
