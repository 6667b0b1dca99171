package dev.verbs.soft;

import dev.verbs.SendFlags;
import dev.verbs.SendWrDescriptor;
import java.lang.foreign.MemorySegment;

/**
 * The fields of the send request that is being looked at, each read from memory once: on the hot path such reads are most of what a
 * short request costs. Under the send queue's lock.
 */
final class Request {
    /** Where the request lies. */
    private MemorySegment list;
    private long at;
    private int entries;
    private long sges;
    private int opcode;
    private int kind;
    private int flags;
    /** Bytes of the message, as far as it was executed. */
    private long length;

    void read(final MemorySegment segment, final long offset) {
        if (list != segment) { // saves the collector's barrier
            list = segment;
        }
        at = offset;
        entries = SendWrDescriptor.numSge(segment, offset);
        sges = SendWrDescriptor.sgList(segment, offset) - segment.address();
        opcode = SendWrDescriptor.opcode(segment, offset);
        kind = Operation.kind(opcode);
        flags = SendWrDescriptor.sendFlags(segment, offset);
        length = 0;
    }

    /** Drops the reference to the list, so that its memory can be collected. */
    void forget() {
        list = null;
    }

    MemorySegment list() {
        return list;
    }

    /** Its offset in the list's memory. */
    long at() {
        return at;
    }

    /** How many scatter/gather entries it has. */
    int entries() {
        return entries;
    }

    /** Offset of the first one in the list's memory. */
    long sges() {
        return sges;
    }

    int opcode() {
        return opcode;
    }

    /** Bits of {@link Operation}. */
    int kind() {
        return kind;
    }

    boolean isInline() {
        return (flags & SendFlags.INLINE) != 0;
    }

    boolean isSignalled() {
        return (flags & SendFlags.SIGNALED) != 0;
    }

    /** Whether its completion at the receiver wakes those who asked for solicited ones. */
    boolean isSolicited() {
        return (flags & SendFlags.SOLICITED) != 0;
    }

    long length() {
        return length;
    }

    void length(final long bytes) {
        length = bytes;
    }
}
