package dev.verbs.stream;

/**
 * Maps event times to windows, each known by a number that grows with time. Immutable.
 */
public interface WindowAssigner {
    /** The watermark after the last record: every window is complete. */
    long END_OF_TIME = Long.MAX_VALUE;

    /** The watermark before the first record: no window is complete. */
    long BEGINNING_OF_TIME = Long.MIN_VALUE;

    /**
     * The window of an event.
     *
     * @param timestamp event time in milliseconds, negative too
     * @return the id of its window: {@code floor(timestamp / size)}
     */
    long windowOf(long timestamp);

    /**
     * When a window starts.
     *
     * @param window its id
     * @return the first millisecond that belongs to it, at least {@link Long#MIN_VALUE}
     */
    long startOf(long window);

    /**
     * Whether an event surely belongs to a window. Hot path: saves the division while events stay in one window. False may be
     * wrong for the window that starts at {@link Long#MIN_VALUE}; true never is.
     *
     * @param windowStart from {@link #startOf}
     * @param timestamp   event time in milliseconds
     * @return true if it is inside; false: ask {@link #windowOf}
     */
    boolean contains(long windowStart, long timestamp);

    /**
     * The first window that a watermark leaves open: all windows with a smaller id are complete, that is their end is at or
     * below the watermark.
     *
     * @param watermark no later record has a smaller event time; {@link #END_OF_TIME} completes everything
     * @return an id
     */
    long firstOpen(long watermark);
}
