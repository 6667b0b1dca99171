package dev.verbs.examples.tpch;

import dev.verbs.join.fragment.TupleDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Tuples off heap, appended one by one. */
final class TuplePiece implements AutoCloseable {
    private static final long FIRST = 1024;

    private Arena arena = Arena.ofShared();
    private MemorySegment memory = arena.allocate(FIRST * TupleDescriptor.WIDTH, TupleDescriptor.WIDTH);
    private long count;

    void add(final long key, final long payload) {
        final long at = count * TupleDescriptor.WIDTH;
        if (at == memory.byteSize()) {
            grow();
        }
        TupleDescriptor.put(memory, at, key, payload);
        count++;
    }

    private void grow() {
        final Arena larger = Arena.ofShared();
        final MemorySegment next = larger.allocate(2 * memory.byteSize(), TupleDescriptor.WIDTH);
        MemorySegment.copy(memory, 0, next, 0, memory.byteSize());
        arena.close();
        arena = larger;
        memory = next;
    }

    MemorySegment memory() {
        return memory;
    }

    long count() {
        return count;
    }

    @Override
    public void close() {
        arena.close();
    }
}
