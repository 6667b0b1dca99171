package dev.verbs.stream.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.stream.StreamException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateTableTest {
    private static final int ENTRY = 24;

    @Test
    void shouldAgreeWithAHashMapBeyondItsFirstCapacity() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Map<List<Long>, Long> expected = new HashMap<>();
        int grown = 0;
        try (StateTable table = new StateTable(3, 5, ENTRY)) {
            for (int i = 0; i < 200_000; i++) {
                final long key = random.nextInt(20_000) * (1L << random.nextInt(3) * 20);
                final long window = random.nextInt(5) - 2;
                final long hash = StateTable.hash(key);
                final int partition = (int) Long.remainderUnsigned(hash >>> 40, 3);
                long entry = table.findOrAdd(partition, hash, window, key);
                while (entry == StateTable.FULL) {
                    assertEquals(table.entryLimit(), table.size(partition), "seed " + seed);
                    table.grow();
                    grown++;
                    entry = table.findOrAdd(partition, hash, window, key);
                }
                final boolean added = entry < 0;
                entry = added ? ~entry : entry;
                assertEquals(!expected.containsKey(List.of(window, key)), added, "seed " + seed);
                final long slot = entry + EntryDescriptor.SLOT;
                table.log().set(EntryDescriptor.INT64, slot, (added ? 0 : table.log().get(EntryDescriptor.INT64, slot)) + i);
                expected.merge(List.of(window, key), (long) i, Long::sum);
            }
            final Map<List<Long>, Long> actual = new HashMap<>();
            for (int partition = 0; partition < 3; partition++) {
                for (int i = 0; i < table.size(partition); i++) {
                    final long at = table.logOffset(partition) + (long) i * ENTRY;
                    actual.put(List.of(table.log().get(EntryDescriptor.INT64, at), table.log().get(EntryDescriptor.INT64, at + 8)),
                        table.log().get(EntryDescriptor.INT64, at + 16));
                }
            }
            assertEquals(expected, actual, "seed " + seed);
        }
        assertTrue(grown > 8, "grown " + grown + " times");
    }

    @Test
    void shouldKeepKeysApartThatDifferInOneBit() {
        try (StateTable table = new StateTable(1, 65, ENTRY)) {
            for (int bit = -1; bit < 64; bit++) {
                final long key = bit < 0 ? 0 : 1L << bit;
                assertTrue(table.findOrAdd(0, StateTable.hash(key), 0, key) < 0);
                assertTrue(table.findOrAdd(0, StateTable.hash(key), 0, key) >= 0);
            }
            assertEquals(65, table.size(0));
            assertEquals(StateTable.FULL, table.findOrAdd(0, StateTable.hash(3), 0, 3));
        }
    }

    @Test
    void shouldForgetEverythingWhenCleared() {
        try (StateTable table = new StateTable(2, 100, ENTRY)) {
            for (int round = 0; round < 3; round++) {
                for (long key = 0; key < 100; key++) {
                    assertTrue(table.findOrAdd(1, StateTable.hash(key), round, key) < 0, "round " + round);
                }
                assertEquals(StateTable.FULL, table.findOrAdd(1, StateTable.hash(100), round, 100));
                assertEquals(0, table.size(0));
                table.clear();
                assertEquals(0, table.size(1));
            }
        }
    }

    @Test
    void shouldRefuseToCloseAnEpochBeforeTheLastWasShipped() {
        try (PartialState state = new PartialState(1, 4, ENTRY)) {
            state.active().findOrAdd(0, StateTable.hash(9), 0, 9);
            state.closeEpoch(0);
            assertEquals(1, state.closing().size(0));
            assertThrows(StreamException.class, () -> state.closeEpoch(0));
            state.shipped();
            state.closeEpoch(0);
            assertEquals(0, state.closing().size(0), "nothing counts twice");
            assertEquals(0, state.active().size(0), "the shipped region was cleared");
            assertEquals(2, state.epoch());
        }
        assertThrows(StreamException.class, () -> new StateTable(1, StateTable.MAX_ENTRIES + 1, ENTRY).close());
    }
}
