package dev.verbs.join.local;

import dev.verbs.join.fragment.Fragment;
import dev.verbs.join.fragment.FragmentStore;
import dev.verbs.join.fragment.TupleDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Tuples for tests: how they are made, and what a plain join with collections says about them. */
public final class TestTuples {
    private TestTuples() {
    }

    /** A tuple on the heap, for the reference. */
    public record Tuple(long key, long payload) {
    }

    /** Random tuples: one in {@code skewOneIn} has the key 7, the rest are uniform. */
    public static List<Tuple> random(final SplittableRandom random, final int count, final long keys, final int skewOneIn) {
        final List<Tuple> tuples = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final long key = skewOneIn > 0 && random.nextInt(skewOneIn) == 0 ? 7 : random.nextLong(keys) - keys / 2;
            tuples.add(new Tuple(key, random.nextLong()));
        }
        return tuples;
    }

    public static MemorySegment toMemory(final Arena arena, final List<Tuple> tuples) {
        final MemorySegment memory = arena.allocate(Math.max(1, tuples.size()) * TupleDescriptor.WIDTH, 64);
        for (int i = 0; i < tuples.size(); i++) {
            TupleDescriptor.put(memory, i * TupleDescriptor.WIDTH, tuples.get(i).key(), tuples.get(i).payload());
        }
        return memory;
    }

    /** Equi-join with java.util collections: each match as a list of its three numbers, counted. */
    public static Map<List<Long>, Integer> hashMapJoin(final List<Tuple> rotating, final List<Tuple> stationary) {
        final Map<Long, List<Tuple>> table = new HashMap<>();
        stationary.forEach(tuple -> table.computeIfAbsent(tuple.key(), key -> new ArrayList<>()).add(tuple));
        final Map<List<Long>, Integer> matches = new HashMap<>();
        for (final Tuple left : rotating) {
            for (final Tuple right : table.getOrDefault(left.key(), List.of())) {
                matches.merge(List.of(left.key(), left.payload(), right.payload()), 1, Integer::sum);
            }
        }
        return matches;
    }

    public static Map<List<Long>, Integer> nestedLoopsJoin(final List<Tuple> rotating, final List<Tuple> stationary,
        final JoinPredicate predicate) {
        final Map<List<Long>, Integer> matches = new HashMap<>();
        for (final Tuple left : rotating) {
            for (final Tuple right : stationary) {
                if (predicate.test(left.key(), right.key())) {
                    matches.merge(List.of(left.key(), left.payload(), right.payload()), 1, Integer::sum);
                }
            }
        }
        return matches;
    }

    /** Runs a local join over fragments of {@code perFragment} tuples and collects its matches. */
    public static Map<List<Long>, Integer> run(final LocalJoin join, final List<Tuple> rotating, final List<Tuple> stationary,
        final int perFragment) {
        final Map<List<Long>, Integer> matches = new HashMap<>();
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment ordered = arena.allocate(Math.max(1, rotating.size()) * TupleDescriptor.WIDTH, 64);
            join.orderRotating(toMemory(arena, rotating), rotating.size(), ordered);
            join.buildStationary(toMemory(arena, stationary), stationary.size());
            final MemorySegment memory = arena.allocate(FragmentStore.requiredBytes(rotating.size(), perFragment, 64), 64);
            final FragmentStore store = FragmentStore.cut(1, 0, join.organisation(), ordered, rotating.size(), perFragment, memory, 64);
            final Fragment fragment = new Fragment();
            for (int index = 0; index < store.count(); index++) {
                fragment.wrap(memory, store.offset(index), store.length(index), 1);
                final long middle = fragment.tuples() / 3; // in two steps, as an agent would
                final MatchHandler collect = (key, left, right) -> matches.merge(List.of(key, left, right), 1, Integer::sum);
                join.probe(fragment, 0, middle, collect);
                join.probe(fragment, middle, fragment.tuples(), collect);
            }
        }
        return matches;
    }
}
