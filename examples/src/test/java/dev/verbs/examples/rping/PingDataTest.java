package dev.verbs.examples.rping;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PingDataTest {
    @Test
    void shouldWriteTheTextOfC() {
        final MemorySegment buffer = MemorySegment.ofArray(new byte[64]);
        PingData.fill(buffer, 0);
        assertEquals("rdma-ping-0: ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqr", PingData.text(buffer));
        assertEquals(64, PingData.textLength(buffer));
        PingData.fill(buffer, 2);
        assertEquals("rdma-ping-2: CDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrst", PingData.text(buffer));
        PingData.fill(buffer, 57);
        assertEquals("rdma-ping-57: zABCDE", PingData.text(buffer).substring(0, 20));
        PingData.fill(buffer, 58);
        assertEquals("rdma-ping-58: ABCDEF", PingData.text(buffer).substring(0, 20));
    }

    @Test
    void shouldFitTheSmallestBuffer() {
        final MemorySegment buffer = MemorySegment.ofArray(new byte[RpingConfig.MIN_SIZE]);
        PingData.fill(buffer, Integer.MAX_VALUE);
        assertEquals("rdma-ping-2147483647: ", PingData.text(buffer));
    }

    @Test
    void shouldSendInfoInNetworkOrder() {
        final byte[] bytes = new byte[(int)RpingInfo.LENGTH];
        final RpingInfo info = new RpingInfo(0x0102030405060708L, 0x11121314, 0xfffefdfcL);
        info.write(MemorySegment.ofArray(bytes));
        assertArrayEquals(HexFormat.of().parseHex("010203040506070811121314fffefdfc"), bytes);
        assertEquals(info, RpingInfo.read(MemorySegment.ofArray(bytes)));
    }
}
