package dev.verbs.join.local;

import dev.verbs.join.fragment.TupleDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Orders tuples by the leading bits of the hash of their key, by counting: radix clustering.
 *
 * <p>Up to {@value #MAX_DIGIT_BITS} bits are one pass. More bits are two: first into clusters that fit a cache, by the
 * leading bits, then each cluster in the cache by the rest. Both sides of a hash join use the same order, so a probe walks
 * the stationary side from one end to the other and each cache line of it is read once per visiting piece.
 *
 * <p>One thread at a time. Scratch memory and counters are made once.
 */
final class HashOrder {
    static final int MAX_DIGIT_BITS = 12;
    static final int MAX_BITS = 2 * MAX_DIGIT_BITS;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final long WIDTH = TupleDescriptor.WIDTH;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final MemorySegment scratch;
    private final long capacity;
    private final int[] clusterStarts = new int[(1 << MAX_DIGIT_BITS) + 1];
    private final int[] heads = new int[1 << MAX_DIGIT_BITS];

    HashOrder(final Arena arena, final long capacity) {
        this.capacity = capacity;
        this.scratch = bitsFor(capacity) > MAX_DIGIT_BITS ? arena.allocate(capacity * WIDTH, 64) : MemorySegment.NULL;
    }

    /** Leading bits are well mixed whatever the keys look like: sequences, multiples of powers of two, packed dates. */
    static long hash(final long key) {
        final long mixed = (key ^ key >>> 32) * MULTIPLIER;
        return (mixed ^ mixed >>> 29) * MULTIPLIER;
    }

    /** Bits such that a bucket holds one or two tuples on average. */
    static int bitsFor(final long tuples) {
        return tuples < 2 ? 1 : Math.min(MAX_BITS, Long.SIZE - 1 - Long.numberOfLeadingZeros(tuples));
    }

    /**
     * Orders tuples.
     *
     * @param directory gets the first tuple of each of the 2^bits buckets and, behind them, the count; null for none
     */
    void order(final MemorySegment in, final long count, final MemorySegment out, final int bits, final MemorySegment directory) {
        if (bits <= MAX_DIGIT_BITS) {
            pass(in, 0, (int)count, out, Long.SIZE - bits, bits, directory, 0);
        } else {
            if (count > capacity) {
                throw new IllegalArgumentException(count + " tuples: the join was made for " + capacity);
            }
            final int second = bits - bits / 2;
            final int first = bits / 2;
            pass(in, 0, (int)count, scratch, Long.SIZE - first, first, null, 0);
            System.arraycopy(heads, 0, clusterStarts, 1, 1 << first);
            clusterStarts[0] = 0;
            for (int cluster = 0; cluster < 1 << first; cluster++) {
                pass(scratch, clusterStarts[cluster], clusterStarts[cluster + 1], out, Long.SIZE - bits, second, directory,
                    (long)cluster << second);
            }
        }
        if (directory != null) {
            directory.set(INT, Integer.BYTES * (1L << bits), (int)count);
        }
    }

    /** One counting sort of the tuples [from, to) by the digit at {@code shift}; leaves in {@link #heads} where each digit ends. */
    private void pass(final MemorySegment in, final int from, final int to, final MemorySegment out, final int shift, final int bits,
        final MemorySegment directory, final long directoryIndex) {
        final int[] at = heads;
        final int mask = (1 << bits) - 1;
        Arrays.fill(at, 0, mask + 1, 0);
        for (long index = from; index < to; index++) {
            at[(int)(hash(in.get(LONG, index * WIDTH)) >>> shift) & mask]++;
        }
        int start = from;
        for (int digit = 0; digit <= mask; digit++) {
            final int size = at[digit];
            at[digit] = start;
            if (directory != null) {
                directory.set(INT, (directoryIndex + digit) * Integer.BYTES, start);
            }
            start += size;
        }
        for (long index = from; index < to; index++) {
            final long key = in.get(LONG, index * WIDTH);
            final long target = at[(int)(hash(key) >>> shift) & mask]++ * WIDTH;
            out.set(LONG, target, key);
            out.set(LONG, target + TupleDescriptor.PAYLOAD, in.get(LONG, index * WIDTH + TupleDescriptor.PAYLOAD));
        }
    }
}
