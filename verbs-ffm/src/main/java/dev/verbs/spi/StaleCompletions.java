package dev.verbs.spi;

/**
 * Completions of a queue pair's life before a reset that may still lie in a completion queue: they must not be credited to
 * its new life. At most as many as requests were in flight; a poll that empties the queue settles the rest.
 *
 * <p>Written by who resets the queue pair and, while it owes something, by the poller of the queue.
 */
final class StaleCompletions {
    private volatile long owed;
    /** Which of the completion queue's stale marks came with the last reset; published by the write of {@code owed}. */
    private long mark;

    void owe(final long completions, final long staleMark) {
        mark = staleMark;
        owed += completions;
    }

    boolean owes() {
        return owed != 0;
    }

    /** Whether a completion belongs to the old life, which is then charged with it. */
    boolean charge() {
        final long left = owed;
        if (left == 0) {
            return false;
        }
        owed = left - 1;
        return true;
    }

    /** The queue was empty after a mark: what became stale up to then is gone. */
    void settle(final long staleMark) {
        if (owed != 0 && mark <= staleMark) {
            owed = 0;
        }
    }
}
