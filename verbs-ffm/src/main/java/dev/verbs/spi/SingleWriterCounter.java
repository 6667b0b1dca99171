package dev.verbs.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A counter that one thread writes and any thread reads. Stores are release stores (plain moves on x86): a volatile store's
 * full fence would cost as much as a whole post.
 */
final class SingleWriterCounter {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(SingleWriterCounter.class, "value", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Written by the owner only. */
    private long value;

    /** The owner's own view. */
    long own() {
        return value;
    }

    /** Owner only; pairs with {@link #get}: what the owner wrote before is visible to who reads the new value. */
    void set(final long next) {
        VALUE.setRelease(this, next);
    }

    /** Any thread; pairs with {@link #set}. */
    long get() {
        return (long)VALUE.getAcquire(this);
    }
}
