package dev.verbs.soft;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.verbs.RcTuning;
import dev.verbs.SendFlags;
import dev.verbs.WcStatus;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the software device does at once, in the posting thread. */
class SoftExecutionTest {
    private final SoftPair pair = new SoftPair(RcTuning.DEFAULT);
    private final SoftPair.End a = pair.a();
    private final SoftPair.End b = pair.b();

    @org.junit.jupiter.api.AfterEach
    void close() {
        pair.close();
    }

    @Test
    void shouldSendWriteAndRead() {
        a.buffer.set(JAVA_LONG, 0, 0x1122334455667788L);
        b.receive(7, 128, 64);
        a.send(1, 0, 8);
        a.expect(1, WcStatus.SUCCESS);
        b.expect(7, WcStatus.SUCCESS);
        assertEquals(0x1122334455667788L, b.buffer.get(JAVA_LONG, 128));
        a.write(2, 0, 8, b, 512);
        a.expect(2, WcStatus.SUCCESS);
        assertEquals(0x1122334455667788L, b.buffer.get(JAVA_LONG, 512));
        a.sends.clear().read(3, a.at(1024), 8, a.region.lkey(), b.at(512), b.region.rkey(), SendFlags.SIGNALED);
        assertEquals(1, a.qp.postSend(a.sends));
        a.expect(3, WcStatus.SUCCESS);
        assertEquals(0x1122334455667788L, a.buffer.get(JAVA_LONG, 1024));
    }

    /** Every split of a message over pieces, aligned or not, arrives whole: writes put their last word separately. */
    @Test
    void shouldGatherAnySplit() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            for (int i = 0; i < 256; i++) {
                a.buffer.set(JAVA_BYTE, i, (byte)random.nextInt());
            }
            final long remote = 4104 + random.nextInt(16);
            a.sends.clear();
            final int index = a.sends.add(round, dev.verbs.WrOpcode.RDMA_WRITE.code(), SendFlags.SIGNALED);
            int length = 0;
            for (int piece = 0; piece < 4; piece++) {
                final int part = random.nextInt(random.nextBoolean() ? 4 : 40);
                a.sends.addLocal(index, a.at(length), part, a.region.lkey());
                length += part;
            }
            a.sends.remote(index, b.at(remote), b.region.rkey());
            b.buffer.asSlice(4096, 512).fill((byte)0x5A);
            assertEquals(1, a.qp.postSend(a.sends));
            a.expect(round, WcStatus.SUCCESS);
            assertEquals(-1, a.buffer.asSlice(0, length).mismatch(b.buffer.asSlice(remote, length)), "seed " + seed);
            assertEquals((byte)0x5A, b.buffer.get(JAVA_BYTE, remote - 1), "seed " + seed);
            assertEquals((byte)0x5A, b.buffer.get(JAVA_BYTE, remote + length), "seed " + seed);
        }
    }
}
