package dev.verbs.soft;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number that one thread at a time writes and others read, alone in its cache line: what two threads do to their own numbers does
 * not disturb the other.
 */
final class SharedCounter {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    /** With the array's header, 64 bytes and more before it and behind it. */
    private static final int PLACE = 8;

    private final long[] cells = new long[PLACE + 9];

    /** The writer's own view. */
    long own() {
        return cells[PLACE];
    }

    /** Any thread; pairs with {@link #set}. */
    long get() {
        return (long)CELL.getAcquire(cells, PLACE);
    }

    /** By the writer; pairs with {@link #get}: what it wrote before is visible to who reads the new value. */
    void set(final long next) {
        CELL.setRelease(cells, PLACE, next);
    }
}
