package dev.verbs.join.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.verbs.join.fragment.Fragment;
import dev.verbs.join.fragment.FragmentStore;
import dev.verbs.join.fragment.TupleDescriptor;
import dev.verbs.join.local.TestTuples.Tuple;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LocalJoinTest {
    @Test
    void shouldHashJoinLikeCollectionsDo() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        long total = 0;
        for (int round = 0; round < 60; round++) {
            final List<Tuple> rotating = TestTuples.random(random, random.nextInt(400), 1 + random.nextInt(500), random.nextInt(9));
            final List<Tuple> stationary = TestTuples.random(random, random.nextInt(900), 1 + random.nextInt(500), random.nextInt(20));
            try (LocalJoin join = new HashJoin(stationary.size(), rotating.size())) {
                final Map<List<Long>, Integer> expected = TestTuples.hashMapJoin(rotating, stationary);
                assertEquals(expected, TestTuples.run(join, rotating, stationary, 1 + random.nextInt(100)),
                    "seed " + seed + " round " + round);
                total += expected.values().stream().mapToInt(Integer::intValue).sum();
            }
        }
        System.out.println("hash join: 60 random joins, " + total + " matches, seed " + seed);
        assertTrue(total > 0);
    }

    @Test
    void shouldHashJoinPiecesThatNeedTwoPasses() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Tuple> rotating = TestTuples.random(random, 30_000, 20_000, 0);
        final List<Tuple> stationary = TestTuples.random(random, 70_000, 20_000, 5_000);
        try (LocalJoin join = new HashJoin(100_000, 100_000)) {
            final Map<List<Long>, Integer> expected = TestTuples.hashMapJoin(rotating, stationary);
            assertEquals(expected, TestTuples.run(join, rotating, stationary, 4_000), "seed " + seed);
            System.out.println("hash join in two passes: " + expected.size() + " different matches, seed " + seed);
        }
    }

    @Test
    void shouldTakeAnotherStationaryPiece() {
        final SplittableRandom random = new SplittableRandom(4);
        final List<Tuple> rotating = TestTuples.random(random, 100, 50, 0);
        try (LocalJoin join = new HashJoin(20_000, 100)) {
            for (final int size : new int[] {20_000, 3, 0, 500}) {
                final List<Tuple> stationary = TestTuples.random(random, size, 50, 0);
                assertEquals(TestTuples.hashMapJoin(rotating, stationary), TestTuples.run(join, rotating, stationary, 33));
                assertEquals(size, join.stationaryTuples());
            }
        }
    }

    @Test
    void shouldJoinWithAnyPredicateByNestedLoops() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        final JoinPredicate band = (left, right) -> Math.abs(left - right) <= 2;
        long total = 0;
        for (int round = 0; round < 20; round++) {
            final List<Tuple> rotating = TestTuples.random(random, random.nextInt(200), 300, 0);
            final List<Tuple> stationary = TestTuples.random(random, random.nextInt(3000), 3000, 7);
            try (LocalJoin join = new NestedLoopsJoin(stationary.size(), band)) {
                final Map<List<Long>, Integer> expected = TestTuples.nestedLoopsJoin(rotating, stationary, band);
                assertEquals(expected, TestTuples.run(join, rotating, stationary, 64), "seed " + seed + " round " + round);
                total += expected.size();
            }
        }
        System.out.println("nested loops: 20 random band joins, " + total + " different matches, seed " + seed);
        assertTrue(total > 0);
    }

    @Test
    void shouldOrderByHashAndDescribeTheBuckets() {
        final SplittableRandom random = new SplittableRandom(11);
        final List<Tuple> tuples = TestTuples.random(random, 50_000, 10_000, 100);
        try (Arena arena = Arena.ofConfined()) {
            final int bits = 15;
            final MemorySegment out = arena.allocate(tuples.size() * TupleDescriptor.WIDTH, 64);
            final MemorySegment directory = arena.allocate(Integer.BYTES * ((1L << bits) + 1), 64);
            new HashOrder(arena, tuples.size()).order(TestTuples.toMemory(arena, tuples), tuples.size(), out, bits, directory);
            long seen = 0;
            for (int bucket = 0; bucket < 1 << bits; bucket++) {
                final int from = directory.getAtIndex(java.lang.foreign.ValueLayout.JAVA_INT, bucket);
                final int to = directory.getAtIndex(java.lang.foreign.ValueLayout.JAVA_INT, bucket + 1L);
                for (int index = from; index < to; index++) {
                    final long key = TupleDescriptor.key(out, index * TupleDescriptor.WIDTH);
                    assertEquals(bucket, HashOrder.hash(key) >>> Long.SIZE - bits);
                    seen++;
                }
            }
            assertEquals(tuples.size(), seen);
        }
    }

    @Test
    void shouldNotAllocateWhileItOrdersBuildsAndProbes() {
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final SplittableRandom random = new SplittableRandom(5);
        final List<Tuple> rotating = TestTuples.random(random, 20_000, 20_000, 0);
        final List<Tuple> stationary = TestTuples.random(random, 20_000, 20_000, 0);
        try (Arena arena = Arena.ofConfined(); LocalJoin join = new HashJoin(20_000, 20_000)) {
            final MemorySegment left = TestTuples.toMemory(arena, rotating);
            final MemorySegment right = TestTuples.toMemory(arena, stationary);
            final MemorySegment ordered = arena.allocate(left.byteSize(), 64);
            final MemorySegment memory = arena.allocate(FragmentStore.requiredBytes(20_000, 20_000, 0), 64);
            join.orderRotating(left, 20_000, ordered);
            final FragmentStore store = FragmentStore.cut(1, 0, join.organisation(), ordered, 20_000, 20_000, memory, 0);
            final Fragment fragment = new Fragment().wrap(memory, store.offset(0), store.length(0), 1);
            final MatchAggregate aggregate = new MatchAggregate(arena);
            long matches = 0;
            for (int warmUp = 0; warmUp < 30; warmUp++) {
                matches += round(join, left, right, ordered, fragment, aggregate);
            }
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int pass = 0; pass < 20; pass++) {
                matches += round(join, left, right, ordered, fragment, aggregate);
            }
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            System.out.println("order, build and probe: " + allocated + " bytes allocated over 20 rounds of 20,000 ⋈ 20,000, "
                + matches / 50 + " matches each");
            assertEquals(matches, aggregate.matches());
            assertTrue(matches > 0);
            assertTrue(allocated < 4_096, allocated + " bytes were allocated over 1.2 million tuples");
        }
    }

    private static long round(final LocalJoin join, final MemorySegment left, final MemorySegment right, final MemorySegment ordered,
        final Fragment fragment, final MatchAggregate aggregate) {
        join.orderRotating(left, 20_000, ordered);
        join.buildStationary(right, 20_000);
        return join.probe(fragment, 0, fragment.tuples(), aggregate);
    }

    @Test
    void shouldRefusePiecesBeyondItsCapacity() {
        try (Arena arena = Arena.ofConfined(); LocalJoin join = new HashJoin(10, 5)) {
            final MemorySegment tuples = arena.allocate(20 * TupleDescriptor.WIDTH, 64);
            assertThrows(IllegalArgumentException.class, () -> join.buildStationary(tuples, 11));
            assertThrows(IllegalArgumentException.class, () -> join.orderRotating(tuples, 6, tuples));
            assertThrows(IllegalArgumentException.class, () -> new HashJoin(-1, 5).close());
        }
    }

    @Test
    void shouldFoldMatchesWhateverTheirOrderAndNoticeAnyChange() {
        try (Arena arena = Arena.ofConfined()) {
            final MatchAggregate forwards = new MatchAggregate(arena);
            final MatchAggregate backwards = new MatchAggregate(arena);
            final MatchAggregate swapped = new MatchAggregate(arena);
            for (int i = 0; i < 100; i++) {
                forwards.onMatch(i, i * 3L, i * 5L);
                backwards.onMatch(99 - i, (99 - i) * 3L, (99 - i) * 5L);
                swapped.onMatch(i, i * 5L, i * 3L);
            }
            assertEquals(100, forwards.matches());
            assertEquals(forwards.checksum(), backwards.checksum());
            assertEquals(forwards.rotatingSum(), swapped.stationarySum());
            assertFalse(forwards.checksum() == swapped.checksum());
        }
    }

    @Test
    void shouldKeepMatchesUpToItsCapacityAndSayHowManyDidNotFit() {
        try (Arena arena = Arena.ofConfined()) {
            final MatchBuffer buffer = new MatchBuffer(arena, 2);
            buffer.onMatch(1, 2, 3);
            buffer.onMatch(4, 5, 6);
            assertEquals(0, buffer.overflowed());
            buffer.onMatch(7, 8, 9);
            assertEquals(2, buffer.size());
            assertEquals(1, buffer.overflowed());
            assertEquals(List.of(4L, 5L, 6L), List.of(buffer.key(1), buffer.rotating(1), buffer.stationary(1)));
            assertEquals(2 * MatchBuffer.WIDTH, buffer.memory().byteSize());
        }
    }
}
