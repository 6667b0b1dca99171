package dev.verbs.soft;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.verbs.GrhDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Moves the bytes of one message from a list of pieces to another. Used under the requester's send lock.
 *
 * <p>Placement of a WRITE: all bytes first, then the last naturally aligned word (of 8 bytes, else of 4; if the end is not aligned:
 * the last byte) at once, with release. A reader that takes that word with acquire sees the whole message.
 */
final class Transfer {
    private static final VarHandle WORD = JAVA_LONG.varHandle();
    private static final VarHandle HALF = JAVA_INT.varHandle();
    private static final VarHandle BYTE = JAVA_BYTE.varHandle();
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final SoftQueuePair owner;
    private final ChunkList source;
    private final ChunkList target;
    /** What an atomic found, on its way back to the requester. */
    private final MemorySegment fetched;
    /** What stands before the payload of a datagram; null until there is one. */
    private MemorySegment header;
    /** Number of the reason why the requester's request failed, until {@link #takeReason}; 0 for none. */
    private int reason;
    /** Why memory could not be reached, until somebody takes it. */
    private String refusal;

    /** For messages of so many pieces, rarely more; 8 aligned bytes are its own. */
    Transfer(final SoftQueuePair owner, final int pieces, final MemorySegment scratch) {
        this.owner = owner;
        this.fetched = scratch;
        this.source = new ChunkList(pieces);
        this.target = new ChunkList(pieces);
    }

    ChunkList source() {
        return source;
    }

    ChunkList target() {
        return target;
    }

    /** The requester. */
    SoftQueuePair owner() {
        return owner;
    }

    /** The request fails: for the reason with this number. */
    void failsFor(final int number) {
        reason = number;
    }

    /** The number of the reason why the request failed, 0 if none was given. */
    int takeReason() {
        final int taken = reason;
        reason = 0;
        return taken;
    }

    /** Room for the header of a datagram. */
    MemorySegment header() {
        if (header == null) {
            header = Arena.ofAuto().allocate(GrhDescriptor.SIZE, Long.BYTES);
        }
        return header;
    }

    /** Copies the header and the whole source behind it; false like {@link #tryCopy}. */
    boolean tryCopyBehindHeader() {
        try {
            fill(header, 0, GrhDescriptor.SIZE, 0);
            long filled = GrhDescriptor.SIZE;
            for (int i = 0; i < source.count(); i++) {
                fill(source.segment(i), source.offset(i), source.length(i), filled);
                filled += source.length(i);
            }
            return true;
        } catch (final IllegalStateException | WrongThreadException e) {
            return refused(e);
        }
    }

    /** Copies one piece into the target, after the first {@code skip} bytes of it. */
    private void fill(final MemorySegment from, final long offset, final long length, final long skip) {
        int to = 0;
        long into = skip;
        while (into >= target.length(to)) {
            into -= target.length(to);
            to++;
        }
        long done = 0;
        while (done < length) {
            final long some = Math.min(length - done, target.length(to) - into);
            MemorySegment.copy(from, offset + done, target.segment(to), target.offset(to) + into, some);
            done += some;
            to++;
            into = 0;
        }
    }

    void forget() {
        source.forget();
        target.forget();
    }

    /** Copies the whole source, the target is as long; false if this thread may not touch a piece of them. */
    boolean tryCopy() {
        try {
            copy(source.total());
            return true;
        } catch (final IllegalStateException | WrongThreadException e) {
            return refused(e);
        }
    }

    /** Copies the whole source into one piece, its last word last; false like {@link #tryCopy}. */
    boolean tryPlace() {
        try {
            place();
            return true;
        } catch (final IllegalStateException | WrongThreadException e) {
            return refused(e);
        }
    }

    /**
     * Does an atomic on the source's only piece, 8 aligned bytes, and makes the source what they were before; false like
     * {@link #tryCopy}.
     */
    boolean tryAtomic(final boolean swaps, final long compareAdd, final long swap) {
        try {
            final MemorySegment memory = source.segment(0);
            final long at = source.offset(0);
            final long before = swaps ? (long)WORD.compareAndExchange(memory, at, compareAdd, swap)
                : (long)WORD.getAndAdd(memory, at, compareAdd);
            fetched.set(JAVA_LONG, 0, before);
            source.clear();
            source.add(fetched, 0, Long.BYTES);
            return true;
        } catch (final IllegalStateException | WrongThreadException e) {
            return refused(e);
        }
    }

    /** Only remembers it: a logger may block, and two locks are held here. */
    private boolean refused(final RuntimeException e) {
        refusal = "registered memory cannot be reached from " + Thread.currentThread().getName() + ": " + e.getMessage()
            + ". Requests run in the thread that posts or polls: use memory of a shared or automatic arena, and close the arena "
            + "after the region";
        return false;
    }

    /** What {@link #tryCopy} or {@link #tryPlace} refused since the last call, to be logged under no lock; null if nothing. */
    String takeRefusal() {
        final String taken = refusal;
        if (taken != null) {
            refusal = null;
        }
        return taken;
    }

    private void place() {
        final long length = source.total();
        if (length == 0) {
            return;
        }
        final MemorySegment memory = target.segment(0);
        final long end = target.offset(0) + length;
        final long alignment = memory.address() + end;
        if (length >= Long.BYTES && (alignment & Long.BYTES - 1) == 0) {
            final long word = last(Long.BYTES);
            if (length > Long.BYTES) {
                copy(length - Long.BYTES);
            }
            WORD.setRelease(memory, end - Long.BYTES, word); // pairs with the reader's acquire, as those below
        } else if (length >= Integer.BYTES && (alignment & Integer.BYTES - 1) == 0) {
            final int word = (int)last(Integer.BYTES);
            copy(length - Integer.BYTES);
            HALF.setRelease(memory, end - Integer.BYTES, word);
        } else {
            final byte octet = (byte)last(1);
            copy(length - 1);
            BYTE.setRelease(memory, end - 1, octet);
        }
    }

    private void copy(final long length) {
        if (source.count() == 1 && target.count() == 1) {
            MemorySegment.copy(source.segment(0), source.offset(0), target.segment(0), target.offset(0), length);
            return;
        }
        long left = length;
        int from = 0;
        int to = 0;
        long done = 0;
        long filled = 0;
        while (left > 0) {
            final long some = Math.min(left, Math.min(source.length(from) - done, target.length(to) - filled));
            MemorySegment.copy(source.segment(from), source.offset(from) + done, target.segment(to),
                target.offset(to) + filled, some);
            left -= some;
            done += some;
            filled += some;
            if (done == source.length(from)) {
                from++;
                done = 0;
            }
            if (filled == target.length(to)) {
                to++;
                filled = 0;
            }
        }
    }

    /** The last bytes of the source, at most 8, as a number in native order, also where they lie in several pieces. */
    private long last(final int bytes) {
        int piece = source.count() - 1;
        final long at = source.length(piece) - bytes;
        if (at >= 0 && bytes == Long.BYTES) {
            return source.segment(piece).get(JAVA_LONG_UNALIGNED, source.offset(piece) + at);
        }
        long value = 0;
        long left = source.length(piece);
        for (int i = bytes - 1; i >= 0; i--) {
            while (left == 0) {
                piece--;
                left = source.length(piece);
            }
            left--;
            final long octet = source.segment(piece).get(JAVA_BYTE, source.offset(piece) + left) & 0xFF;
            value |= octet << Byte.SIZE * (LITTLE_ENDIAN ? i : bytes - 1 - i);
        }
        return value;
    }
}
