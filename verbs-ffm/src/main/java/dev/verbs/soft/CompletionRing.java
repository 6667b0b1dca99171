package dev.verbs.soft;

import dev.verbs.WcDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Completions by position; a position keeps its number when they move to a larger or smaller ring. Written under the queue's lock
 * before the tail is published, read by the poller after it has seen the tail.
 *
 * <p>All of a completion is one cache line, so that a message of 64 KiB, which has pushed everything else out of the cache, costs one
 * miss more and not five:
 *
 * <pre>
 *   wr_id | status, opcode | vendor_err, byte_len | imm_data, qp_num | src_qp, sl, wc_flags | position << 1 | receive | time | unused
 * </pre>
 */
final class CompletionRing {
    /** Words of a completion, as a shift. */
    private static final int STRIDE = 3;
    private static final int POSITION = 5;
    private static final int TIME = 6;
    /** Queue pair numbers have 24 bits. */
    private static final int LEVEL_SHIFT = 24;
    private static final int NUMBER_MASK = (1 << LEVEL_SHIFT) - 1;

    private final int mask;
    private final long[] words;
    private final SoftQueuePair[] owners;
    private final boolean timed;

    CompletionRing(final int entries, final boolean timed) {
        final int slots = Integer.highestOneBit(entries) << 1;
        this.mask = slots - 1;
        this.words = new long[slots << STRIDE];
        this.owners = new SoftQueuePair[slots];
        this.timed = timed;
    }

    int capacity() {
        return mask;
    }

    boolean isTimed() {
        return timed;
    }

    /** When it completed, on the fabric's clock; 0 if nobody asks. */
    long time(final long position) {
        return words[slot(position) << STRIDE | TIME];
    }

    private int slot(final long position) {
        return (int)position & mask;
    }

    /** Gives the request's place back; false if its queue pair was reset or closed since. */
    boolean retire(final long position) {
        final int slot = slot(position);
        return owners[slot].retire(words[slot << STRIDE | POSITION], true);
    }

    /**
     * The same for a completion behind which another one is retired at once: if that is of the same queue, it gives both places
     * back, so that the poster's line is written once.
     */
    boolean retireBeforeNext(final long position) {
        final int slot = slot(position);
        final int next = slot + 1 & mask;
        final SoftQueuePair owner = owners[slot];
        final long mine = words[slot << STRIDE | POSITION];
        return owner.retire(mine, owners[next] != owner || ((words[next << STRIDE | POSITION] ^ mine) & 1) != 0);
    }

    /** Copies a completion out, in the C layout. */
    void copy(final long position, final MemorySegment target, final long offset) {
        final int at = slot(position) << STRIDE;
        final long outcome = words[at + 1];
        final long extent = words[at + 2];
        final long data = words[at + 3];
        final long sender = words[at + 4];
        WcDescriptor.set(target, offset, words[at], first(outcome), second(outcome), first(extent), second(extent), first(data),
            second(data), first(sender) & NUMBER_MASK, second(sender), first(sender) >>> LEVEL_SHIFT);
    }

    void put(final long position, final SoftQueuePair owner, final long place, final long wrId, final int status, final int reason,
        final int opcode, final long length, final int flags, final int immediate, final int sourceQp, final int serviceLevel,
        final SoftFabric fabric) {
        final int slot = slot(position);
        final int at = slot << STRIDE;
        words[at] = wrId;
        words[at + 1] = pair(status, opcode);
        words[at + 2] = pair(reason, (int)length);
        words[at + 3] = pair(immediate, owner.number());
        words[at + 4] = pair(sourceQp | serviceLevel << LEVEL_SHIFT, flags);
        words[at + POSITION] = place;
        if (timed) {
            words[at + TIME] = fabric.nanoTime();
        }
        if (owners[slot] != owner) { // saves the collector's barrier
            owners[slot] = owner;
        }
    }

    private static long pair(final int first, final int second) {
        return Integer.toUnsignedLong(first) | (long)second << Integer.SIZE;
    }

    private static int first(final long pair) {
        return (int)pair;
    }

    private static int second(final long pair) {
        return (int)(pair >>> Integer.SIZE);
    }

    /** Takes over what waits in another ring; it must have room for it. */
    void take(final CompletionRing other, final long from, final long to) {
        for (long position = from; position < to; position++) {
            System.arraycopy(other.words, other.slot(position) << STRIDE, words, slot(position) << STRIDE, 1 << STRIDE);
            owners[slot(position)] = other.owners[other.slot(position)];
        }
    }

    void forget() {
        Arrays.fill(owners, null);
    }
}
