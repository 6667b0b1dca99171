package dev.verbs.soft;

import dev.verbs.WcDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Completions in the C layout, by position; a position keeps its number when they move to a larger or smaller ring. Written under
 * the queue's lock before the tail is published, read by the poller after it has seen the tail.
 */
final class CompletionRing {
    private static final long STRIDE = WcDescriptor.SIZE;

    private final int mask;
    private final MemorySegment memory;
    /** Whom a completion belongs to, and {@code position << 1}, plus 1 for receives. */
    private final SoftQueuePair[] owners;
    private final long[] retired;
    /** When it completed, on the fabric's clock; null if nobody asks. */
    private final long[] times;

    /** Whether a completion with a service level was here; under the queue's lock. */
    private boolean levels;

    CompletionRing(final int entries, final boolean timed) {
        final int slots = Integer.highestOneBit(entries) << 1;
        this.mask = slots - 1;
        this.memory = Arena.ofAuto().allocate(STRIDE * slots, 64);
        this.owners = new SoftQueuePair[slots];
        this.retired = new long[slots];
        this.times = timed ? new long[slots] : null;
    }

    int capacity() {
        return mask;
    }

    boolean isTimed() {
        return times != null;
    }

    MemorySegment memory() {
        return memory;
    }

    long offset(final long position) {
        return ((int)position & mask) * STRIDE;
    }

    long time(final long position) {
        return times[(int)position & mask];
    }

    /** Gives the request's place back; false if its queue pair was reset or closed since. */
    boolean retire(final long position) {
        final int slot = (int)position & mask;
        return owners[slot].retire(retired[slot], true);
    }

    /**
     * The same for a completion behind which another one is retired at once: if that is of the same queue, it gives both places
     * back, so that the poster's line is written once.
     */
    boolean retireBeforeNext(final long position) {
        final int slot = (int)position & mask;
        final int next = slot + 1 & mask;
        final SoftQueuePair owner = owners[slot];
        return owner.retire(retired[slot], owners[next] != owner || ((retired[next] ^ retired[slot]) & 1) != 0);
    }

    /** Copies completions out, oldest first. */
    void copy(final long from, final MemorySegment target, final int count) {
        final int first = (int)from & mask;
        final int straight = Math.min(count, mask + 1 - first);
        MemorySegment.copy(memory, first * STRIDE, target, 0, straight * STRIDE);
        if (straight < count) {
            MemorySegment.copy(memory, 0, target, straight * STRIDE, (count - straight) * STRIDE);
        }
    }

    void put(final long at, final SoftQueuePair owner, final long position, final long wrId, final int status, final int reason,
        final int opcode, final long length, final int flags, final int immediate, final int sourceQp, final int serviceLevel,
        final SoftFabric fabric) {
        final int slot = (int)at & mask;
        final long offset = slot * STRIDE;
        WcDescriptor.set(memory, offset, wrId, status, opcode, reason, (int)length, immediate, owner.number(), sourceQp, flags);
        if (serviceLevel != 0 || levels) {
            levels = true; // from now on what the slot's last completion left there has to be overwritten
            WcDescriptor.serviceLevel(memory, offset, serviceLevel);
        }
        if (owners[slot] != owner) { // saves the collector's barrier
            owners[slot] = owner;
        }
        retired[slot] = position;
        if (times != null) {
            times[slot] = fabric.nanoTime();
        }
    }

    /** Takes over what waits in another ring; it must have room for it. */
    void take(final CompletionRing other, final long from, final long to) {
        levels |= other.levels;
        for (long position = from; position < to; position++) {
            final int slot = (int)position & mask;
            final int old = (int)position & other.mask;
            MemorySegment.copy(other.memory, old * STRIDE, memory, slot * STRIDE, STRIDE);
            owners[slot] = other.owners[old];
            retired[slot] = other.retired[old];
            if (times != null) {
                times[slot] = other.times[old];
            }
        }
    }

    void forget() {
        Arrays.fill(owners, null);
    }
}
