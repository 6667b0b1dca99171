package dev.verbs.transport.channel;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.VerbsException;
import dev.verbs.memory.RegisteredArena;
import dev.verbs.transport.Cleanup;
import dev.verbs.transport.TransportNode;
import java.lang.foreign.MemorySegment;

/**
 * The registered memory of one end of a channel: its slots, and the credit word (producer: where credits arrive; consumer: where
 * they are sent from). Only what the peer writes to is open to it.
 */
final class ChannelMemory implements AutoCloseable {
    private final TransportNode node;
    private final RegisteredArena arena;
    private final boolean owned;
    private final MemorySegment segment;
    private final long creditOffset;
    private MemoryRegion slots;
    private MemoryRegion credit;
    private boolean closed;

    private ChannelMemory(final TransportNode node, final RegisteredArena given, final WriteChannelConfig config) {
        requireOrderedPlacement(node);
        this.node = node;
        this.owned = given == null;
        this.arena = owned ? RegisteredArena.ofShared(footprint(config)) : given;
        this.segment = arena.allocate(footprint(config), RegisteredArena.PAGE);
        this.creditOffset = config.ringBytes();
    }

    /** Bytes of either end, in whole pages so that ends can be laid one behind the other. */
    static long footprint(final WriteChannelConfig config) {
        return config.ringBytes() + ChannelLayout.CREDIT_BYTES + RegisteredArena.PAGE - 1 & -RegisteredArena.PAGE;
    }

    private static void requireOrderedPlacement(final TransportNode node) {
        if (!node.device().guarantees().ordersPlacement()) {
            throw new VerbsException("channel", Errno.EOPNOTSUPP, node.device().name() + " does not promise that the last word of "
                + "a WRITE becomes visible last, and a write channel polls that word: use send and receive on this device");
        }
    }

    /** Slots that only this side touches, and a credit word that the peer writes. */
    static ChannelMemory ofProducer(final TransportNode node, final RegisteredArena arena, final WriteChannelConfig config) {
        final ChannelMemory memory = new ChannelMemory(node, arena, config);
        memory.register(0, config.ringBytes(), AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE);
        return memory;
    }

    /** Slots that the peer writes, and a word that credits are sent from. */
    static ChannelMemory ofConsumer(final TransportNode node, final RegisteredArena arena, final WriteChannelConfig config) {
        final ChannelMemory memory = new ChannelMemory(node, arena, config);
        memory.register(AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE, config.ringBytes(), 0);
        return memory;
    }

    private void register(final int slotAccess, final long ringBytes, final int creditAccess) {
        try {
            slots = arena.register(node.domain(), segment.asSlice(0, ringBytes), slotAccess);
            credit = arena.register(node.domain(), segment.asSlice(creditOffset, ChannelLayout.CREDIT_BYTES), creditAccess);
        } catch (final Throwable e) {
            Cleanup.after(e, this);
            throw e;
        }
    }

    MemorySegment segment() {
        return segment;
    }

    long creditOffset() {
        return creditOffset;
    }

    MemoryRegion slots() {
        return slots;
    }

    MemoryRegion credit() {
        return credit;
    }

    /** After the queue pair was closed. Memory of a given arena goes back with the arena. Idempotent. */
    @Override
    public void close() {
        if (owned && !closed) {
            closed = true;
            node.retire(arena);
        }
    }
}
