package dev.verbs.transport.ring;

import dev.verbs.AccessFlags;
import dev.verbs.MemoryRegion;
import dev.verbs.memory.RegisteredArena;
import dev.verbs.memory.RemoteBuffer;
import dev.verbs.transport.Cleanup;
import dev.verbs.transport.TransportNode;
import java.lang.foreign.MemorySegment;

/**
 * The registered memory of one host: one piece, registered once, control words first.
 *
 * <pre>
 *    0              8              64          64 + 8 N, rounded up to 64
 *   | retired word | barrier word | announcement 0 .. N-1 | element 0 | element 1 | ... | element N-1 |
 *     from predecessor              from successor          from predecessor
 *
 *   | source words: what this host writes into its neighbours' words, retired, barrier, arrival 0 .. N-1, announcement 0 .. N-1 |
 * </pre>
 *
 * <p>Every word has one writer, the neighbour that is named, and is written whole: 8 aligned bytes.
 */
final class RingMemory {
    static final long RETIRED = 0;
    static final long BARRIER = 8;
    static final long ANNOUNCEMENTS = 64;

    private static final long LINE = 64;

    final RegisteredArena arena;
    final MemorySegment memory;
    final MemoryRegion region;
    final RingElement[] elements;
    private final int count;
    private final long sources;

    RingMemory(final TransportNode node, final RingConfig config) {
        this.count = config.elements();
        final long shared = sharedBytes(config);
        final long total = shared + words(2 + 2 * count);
        this.arena = RegisteredArena.ofShared(total);
        try {
            this.memory = arena.allocate(total, RegisteredArena.PAGE);
            this.region = arena.register(node.domain(), memory, AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE);
        } catch (final Throwable e) {
            Cleanup.after(e, arena);
            throw e;
        }
        this.sources = shared;
        this.elements = new RingElement[count];
        for (int index = 0; index < count; index++) {
            elements[index] = new RingElement(memory, elementOffset(config, index), region.lkey(), index);
        }
    }

    /** What neighbours may write: control words and elements, not the source words. */
    RemoteBuffer remote(final RingConfig config) {
        return RemoteBuffer.of(region).slice(0, sharedBytes(config));
    }

    static long sharedBytes(final RingConfig config) {
        return elementOffset(config, config.elements());
    }

    static long elementOffset(final RingConfig config, final int index) {
        return ANNOUNCEMENTS + words(config.elements()) + index * config.elementBytes();
    }

    static long announcementOffset(final RingConfig config, final long number) {
        return ANNOUNCEMENTS + number % config.elements() * Long.BYTES;
    }

    long retiredSource() {
        return sources;
    }

    long barrierSource() {
        return sources + Long.BYTES;
    }

    long arrivalSource(final long number) {
        return sources + (2 + number % count) * Long.BYTES;
    }

    long announcementSource(final long number) {
        return sources + (2 + count + number % count) * Long.BYTES;
    }

    private static long words(final int words) {
        return (words * (long)Long.BYTES + LINE - 1) & -LINE;
    }
}
