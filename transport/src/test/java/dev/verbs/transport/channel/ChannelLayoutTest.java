package dev.verbs.transport.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.VerbsException;
import dev.verbs.cm.PrivateData;
import dev.verbs.memory.RemoteBuffer;
import dev.verbs.transport.PairConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChannelLayoutTest {
    @Test
    void shouldPackTheFooterLittleEndian() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment slot = arena.allocate(64, 8);
            final long word = ChannelLayout.word(0x0abcdee, ChannelLayout.END_OF_STREAM, 0xf1234567L);
            ChannelLayout.footer(slot, 48, 0x1122334455667788L, word);
            assertEquals("8877665544332211" + "674523f1" + "f1debc0a", HexFormat.of().formatHex(
                slot.asSlice(48, 16).toArray(ValueLayout.JAVA_BYTE)));
            assertEquals(word, ChannelLayout.wordAcquire(slot, 64));
            assertEquals(0x1122334455667788L, ChannelLayout.tag(slot, 64));
            assertEquals(0x0abcdefL, ChannelLayout.sequence(word));
            assertEquals(1, ChannelLayout.flags(word));
            assertEquals(0xf1234567L, ChannelLayout.length(word));
            assertTrue(ChannelLayout.isFooterOf(word, 0x0abcdee));
        }
    }

    @Test
    void shouldNeverTakeAStaleFooterForANewOneEvenWhenTheSequenceWraps() {
        for (final long start : new long[] {0, (1L << 28) - 100, (1L << 40) - 50}) {
            for (int slots = 2; slots <= 64; slots++) {
                for (long message = start; message < start + 200; message++) {
                    assertTrue(ChannelLayout.isFooterOf(ChannelLayout.word(message, 0, 5), message));
                    if (message >= slots) {
                        assertFalse(ChannelLayout.isFooterOf(ChannelLayout.word(message - slots, 0, 5), message));
                    }
                }
                if (start == 0) {
                    for (long message = 0; message < slots; message++) {
                        assertFalse(ChannelLayout.isFooterOf(0, message)); // memory starts as zeros
                    }
                }
            }
        }
    }

    @Test
    void shouldShowNoHalfFooterOfADeviceThatPlacesByteByByte() {
        final Random random = new Random(11);
        int halves = 0;
        for (int i = 0; i < 100_000; i++) {
            final int slots = 2 + random.nextInt(1000);
            final long message = slots + (random.nextLong() >>> 24);
            final long stale = ChannelLayout.word(message - slots, 0, random.nextInt(1 << 30));
            final long fresh = ChannelLayout.word(message, random.nextInt(2), random.nextInt(1 << 30));
            for (int bytes = 1; bytes < 8; bytes++) {
                final long placed = (1L << bytes * 8) - 1;
                final long half = fresh & placed | stale & ~placed;
                if (half != fresh) {
                    assertFalse(ChannelLayout.isFooterOf(half, message), "message " + message + ", " + bytes + " bytes");
                    halves++;
                }
            }
        }
        System.out.println(halves + " half footers");
    }

    @Test
    void shouldPadPayloadsToWords() {
        assertEquals(0, ChannelLayout.padded(0));
        assertEquals(8, ChannelLayout.padded(1));
        assertEquals(8, ChannelLayout.padded(8));
        assertEquals(16, ChannelLayout.padded(9));
    }

    @Test
    void shouldSayHelloWithinARequestsPrivateData() {
        final ChannelHello hello = new ChannelHello(ChannelHello.PRODUCER, new ChannelId(65_535, 3, -7), 8, 65_536,
            new RemoteBuffer(0x7f00_0000_1000L, 64, 0x8001_0203));
        final byte[] bytes = hello.toBytes();
        assertTrue(bytes.length <= PrivateData.MAX_REQUEST);
        assertEquals(HexFormat.of().formatHex("VWCH".getBytes()) + "0101" + "ffff" + "0003" + "0000" + "fffffff9" + "00000008"
            + "00010000" + "00007f0000001000" + "0000000000000040" + "80010203", HexFormat.of().formatHex(bytes));
        assertEquals(hello, ChannelHello.of(bytes));
        bytes[4] = 9;
        assertEquals("the peer speaks version 9 of the write channel, this side 1: run the same release on both",
            assertThrows(VerbsException.class, () -> ChannelHello.of(bytes)).diagnosis());
        assertThrows(VerbsException.class, () -> ChannelHello.of(new byte[ChannelHello.WIRE_BYTES]));
    }

    @Test
    void shouldRefuseAHelloThatDoesNotMatch() {
        final WriteChannelConfig config = WriteChannelConfig.of(8, 128);
        final ChannelId id = new ChannelId(1, 2, 0);
        new ChannelHello(ChannelHello.CONSUMER, id, 8, 128, new RemoteBuffer(64, 1024, 1))
            .check(ChannelHello.CONSUMER, config, config.ringBytes());
        assertEquals("channel 1->2: the peer is of kind 1, not 2 (1 producer, 2 consumer)", refusal(
            new ChannelHello(ChannelHello.PRODUCER, id, 8, 128, new RemoteBuffer(64, 1024, 1)), config));
        assertEquals("channel 1->2: the peer offers 1023 bytes at 0x40 rkey 0x1: at least 1024 bytes, aligned to 8, are needed",
            refusal(new ChannelHello(ChannelHello.CONSUMER, id, 8, 128, new RemoteBuffer(64, 1023, 1)), config));
        assertEquals("channel 1->2: the peer offers 1024 bytes at 0x41 rkey 0x1: at least 1024 bytes, aligned to 8, are needed",
            refusal(new ChannelHello(ChannelHello.CONSUMER, id, 8, 128, new RemoteBuffer(65, 1024, 1)), config));
    }

    private static String refusal(final ChannelHello hello, final WriteChannelConfig config) {
        return assertThrows(VerbsException.class, () -> hello.check(ChannelHello.CONSUMER, config, config.ringBytes()))
            .diagnosis();
    }

    @Test
    void shouldValidateConfigurations() {
        assertEquals(65_520, WriteChannelConfig.DEFAULT.payloadCapacity());
        assertEquals(8 * 65_536, WriteChannelConfig.DEFAULT.ringBytes());
        refused("slots 1 is not in 2 .. 65536", () -> WriteChannelConfig.of(1, 64));
        refused("slotBytes 32 is not in 64 .. 1073741824", () -> WriteChannelConfig.of(2, 32));
        refused("slotBytes 100 is not a multiple of 64: slots start on cache lines", () -> WriteChannelConfig.of(2, 100));
        refused("signalEvery 9 is not in 1 .. 8 (slots): a slot is free when a signalled WRITE behind it has completed",
            () -> WriteChannelConfig.of(8, 64).withBatches(9, 1));
        refused("creditBatch 5 is not in 1 .. 4 (half the slots): the producer would stop for every batch",
            () -> WriteChannelConfig.of(8, 64).withBatches(1, 5));
        refused("probeNs 0 is not in 1 .. 9223372036854775807", () -> WriteChannelConfig.DEFAULT.withProbe(0));
        refused("sendDepth 0 is less than 1", () -> PairConfig.DEFAULT.withDepths(0, 1));
        refused("receiveDepth -1 is less than 0", () -> PairConfig.DEFAULT.withDepths(1, -1));
        refused("inlineBytes -1 is less than 0", () -> PairConfig.DEFAULT.withInline(-1));
        refused("watchNs 0 is less than 1", () -> PairConfig.DEFAULT.withWatch(0, 1));
        refused("completionTimeoutNs 0 is less than 1", () -> PairConfig.DEFAULT.withWatch(1, 0));
        refused("channel from node -1 to node 0: nodes are 0 .. 65535", () -> new ChannelId(-1, 0, 0));
        assertEquals("BACK_PRESSURED CLOSED FAILED END_OF_STREAM EMPTY 7", ChannelStatus.name(ChannelStatus.BACK_PRESSURED) + " "
            + ChannelStatus.name(ChannelStatus.CLOSED) + " " + ChannelStatus.name(ChannelStatus.FAILED) + " "
            + ChannelStatus.name(ChannelStatus.END_OF_STREAM) + " " + ChannelStatus.name(ChannelStatus.EMPTY) + " "
            + ChannelStatus.name(7));
    }

    private static void refused(final String message, final org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
