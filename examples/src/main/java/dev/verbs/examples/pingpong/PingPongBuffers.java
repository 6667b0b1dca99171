package dev.verbs.examples.pingpong;

import dev.verbs.AccessFlags;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.examples.CloseStack;
import dev.verbs.examples.CommandFailure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One region of equal slots. One thread.
 *
 * <pre>
 *   | outgoing | receive 0 | receive 1 | …      each: headroom (a GRH with UD), message, padding to 64 bytes
 * </pre>
 */
final class PingPongBuffers {
    private static final int ALIGNMENT = 64;
    private static final int PAGE = 4096;
    private static final long MAX_BYTES = 4L << 30;

    private final MemoryRegion region;
    private final MemorySegment outgoing;
    private final MemorySegment[] messages;
    private final int headroom;
    private final long size;

    /** Registers memory that {@code resources} closes. */
    PingPongBuffers(final ProtectionDomain pd, final Arena arena, final CloseStack resources, final PingPongConfig config,
        final int receiveSlots) {
        headroom = config.service().headroom();
        size = config.size();
        final long stride = (headroom + size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        final long bytes = (receiveSlots + 1) * stride;
        if (bytes > MAX_BYTES) {
            throw new CommandFailure(receiveSlots + " receives of " + size + " bytes need " + bytes + " bytes, more than "
                + MAX_BYTES + ": give a smaller -r or -s");
        }
        final MemorySegment memory = arena.allocate(bytes, PAGE);
        region = resources.add(pd.registerMemory(memory, AccessFlags.LOCAL_WRITE));
        outgoing = memory.asSlice(headroom, size);
        messages = new MemorySegment[receiveSlots];
        for (int slot = 0; slot < receiveSlots; slot++) {
            messages[slot] = memory.asSlice((slot + 1) * stride + headroom, size);
            MessageCheck.spoil(messages[slot]);
        }
    }

    /** What the starting end sends. */
    MemorySegment outgoing() {
        return outgoing;
    }

    /** The message in a slot, without the headroom. */
    MemorySegment message(final int slot) {
        return messages[slot];
    }

    int slots() {
        return messages.length;
    }

    /** Where a receive into a slot starts. */
    long receiveAddress(final int slot) {
        return messages[slot].address() - headroom;
    }

    long receiveLength() {
        return headroom + size;
    }

    int lkey() {
        return region.lkey();
    }
}
