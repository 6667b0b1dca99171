package dev.verbs.examples.pingpong;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Compares every byte of every message with what it must be, and spoils the buffer afterwards, so that old bytes cannot pass
 * for new ones. One thread. Comparing does not allocate while the data are right.
 */
public final class MessageCheck {
    /** What C fills its buffer with. */
    private static final byte FILL = 0x7b;
    /** The same in {@code ibv_srq_pingpong}. */
    private static final byte SHARED_FILL = 0;
    /** What C puts at the start of each page with {@code -c}: {@code page % sizeof(char)} is 0. */
    private static final byte PAGE_MARK = 0;
    private static final byte SPOILED = (byte)0xee;
    private static final int DEFAULT_PAGE = 4096;
    /** Type of the page size in the auxiliary vector, from the ELF specification. */
    private static final long AT_PAGESZ = 6;

    private final MemorySegment expected;
    private final int pageSize;
    private final BitSet badPages = new BitSet();
    private boolean corruptNext;

    /**
     * Checks against a message.
     *
     * @param expected what every message must be
     * @param pageSize unit of the report
     */
    public MessageCheck(final MemorySegment expected, final int pageSize) {
        this.expected = expected;
        this.pageSize = pageSize;
    }

    /**
     * The message of {@code ibv_rc_pingpong}, {@code ibv_uc_pingpong} and {@code ibv_ud_pingpong}.
     *
     * @param arena    owns the memory
     * @param size     its length in bytes
     * @param marked   whether each page starts with its mark, as with {@code -c}
     * @param pageSize bytes of a page
     * @return the message
     */
    public static MemorySegment message(final Arena arena, final long size, final boolean marked, final int pageSize) {
        return filled(arena.allocate(size).fill(FILL), marked, pageSize);
    }

    /**
     * The message of rdma-core's program for a configuration.
     *
     * @param arena    owns the memory
     * @param config   size, marks if it validates, and which program
     * @param pageSize bytes of a page
     * @return the message
     */
    public static MemorySegment message(final Arena arena, final PingPongConfig config, final int pageSize) {
        final byte fill = config.isShared() ? SHARED_FILL : FILL;
        return filled(arena.allocate(config.size()).fill(fill), config.validate(), pageSize);
    }

    private static MemorySegment filled(final MemorySegment message, final boolean marked, final int pageSize) {
        for (long at = 0; marked && at < message.byteSize(); at += pageSize) {
            message.set(ValueLayout.JAVA_BYTE, at, PAGE_MARK);
        }
        return message;
    }

    /**
     * The page size of this system, which decides where C puts its marks.
     *
     * @return bytes of a page
     */
    public static int systemPageSize() {
        try {
            final ByteBuffer vector = ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")))
                .order(ByteOrder.nativeOrder());
            while (vector.remaining() >= 2 * Long.BYTES) {
                final long type = vector.getLong();
                final long value = vector.getLong();
                if (type == AT_PAGESZ) {
                    return Math.toIntExact(value);
                }
            }
        } catch (final IOException e) {
            return DEFAULT_PAGE; // no /proc: no C peer on this host either
        }
        return DEFAULT_PAGE;
    }

    /** Flips one bit of the next message before it is compared, once: how tests prove that wrong bytes are found. */
    public void corruptNext() {
        corruptNext = true;
    }

    void accept(final MemorySegment received) {
        if (corruptNext) {
            corruptNext = false;
            final long at = received.byteSize() / 2;
            received.set(ValueLayout.JAVA_BYTE, at, (byte)(received.get(ValueLayout.JAVA_BYTE, at) ^ 1));
        }
        if (received.mismatch(expected) >= 0) {
            collect(received);
        }
    }

    static void spoil(final MemorySegment buffer) {
        buffer.fill(SPOILED);
    }

    private void collect(final MemorySegment received) {
        for (long at = 0; at < expected.byteSize(); at += pageSize) {
            final long end = Math.min(at + pageSize, expected.byteSize());
            if (MemorySegment.mismatch(received, at, end, expected, at, end) >= 0) {
                badPages.set(Math.toIntExact(at / pageSize));
            }
        }
    }

    /**
     * Where something else was found.
     *
     * @return page numbers in ascending order, empty if all was right
     */
    public long[] badPages() {
        return badPages.stream().asLongStream().toArray();
    }
}
