package dev.verbs.spi;

import dev.verbs.Checking;
import dev.verbs.ExtendedCompletionQueue;
import dev.verbs.WcDescriptor;
import dev.verbs.WcField;
import dev.verbs.WcOpcode;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/**
 * The calls of extended completion queues of every provider: their order and the fields that were asked for are checked here, and
 * what is left to do is done by the device.
 *
 * <pre>
 *   startPoll ──► startDevice ── COMPLETION ──► credit ──► readers ──► nextPoll ──► advanceDevice ... endPoll ──► endDevice
 *                     └─ NONE: no batch, nothing to end
 * </pre>
 *
 * <p>An interface, because a provider's extended queue is one of its completion queues: it is implemented by an
 * {@link AbstractCompletionQueue} that was made with fields. One final class per provider: calls are monomorphic.
 */
public interface BatchedQueue extends ExtendedCompletionQueue {
    /**
     * The queue itself.
     *
     * @return this
     */
    AbstractCompletionQueue queue();

    /**
     * Lets the device come to the oldest completion; by the poller, without a batch.
     *
     * @return {@link #COMPLETION}, {@link #NONE} (then the device holds nothing) or {@link #FAILED}
     */
    int startDevice();

    /**
     * Lets the device go on to the next completion; by the poller, within a batch.
     *
     * @return {@link #COMPLETION}, {@link #NONE} or {@link #FAILED}
     */
    int advanceDevice();

    /** Lets the device take what was seen from the queue; by the poller, within a batch. */
    void endDevice();

    /**
     * What holds the standard fields of the current completion: wr_id, status, qp_num, and opcode on success or vendor_err on failure.
     *
     * @return a segment with a {@code struct ibv_wc}
     */
    MemorySegment current();

    /**
     * Where the current completion starts.
     *
     * @return offset within {@link #current()}, in bytes
     */
    long currentOffset();

    /**
     * Reads wc_flags.
     *
     * @return flags of {@link dev.verbs.WcFlags}
     */
    int readFlags();

    /**
     * Reads byte_len.
     *
     * @return bytes received or read, unsigned
     */
    int readByteLength();

    /**
     * Reads imm_data.
     *
     * @return the immediate in host order
     */
    int readImmediate();

    /**
     * Reads invalidated_rkey.
     *
     * @return the key
     */
    int readInvalidatedRkey();

    /**
     * Reads src_qp.
     *
     * @return its number
     */
    int readSourceQp();

    /**
     * Reads slid.
     *
     * @return the LID
     */
    int readSlid();

    /**
     * Reads sl.
     *
     * @return the level
     */
    byte readServiceLevel();

    /**
     * Reads dlid_path_bits.
     *
     * @return the bits, unsigned
     */
    byte readDlidPathBits();

    /**
     * Reads completion_ts.
     *
     * @return ticks of the device's clock
     */
    long readTimestamp();

    /**
     * Reads completion_wallclock_ns.
     *
     * @return nanoseconds since 1970
     */
    long readWallclockNs();

    /**
     * Reads cvlan.
     *
     * @return the tag, unsigned
     */
    short readCvlan();

    /**
     * Reads flow_tag.
     *
     * @return the tag
     */
    int readFlowTag();

    /**
     * Reads the tag of tm_info.
     *
     * @return the tag
     */
    long readMatchedTag();

    /**
     * Reads the private data of tm_info.
     *
     * @return 32 bits
     */
    int readMatchedPrivate();

    @Override
    default Set<WcField> fields() {
        return batch().fields();
    }

    private PollBatch batch() {
        return queue().batch();
    }

    @Override
    default int startPoll() {
        final AbstractCompletionQueue queue = queue();
        if (!queue.enterPoll()) {
            return CLOSED;
        }
        try {
            final PollBatch batch = queue.batch();
            if (batch.isOpen()) {
                return misused("startPoll");
            }
            final int found = startDevice();
            if (found == COMPLETION) {
                queue.credit(current(), currentOffset(), 1);
                batch.begin(); // from here on the queue cannot be closed
            }
            return found;
        } finally {
            queue.leavePoll();
        }
    }

