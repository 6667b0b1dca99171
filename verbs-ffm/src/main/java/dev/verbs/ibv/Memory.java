package dev.verbs.ibv;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Reads what C objects hold, by address, on the hot path: as one instruction. Only for memory that the caller keeps alive, as it must for
 * the call that was given the same address.
 */
final class Memory {
    /** A constant, so that the compiler knows its bounds and that it is never closed. */
    @SuppressWarnings("restricted")
    static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** Covers every address of user space: of an offset that was masked with it the compiler knows that it is in bounds. */
    static final long ADDRESSES = (1L << 55) - 1;

    private Memory() {
    }

    static int getInt(final long address) {
        return ALL.get(JAVA_INT_UNALIGNED, address & ADDRESSES);
    }

    static long getLong(final long address) {
        return ALL.get(JAVA_LONG_UNALIGNED, address & ADDRESSES);
    }

    static void clearLong(final long address) {
        ALL.set(JAVA_LONG_UNALIGNED, address & ADDRESSES, 0L);
    }
}
