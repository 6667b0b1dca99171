package dev.verbs.stream;

/**
 * Takes the results of complete windows. Called by the agent of the leader, for each window in the order of time, for the keys
 * of a window in no particular order; once per window and key. Must not block.
 */
@FunctionalInterface
public interface WindowResultHandler {
    /**
     * Takes one result.
     *
     * @param windowStart the first millisecond of the window
     * @param key         the key
     * @param value       what the aggregate says
     */
    void onResult(long windowStart, long key, long value);
}
