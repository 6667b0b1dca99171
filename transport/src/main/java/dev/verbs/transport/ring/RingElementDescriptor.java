package dev.verbs.transport.ring;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Layout of a buffer element.
 *
 * <pre>
 *    0               8              12              16
 *   +---------------+---------------+---------------+---------------+
 *   |        payload length         |     owner     |     hops      |
 *   +---------------+---------------+---------------+---------------+   16
 *   |            serial             |           reserved            |
 *   +---------------+---------------+---------------+---------------+   32
 *   |  payload, payload length bytes ...                            |
 *   +--                                                           --+
 *   |  not written                                  | arrival word  |
 *   +-----------------------------------------------+---------------+   element length
 * </pre>
 *
 * <p>A sender writes header and payload with one RDMA WRITE and the arrival word with a second one behind it: on a
 * reliable connection the second is not placed before the first, so who sees the word has the fragment. The word is the
 * number of the announcement that the sender used, counted from 1 per link: it never repeats, nothing has to be cleared.
 *
 * <p>Hops counts the hosts that the fragment has visited, the present one included. Only the receiver changes it, before
 * anybody else looks at the element; so an element can be joined and sent on at the same time.
 */
final class RingElementDescriptor {
    static final long PAYLOAD_LENGTH = 0;
    static final long OWNER = PAYLOAD_LENGTH + Long.BYTES;
    static final long HOPS = OWNER + Integer.BYTES;
    static final long SERIAL = HOPS + Integer.BYTES;
    static final long HEADER_LENGTH = 32;

    /** Header and arrival word. */
    static final long OVERHEAD = HEADER_LENGTH + Long.BYTES;

    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

    private RingElementDescriptor() {
    }

    /** Where the arrival word lies in an element. */
    static long arrivalOffset(final long elementBytes) {
        return elementBytes - Long.BYTES;
    }

    static long payloadLength(final MemorySegment memory, final long at) {
        return memory.get(ValueLayout.JAVA_LONG, at + PAYLOAD_LENGTH);
    }

    static int owner(final MemorySegment memory, final long at) {
        return memory.get(ValueLayout.JAVA_INT, at + OWNER);
    }

    static int hops(final MemorySegment memory, final long at) {
        return memory.get(ValueLayout.JAVA_INT, at + HOPS);
    }

    static void hops(final MemorySegment memory, final long at, final int hops) {
        memory.set(ValueLayout.JAVA_INT, at + HOPS, hops);
    }

    static long serial(final MemorySegment memory, final long at) {
        return memory.get(ValueLayout.JAVA_LONG, at + SERIAL);
    }

    static void write(final MemorySegment memory, final long at, final long payloadLength, final int owner, final int hops,
        final long serial) {
        memory.set(ValueLayout.JAVA_LONG, at + PAYLOAD_LENGTH, payloadLength);
        memory.set(ValueLayout.JAVA_INT, at + OWNER, owner);
        memory.set(ValueLayout.JAVA_INT, at + HOPS, hops);
        memory.set(ValueLayout.JAVA_LONG, at + SERIAL, serial);
    }

    /** Reads a word that a peer writes. Acquire: pairs with the placement of the peer's WRITE, which puts the word last. */
    static long wordAcquire(final MemorySegment memory, final long at) {
        return (long)WORD.getAcquire(memory, at);
    }
}
