package dev.verbs.stream.progress;

import dev.verbs.stream.StreamException;
import dev.verbs.stream.WindowAssigner;
import java.util.Arrays;

/**
 * A leader's view of event time: the low watermark of each executor, as carried by the last delta that was merged whole. A
 * window that ends at t is complete when {@code min() >= t}. Owned by the leader's agent.
 */
public final class WatermarkVector {
    private final long[] watermarks;
    private long min = WindowAssigner.BEGINNING_OF_TIME;

    /**
     * All executors at the beginning of time.
     *
     * @param executors how many, at least 1
     */
    public WatermarkVector(final int executors) {
        watermarks = new long[executors];
        Arrays.fill(watermarks, WindowAssigner.BEGINNING_OF_TIME);
    }

    /**
     * Takes over the watermark of an executor, after its delta was merged.
     *
     * @param executor  which one
     * @param watermark its promise: no later delta of it holds an earlier event
     * @throws StreamException if the watermark goes back
     */
    public void advance(final int executor, final long watermark) {
        if (watermark < watermarks[executor]) {
            throw new StreamException("the watermark of executor " + executor + " went back from " + watermarks[executor] + " to "
                + watermark + ": windows may have been triggered too early");
        }
        watermarks[executor] = watermark;
        long least = watermark;
        for (final long each : watermarks) {
            least = Math.min(least, each);
        }
        min = least;
    }

    /**
     * The watermark that all executors have reached.
     *
     * @return event time in milliseconds
     */
    public long min() {
        return min;
    }

    /**
     * The watermark of one executor.
     *
     * @param executor which one
     * @return event time in milliseconds
     */
    public long of(final int executor) {
        return watermarks[executor];
    }

    /**
     * Whether every executor has come to the end of its stream.
     *
     * @return true if no window will ever get another record
     */
    public boolean isEnd() {
        return min == WindowAssigner.END_OF_TIME;
    }

    @Override
    public String toString() {
        return Arrays.toString(watermarks);
    }
}
