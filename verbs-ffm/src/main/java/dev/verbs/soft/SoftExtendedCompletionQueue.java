package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.ExtendedCqConfig;
import dev.verbs.VerbsException;
import dev.verbs.WcDescriptor;
import dev.verbs.WcField;
import dev.verbs.spi.AbstractCompletionQueue;
import dev.verbs.spi.BatchedQueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/**
 * Completions are read one by one. The oldest one is the current one and leaves its slot when the iterator goes on. Time
 * stamps are taken from the fabric's clock when a request completes; wall time is that clock, set once by the system's.
 */
final class SoftExtendedCompletionQueue extends SoftCompletionQueue implements BatchedQueue {
    private static final Set<WcField> CLOCKS = Set.of(WcField.TIMESTAMP, WcField.WALLCLOCK);

    /** Wall time minus the fabric's clock, in nanoseconds. */
    private final long wallOffset;
    /** Holds the current completion; the poller's own. */
    private final MemorySegment memory = Arena.ofAuto().allocate(WcDescriptor.SIZE, Long.BYTES);
    private long time;
    /** Whether the oldest completion was handed out and not yet dropped; the poller's own. */
    private boolean holds;

    SoftExtendedCompletionQueue(final SoftContext context, final ExtendedCqConfig config) {
        super(context, (SoftCompletionChannel)config.channel(), config.entries(), config.fields(),
            config.fields().stream().anyMatch(CLOCKS::contains), config.ignoreOverrun());
        this.wallOffset = System.currentTimeMillis() * 1_000_000 - context.fabric().nanoTime();
    }

    static void check(final ExtendedCqConfig config) {
        final EnumSet<WcField> missing = EnumSet.noneOf(WcField.class);
        missing.addAll(config.fields());
        missing.removeAll(WcField.STANDARD);
        missing.removeAll(CLOCKS);
        if (!missing.isEmpty()) {
            throw new VerbsException("ibv_create_cq_ex", Errno.EOPNOTSUPP, "the software device has no " + missing
                + ": it knows neither raw packets nor flow steering nor tag matching");
        }
    }

    @Override
    public AbstractCompletionQueue queue() {
        return this;
    }

    @Override
    public int startDevice() {
        if (hasFailed()) {
            return FAILED;
        }
        drive();
        final long mark = mark();
        final CompletionRing ring = front();
        if (ring == null) {
            settle(mark);
            return hasFailed() ? FAILED : NONE;
        }
        ring.copy(frontPosition(), memory, 0);
        time = ring.time(frontPosition());
        holds = true;
        return COMPLETION;
    }

    @Override
    public int advanceDevice() {
        endDevice();
        return startDevice();
    }

    @Override
    public void endDevice() {
        if (holds) {
            holds = false;
            dropFront();
        }
    }

    @Override
    public MemorySegment current() {
        return memory;
    }

    @Override
    public long currentOffset() {
        return 0;
    }

    @Override
    public int readFlags() {
        return WcDescriptor.flags(memory, 0);
    }

    @Override
    public int readByteLength() {
        return WcDescriptor.byteLength(memory, 0);
    }

    @Override
    public int readImmediate() {
        return WcDescriptor.immediate(memory, 0);
    }

    @Override
    public int readInvalidatedRkey() {
        return Integer.reverseBytes(WcDescriptor.immediate(memory, 0)); // the same word, in host order
    }

    @Override
    public int readSourceQp() {
        return WcDescriptor.sourceQp(memory, 0);
    }

    @Override
    public int readSlid() {
        return 0; // Ethernet has none
    }

    @Override
    public byte readServiceLevel() {
        return (byte)WcDescriptor.serviceLevel(memory, 0);
    }

    @Override
    public byte readDlidPathBits() {
        return 0;
    }

    @Override
    public long readTimestamp() {
        return time;
    }

    @Override
    public long readWallclockNs() {
        return time + wallOffset;
    }

    @Override
    public short readCvlan() {
        return 0;
    }

    @Override
    public int readFlowTag() {
        return 0;
    }

    @Override
    public long readMatchedTag() {
        return 0;
    }

    @Override
    public int readMatchedPrivate() {
        return 0;
    }
}
