package dev.verbs.memory;

import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.VerbsException;
import java.lang.foreign.MemorySegment;

/**
 * Blocks of equal size in one registered region, taken and given back by index without allocation. The block given back last
 * is taken first: its cache lines are warm. One thread owns the pool.
 */
public final class BlockPool implements AutoCloseable {
    /** What {@link #acquire()} returns when every block is taken. */
    public static final int EMPTY = -1;

    private final MemoryRegion region;
    private final boolean ownsRegion;
    private final long base;
    private final long blockBytes;
    private final long stride;
    private final MemorySegment[] segments;
    private final int[] free;
    /** One bit per block, set while it is taken; null when checks are off. */
    private final long[] taken;
    private int available;

    /**
     * A pool over memory that is registered already. The region stays the caller's.
     *
     * @param region     the region
     * @param offset     where the first block starts in it
     * @param blocks     how many, at least 1
     * @param blockBytes bytes of a block, at least 1; blocks start {@link RegisteredArena#footprint} of it apart
     * @param checks     whether a double release is detected, at the price of one bit test per call
     * @throws IllegalArgumentException if the blocks do not fit into the region
     */
    public BlockPool(final MemoryRegion region, final long offset, final int blocks, final long blockBytes,
        final boolean checks) {
        this(region, offset, blocks, blockBytes, checks, false);
    }

    private BlockPool(final MemoryRegion region, final long offset, final int blocks, final long blockBytes,
        final boolean checks, final boolean ownsRegion) {
        checkSizes(blocks, blockBytes);
        this.stride = RegisteredArena.footprint(blockBytes);
        if (offset < 0 || offset > region.length() || (region.length() - offset) / stride < blocks) {
            throw new IllegalArgumentException(blocks + " blocks of " + stride + " bytes from offset " + offset
                + " do not fit into " + region.describe());
        }
        this.region = region;
        this.ownsRegion = ownsRegion;
        this.base = region.address() + offset;
        this.blockBytes = blockBytes;
        this.segments = new MemorySegment[blocks];
        this.free = new int[blocks];
        this.taken = checks ? new long[(blocks + Long.SIZE - 1) / Long.SIZE] : null;
        for (int i = 0; i < blocks; i++) {
            segments[i] = region.segment().asSlice(offset + i * stride, blockBytes);
            free[i] = blocks - 1 - i;
        }
        this.available = blocks;
    }

    private static void checkSizes(final int blocks, final long blockBytes) {
        if (blocks < 1 || blockBytes < 1) {
            throw new IllegalArgumentException(blocks + " blocks of " + blockBytes + " bytes: both must be at least 1");
        }
        if (blockBytes > (Long.MAX_VALUE - RegisteredArena.LINE) / blocks) {
            throw new IllegalArgumentException(blocks + " blocks of " + blockBytes + " bytes are more than a long counts");
        }
    }

    /**
     * Allocates and registers the blocks, with checks. {@link #close()} closes the region; the memory stays the arena's.
     *
     * @param arena      where the memory comes from: {@code blocks} times {@link RegisteredArena#footprint} of a block
     * @param domain     where to register
     * @param blocks     how many, at least 1
     * @param blockBytes bytes of a block, at least 1
     * @param access     flags of {@link dev.verbs.AccessFlags}
     * @return the pool
     */
    public static BlockPool allocate(final RegisteredArena arena, final ProtectionDomain domain, final int blocks,
        final long blockBytes, final int access) {
        checkSizes(blocks, blockBytes);
        final MemorySegment memory = arena.allocate(RegisteredArena.footprint(blockBytes) * blocks, RegisteredArena.LINE);
        return new BlockPool(arena.register(domain, memory, access), 0, blocks, blockBytes, true, true);
    }

    /**
     * Takes a block. Never blocks, never allocates.
     *
     * @return its index, or {@link #EMPTY}: give one back first
     */
    public int acquire() {
        if (available == 0) {
            return EMPTY;
        }
        final int index = free[--available];
        if (taken != null) {
            taken[index >> 6] |= 1L << index;
        }
        return index;
    }

    /**
     * Gives a block back. The device must be done with it.
     *
     * @param index what {@link #acquire()} returned
     * @throws IllegalStateException     if checks are on and the block is not taken
     * @throws IndexOutOfBoundsException if there is no such block
     */
    public void release(final int index) {
        if (index < 0 || index >= segments.length) {
            throw new IndexOutOfBoundsException("block " + index + " of a pool of " + segments.length);
        }
        if (taken != null) {
            final long bit = 1L << index;
            if ((taken[index >> 6] & bit) == 0) {
                throw new IllegalStateException("block " + index + " is not taken: it was given back twice, or never acquired");
            }
            taken[index >> 6] &= ~bit;
        }
        if (available == free.length) {
            throw new IllegalStateException("block " + index + ": all " + free.length + " blocks have been given back already");
        }
        free[available++] = index;
    }

    /**
     * Where a block starts.
     *
     * @param index which block, not checked
     * @return its address
     */
    public long address(final int index) {
        return base + index * stride;
    }

    /**
     * Where a block starts in {@link #region()}.
     *
     * @param index which block, not checked
     * @return the offset in bytes
     */
    public long offset(final int index) {
        return base + index * stride - region.address();
    }

    /**
     * A block as a segment of its own, made when the pool was.
     *
     * @param index which block
     * @return the segment, of {@link #blockBytes()}
     */
    public MemorySegment segment(final int index) {
        return segments[index];
    }

    /**
     * A block as a peer sees it: allocates, for set-up.
     *
     * @param index which block
     * @return its descriptor
     */
    public RemoteBuffer remote(final int index) {
        return new RemoteBuffer(address(index), segments[index].byteSize(), region.rkey());
    }

    /**
     * The region of all blocks.
     *
     * @return the region
     */
    public MemoryRegion region() {
        return region;
    }

    /**
     * The local key of every block.
     *
     * @return the key, host order
     */
    public int lkey() {
        return region.lkey();
    }

    /**
     * Bytes of a block.
     *
     * @return as asked for
     */
    public long blockBytes() {
        return blockBytes;
    }

    /**
     * How many blocks there are.
     *
     * @return the count
     */
    public int capacity() {
        return segments.length;
    }

    /**
     * How many blocks can be taken now.
     *
     * @return the count
     */
    public int available() {
        return available;
    }

    /**
     * Closes the region if this pool made it; does nothing if that has happened.
     *
     * @throws VerbsException (EBUSY) while blocks are taken, or while a queue pair has work in flight
     */
    @Override
    public void close() {
        if (!ownsRegion || !region.isOpen()) {
            return;
        }
        if (available != segments.length) {
            throw new VerbsException("close", Errno.EBUSY, (segments.length - available) + " of " + segments.length
                + " blocks are still taken: release them first");
        }
        region.close();
    }
}
