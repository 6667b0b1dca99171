package dev.verbs.examples.tpch;

import dev.verbs.join.local.MatchBuffer;
import dev.verbs.join.local.MatchHandler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One host's part of the output, off heap: it stays where it was produced.
 *
 * <pre>
 *    0        8                   16                     24         32
 *   | matches | sum of o_totalprice | sum of l_extendedprice | checksum | line items per order, 4 bytes each, by row of the order |
 *               cents                 cents                    all modulo 2^64
 * </pre>
 */
final class TpchOutput implements MatchHandler {
    static final long MATCHES = 0;
    static final long TOTAL_PRICE = 8;
    static final long EXTENDED_PRICE = 16;
    static final long CHECKSUM = 24;
    static final long PER_ORDER = 32;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final long LINE_NUMBER = (1L << TpchTables.LINE_NUMBER_BITS) - 1;

    private final MemorySegment memory;
    private final MatchBuffer table;

    /** Room for the orders of dbgen's rows 1 to {@code orders}; keeps up to {@code rows} matches, none if 0. */
    TpchOutput(final Arena arena, final long orders, final long rows) {
        this.memory = arena.allocate(PER_ORDER + (orders + 1) * Integer.BYTES, 64);
        this.table = rows == 0 ? null : new MatchBuffer(arena, rows);
    }

    void clear() {
        memory.fill((byte)0);
        if (table != null) {
            table.clear();
        }
    }

    @Override
    public void onMatch(final long orderKey, final long totalPrice, final long lineItem) {
        memory.set(LONG, MATCHES, memory.get(LONG, MATCHES) + 1);
        memory.set(LONG, TOTAL_PRICE, memory.get(LONG, TOTAL_PRICE) + totalPrice);
        memory.set(LONG, EXTENDED_PRICE, memory.get(LONG, EXTENDED_PRICE) + (lineItem >>> TpchTables.LINE_NUMBER_BITS));
        memory.set(LONG, CHECKSUM, memory.get(LONG, CHECKSUM) + mix(orderKey, lineItem & LINE_NUMBER));
        final long at = PER_ORDER + row(orderKey) * Integer.BYTES;
        memory.set(INT, at, memory.get(INT, at) + 1);
        if (table != null) {
            table.onMatch(orderKey, totalPrice, lineItem);
        }
    }

    /** dbgen uses 8 of every 32 keys: the row is what is left without the two bits that are always 0. */
    static long row(final long orderKey) {
        return orderKey >>> 5 << 3 | orderKey & 7;
    }

    /** A finaliser that every bit of both numbers goes through; sums of it do not depend on the order of the matches. */
    private static long mix(final long orderKey, final long lineNumber) {
        long z = orderKey * 0x9E3779B97F4A7C15L + lineNumber;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    long get(final long field) {
        return memory.get(LONG, field);
    }

    int matchesOf(final long orderKey) {
        return memory.get(INT, PER_ORDER + row(orderKey) * Integer.BYTES);
    }

    /** Matches as they were kept, null if they were not. */
    MatchBuffer table() {
        return table;
    }

    /** Everything that is checked. */
    MemorySegment memory() {
        return memory;
    }
}
