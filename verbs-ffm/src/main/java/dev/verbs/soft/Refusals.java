package dev.verbs.soft;

/**
 * Why requests were refused, by number: the newest so many of a fabric. A completion carries the number as its vendor error, and
 * {@link #find} turns it into words. Any thread, under any lock of the device.
 */
final class Refusals {
    static final int KEPT = 4096;

    /** Under this object's lock, like the following. */
    private final String[] reasons = new String[KEPT];
    private final int[] numbers = new int[KEPT];
    private int last;

    /** Keeps a reason in the place of the oldest one; returns its number, from 1 to 2^31 - 1, and then from 1 again. */
    synchronized int add(final String reason) {
        last = last == Integer.MAX_VALUE ? 1 : last + 1;
        final int slot = last & KEPT - 1;
        reasons[slot] = reason;
        numbers[slot] = last;
        return last;
    }

    /** The reason with a number; null if there is none, or it was replaced. */
    synchronized String find(final int number) {
        final int slot = number & KEPT - 1;
        return number > 0 && numbers[slot] == number ? reasons[slot] : null;
    }
}
