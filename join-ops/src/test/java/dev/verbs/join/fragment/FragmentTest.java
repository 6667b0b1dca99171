package dev.verbs.join.fragment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class FragmentTest {
    @Test
    void shouldCutAPieceIntoFragmentsThatSayWhatTheyAre() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment tuples = arena.allocate(10 * TupleDescriptor.WIDTH, 8);
            for (int i = 0; i < 10; i++) {
                TupleDescriptor.put(tuples, i * TupleDescriptor.WIDTH, i, 100 + i);
            }
            final MemorySegment memory = arena.allocate(FragmentStore.requiredBytes(10, 4, 32), 8);
            final FragmentStore store = FragmentStore.cut(9, 2, 1, tuples, 10, 4, memory, 32);
            assertEquals(3, store.count());
            final Fragment fragment = new Fragment();
            long key = 0;
            for (int index = 0; index < 3; index++) {
                fragment.wrap(memory, store.offset(index), store.length(index), 1);
                assertTrue(fragment.isWellFormed(), fragment.describe());
                assertEquals(9, fragment.relationId());
                assertEquals(2, fragment.owner());
                assertEquals(index, fragment.fragmentId());
                assertEquals(index == 2, fragment.isLast());
                assertEquals(index == 2 ? 2 : 4, fragment.tuples());
                for (long tuple = 0; tuple < fragment.tuples(); tuple++) {
                    assertEquals(key, TupleDescriptor.key(memory, fragment.tupleOffset(tuple)));
                    assertEquals(100 + key++, TupleDescriptor.payload(memory, fragment.tupleOffset(tuple)));
                }
            }
            assertEquals(10, key);
        }
    }

    @Test
    void shouldTurnAnEmptyPieceIntoOneEmptyLastFragment() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment memory = arena.allocate(FragmentStore.requiredBytes(0, 4, 0), 8);
            final FragmentStore store = FragmentStore.cut(1, 0, 1, memory, 0, 4, memory, 0);
            final Fragment fragment = new Fragment().wrap(memory, store.offset(0), store.length(0), 1);
            assertEquals(1, store.count());
            assertTrue(fragment.isWellFormed() && fragment.isLast());
            assertEquals(0, fragment.tuples());
        }
    }

    @Test
    void shouldNotBelieveAHeaderThatDoesNotFitItsLength() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment memory = arena.allocate(256, 8);
            FragmentDescriptor.write(memory, 0, 1, 0, 0, 3, 0, 1);
            final Fragment fragment = new Fragment();
            assertTrue(fragment.wrap(memory, 0, FragmentDescriptor.length(3), 1).isWellFormed());
            assertFalse(fragment.wrap(memory, 0, FragmentDescriptor.length(2), 1).isWellFormed());
            assertFalse(fragment.wrap(memory, 0, 8, 1).isWellFormed());
            memory.set(ValueLayout.JAVA_LONG, FragmentDescriptor.TUPLES, Long.MAX_VALUE / 8);
            assertFalse(fragment.wrap(memory, 0, FragmentDescriptor.length(3), 1).isWellFormed());
            memory.set(ValueLayout.JAVA_LONG, FragmentDescriptor.TUPLES, -1);
            assertFalse(fragment.wrap(memory, 0, FragmentDescriptor.length(3), 1).isWellFormed());
        }
    }

    @Test
    void shouldSayWhatDoesNotFit() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment memory = arena.allocate(64, 8);
            assertThrows(IllegalArgumentException.class, () -> FragmentStore.cut(1, 0, 1, memory, 100, 10, memory, 0));
            assertThrows(IllegalArgumentException.class, () -> FragmentStore.requiredBytes(1, 0, 0));
            assertThrows(IllegalArgumentException.class, () -> FragmentStore.requiredBytes(1, 1, 7));
        }
    }
}