    @Override
    default int nextPoll() {
        final AbstractCompletionQueue queue = queue();
        final PollBatch batch = queue.batch();
        if (!batch.isOpen()) {
            return none();
        }
        if (Checking.ON) {
            batch.requireAlone("nextPoll");
        }
        final int found = advanceDevice();
        if (found == COMPLETION) {
            queue.credit(current(), currentOffset(), 1);
        }
        batch.advance(found == COMPLETION);
        return found;
    }

    @Override
    default int endPoll() {
        final PollBatch batch = batch();
        if (!batch.isOpen()) {
            return none();
        }
        if (Checking.ON) {
            batch.requireAlone("endPoll");
        }
        endDevice();
        batch.end();
        return 0;
    }

    private int misused(final String call) {
        if (Checking.ON) {
            batch().requireAlone(call);
        }
        return MISUSED;
    }

    private int none() {
        return isOpen() ? MISUSED : CLOSED;
    }

    @Override
    default long wrId() {
        batch().requireCurrent();
        return WcDescriptor.wrId(current(), currentOffset());
    }

    @Override
    default int statusCode() {
        batch().requireCurrent();
        return WcDescriptor.status(current(), currentOffset());
    }

    @Override
    default boolean isSuccess() {
        return statusCode() == PollBatch.SUCCESS;
    }

    @Override
    default WcOpcode opcode() {
        batch().requireCurrent();
        return WcOpcode.of(WcDescriptor.opcode(current(), currentOffset()));
    }

    @Override
    default int vendorError() {
        batch().requireCurrent();
        return WcDescriptor.vendorError(current(), currentOffset());
    }

    @Override
    default int qpNumber() {
        batch().require(PollBatch.QP_NUMBER);
        return WcDescriptor.qpNumber(current(), currentOffset());
    }

    @Override
    default int flags() {
        batch().requireCurrent();
        return readFlags();
    }

    @Override
    default long byteLength() {
        batch().require(PollBatch.BYTE_LENGTH);
        return Integer.toUnsignedLong(readByteLength());
    }

    @Override
    default int immediate() {
        batch().require(PollBatch.IMMEDIATE);
        return readImmediate();
    }

    @Override
    default int invalidatedRkey() {
        batch().require(PollBatch.IMMEDIATE);
        return readInvalidatedRkey();
    }

    @Override
    default int sourceQp() {
        batch().require(PollBatch.SOURCE_QP);
        return readSourceQp();
    }

    @Override
    default int slid() {
        batch().require(PollBatch.SLID);
        return readSlid();
    }

    @Override
    default int serviceLevel() {
        batch().require(PollBatch.SERVICE_LEVEL);
        return Byte.toUnsignedInt(readServiceLevel());
    }

    @Override
    default int dlidPathBits() {
        batch().require(PollBatch.DLID_PATH_BITS);
        return Byte.toUnsignedInt(readDlidPathBits());
    }

    @Override
    default long timestamp() {
        batch().require(PollBatch.TIMESTAMP);
        return readTimestamp();
    }

    @Override
    default long wallclockNs() {
        batch().require(PollBatch.WALLCLOCK);
        return readWallclockNs();
    }

    @Override
    default int cvlan() {
        batch().require(PollBatch.CVLAN);
        return Short.toUnsignedInt(readCvlan());
    }

    @Override
    default int flowTag() {
        batch().require(PollBatch.FLOW_TAG);
        return readFlowTag();
    }

    @Override
    default long matchedTag() {
        batch().require(PollBatch.TAG_MATCHING);
        return readMatchedTag();
    }

    @Override
    default int matchedPrivate() {
        batch().require(PollBatch.TAG_MATCHING);
        return readMatchedPrivate();
    }
}
