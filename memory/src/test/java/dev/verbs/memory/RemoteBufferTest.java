package dev.verbs.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RemoteBufferTest {
    @Test
    void shouldWriteNetworkOrderWhateverTheHost() {
        final RemoteBuffer buffer = new RemoteBuffer(0x0123456789abcdefL, 0x1122334455667788L, 0xcafe0102);

        assertArrayEquals(HexFormat.of().parseHex("0123456789abcdef" + "1122334455667788" + "cafe0102"), buffer.toBytes());
        assertEquals(RemoteBuffer.WIRE_BYTES, buffer.toBytes().length);
    }

    @Test
    void shouldReadWhatItWroteAtAnyOffset() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment segment = arena.allocate(64);
            for (int i = 0; i < 10_000; i++) {
                final long address = random.nextLong() & Long.MAX_VALUE >>> 1;
                final RemoteBuffer buffer = new RemoteBuffer(address, random.nextLong() & Long.MAX_VALUE >>> 1,
                    random.nextInt());
                final int offset = random.nextInt(64 - RemoteBuffer.WIRE_BYTES + 1);
                buffer.writeTo(segment, offset);
                assertEquals(buffer, RemoteBuffer.readFrom(segment, offset));
                final byte[] bytes = new byte[64];
                buffer.writeTo(bytes, offset);
                assertEquals(buffer, RemoteBuffer.readFrom(bytes, offset));
            }
        }
    }

    @Test
    void shouldKeepSlicesInside() {
        final RemoteBuffer buffer = new RemoteBuffer(0x1000, 100, 7);

        assertEquals(new RemoteBuffer(0x1010, 84, 7), buffer.slice(16, 84));
        assertEquals(new RemoteBuffer(0x1064, 0, 7), buffer.slice(100, 0));
        final IndexOutOfBoundsException e = assertThrows(IndexOutOfBoundsException.class, () -> buffer.slice(16, 85));
        assertEquals("85 bytes at offset 16 are not inside a remote buffer of 100 bytes", e.getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.slice(-1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.slice(0, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.slice(101, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.slice(1, Long.MAX_VALUE));
    }

    @Test
    void shouldRefuseWhatRunsPastTheAddressSpace() {
        assertEquals(1, new RemoteBuffer(-1L, 1, 0).length());
        assertThrows(IllegalArgumentException.class, () -> new RemoteBuffer(-1L, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> new RemoteBuffer(0, -1, 0));
        final byte[] negative = new byte[RemoteBuffer.WIRE_BYTES];
        negative[8] = (byte)0x80;
        assertThrows(IllegalArgumentException.class, () -> RemoteBuffer.readFrom(negative, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> RemoteBuffer.readFrom(new byte[19], 0));
    }
}
