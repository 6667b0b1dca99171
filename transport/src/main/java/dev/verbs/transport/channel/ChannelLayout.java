package dev.verbs.transport.channel;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Layout of a write channel's memory; constants and field access over (segment, offset), no state.
 *
 * <pre>
 *   consumer: c slots of m bytes                                  then one line of scratch
 *   ┌──────────────┬──────────────┬─────┬──────────────┬─────────────────────────┐
 *   │    slot 0    │    slot 1    │ ... │   slot c-1   │ credit scratch: u64 pad │
 *   └──────────────┴──────────────┴─────┴──────────────┴─────────────────────────┘
 *   one slot; a message is RIGHT-aligned, so that one WRITE of exactly its bytes ends with the footer, and the footer with
 *   the word that the consumer polls:
 *   ┌──────────────────────┬──────────────────────────┬──────────┬───────────────────────────────────────┐
 *   │ (of earlier rounds)  │ payload, padded to 8     │ tag: u64 │ sequence: 28 │ flags: 4 │ length: 32   │
 *   └──────────────────────┴──────────────────────────┴──────────┴───────────────────────────────────────┘
 *                          ▲ a multiple of 8          m - 16     m - 8, high bits first                   m
 *
 *   producer: c slots of m bytes, LEFT-aligned (it fills before it knows the length), then one line with the credit word,
 *   which only the consumer writes
 *   ┌──────────────────────────┬──────────┬────────────────────────┬────────────┐
 *   │ payload, padded to 8     │ tag: u64 │ sequence│flags│length  │ (not sent) │
 *   └──────────────────────────┴──────────┴────────────────────────┴────────────┘
 * </pre>
 *
 * <p>Little endian on every host. Memory starts as zeros. The sequence of message n (from 0) is n + 1 modulo 2^28: a slot's
 * stale footer carries that of n - c, so it is never mistaken, and nothing needs to be cleared. The device makes the last
 * aligned word of a WRITE visible last ({@link dev.verbs.Guarantees#ordersPlacement()}); the consumer reads it with acquire.
 * The sequence lies in the highest bytes, so that even a device that places byte by byte, upwards, shows it complete only when
 * everything before it is there; half of a new credit count, likewise, is never more than the whole.
 */
public final class ChannelLayout {
    /** Bytes of the footer. */
    public static final int FOOTER_BYTES = 16;

    /** Slots start on cache lines. */
    public static final int SLOT_ALIGNMENT = 64;

    /** Bytes of the credit word, with the rest of its cache line. */
    public static final int CREDIT_BYTES = 64;

    /** Bytes of the credit word itself. */
    public static final int CREDIT_WORD = 8;

    /** Flag: the message is the last one. */
    public static final int END_OF_STREAM = 1;

    private static final ValueLayout.OfLong U64 = JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle WORD = U64.varHandle();
    private static final int SEQUENCE_SHIFT = 36;
    private static final int FLAGS_SHIFT = 32;
    private static final long SEQUENCE_MASK = (1L << Long.SIZE - SEQUENCE_SHIFT) - 1;
    private static final int FLAGS_MASK = 0xF;

    private ChannelLayout() {
    }

    /**
     * Bytes that a payload takes in a slot.
     *
     * @param length bytes of the payload
     * @return rounded up to a multiple of 8
     */
    public static long padded(final long length) {
        return length + 7 & -8L;
    }

    /**
     * The last word of a footer.
     *
     * @param message number of the message, from 0
     * @param flags   0 or {@link #END_OF_STREAM}
     * @param length  bytes of the payload
     * @return sequence, flags and length
     */
    public static long word(final long message, final int flags, final long length) {
        return (message + 1 & SEQUENCE_MASK) << SEQUENCE_SHIFT | (long)flags << FLAGS_SHIFT | length;
    }

    /**
     * Whether a word is the footer of a message.
     *
     * @param word    last word of a slot
     * @param message number of the message, from 0
     * @return true if its sequence is that of the message
     */
    public static boolean isFooterOf(final long word, final long message) {
        return word >>> SEQUENCE_SHIFT == (message + 1 & SEQUENCE_MASK);
    }

    /**
     * The sequence in a word.
     *
     * @param word last word of a slot
     * @return 28 bits
     */
    public static long sequence(final long word) {
        return word >>> SEQUENCE_SHIFT;
    }

    /**
     * The flags in a word.
     *
     * @param word last word of a slot
     * @return 4 bits
     */
    public static int flags(final long word) {
        return (int)(word >>> FLAGS_SHIFT) & FLAGS_MASK;
    }

    /**
     * The length in a word.
     *
     * @param word last word of a slot
     * @return bytes of the payload
     */
    public static long length(final long word) {
        return word & 0xFFFF_FFFFL;
    }

    /**
     * Reads the word that says whether a message has arrived. Acquire: pairs with the device, which makes it visible last.
     *
     * @param ring    consumer's memory
     * @param slotEnd where the slot ends
     * @return the last word of the slot
     */
    public static long wordAcquire(final MemorySegment ring, final long slotEnd) {
        return (long)WORD.getAcquire(ring, slotEnd - Long.BYTES);
    }

    /**
     * The tag of a message.
     *
     * @param ring    consumer's memory
     * @param slotEnd where the slot ends
     * @return the tag
     */
    public static long tag(final MemorySegment ring, final long slotEnd) {
        return ring.get(U64, slotEnd - FOOTER_BYTES);
    }

    /**
     * Writes a footer into producer memory, before the WRITE is posted.
     *
     * @param slots  producer's memory
     * @param offset where the footer starts
     * @param tag    the tag
     * @param word   the last word
     */
    public static void footer(final MemorySegment slots, final long offset, final long tag, final long word) {
        slots.set(U64, offset, tag);
        slots.set(U64, offset + Long.BYTES, word);
    }

    /**
     * Reads the credit word. Acquire: pairs with the device's write of it.
     *
     * @param memory producer's memory
     * @param offset where the word lies
     * @return messages that the consumer has released since the start
     */
    public static long creditAcquire(final MemorySegment memory, final long offset) {
        return (long)WORD.getAcquire(memory, offset);
    }

    /**
     * Writes the credit word into consumer memory, before the WRITE is posted.
     *
     * @param memory consumer's memory
     * @param offset where the word lies
     * @param count  messages released since the start
     */
    public static void credit(final MemorySegment memory, final long offset, final long count) {
        memory.set(U64, offset, count);
    }
}
