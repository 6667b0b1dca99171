package dev.verbs.join.local;

import dev.verbs.join.fragment.Fragment;
import dev.verbs.join.fragment.TupleDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Any predicate, by comparing every pair; |R| * |S| steps, in blocks of the stationary side that stay in the cache.
 */
public final class NestedLoopsJoin implements LocalJoin {
    /** The organisation of its fragments: as they come. */
    public static final int ORGANISATION = 2;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final long WIDTH = TupleDescriptor.WIDTH;
    private static final long BLOCK = 1024 * WIDTH;

    private final Arena arena;
    private final MemorySegment tuples;
    private final long capacity;
    private final JoinPredicate predicate;
    private long count;

    /**
     * A join with room for its stationary piece.
     *
     * @param stationaryCapacity most tuples of the stationary piece
     * @param predicate          which pairs belong together
     */
    public NestedLoopsJoin(final long stationaryCapacity, final JoinPredicate predicate) {
        HashJoin.check("stationary", stationaryCapacity, Long.MAX_VALUE / WIDTH);
        this.capacity = stationaryCapacity;
        this.predicate = predicate;
        this.arena = Arena.ofShared();
        this.tuples = arena.allocate(Math.max(1, stationaryCapacity) * WIDTH, 64);
    }

    @Override
    public String name() {
        return "nested loops";
    }

    @Override
    public int organisation() {
        return ORGANISATION;
    }

    @Override
    public void orderRotating(final MemorySegment piece, final long pieceTuples, final MemorySegment ordered) {
        MemorySegment.copy(piece, 0, ordered, 0, pieceTuples * WIDTH);
    }

    @Override
    public void buildStationary(final MemorySegment piece, final long pieceTuples) {
        HashJoin.check("stationary", pieceTuples, capacity);
        MemorySegment.copy(piece, 0, tuples, 0, pieceTuples * WIDTH);
        count = pieceTuples;
    }

    @Override
    public long stationaryTuples() {
        return count;
    }

    @Override
    public long probe(final Fragment fragment, final long from, final long to, final MatchHandler handler) {
        final MemorySegment rotating = fragment.memory();
        final long start = fragment.tupleOffset(from);
        final long end = fragment.tupleOffset(to);
        final long limit = count * WIDTH;
        long matches = 0;
        for (long block = 0; block < limit; block += BLOCK) {
            final long blockEnd = Math.min(limit, block + BLOCK);
            for (long at = start; at < end; at += WIDTH) {
                matches += compare(rotating, at, block, blockEnd, handler);
            }
        }
        return matches;
    }

    private long compare(final MemorySegment rotating, final long at, final long from, final long to, final MatchHandler handler) {
        final long key = rotating.get(LONG, at);
        long matches = 0;
        for (long other = from; other < to; other += WIDTH) {
            if (predicate.test(key, tuples.get(LONG, other))) {
                handler.onMatch(key, rotating.get(LONG, at + TupleDescriptor.PAYLOAD),
                    tuples.get(LONG, other + TupleDescriptor.PAYLOAD));
                matches++;
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
}
