package dev.verbs.soft;

/**
 * A number that one thread at a time writes and others read, alone in its cache line: what two threads do to their own numbers does
 * not disturb the other.
 */
final class SharedCounter extends LoneCell {
    /** The writer's own view. */
    long own() {
        return value;
    }

    /** Any thread; pairs with {@link #set}. */
    long get() {
        return (long)VALUE.getAcquire(this);
    }

    /** By the writer; pairs with {@link #get}: what it wrote before is visible to who reads the new value. */
    void set(final long next) {
        VALUE.setRelease(this, next);
    }
}
