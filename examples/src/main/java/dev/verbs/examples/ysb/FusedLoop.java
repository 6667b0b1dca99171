package dev.verbs.examples.ysb;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The query as one plain loop over one slice on one thread: no epochs, no leaders, no network. It answers what the machinery
 * costs; it is not used to check answers.
 */
final class FusedLoop {
    private static final ValueLayout.OfLong INT64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long VIEW = 0x77656976L;
    private static final int RECORD = 78;
    private static final int CAMPAIGN = 32;
    private static final int EVENT_TYPE = 57;
    private static final int TIME = 66;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private FusedLoop() {
    }

    /** Counts views per window and campaign into {@code table}: (window + 1, campaign, count), open addressing; returns views. */
    static long run(final MemorySegment slice, final MemorySegment table, final int bits, final long windowMs) {
        final long mask = (1L << bits) - 1;
        final long end = slice.byteSize();
        long views = 0;
        for (long at = 0; at < end; at += RECORD) {
            if (slice.get(INT64, at + EVENT_TYPE) == VIEW && slice.get(ValueLayout.JAVA_BYTE, at + EVENT_TYPE + 8) == 0) {
                final long window = slice.get(INT64, at + TIME) / windowMs + 1;
                final long key = slice.get(INT64, at + CAMPAIGN);
                long slot = (key + window * GOLDEN) * GOLDEN >>> 64 - bits;
                while (true) {
                    final long to = slot * 24;
                    final long held = table.get(INT64, to);
                    if (held == 0) {
                        table.set(INT64, to, window);
                        table.set(INT64, to + 8, key);
                    }
                    if (held == 0 || held == window && table.get(INT64, to + 8) == key) {
                        table.set(INT64, to + 16, table.get(INT64, to + 16) + 1);
                        break;
                    }
                    slot = slot + 1 & mask;
                }
                views++;
            }
        }
        return views;
    }
}
