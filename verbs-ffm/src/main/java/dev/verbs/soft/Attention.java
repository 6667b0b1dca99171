package dev.verbs.soft;

/**
 * How many reasons there are to step the device: who posts or polls looks at one cache line, not at everything that could be due. A
 * reason is counted after it can be found, and taken off before it is gone.
 */
final class Attention extends LoneCell {
    /** Any thread. */
    boolean isNeeded() {
        return (long)VALUE.getAcquire(this) != 0;
    }

    /** So many reasons more, or fewer; any thread. */
    void add(final int change) {
        VALUE.getAndAdd(this, (long)change);
    }
}
