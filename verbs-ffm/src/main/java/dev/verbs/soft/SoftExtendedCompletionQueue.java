package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.ExtendedCompletionQueue;
import dev.verbs.ExtendedCqConfig;
import dev.verbs.VerbsException;
import dev.verbs.WcDescriptor;
import dev.verbs.WcField;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.spi.PollBatch;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/**
 * Completions read in place in the ring. The oldest one is the current one and leaves its slot when the iterator goes on. Time
 * stamps are taken from the fabric's clock when a request completes; wall time is that clock, set once by the system's.
 */
final class SoftExtendedCompletionQueue extends SoftCompletionQueue implements ExtendedCompletionQueue {
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    private static final Set<WcField> CLOCKS = Set.of(WcField.TIMESTAMP, WcField.WALLCLOCK);

    private static final int BYTE_LENGTH = WcField.BYTE_LENGTH.bit();
    private static final int IMMEDIATE = WcField.IMMEDIATE.bit();
    private static final int QP_NUMBER = WcField.QP_NUMBER.bit();
    private static final int SOURCE_QP = WcField.SOURCE_QP.bit();
    private static final int SLID = WcField.SLID.bit();
    private static final int SERVICE_LEVEL = WcField.SERVICE_LEVEL.bit();
    private static final int DLID_PATH_BITS = WcField.DLID_PATH_BITS.bit();
    private static final int TIMESTAMP = WcField.TIMESTAMP.bit();
    private static final int WALLCLOCK = WcField.WALLCLOCK.bit();
    private static final int CVLAN = WcField.CVLAN.bit();
    private static final int FLOW_TAG = WcField.FLOW_TAG.bit();
    private static final int TAG_MATCHING = WcField.TAG_MATCHING.bit();

    private final PollBatch batch;
    /** Wall time minus the fabric's clock, in nanoseconds. */
    private final long wallOffset;
    /** What holds the current completion, and where; the poller's own. */
    private MemorySegment memory;
    private long at;
    private long time;
    /** Whether the oldest completion was handed out and not yet dropped; the poller's own. */
    private boolean holds;

    SoftExtendedCompletionQueue(final SoftContext context, final ExtendedCqConfig config) {
        super(context, (SoftCompletionChannel)config.channel(), config.entries(),
            config.fields().stream().anyMatch(CLOCKS::contains), config.ignoreOverrun());
        this.batch = new PollBatch(config.fields());
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
    public Set<WcField> fields() {
        return batch.fields();
    }

    @Override
    public int startPoll() {
        if (!enterPoll()) {
            return CLOSED;
        }
        try {
            if (batch.isOpen()) {
                return MISUSED;
            }
            final int found = advance();
            if (found == COMPLETION) {
                batch.begin(); // from here on the queue cannot be closed
            }
            return found;
        } finally {
            leavePoll();
        }
    }

    @Override
    public int nextPoll() {
        if (!batch.isOpen()) {
            return isOpen() ? MISUSED : CLOSED;
        }
        leave();
        final int found = advance();
        batch.advance(found == COMPLETION);
        return found;
    }

    @Override
    public int endPoll() {
        if (!batch.isOpen()) {
            return isOpen() ? MISUSED : CLOSED;
        }
        leave();
        batch.end();
        return 0;
    }

    private void leave() {
        if (holds) {
            holds = false;
            dropFront();
        }
    }

    private int advance() {
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
        credit(memory, at, 1);
        return COMPLETION;
    }

    @Override
    protected int pollDevice(final WorkCompletions completions) {
        return batch.isOpen() ? MISUSED : super.pollDevice(completions);
    }

    @Override
    public void resize(final int entries) {
        batch.requireEnded("ibv_resize_cq", describe());
        super.resize(entries);
    }

    @Override
    protected void checkIdle() {
        batch.requireEnded(closeVerb(), describe());
    }

    /** Nobody begins a batch any more; one that began since {@link #checkIdle} keeps the queue open. */
    @Override
    protected void releaseDevice() {
        batch.requireEnded(closeVerb(), describe());
        super.releaseDevice();
    }

    @Override
    public long wrId() {
        batch.requireCurrent();
        return WcDescriptor.wrId(memory, at);
    }

    @Override
    public int statusCode() {
        batch.requireCurrent();
        return WcDescriptor.status(memory, at);
    }

    @Override
    public boolean isSuccess() {
        return statusCode() == SUCCESS;
    }

    @Override
    public WcOpcode opcode() {
        batch.requireCurrent();
        return WcOpcode.of(WcDescriptor.opcode(memory, at));
    }

    @Override
    public int vendorError() {
        batch.requireCurrent();
        return WcDescriptor.vendorError(memory, at);
    }

    @Override
    public int flags() {
        batch.requireCurrent();
        return WcDescriptor.flags(memory, at);
    }

    @Override
    public long byteLength() {
        batch.require(BYTE_LENGTH);
        return Integer.toUnsignedLong(WcDescriptor.byteLength(memory, at));
    }

    @Override
    public int immediate() {
        batch.require(IMMEDIATE);
        return WcDescriptor.immediate(memory, at);
    }

    @Override
    public int invalidatedRkey() {
        batch.require(IMMEDIATE);
        return Integer.reverseBytes(WcDescriptor.immediate(memory, at)); // the same word, in host order
    }

    @Override
    public int qpNumber() {
        batch.require(QP_NUMBER);
        return WcDescriptor.qpNumber(memory, at);
    }

    @Override
    public int sourceQp() {
        batch.require(SOURCE_QP);
        return WcDescriptor.sourceQp(memory, at);
    }

    @Override
    public int slid() {
        batch.require(SLID);
        return 0; // Ethernet has none
    }

    @Override
    public int serviceLevel() {
        batch.require(SERVICE_LEVEL);
        return WcDescriptor.serviceLevel(memory, at);
    }

    @Override
    public int dlidPathBits() {
        batch.require(DLID_PATH_BITS);
        return 0;
    }

    @Override
    public long timestamp() {
        batch.require(TIMESTAMP);
        return time;
    }

    @Override
    public long wallclockNs() {
        batch.require(WALLCLOCK);
        return time + wallOffset;
    }

    @Override
    public int cvlan() {
        batch.require(CVLAN);
        return 0;
    }

    @Override
    public int flowTag() {
        batch.require(FLOW_TAG);
        return 0;
    }

    @Override
    public long matchedTag() {
        batch.require(TAG_MATCHING);
        return 0;
    }

    @Override
    public int matchedPrivate() {
        batch.require(TAG_MATCHING);
        return 0;
    }
}
