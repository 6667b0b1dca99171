package dev.verbs.stream;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes the fields of one record in place. One thread; wrap it again for the next record. It is for sources, sinks
 * and tests: the inner loop of a query reads its fields directly.
 */
public final class RecordFlyweight {
    private final RecordSchema schema;
    private MemorySegment segment;
    private long offset;

    /**
     * A view that is not over any record yet.
     *
     * @param schema the layout
     */
    public RecordFlyweight(final RecordSchema schema) {
        this.schema = schema;
    }

    /**
     * Moves the view to a record.
     *
     * @param records where the record lies
     * @param at      its first byte
     * @return this
     */
    public RecordFlyweight wrap(final MemorySegment records, final long at) {
        segment = records;
        offset = at;
        return this;
    }

    /**
     * Moves the view to the record that follows.
     *
     * @return this
     */
    public RecordFlyweight next() {
        offset += schema.recordBytes();
        return this;
    }

    /**
     * Reads a number.
     *
     * @param field an INT64 or INT32 field
     * @return its value
     */
    public long number(final RecordSchema.Field field) {
        return Numbers.read(segment, offset + field.offset(), field.type() == RecordSchema.Type.INT64);
    }

    /**
     * Writes a number.
     *
     * @param field an INT64 or INT32 field
     * @param value the value; an INT32 field takes the low 32 bits
     * @return this
     */
    public RecordFlyweight number(final RecordSchema.Field field, final long value) {
        if (field.numeric().type() == RecordSchema.Type.INT64) {
            segment.set(Numbers.INT64, offset + field.offset(), value);
        } else {
            segment.set(Numbers.INT32, offset + field.offset(), (int) value);
        }
        return this;
    }

    /**
     * Writes ASCII text, padded with zeros.
     *
     * @param field a BYTES field
     * @param value the text, no longer than the field
     * @return this
     */
    public RecordFlyweight text(final RecordSchema.Field field, final String value) {
        final byte[] padded = Numbers.padded(field, value);
        MemorySegment.copy(MemorySegment.ofArray(padded), 0, segment, offset + field.offset(), padded.length);
        return this;
    }

    /**
     * Reads ASCII text without its padding.
     *
     * @param field a BYTES field
     * @return the text
     */
    public String text(final RecordSchema.Field field) {
        final byte[] bytes = new byte[(int) field.length()];
        MemorySegment.copy(segment, offset + field.offset(), MemorySegment.ofArray(bytes), 0, bytes.length);
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }
}
