package dev.verbs.stream;

/**
 * Event time cut into windows of one size: window {@code id} is {@code [id * size, (id + 1) * size)}, for negative times too.
 *
 * <p>Windows are compared by id, so that nothing overflows at the ends of the range of long.
 *
 * @param sizeMs the size, at least 1
 */
public record TumblingWindow(long sizeMs) implements WindowAssigner {
    /** Refuses sizes below 1. */
    public TumblingWindow {
        if (sizeMs < 1) {
            throw new IllegalArgumentException("window size " + sizeMs + " ms, at least 1 is needed");
        }
    }

    @Override
    public long windowOf(final long timestamp) {
        return Math.floorDiv(timestamp, sizeMs);
    }

    @Override
    public long startOf(final long window) {
        return window == windowOf(Long.MIN_VALUE) ? Long.MIN_VALUE : window * sizeMs;
    }

    @Override
    public boolean contains(final long windowStart, final long timestamp) {
        // The earliest window may begin before the range of long, so its clamped start says nothing about its end.
        return windowStart != Long.MIN_VALUE && timestamp >= windowStart && Long.compareUnsigned(timestamp - windowStart, sizeMs) < 0;
    }

    @Override
    public long firstOpen(final long watermark) {
        return watermark == END_OF_TIME ? Long.MAX_VALUE : Math.floorDiv(watermark, sizeMs);
    }
}
