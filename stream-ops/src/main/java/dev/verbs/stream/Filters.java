package dev.verbs.stream;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The ready-made filters. Records: the compiler trusts their fields to be constant. */
final class Filters {
    private static final int WORD = Long.BYTES;

    private Filters() {
    }

    static Filter textEquals(final RecordSchema.Field field, final String text) {
        final byte[] padded = Numbers.padded(field, text);
        final MemorySegment wanted = MemorySegment.ofArray(padded);
        Filter filter = null;
        int done = 0;
        while (padded.length - done >= WORD) {
            filter = both(filter, new Word(field.offset() + done, wanted.get(Numbers.INT64, done)));
            done += WORD;
        }
        if (done > 0 && done < padded.length) {
            // The last word overlaps the one before: two loads for the 9 bytes of YSB's event type.
            final int last = padded.length - WORD;
            return both(filter, new Word(field.offset() + last, wanted.get(Numbers.INT64, last)));
        }
        for (; done < padded.length; done++) {
            filter = both(filter, new OneByte(field.offset() + done, padded[done]));
        }
        return filter;
    }

    private static Filter both(final Filter first, final Filter second) {
        return first == null ? second : new Both(first, second);
    }

    record All() implements Filter {
        @Override
        public boolean test(final MemorySegment records, final long offset) {
            return true;
        }
    }

    record Between(long at, boolean wide, long min, long max) implements Filter {
        @Override
        public boolean test(final MemorySegment records, final long offset) {
            final long value = Numbers.read(records, offset + at, wide);
            return value >= min && value <= max;
        }
    }

    record Word(long at, long value) implements Filter {
        @Override
        public boolean test(final MemorySegment records, final long offset) {
            return records.get(Numbers.INT64, offset + at) == value;
        }
    }

    record OneByte(long at, byte value) implements Filter {
        @Override
        public boolean test(final MemorySegment records, final long offset) {
            return records.get(ValueLayout.JAVA_BYTE, offset + at) == value;
        }
    }

    record Both(Filter first, Filter second) implements Filter {
        @Override
        public boolean test(final MemorySegment records, final long offset) {
            // Not &&: a branch on the data costs more than a load from a line that is there already.
            return first.test(records, offset) & second.test(records, offset);
        }
    }
}
