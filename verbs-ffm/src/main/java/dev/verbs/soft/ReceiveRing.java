package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.ReceiveRequests;
import dev.verbs.RecvWrDescriptor;
import dev.verbs.SgeDescriptor;
import java.lang.foreign.MemorySegment;

/** Receives that wait, with the checks of what is posted. Under its owner's lock. */
final class ReceiveRing {
    private static final int WR_BYTES = (int)RecvWrDescriptor.SIZE;

    private final RequestRing ring;
    private final int maxSge;
    private final int capacity;
    private long posted;

    ReceiveRing(final int capacity, final int maxSge) {
        this.maxSge = maxSge;
        this.capacity = capacity;
        this.ring = new RequestRing(Math.max(1, capacity), WR_BYTES + maxSge * SgeDescriptor.SIZE);
    }

    int capacity() {
        return capacity;
    }

    /** Receives accepted so far: the position of the last one. */
    long posted() {
        return posted;
    }

    boolean isEmpty() {
        return ring.isEmpty();
    }

    int size() {
        return ring.size();
    }

    MemorySegment memory() {
        return ring.memory();
    }

    /** Offset of the oldest receive. */
    long headOffset() {
        return ring.headOffset();
    }

    void remove() {
        ring.remove();
    }

    void clear() {
        ring.clear();
    }

    /** Takes a list in; returns 0 or why the request that was refused was refused. Places up to {@code reclaimed} are free. */
    int post(final ReceiveRequests requests, final long reclaimed) {
        final MemorySegment list = requests.image();
        final long base = list.address();
        long address = requests.headAddress();
        while (address != 0) {
            final long at = address - base;
            final long next = RecvWrDescriptor.next(list, at);
            if (next != 0 && !PostChecks.isInside(list, next, WR_BYTES)) {
                return refuse(requests, address, Errno.EFAULT);
            }
            final int errno = accept(list, at, reclaimed);
            if (errno != 0) {
                return refuse(requests, address, errno);
            }
            address = next;
        }
        return 0;
    }

    /** Why {@link #post} refuses a request; an address of 0 if it refused none. */
    String objection(final MemorySegment list, final long address, final long reclaimed, final int errno) {
        if (address == 0 || !PostChecks.isInside(list, address, WR_BYTES)) {
            return QpReasons.general(errno);
        }
        final long at = address - list.address();
        final long next = RecvWrDescriptor.next(list, at);
        final int entries = RecvWrDescriptor.numSge(list, at);
        return next != 0 && !PostChecks.isInside(list, next, WR_BYTES) ? QpReasons.outsideList("next")
            : posted - reclaimed >= capacity ? QpReasons.full("the receive queue", capacity)
            : entries < 0 || entries > maxSge ? QpReasons.entries(entries, maxSge)
            : entries > 0 && !PostChecks.isInside(list, RecvWrDescriptor.sgList(list, at), entries * SgeDescriptor.SIZE)
            ? QpReasons.outsideList("sg_list") : QpReasons.general(errno);
    }

    static int refuse(final ReceiveRequests requests, final long address, final int errno) {
        PostChecks.bad(requests, address);
        return errno;
    }

    private int accept(final MemorySegment list, final long at, final long reclaimed) {
        if (posted - reclaimed >= capacity) {
            return Errno.ENOMEM;
        }
        final int entries = RecvWrDescriptor.numSge(list, at);
        if (entries < 0 || entries > maxSge) {
            return Errno.EINVAL;
        }
        final long sges = RecvWrDescriptor.sgList(list, at);
        if (entries > 0 && !PostChecks.isInside(list, sges, entries * SgeDescriptor.SIZE)) {
            return Errno.EFAULT;
        }
        posted++;
        final MemorySegment memory = ring.memory();
        final long slot = ring.tailOffset();
        MemorySegment.copy(list, at, memory, slot, WR_BYTES);
        if (entries > 0) {
            MemorySegment.copy(list, sges - list.address(), memory, slot + WR_BYTES, entries * SgeDescriptor.SIZE);
        }
        ring.append();
        return 0;
    }

    /** Moves the oldest receive to the end of another ring, whose requests may have as many entries. */
    void moveTo(final ReceiveRing other) {
        copy(ring.memory(), ring.headOffset(), other.ring.memory(), other.ring.tailOffset());
        ring.remove();
        other.ring.append();
    }

    /** Takes one back that was moved: it is the oldest again. */
    void takeBack(final ReceiveRing other) {
        ring.prepend();
        copy(other.ring.memory(), other.ring.headOffset(), ring.memory(), ring.headOffset());
        other.ring.remove();
    }

    /** Continues where another ring stopped, with its receives. */
    void succeed(final ReceiveRing other) {
        posted = other.posted;
        while (!other.isEmpty()) {
            other.moveTo(this);
        }
    }

    private static void copy(final MemorySegment from, final long at, final MemorySegment to, final long slot) {
        MemorySegment.copy(from, at, to, slot, WR_BYTES + RecvWrDescriptor.numSge(from, at) * SgeDescriptor.SIZE);
    }
}
