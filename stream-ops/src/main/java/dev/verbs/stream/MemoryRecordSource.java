package dev.verbs.stream;

import java.lang.foreign.MemorySegment;

/**
 * A slice that lies in memory, whose records are out of order by no more than a given time.
 *
 * <p>The watermark is the greatest event time seen, minus that bound. It looks at the last record of each consumed batch only:
 * the greatest of a sample is never above the greatest of all, so the watermark may lag but never lies.
 */
public final class MemoryRecordSource implements RecordSource {
    private final MemorySegment records;
    private final long recordBytes;
    private final long timeOffset;
    private final long disorderMs;
    private final long end;
    private long position;
    private long watermark = WindowAssigner.BEGINNING_OF_TIME;

    /**
     * A source over a slice.
     *
     * @param schema     the layout of its records
     * @param records    the slice; stays untouched and alive while the source is in use
     * @param disorderMs a record comes at most so much event time after a later one; at least 0
     */
    public MemoryRecordSource(final RecordSchema schema, final MemorySegment records, final long disorderMs) {
        this.records = records;
        this.disorderMs = disorderMs;
        recordBytes = schema.recordBytes();
        timeOffset = schema.eventTime().offset();
        end = records.byteSize();
        if (end % recordBytes != 0) {
            throw new IllegalArgumentException("the slice has " + end + " bytes, no multiple of the record's " + recordBytes);
        }
        if (disorderMs < 0) {
            throw new IllegalArgumentException("a disorder of " + disorderMs + " ms, at least 0 is needed");
        }
    }

    @Override
    public long poll(final long maxRecords) {
        return position == end ? END_OF_STREAM : Math.min(maxRecords, (end - position) / recordBytes);
    }

    @Override
    public MemorySegment segment() {
        return records;
    }

    @Override
    public long offset() {
        return position;
    }

    @Override
    public void consumed(final long count) {
        if (count > 0) {
            position += count * recordBytes;
            final long time = records.get(Numbers.INT64, position - recordBytes + timeOffset);
            watermark = Math.max(watermark, Math.max(time, WindowAssigner.BEGINNING_OF_TIME + disorderMs) - disorderMs);
        }
    }

    @Override
    public long watermark() {
        return position == end ? WindowAssigner.END_OF_TIME : watermark;
    }
}
