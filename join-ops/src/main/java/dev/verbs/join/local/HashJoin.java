package dev.verbs.join.local;

import dev.verbs.join.fragment.Fragment;
import dev.verbs.join.fragment.TupleDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Equality on the key, by hashing that physically reorganises both sides; |R| + |S| steps.
 *
 * <pre>
 *   directory  | 0 | 2 | 3 | 3 | ... | count |      2^bits buckets by the leading bits of hash(key)
 *                │   └──────┐
 *                ▼          ▼
 *   tuples     | a   a'   | b | ...                 the stationary piece in hash order
 *                ▲          ▲
 *   fragment   | a        | b   c ...               rotating tuples in hash order too: both sides are walked once, forwards
 * </pre>
 *
 * <p>Duplicates on both sides give all their pairs. A visiting fragment may come from a piece of any size: only the order
 * matters, not the number of bits. "Spinning Relations" (DaMoN 2009), radix clustering after Manegold, Boncz and Kersten.
 */
public final class HashJoin implements LocalJoin {
    /** Tuples that one piece may have: bucket directories count in 31 bits. */
    public static final long MAX_TUPLES = Integer.MAX_VALUE - 1;

    /** The organisation of its fragments. */
    public static final int ORGANISATION = 1;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final long WIDTH = TupleDescriptor.WIDTH;

    private final Arena arena;
    private final HashOrder order;
    private final MemorySegment tuples;
    private final MemorySegment directory;
    private final long stationaryCapacity;
    private final long rotatingCapacity;
    private int shift = Long.SIZE - 1;
    private long count;

    /**
     * A join with room for its pieces.
     *
     * @param stationaryCapacity most tuples of the stationary piece
     * @param rotatingCapacity   most tuples that this host orders at once, that is of its own rotating piece
     * @throws IllegalArgumentException if a capacity is negative or more than {@link #MAX_TUPLES}
     */
    public HashJoin(final long stationaryCapacity, final long rotatingCapacity) {
        check("stationary", stationaryCapacity, MAX_TUPLES);
        check("rotating", rotatingCapacity, MAX_TUPLES);
        this.stationaryCapacity = stationaryCapacity;
        this.rotatingCapacity = rotatingCapacity;
        this.arena = Arena.ofShared();
        this.order = new HashOrder(arena, Math.max(stationaryCapacity, rotatingCapacity));
        this.tuples = arena.allocate(Math.max(1, stationaryCapacity) * WIDTH, 64);
        this.directory = arena.allocate(Integer.BYTES * ((1L << HashOrder.bitsFor(stationaryCapacity)) + 1), 64);
    }

    @Override
    public String name() {
        return "hash";
    }

    @Override
    public int organisation() {
        return ORGANISATION;
    }

    @Override
    public void orderRotating(final MemorySegment piece, final long pieceTuples, final MemorySegment ordered) {
        check("rotating", pieceTuples, rotatingCapacity);
        order.order(piece, pieceTuples, ordered, HashOrder.bitsFor(pieceTuples), null);
    }

    @Override
    public void buildStationary(final MemorySegment piece, final long pieceTuples) {
        check("stationary", pieceTuples, stationaryCapacity);
        final int bits = HashOrder.bitsFor(pieceTuples);
        order.order(piece, pieceTuples, tuples, bits, directory);
        shift = Long.SIZE - bits;
        count = pieceTuples;
    }

    @Override
    public long stationaryTuples() {
        return count;
    }

    @Override
    public long probe(final Fragment fragment, final long from, final long to, final MatchHandler handler) {
        return count == 0 ? 0
            : probe(fragment.memory(), fragment.tupleOffset(from), fragment.tupleOffset(to), tuples, directory, shift, handler);
    }

    private static long probe(final MemorySegment rotating, final long start, final long end, final MemorySegment stationary,
        final MemorySegment buckets, final int shift, final MatchHandler handler) {
        long matches = 0;
        for (long at = start; at < end; at += WIDTH) {
            final long key = rotating.get(LONG, at);
            final long entry = (HashOrder.hash(key) >>> shift) * Integer.BYTES;
            final long bucketEnd = buckets.get(INT, entry + Integer.BYTES) * WIDTH;
            for (long other = buckets.get(INT, entry) * WIDTH; other < bucketEnd; other += WIDTH) {
                if (stationary.get(LONG, other) == key) {
                    handler.onMatch(key, rotating.get(LONG, at + TupleDescriptor.PAYLOAD),
                        stationary.get(LONG, other + TupleDescriptor.PAYLOAD));
                    matches++;
                }
            }
        }
        return matches;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    static void check(final String side, final long tuples, final long most) {
        if (tuples < 0 || tuples > most) {
            throw new IllegalArgumentException(tuples + " tuples on the " + side + " side: at most " + most
                + "; use more hosts or a larger capacity");
        }
    }
}
