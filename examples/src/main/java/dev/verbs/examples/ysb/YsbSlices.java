package dev.verbs.examples.ysb;

import dev.verbs.stream.RecordSchema;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The input: one slice per node, off heap. The same configuration gives the same bytes, whatever the number of cores.
 *
 * <p>Each slice spans the whole of event time, ascending, but for a random delay of at most {@link YsbConfig#disorderMs}.
 */
final class YsbSlices implements AutoCloseable {
    private static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final MemorySegment EVENT_TYPES = texts("view", "click", "purchase");
    private static final MemorySegment AD_TYPES = texts("banner", "modal", "sponsored", "mail", "mobile");
    private static final int TEXT_BYTES = 9;

    private final YsbConfig config;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment[] slices;
    private final long[] campaigns;

    YsbSlices(final YsbConfig config) {
        this.config = config;
        campaigns = IntStream.range(0, config.campaigns()).mapToLong(i -> mix(config.seed() + (i + 1) * GOLDEN)).toArray();
        slices = new MemorySegment[config.nodes()];
        Arrays.setAll(slices, node -> arena.allocate(sliceRecords(node) * YsbRecord.SCHEMA.recordBytes(), Long.BYTES));
        IntStream.range(0, slices.length).parallel().forEach(this::fill);
    }

    private long sliceRecords(final int node) {
        return config.records() * (node + 1) / config.nodes() - config.records() * node / config.nodes();
    }

    MemorySegment slice(final int node) {
        return slices[node];
    }

    int count() {
        return slices.length;
    }

    private void fill(final int node) {
        final RecordSchema schema = YsbRecord.SCHEMA;
        final long adType = schema.field("ad_type").offset();
        final long eventType = schema.field("event_type").offset();
        final long campaign = schema.field("campaign").offset();
        final long time = schema.eventTime().offset();
        final MemorySegment slice = slices[node];
        final long count = sliceRecords(node);
        final double spanMs = (double) config.windows() * config.windowMs() / count;
        long state = mix(config.seed() ^ mix(node + 1));
        for (long i = 0, at = 0; i < count; i++, at += schema.recordBytes()) {
            for (long word = 0; word < campaign; word += Long.BYTES) {
                slice.set(INT64, at + word, mix(state += GOLDEN));
            }
            final long draw = mix(state += GOLDEN);
            final int index = below((int) draw, campaigns.length);
            slice.set(INT64, at + campaign, campaigns[index]);
            slice.set(INT64, at + campaign + Long.BYTES, index * 10L + below((int) (draw >>> 32), 10));
            final long other = mix(state += GOLDEN);
            MemorySegment.copy(AD_TYPES, below((int) other, 5) * TEXT_BYTES, slice, at + adType, TEXT_BYTES);
            MemorySegment.copy(EVENT_TYPES, below((int) (other >>> 32), 3) * TEXT_BYTES, slice, at + eventType, TEXT_BYTES);
            final long last = mix(state += GOLDEN);
            final long delay = config.disorderMs() == 0 ? 0 : below((int) last, (int) Math.min(config.disorderMs(), Integer.MAX_VALUE));
            slice.set(INT64, at + time, Math.max(0, (long) (i * spanMs) - delay));
            slice.set(INT32, at + time + Long.BYTES, (int) (last >>> 32));
        }
    }

    private static int below(final int draw, final int bound) {
        return (int) ((draw & 0xFFFF_FFFFL) * bound >>> 32);
    }

    private static long mix(final long value) {
        final long first = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        final long second = (first ^ first >>> 27) * 0x94D049BB133111EBL;
        return second ^ second >>> 31;
    }

    private static MemorySegment texts(final String... values) {
        final byte[] all = new byte[values.length * 9];
        for (int i = 0; i < values.length; i++) {
            final byte[] text = values[i].getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, all, i * 9, text.length);
        }
        return MemorySegment.ofArray(all).asReadOnly();
    }

    @Override
    public void close() {
        arena.close();
    }
}
