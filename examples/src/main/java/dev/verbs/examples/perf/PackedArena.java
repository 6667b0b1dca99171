package dev.verbs.examples.perf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory of another arena, in blocks of it: what is allocated here lies side by side, where the other arena, which asks malloc each
 * time, may scatter it over as many pages as there are pieces. Closed by the other arena. One thread.
 */
final class PackedArena implements Arena {
    /** Bytes of a block. */
    static final long BLOCK = 16_384;

    private final Arena owner;
    private MemorySegment rest = MemorySegment.NULL;

    /**
     * An arena without a block.
     *
     * @param owner has the memory
     */
    PackedArena(final Arena owner) {
        this.owner = owner;
    }

    @Override
    public MemorySegment allocate(final long byteSize, final long byteAlignment) {
        if (byteSize > BLOCK || byteAlignment > BLOCK) {
            return owner.allocate(byteSize, byteAlignment);
        }
        if (gap(byteAlignment) + byteSize > rest.byteSize()) {
            rest = owner.allocate(BLOCK, BLOCK);
        }
        final long gap = gap(byteAlignment);
        final MemorySegment piece = rest.asSlice(gap, byteSize);
        rest = rest.asSlice(gap + byteSize);
        return piece;
    }

    /** Bytes up to the next multiple of the alignment, a power of two. */
    private long gap(final long alignment) {
        return -rest.address() & alignment - 1;
    }

    @Override
    public MemorySegment.Scope scope() {
        return owner.scope();
    }

    /**
     * Not here.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public void close() {
        throw new UnsupportedOperationException("the arena that has the memory closes it");
    }
}
