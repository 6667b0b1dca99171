package dev.verbs.join.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Folds matches into a count, two sums and a checksum, off heap; the fold does not depend on the order of the matches.
 *
 * <pre>
 *    0        8                  16                   24          32
 *   | matches | sum of rotating  | sum of stationary  | checksum  |       all modulo 2^64
 * </pre>
 *
 * <p>The checksum is the sum of a mixed hash over (key, rotating, stationary) of each match: two results with equal
 * checksums consist, but for chance, of the same pairs equally often. One writer.
 */
public final class MatchAggregate implements MatchHandler {
    /** Bytes of the result. */
    public static final long LENGTH = 4 * Long.BYTES;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final long ROTATING = 8;
    private static final long STATIONARY = 16;
    private static final long CHECKSUM = 24;

    private final MemorySegment memory;

    /**
     * An empty fold.
     *
     * @param arena owns the result
     */
    public MatchAggregate(final Arena arena) {
        this.memory = arena.allocate(LENGTH, 64);
    }

    /** Starts again. */
    public void clear() {
        memory.fill((byte)0);
    }

    @Override
    public void onMatch(final long key, final long rotating, final long stationary) {
        memory.set(LONG, 0, memory.get(LONG, 0) + 1);
        memory.set(LONG, ROTATING, memory.get(LONG, ROTATING) + rotating);
        memory.set(LONG, STATIONARY, memory.get(LONG, STATIONARY) + stationary);
        memory.set(LONG, CHECKSUM, memory.get(LONG, CHECKSUM) + mix(key, rotating, stationary));
    }

    /**
     * The hash of one match, as it goes into the checksum.
     *
     * @param key        key of the rotating tuple
     * @param rotating   payload of the rotating tuple
     * @param stationary payload of the stationary tuple
     * @return the hash
     */
    public static long mix(final long key, final long rotating, final long stationary) {
        return HashOrder.hash(HashOrder.hash(HashOrder.hash(key) + rotating) + stationary);
    }

    /**
     * Matches so far.
     *
     * @return the count
     */
    public long matches() {
        return memory.get(LONG, 0);
    }

    /**
     * Sum of the rotating payloads.
     *
     * @return the sum modulo 2^64
     */
    public long rotatingSum() {
        return memory.get(LONG, ROTATING);
    }

    /**
     * Sum of the stationary payloads.
     *
     * @return the sum modulo 2^64
     */
    public long stationarySum() {
        return memory.get(LONG, STATIONARY);
    }

    /**
     * Sum of the hashes of the matches.
     *
     * @return the sum modulo 2^64
     */
    public long checksum() {
        return memory.get(LONG, CHECKSUM);
    }
}
