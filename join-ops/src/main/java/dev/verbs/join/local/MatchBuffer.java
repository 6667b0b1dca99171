package dev.verbs.join.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Keeps matches, off heap, in the order in which they were found: a piece of a distributed output table, ready to be the
 * input of the next join.
 *
 * <pre>
 *   | key | rotating payload | stationary payload | key | ...        24 bytes each
 * </pre>
 *
 * <p>Bounded: matches beyond the capacity are counted and dropped, and {@link #overflowed()} says so. One writer.
 */
public final class MatchBuffer implements MatchHandler {
    /** Bytes of a match. */
    public static final long WIDTH = 3 * Long.BYTES;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final MemorySegment memory;
    private final long capacity;
    private long found;

    /**
     * An empty buffer.
     *
     * @param arena    owns the memory
     * @param capacity most matches that are kept
     */
    public MatchBuffer(final Arena arena, final long capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("capacity " + capacity + " is negative");
        }
        this.capacity = capacity;
        this.memory = arena.allocate(Math.max(1, capacity) * WIDTH, 64);
    }

    @Override
    public void onMatch(final long key, final long rotating, final long stationary) {
        final long index = found++;
        if (index < capacity) {
            memory.set(LONG, index * WIDTH, key);
            memory.set(LONG, index * WIDTH + 8, rotating);
            memory.set(LONG, index * WIDTH + 16, stationary);
        }
    }

    /** Starts again. */
    public void clear() {
        found = 0;
    }

    /**
     * Matches that are kept.
     *
     * @return the count, at most the capacity
     */
    public long size() {
        return Math.min(found, capacity);
    }

    /**
     * How many matches did not fit.
     *
     * @return the count, 0 if the buffer holds the whole output
     */
    public long overflowed() {
        return Math.max(0, found - capacity);
    }

    /**
     * The memory, for whoever reads on.
     *
     * @return the matches, {@link #WIDTH} bytes each
     */
    public MemorySegment memory() {
        return memory.asSlice(0, size() * WIDTH);
    }

    /**
     * Key of a match.
     *
     * @param index which match
     * @return its key
     */
    public long key(final long index) {
        return memory.get(LONG, index * WIDTH);
    }

    /**
     * Rotating payload of a match.
     *
     * @param index which match
     * @return the payload
     */
    public long rotating(final long index) {
        return memory.get(LONG, index * WIDTH + 8);
    }

    /**
     * Stationary payload of a match.
     *
     * @param index which match
     * @return the payload
     */
    public long stationary(final long index) {
        return memory.get(LONG, index * WIDTH + 16);
    }
}
