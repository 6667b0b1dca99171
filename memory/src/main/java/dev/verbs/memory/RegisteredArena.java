package dev.verbs.memory;

import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.VerbsException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An arena for memory that devices use: one page-aligned, zeroed piece of off-heap memory of fixed size, handed out from
 * front to back, registered as a whole or in parts. It cannot be freed under the device: {@link #close()} refuses while a
 * region that was registered through it is open.
 *
 * <p>One piece means one registration, one translation entry set in the device, and one close: closing a shared arena stops
 * every thread for a moment, so group what lives equally long. Any thread; calls lock, none belongs on a hot path.
 */
public final class RegisteredArena implements Arena {
    /** Alignment of the piece: the base page of x86-64 and of most aarch64 kernels. */
    public static final long PAGE = 4096;

    /** Least alignment of an allocation: a cache line, so that two owners never share one. */
    public static final long LINE = 64;

    private final Arena arena;
    private final MemorySegment memory;
    private final List<MemoryRegion> regions = new ArrayList<>();
    private long allocated;
    private boolean closed;

    private RegisteredArena(final Arena arena, final long capacity) {
        if (capacity < 1 || capacity > Long.MAX_VALUE - PAGE) {
            throw new IllegalArgumentException("capacity " + capacity + " is not in 1 .. " + (Long.MAX_VALUE - PAGE));
        }
        this.arena = arena;
        this.memory = arena.allocate(roundUp(capacity, PAGE), PAGE);
    }

    /**
     * An arena whose memory any thread may touch.
     *
     * @param capacity bytes, at least 1; rounded up to whole pages
     * @return the arena, to be closed by the caller
     */
    public static RegisteredArena ofShared(final long capacity) {
        return new RegisteredArena(Arena.ofShared(), capacity);
    }

    /**
     * An arena whose memory only the calling thread may touch through its segments (the device may as well); cheap to close,
     * by the same thread only.
     *
     * @param capacity bytes, at least 1; rounded up to whole pages
     * @return the arena, to be closed by the caller
     */
    public static RegisteredArena ofConfined(final long capacity) {
        return new RegisteredArena(Arena.ofConfined(), capacity);
    }

    /**
     * Bytes that an allocation takes, alignment of the next one included: to sum up a capacity.
     *
     * @param byteSize bytes asked for
     * @return the bytes rounded up to {@link #LINE}
     */
    public static long footprint(final long byteSize) {
        return roundUp(byteSize, LINE);
    }

    private static long roundUp(final long value, final long alignment) {
        return (value + alignment - 1) & -alignment;
    }

    /**
     * Hands out the next bytes, zeroed, aligned to {@code byteAlignment} or {@link #LINE}, whichever is more.
     *
     * @param byteSize      bytes, 0 or more
     * @param byteAlignment a power of two
     * @return the segment, alive until this arena is closed
     * @throws VerbsException (ENOMEM) if fewer bytes are left: the message says how many
     */
    @Override
    public synchronized MemorySegment allocate(final long byteSize, final long byteAlignment) {
        if (byteSize < 0 || Long.bitCount(byteAlignment) != 1 || byteAlignment < 0) {
            throw new IllegalArgumentException("byteSize " + byteSize + " must not be negative, byteAlignment " + byteAlignment
                + " must be a power of two");
        }
        requireOpen("allocate");
        final long address = memory.address() + allocated;
        final long from = roundUp(address, Math.max(byteAlignment, LINE)) - memory.address();
        if (from > memory.byteSize() || byteSize > memory.byteSize() - from) {
            throw new VerbsException("allocate", Errno.ENOMEM, byteSize + " bytes aligned to "
                + Math.max(byteAlignment, LINE) + " do not fit: " + allocated + " of " + memory.byteSize()
                + " bytes are taken; make the arena larger");
        }
        allocated = from + byteSize;
        return memory.asSlice(from, byteSize, Math.max(byteAlignment, 1));
    }

    /**
     * Registers a part of this arena. The region is closed by the caller, or by {@link #deregister()}; this arena refuses to
     * close before. C: {@code ibv_reg_mr}.
     *
     * @param domain  where
     * @param segment a segment of this arena
     * @param access  flags of {@link dev.verbs.AccessFlags}
     * @return the region
     * @throws IllegalArgumentException if the segment is not part of this arena
     * @throws VerbsException           if the device refuses
     */
    public synchronized MemoryRegion register(final ProtectionDomain domain, final MemorySegment segment, final int access) {
        requireOpen("ibv_reg_mr");
        final long from = segment.address() - memory.address();
        if (!segment.isNative() || from < 0 || from > memory.byteSize() || segment.byteSize() > memory.byteSize() - from) {
            throw new IllegalArgumentException(segment + " is not part of " + this + ": allocate it here");
        }
        regions.removeIf(region -> !region.isOpen());
        final MemoryRegion region = domain.registerMemory(segment, access);
        regions.add(region);
        return region;
    }

    /**
     * Registers the whole arena, what has not been handed out yet included: one region for everything.
     *
     * @param domain where
     * @param access flags of {@link dev.verbs.AccessFlags}
     * @return the region
     * @throws VerbsException if the device refuses
     */
    public MemoryRegion register(final ProtectionDomain domain, final int access) {
        return register(domain, memory, access);
    }

    /**
     * Closes every region that was registered through this arena, the last one first.
     *
     * @throws VerbsException (EBUSY) if a queue pair has work in flight that may use one; those after it stay closed, the call
     *     may be repeated
     */
    public synchronized void deregister() {
        while (!regions.isEmpty()) {
            regions.getLast().close();
            regions.removeLast();
        }
    }

    /**
     * The whole memory.
     *
     * @return one segment, page aligned
     */
    public MemorySegment memory() {
        return memory;
    }

    /**
     * How much there is.
     *
     * @return bytes, a multiple of {@link #PAGE}
     */
    public long capacity() {
        return memory.byteSize();
    }

    /**
     * How much was handed out, alignment included.
     *
     * @return bytes
     */
    public synchronized long allocatedBytes() {
        return allocated;
    }

    /**
     * How much is registered through this arena now; memory registered twice counts twice, as it does for the device.
     *
     * @return bytes
     */
    public synchronized long registeredBytes() {
        return regions.stream().filter(MemoryRegion::isOpen).mapToLong(MemoryRegion::length).sum();
    }

    @Override
    public MemorySegment.Scope scope() {
        return arena.scope();
    }

    /**
     * Whether the memory is there.
     *
     * @return false once this was closed
     */
    public synchronized boolean isOpen() {
        return !closed;
    }

    /**
     * Frees the memory; does nothing if that has happened.
     *
     * @throws VerbsException (EBUSY) while regions are registered: the message names them
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        regions.removeIf(region -> !region.isOpen());
        if (!regions.isEmpty()) {
            throw new VerbsException("close", Errno.EBUSY, this + " is still registered as "
                + regions.stream().map(MemoryRegion::describe).collect(Collectors.joining(", "))
                + ": close the regions, or call deregister(), first");
        }
        arena.close();
        closed = true;
    }

    private void requireOpen(final String verb) {
        if (closed) {
            throw new VerbsException(verb, Errno.EBADF, this + " is closed");
        }
    }

    @Override
    public String toString() {
        return "arena of " + memory.byteSize() + " bytes at 0x" + Long.toHexString(memory.address());
    }
}
