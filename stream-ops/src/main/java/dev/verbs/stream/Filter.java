package dev.verbs.stream;

import java.lang.foreign.MemorySegment;

/**
 * Says which records a query keeps. Must be stateless: the inner loop of each query is compiled with its filter as a constant
 * and inlines it. The ready-made ones are records, so that the compiler also folds their offsets and values.
 */
@FunctionalInterface
public interface Filter {
    /**
     * Decides on one record. Never blocks, never allocates; called once per record on the hot path.
     *
     * @param records where the record lies
     * @param offset  its first byte
     * @return whether it is kept
     */
    boolean test(MemorySegment records, long offset);

    /**
     * Keeps everything.
     *
     * @return the filter
     */
    static Filter all() {
        return new Filters.All();
    }

    /**
     * Keeps records whose number lies in a range.
     *
     * @param field an INT64 or INT32 field
     * @param min   the least value kept
     * @param max   the greatest value kept
     * @return the filter
     */
    static Filter between(final RecordSchema.Field field, final long min, final long max) {
        return new Filters.Between(field.numeric().offset(), field.type() == RecordSchema.Type.INT64, min, max);
    }

    /**
     * Keeps records with one number.
     *
     * @param field an INT64 or INT32 field
     * @param value the value
     * @return the filter
     */
    static Filter equalTo(final RecordSchema.Field field, final long value) {
        return between(field, value, value);
    }

    /**
     * Keeps records whose bytes are an ASCII text, padded with zeros: every byte of the field is compared.
     *
     * @param field a BYTES field
     * @param text  the text, no longer than the field
     * @return the filter
     */
    static Filter textEquals(final RecordSchema.Field field, final String text) {
        return Filters.textEquals(field, text);
    }

    /**
     * Keeps what both keep; both look at every record.
     *
     * @param other the second filter
     * @return the filter
     */
    default Filter and(final Filter other) {
        return new Filters.Both(this, other);
    }
}
