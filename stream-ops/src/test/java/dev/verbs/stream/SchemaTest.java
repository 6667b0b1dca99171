package dev.verbs.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final RecordSchema SCHEMA = RecordSchema.named("s").bytes("kind", 9).int64("key").int32("amount")
        .bytes("tag", 3).eventTime("time").build();

    @Test
    void shouldPackFieldsInOrder() {
        assertEquals(32, SCHEMA.recordBytes());
        assertEquals(9, SCHEMA.field("key").offset());
        assertEquals(17, SCHEMA.field("amount").offset());
        assertEquals(24, SCHEMA.eventTime().offset());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> SCHEMA.field("kye")).getMessage().contains("key"));
    }

    @Test
    void shouldReadWhatWasWrittenAndLeaveNeighboursAlone() {
        final MemorySegment memory = MemorySegment.ofArray(new byte[96]);
        memory.fill((byte) 0x55);
        final RecordFlyweight record = new RecordFlyweight(SCHEMA).wrap(memory, 32);
        record.text(SCHEMA.field("kind"), "view").number(SCHEMA.field("key"), -7).number(SCHEMA.field("amount"), -8)
            .text(SCHEMA.field("tag"), "abc").number(SCHEMA.eventTime(), Long.MIN_VALUE);
        assertEquals("view", record.text(SCHEMA.field("kind")));
        assertEquals(-7, record.number(SCHEMA.field("key")));
        assertEquals(-8, record.number(SCHEMA.field("amount")));
        assertEquals("abc", record.text(SCHEMA.field("tag")));
        assertEquals(Long.MIN_VALUE, record.number(SCHEMA.eventTime()));
        assertEquals((byte) 0x55, memory.get(ValueLayout.JAVA_BYTE, 31));
        assertEquals((byte) 0x55, memory.get(ValueLayout.JAVA_BYTE, 64));
    }

    @Test
    void shouldCompareEveryByteOfAText() {
        for (int length = 1; length <= 26; length++) {
            final RecordSchema schema = RecordSchema.named("t").bytes("lead", 1).bytes("text", length).eventTime("time").build();
            final RecordSchema.Field field = schema.field("text");
            final String text = "abcdefghijklmnopqrstuvwxyz".substring(0, Math.max(1, length - 2));
            final MemorySegment memory = MemorySegment.ofArray(new byte[(int) schema.recordBytes() + 3]);
            new RecordFlyweight(schema).wrap(memory, 3).text(field, text);
            final Filter filter = Filter.textEquals(field, text);
            assertTrue(filter.test(memory, 3), "length " + length);
            for (int i = 0; i < length; i++) {
                final long at = 3 + field.offset() + i;
                final byte old = memory.get(ValueLayout.JAVA_BYTE, at);
                memory.set(ValueLayout.JAVA_BYTE, at, (byte) (old ^ 1));
                assertFalse(filter.test(memory, 3), "byte " + i + " of " + length);
                memory.set(ValueLayout.JAVA_BYTE, at, old);
            }
        }
    }

    @Test
    void shouldRefuseQueriesThatCannotBeAnswered() {
        assertThrows(IllegalArgumentException.class, () -> Query.from(SCHEMA).key("amount").tumbling(10).count());
        assertThrows(IllegalArgumentException.class, () -> Query.from(SCHEMA).key("key").tumbling(10).sum("kind"));
        assertThrows(IllegalArgumentException.class, () -> RecordSchema.named("x").int64("a").build());
        assertThrows(IllegalArgumentException.class, () -> RecordSchema.named("x").eventTime("a").int64("a").build());
        assertThrows(IllegalArgumentException.class, () -> Filter.textEquals(SCHEMA.field("tag"), "abcd"));
    }

    @Test
    void shouldKeepNumbersInARangeAndBothConditions() {
        final MemorySegment memory = MemorySegment.ofArray(new byte[32]);
        final RecordFlyweight record = new RecordFlyweight(SCHEMA).wrap(memory, 0);
        record.number(SCHEMA.field("key"), 5).number(SCHEMA.field("amount"), -5);
        assertTrue(Filter.between(SCHEMA.field("key"), 5, 5).and(Filter.equalTo(SCHEMA.field("amount"), -5)).test(memory, 0));
        assertFalse(Filter.between(SCHEMA.field("key"), 6, 9).test(memory, 0));
        assertFalse(Filter.equalTo(SCHEMA.field("key"), 5).and(Filter.equalTo(SCHEMA.field("amount"), 5)).test(memory, 0));
    }
}
