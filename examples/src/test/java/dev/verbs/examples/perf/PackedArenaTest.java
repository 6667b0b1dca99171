package dev.verbs.examples.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.SendRequests;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackedArenaTest {
    private static final int PAGE = 4096;

    @Test
    void shouldPlaceListsSideBySide() {
        try (Arena owner = Arena.ofConfined()) {
            final PackedArena arena = new PackedArena(owner);
            final Set<Long> pages = new HashSet<>();
            long last = 0;
            for (int i = 0; i < 64; i++) {
                final MemorySegment memory = SendRequests.allocate(arena, 1, 1).segment();
                assertEquals(0, memory.address() % 64);
                assertTrue(i == 0 || memory.address() >= last, "list " + i + " overlaps the one before");
                last = memory.address() + memory.byteSize();
                pages.add(memory.address() / PAGE);
            }
            assertEquals(4, pages.size());
        }
    }

    @Test
    void shouldTakeAnotherBlockWhenOneIsFull() {
        try (Arena owner = Arena.ofConfined()) {
            final PackedArena arena = new PackedArena(owner);
            final MemorySegment first = arena.allocate(PackedArena.BLOCK - 1, 1);
            final MemorySegment fits = arena.allocate(1, 1);
            final MemorySegment next = arena.allocate(1, 8);
            assertEquals(first.address() + PackedArena.BLOCK - 1, fits.address());
            assertFalse(next.address() >= first.address() && next.address() < first.address() + PackedArena.BLOCK);
        }
    }

    @Test
    void shouldAlignAfterAnOddPiece() {
        try (Arena owner = Arena.ofConfined()) {
            final PackedArena arena = new PackedArena(owner);
            final MemorySegment odd = arena.allocate(3, 1);
            assertEquals(odd.address() + 8, arena.allocate(8, 8).address());
        }
    }

    @Test
    void shouldLeaveWhatIsLargerThanABlockToTheOwner() {
        try (Arena owner = Arena.ofConfined()) {
            final MemorySegment large = new PackedArena(owner).allocate(PackedArena.BLOCK + 1, 64);
            assertEquals(PackedArena.BLOCK + 1, large.byteSize());
        }
    }

    @Test
    void shouldEndWithItsOwner() {
        final Arena owner = Arena.ofConfined();
        final PackedArena arena = new PackedArena(owner);
        final SendRequests list = SendRequests.allocate(arena, 1, 1);
        assertThrows(UnsupportedOperationException.class, arena::close);
        list.requireMemory();
        owner.close();
        assertFalse(arena.scope().isAlive());
        assertThrows(IllegalStateException.class, list::requireMemory);
    }
}
