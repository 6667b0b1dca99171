package dev.verbs.examples.perf;

import dev.verbs.AccessFlags;
import dev.verbs.GrhDescriptor;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.examples.CloseStack;
import dev.verbs.examples.perf.Exchange.Cycle;
import dev.verbs.examples.perf.PerfTool.Operation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/**
 * Memory of one end.
 *
 * <pre>
 *   | sent or fetched into, QP 0 | target or received into, QP 0 | sent, QP 1 | target, QP 1 | ...
 *   one region for all, or one for each queue pair; small messages cycle through a page of each part
 * </pre>
 */
final class PerfBuffers {
    private static final long PAGE = 4096;

    private final MemorySegment memory;
    private final long room;
    private final MemoryRegion[] regions;
    private final Cycle cycle;

    /**
     * Allocates, registers and fills the memory.
     *
     * @param pd        domain of the queue pairs
     * @param arena     owns the memory
     * @param resources takes the regions
     * @param config    sizes
     * @param cycle     agreed on with the peer
     */
    PerfBuffers(final ProtectionDomain pd, final Arena arena, final CloseStack resources, final PerfConfig config, final Cycle cycle) {
        final PerfConfig.Traffic traffic = config.traffic();
        this.cycle = cycle;
        this.room = cycle.room(traffic.size() + headroom(config.service()));
        this.memory = arena.allocate(2 * room * traffic.queuePairs(), PAGE);
        fill(config.tool());
        this.regions = new MemoryRegion[traffic.queuePairs()];
        final int access = access(config.tool().operation()) | (traffic.onDemand() ? AccessFlags.ON_DEMAND : 0)
            | (traffic.relaxed() ? AccessFlags.RELAXED_ORDERING : 0);
        for (int i = 0; i < regions.length; i++) {
            regions[i] = traffic.regionEach() ? resources.add(pd.registerMemory(memory.asSlice(2 * room * i, 2 * room), access))
                : i == 0 ? resources.add(pd.registerMemory(memory, access)) : regions[0];
        }
    }

    /** Random numbers, but zeros where the memory is polled. */
    private void fill(final PerfTool tool) {
        if (tool != PerfTool.WRITE_LAT) {
            final SplittableRandom random = new SplittableRandom();
            for (long at = 0; at < memory.byteSize(); at += Long.BYTES) {
                memory.set(ValueLayout.JAVA_LONG, at, random.nextLong());
            }
        }
    }

    private static int access(final Operation operation) {
        return AccessFlags.LOCAL_WRITE | remote(operation);
    }

    /** What the peer may do. */
    static int remote(final Operation operation) {
        return switch (operation) {
            case SEND -> 0;
            case WRITE -> AccessFlags.REMOTE_WRITE;
            case READ -> AccessFlags.REMOTE_READ;
            case ATOMIC -> AccessFlags.REMOTE_ATOMIC;
        };
    }

    /** Bytes of a receive before the message. */
    static int headroom(final PerfService service) {
        return service == PerfService.UD ? (int)GrhDescriptor.SIZE : 0;
    }

    MemorySegment memory() {
        return memory;
    }

    Cycle cycle() {
        return cycle;
    }

    /** Where messages of a queue pair are sent from, or fetched to. */
    long sendOffset(final int queuePair) {
        return 2 * room * queuePair;
    }

    /** Where the peer reads and writes, or messages are received. */
    long targetOffset(final int queuePair) {
        return sendOffset(queuePair) + room;
    }

    long sendAddress(final int queuePair) {
        return memory.address() + sendOffset(queuePair);
    }

    long targetAddress(final int queuePair) {
        return memory.address() + targetOffset(queuePair);
    }

    MemoryRegion region(final int queuePair) {
        return regions[queuePair];
    }
}
