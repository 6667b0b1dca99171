package dev.verbs.stream;

import java.lang.foreign.MemorySegment;

/** The ready-made aggregates. Records: the compiler trusts their fields to be constant. */
final class Aggregates {
    private Aggregates() {
    }

    private static void add(final MemorySegment slot, final long offset, final long amount) {
        slot.set(Numbers.INT64, offset, slot.get(Numbers.INT64, offset) + amount);
    }

    record Count() implements Aggregate {
        @Override
        public int slotBytes() {
            return Long.BYTES;
        }

        @Override
        public void init(final MemorySegment slot, final long offset) {
            slot.set(Numbers.INT64, offset, 0);
        }

        @Override
        public void update(final MemorySegment slot, final long offset, final MemorySegment records, final long recordOffset) {
            add(slot, offset, 1);
        }

        @Override
        public void merge(final MemorySegment slot, final long offset, final MemorySegment partial, final long partialOffset) {
            add(slot, offset, partial.get(Numbers.INT64, partialOffset));
        }

        @Override
        public long result(final MemorySegment slot, final long offset) {
            return slot.get(Numbers.INT64, offset);
        }
    }

    record Sum(long at, boolean wide) implements Aggregate {
        @Override
        public int slotBytes() {
            return Long.BYTES;
        }

        @Override
        public void init(final MemorySegment slot, final long offset) {
            slot.set(Numbers.INT64, offset, 0);
        }

        @Override
        public void update(final MemorySegment slot, final long offset, final MemorySegment records, final long recordOffset) {
            add(slot, offset, Numbers.read(records, recordOffset + at, wide));
        }

        @Override
        public void merge(final MemorySegment slot, final long offset, final MemorySegment partial, final long partialOffset) {
            add(slot, offset, partial.get(Numbers.INT64, partialOffset));
        }

        @Override
        public long result(final MemorySegment slot, final long offset) {
            return slot.get(Numbers.INT64, offset);
        }
    }

    record Max(long at, boolean wide) implements Aggregate {
        @Override
        public int slotBytes() {
            return Long.BYTES;
        }

        @Override
        public void init(final MemorySegment slot, final long offset) {
            slot.set(Numbers.INT64, offset, Long.MIN_VALUE);
        }

        @Override
        public void update(final MemorySegment slot, final long offset, final MemorySegment records, final long recordOffset) {
            raise(slot, offset, Numbers.read(records, recordOffset + at, wide));
        }

        @Override
        public void merge(final MemorySegment slot, final long offset, final MemorySegment partial, final long partialOffset) {
            raise(slot, offset, partial.get(Numbers.INT64, partialOffset));
        }

        @Override
        public long result(final MemorySegment slot, final long offset) {
            return slot.get(Numbers.INT64, offset);
        }

        private static void raise(final MemorySegment slot, final long offset, final long value) {
            slot.set(Numbers.INT64, offset, Math.max(slot.get(Numbers.INT64, offset), value));
        }
    }
}
