package dev.verbs.stream;

import java.lang.foreign.MemorySegment;

/**
 * A commutative, associative aggregate over an off-heap slot: partial results of any interleaving merge to the result of a
 * sequential run. Must be stateless; the ready-made ones are records, which the inner loop of a query folds into its code.
 *
 * <p>All methods run on the hot path: no allocation, no blocking. Offsets are multiples of 8.
 */
public interface Aggregate {
    /**
     * The size of a slot.
     *
     * @return bytes, a multiple of 8
     */
    int slotBytes();

    /**
     * Makes a slot neutral: merging it changes nothing.
     *
     * @param slot   where the slot lies
     * @param offset its first byte
     */
    void init(MemorySegment slot, long offset);

    /**
     * Adds one record to a slot.
     *
     * @param slot         where the slot lies
     * @param offset       its first byte
     * @param records      where the record lies
     * @param recordOffset its first byte
     */
    void update(MemorySegment slot, long offset, MemorySegment records, long recordOffset);

    /**
     * Adds a partial result to a slot.
     *
     * @param slot          where the slot lies
     * @param offset        its first byte
     * @param partial       where the other slot lies
     * @param partialOffset its first byte
     */
    void merge(MemorySegment slot, long offset, MemorySegment partial, long partialOffset);

    /**
     * The final value of a slot.
     *
     * @param slot   where the slot lies
     * @param offset its first byte
     * @return the value; an aggregate of doubles returns {@link Double#doubleToRawLongBits}
     */
    long result(MemorySegment slot, long offset);

    /**
     * Counts records.
     *
     * @return the aggregate
     */
    static Aggregate count() {
        return new Aggregates.Count();
    }

    /**
     * Adds up a number; wraps around like long addition, which stays commutative and associative.
     *
     * @param field an INT64 or INT32 field
     * @return the aggregate
     */
    static Aggregate sum(final RecordSchema.Field field) {
        return new Aggregates.Sum(field.numeric().offset(), field.type() == RecordSchema.Type.INT64);
    }

    /**
     * The greatest number.
     *
     * @param field an INT64 or INT32 field
     * @return the aggregate
     */
    static Aggregate max(final RecordSchema.Field field) {
        return new Aggregates.Max(field.numeric().offset(), field.type() == RecordSchema.Type.INT64);
    }
}
