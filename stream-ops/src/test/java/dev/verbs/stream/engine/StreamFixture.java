package dev.verbs.stream.engine;

import dev.verbs.stream.Aggregate;
import dev.verbs.stream.Filter;
import dev.verbs.stream.MemoryRecordSource;
import dev.verbs.stream.Query;
import dev.verbs.stream.RecordFlyweight;
import dev.verbs.stream.RecordSchema;
import dev.verbs.stream.WindowResultHandler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Streams for tests, and the plain sequential answer. */
final class StreamFixture implements AutoCloseable {
    static final RecordSchema SCHEMA = RecordSchema.named("test").bytes("kind", 9).int64("key").int32("amount").eventTime("time").build();

    /** A record as the reference sees it. */
    record Event(boolean view, long key, int amount, long time) {
    }

    /** A window and key. */
    record Cell(long windowStart, long key) implements Comparable<Cell> {
        @Override
        public int compareTo(final Cell other) {
            final int byWindow = Long.compare(windowStart, other.windowStart);
            return byWindow != 0 ? byWindow : Long.compare(key, other.key);
        }
    }

    /** Collects results; a second result for a cell, or a window out of order, is an error. */
    static final class Results implements WindowResultHandler {
        final Map<Cell, Long> cells = new TreeMap<>();
        private long lastWindow = Long.MIN_VALUE;

        @Override
        public void onResult(final long windowStart, final long key, final long value) {
            if (windowStart < lastWindow) {
                throw new AssertionError("window " + windowStart + " after window " + lastWindow);
            }
            lastWindow = windowStart;
            if (cells.put(new Cell(windowStart, key), value) != null) {
                throw new AssertionError("a second result for key " + key + " in window " + windowStart);
            }
        }
    }

    final List<List<Event>> slices = new ArrayList<>();
    final long disorderMs;
    private final Arena arena = Arena.ofShared();

    StreamFixture(final long disorderMs) {
        this.disorderMs = disorderMs;
    }

    /** Slices of random sizes (some empty), skewed keys, times ascending but for a random delay within the bound. */
    static StreamFixture random(final Random random, final int nodes, final int mostRecords, final int keys) {
        final StreamFixture fixture = new StreamFixture(random.nextInt(40));
        for (int node = 0; node < nodes; node++) {
            final List<Event> events = new ArrayList<>();
            final int count = random.nextInt(8) == 0 ? 0 : random.nextInt(mostRecords);
            final double step = 0.01 + random.nextDouble() * 2;
            final long start = random.nextInt(200) - 300;
            for (int i = 0; i < count; i++) {
                final long delay = fixture.disorderMs == 0 ? 0 : random.nextInt((int) fixture.disorderMs + 1);
                final long key = random.nextInt(3) == 0 ? 7 : random.nextInt(1 + random.nextInt(keys)) * 0x1_0000_0001L - keys / 2;
                events.add(new Event(random.nextInt(3) == 0, key, random.nextInt(2000) - 1000, start + (long) (i * step) - delay));
            }
            fixture.slices.add(events);
        }
        return fixture;
    }

    MemoryRecordSource source(final int node) {
        final List<Event> events = slices.get(node);
        final MemorySegment memory = arena.allocate(events.size() * SCHEMA.recordBytes() + 1, 8)
            .asSlice(0, events.size() * SCHEMA.recordBytes());
        final RecordFlyweight record = new RecordFlyweight(SCHEMA);
        for (int i = 0; i < events.size(); i++) {
            final Event event = events.get(i);
            record.wrap(memory, i * SCHEMA.recordBytes()).text(SCHEMA.field("kind"), event.view ? "view" : "viewed")
                .number(SCHEMA.field("key"), event.key).number(SCHEMA.field("amount"), event.amount)
                .number(SCHEMA.eventTime(), event.time);
        }
        return new MemoryRecordSource(SCHEMA, memory, disorderMs);
    }

    /** One record after the other into a map: {@code how} is count, sum or max. */
    Map<Cell, Long> expected(final boolean viewsOnly, final long windowMs, final String how) {
        final Map<Cell, Long> cells = new TreeMap<>();
        for (final List<Event> slice : slices) {
            for (final Event event : slice) {
                if (event.view || !viewsOnly) {
                    final Cell cell = new Cell(event.time - Math.floorMod(event.time, windowMs), event.key);
                    switch (how) {
                        case "count" -> cells.merge(cell, 1L, Long::sum);
                        case "sum" -> cells.merge(cell, (long) event.amount, Long::sum);
                        default -> cells.merge(cell, (long) event.amount, Math::max);
                    }
                }
            }
        }
        return cells;
    }

    static Query query(final boolean viewsOnly, final long windowMs, final String how) {
        final Query.Builder query = Query.from(SCHEMA).key("key").tumbling(windowMs);
        if (viewsOnly) {
            query.filter(Filter.textEquals(SCHEMA.field("kind"), "view"));
        }
        return switch (how) {
            case "count" -> query.count();
            case "sum" -> query.sum("amount");
            default -> query.aggregate(Aggregate.max(SCHEMA.field("amount")));
        };
    }

    long records() {
        return slices.stream().mapToLong(List::size).sum();
    }

    @Override
    public void close() {
        arena.close();
    }
}
