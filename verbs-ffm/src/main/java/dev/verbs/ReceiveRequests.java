package dev.verbs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A reusable linked list of receive work requests, kept off heap in the C layout: filled in place, posted with one call by
 * {@link QueuePair#postReceive(ReceiveRequests)}.
 *
 * <p>The buffers that the entries name belong to the device until the completion; their regions need LOCAL_WRITE. Nothing
 * here allocates. One thread at a time. A full list is an IllegalStateException, an entry that has no room an
 * IndexOutOfBoundsException, a length out of range an IllegalArgumentException; {@link #wrId} does not check the index.
 *
 * <p>C: {@code struct ibv_recv_wr}, {@code struct ibv_sge}.
 */
public final class ReceiveRequests extends WorkRequests {
    private ReceiveRequests(final Arena arena, final int capacity, final int maxSge) {
        super(arena, capacity, maxSge, RecvWrDescriptor.SIZE, 0);
    }

    /**
     * An empty list. No C counterpart.
     *
     * @param arena    owns the memory
     * @param capacity most requests, at least 1
     * @param maxSge   most scatter/gather entries of a request
     * @return the list
     */
    public static ReceiveRequests allocate(final Arena arena, final int capacity, final int maxSge) {
        return new ReceiveRequests(arena, capacity, maxSge);
    }

    /**
     * Empties the list. No C counterpart.
     *
     * @return this
     */
    public ReceiveRequests clear() {
        reset();
        return this;
    }

    /**
     * Appends a receive without entries, as a write with immediate consumes, and chains it to the one before.
     * C: {@code struct ibv_recv_wr}.
     *
     * @param wrId the number that its completion carries
     * @return its index
     * @throws IllegalStateException if the list is full
     */
    public int add(final long wrId) {
        return add(wrId, 0);
    }

    private int add(final long wrId, final int entries) {
        requireMemory();
        final int index = claim();
        final long distance = offset(index);
        final MemorySegment memory = memory();
        final long at = start() + distance;
        RecvWrDescriptor.wrId(memory, at, wrId);
        RecvWrDescriptor.next(memory, at, 0);
        RecvWrDescriptor.sgList(memory, at, base + distance + RecvWrDescriptor.SIZE);
        RecvWrDescriptor.numSge(memory, at, entries);
        if (index > 0) {
            RecvWrDescriptor.next(memory, start() + offset(index - 1), base + distance);
        }
        return index;
    }

    /**
     * Appends a receive into one buffer. C: {@code struct ibv_recv_wr}, {@code struct ibv_sge}.
     *
     * @param wrId    the number that its completion carries
     * @param address address of the buffer
     * @param length  bytes, 0 to 2^32 - 1
     * @param lkey    local key of its region
     * @return its index
     */
    public int receive(final long wrId, final long address, final long length, final int lkey) {
        checkBuffer(length);
        final int index = add(wrId, 1);
        SgeDescriptor.set(memory(), start() + offset(index) + RecvWrDescriptor.SIZE, address, length, lkey);
        return index;
    }

    /**
     * Appends a scatter/gather entry to a receive. C: {@code ibv_recv_wr.sg_list}, {@code ibv_recv_wr.num_sge}.
     *
     * @param index   which request
     * @param address address of the buffer
     * @param length  bytes, 0 to 2^32 - 1
     * @param lkey    local key of its region
     * @return {@code index}
     */
    public int addLocal(final int index, final long address, final long length, final int lkey) {
        final int entry = RecvWrDescriptor.numSge(segment, offset(index));
        checkEntry(index, entry);
        writeEntry(index, entry, address, length, lkey);
        RecvWrDescriptor.numSge(segment, offset(index), entry + 1);
        return index;
    }

}
