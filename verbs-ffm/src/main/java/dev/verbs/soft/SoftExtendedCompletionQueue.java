package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.ExtendedCqConfig;
import dev.verbs.VerbsException;
import dev.verbs.WcDescriptor;
import dev.verbs.WcField;
import dev.verbs.spi.AbstractCompletionQueue;
import dev.verbs.spi.BatchedQueue;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/**
 * Completions read in place in the ring. The oldest one is the current one and leaves its slot when the iterator goes on. Time
 * stamps are taken from the fabric's clock when a request completes; wall time is that clock, set once by the system's.
 */
final class SoftExtendedCompletionQueue extends SoftCompletionQueue implements BatchedQueue {
    private static final Set<WcField> CLOCKS = Set.of(WcField.TIMESTAMP, WcField.WALLCLOCK);

    /** Wall time minus the fabric's clock, in nanoseconds. */
    private final long wallOffset;
    /** What holds the current completion, and where; the poller's own. */
    private MemorySegment memory;
    private long at;
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
        memory = ring.memory();
        at = ring.offset(frontPosition());
        time = ring.isTimed() ? ring.time(frontPosition()) : 0;
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
        return at;
    }

    @Override
    public int readFlags() {
        return WcDescriptor.flags(memory, at);
    }

    @Override
    public int readByteLength() {
        return WcDescriptor.byteLength(memory, at);
    }

    @Override
    public int readImmediate() {
        return WcDescriptor.immediate(memory, at);
    }

    @Override
    public int readInvalidatedRkey() {
        return Integer.reverseBytes(WcDescriptor.immediate(memory, at)); // the same word, in host order
    }

    @Override
    public int readSourceQp() {
        return WcDescriptor.sourceQp(memory, at);
    }

    @Override
    public int readSlid() {
        return 0; // Ethernet has none
    }

    @Override
    public byte readServiceLevel() {
        return (byte)WcDescriptor.serviceLevel(memory, at);
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
