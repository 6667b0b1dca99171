package dev.verbs.ibv;

import dev.verbs.Errno;
import dev.verbs.ExtendedCqConfig;
import dev.verbs.VerbsException;
import dev.verbs.WcDescriptor;
import dev.verbs.WcField;
import dev.verbs.WcStatus;
import dev.verbs.headers.ibv_cq_ex;
import dev.verbs.headers.ibv_cq_init_attr_ex;
import dev.verbs.headers.ibv_poll_cq_attr;
import dev.verbs.headers.ibv_wc_tm_info;
import dev.verbs.headers.types_h;
import dev.verbs.spi.AbstractCompletionQueue;
import dev.verbs.spi.BatchedQueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code struct ibv_cq_ex}. Each completion is credited to its queue pair when the iterator comes to it, so its number and its
 * opcode (or vendor error) are read once, by us.
 */
final class IbvExtendedCompletionQueue extends IbvCompletionQueue implements BatchedQueue {
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    /** What software devices (rdma_rxe) give as their vendor. */
    private static final int SOFTWARE_VENDOR = 0xFF_FFFF;

    private static final int QP_NUMBER = WcField.QP_NUMBER.bit();

    private final MemorySegment struct;
    private final CqExOps ops;
    private final boolean restarts;
    private final MemorySegment attributes = ibv_poll_cq_attr.allocate(Arena.ofAuto());
    private final MemorySegment tagInfo = ibv_wc_tm_info.allocate(Arena.ofAuto());
    /** The current completion as its queue pair needs it. */
    private final MemorySegment current = Arena.ofAuto().allocate(WcDescriptor.SIZE, Long.BYTES);
    /** Whether the library holds the queue for us; the poller's own. */
    private boolean started;

    private IbvExtendedCompletionQueue(final IbvContext context, final ExtendedCqConfig config, final MemorySegment struct,
        final CqExOps ops, final boolean restarts) {
        super(context, (IbvCompletionChannel)config.channel(), struct, config.fields());
        this.struct = struct;
        this.ops = ops;
        this.restarts = restarts;
    }

    @SuppressWarnings("restricted")
    static IbvExtendedCompletionQueue create(final IbvContext context, final ExtendedCqConfig config,
        final IbvCompletionChannel channel) {
        check("ibv_create_cq_ex", context, config.entries(), config.vector());
        try (Frame frame = new Frame()) {
            final MemorySegment made = VerbsContextOps.createCqEx(frame, context.pointer, attributes(frame, config, channel));
            if (Frame.isNull(made)) {
                throw frame.failed("ibv_create_cq_ex", explain(context, config));
            }
            // rdma-core's rxe (44; mended in 55) lets the queue go when next_poll finds nothing, and end_poll then skips a completion.
            // To end a batch and start another is right with every version.
            final boolean restarts = isSoftware(context);
            final MemorySegment struct = made.reinterpret(ibv_cq_ex.sizeof());
            final IbvExtendedCompletionQueue queue = Frame.orElse(
                () -> new IbvExtendedCompletionQueue(context, config, struct, ops(struct, config), restarts),
                () -> LibQueues.destroyCq(frame, struct));
            queue.register();
            return queue;
        }
    }

    /** Whether the device is rdma_rxe, whose library has bugs to work around: its version does not show. */
    static boolean isSoftware(final IbvContext context) {
        return context.queryDevice().vendorId() == SOFTWARE_VENDOR;
    }

    private static MemorySegment attributes(final Frame frame, final ExtendedCqConfig config, final IbvCompletionChannel channel) {
        final MemorySegment attributes = ibv_cq_init_attr_ex.allocate(frame.arena);
        ibv_cq_init_attr_ex.cqe(attributes, config.entries());
        ibv_cq_init_attr_ex.channel(attributes, channel == null ? MemorySegment.NULL : channel.pointer);
        ibv_cq_init_attr_ex.comp_vector(attributes, config.vector());
        ibv_cq_init_attr_ex.wc_flags(attributes, WcField.bits(config.fields()) | QP_NUMBER);
        final int flags = (config.ignoreOverrun() ? types_h.IBV_CREATE_CQ_ATTR_IGNORE_OVERRUN() : 0)
            | (config.singleThreaded() ? types_h.IBV_CREATE_CQ_ATTR_SINGLE_THREADED() : 0);
        if (flags != 0) {
            ibv_cq_init_attr_ex.comp_mask(attributes, types_h.IBV_CQ_INIT_ATTR_MASK_FLAGS());
            ibv_cq_init_attr_ex.flags(attributes, flags);
        }
        return attributes;
    }

    private static String explain(final IbvContext context, final ExtendedCqConfig config) {
        return config.entries() + " entries with " + config.fields() + (config.ignoreOverrun() ? ", IGNORE_OVERRUN" : "")
            + (config.singleThreaded() ? ", SINGLE_THREADED" : "") + " on " + context.describe()
            + ": EOPNOTSUPP means that the device has no extended queues, or not all of these fields and flags; every device that has "
            + "them has " + WcField.STANDARD;
    }

    private static CqExOps ops(final MemorySegment struct, final ExtendedCqConfig config) {
        final CqExOps ops = new CqExOps(struct);
        final Set<WcField> missing = EnumSet.noneOf(WcField.class);
        config.fields().stream().filter(field -> !ops.reads(field)).forEach(missing::add);
        if (!ops.isComplete() || !missing.isEmpty()) {
            throw new VerbsException("ibv_create_cq_ex", Errno.EOPNOTSUPP, "the library made the queue, but cannot read "
                + (missing.isEmpty() ? "its completions" : missing));
        }
        return ops;
    }

    @Override
    public AbstractCompletionQueue queue() {
        return this;
    }

    @Override
    public int startDevice() {
        final long mark = mark();
        final int result = ops.startPoll(address, attributes.address());
        started = result == 0;
        return found(result, mark);
    }

    @Override
    public int advanceDevice() {
        if (!restarts) {
            final long mark = mark();
            return found(ops.nextPoll(address), mark);
        }
        endDevice();
        return startDevice();
    }

    @Override
    public void endDevice() {
        if (started) {
            started = false;
            ops.endPoll(address);
        }
    }

    private int found(final int result, final long mark) {
        if (result == 0) {
            read();
            return COMPLETION;
        }
        if (result == Errno.ENOENT) {
            settle(mark);
            return NONE;
        }
        return FAILED;
    }

    private void read() {
        final int status = ibv_cq_ex.status(struct);
        WcDescriptor.wrId(current, 0, ibv_cq_ex.wr_id(struct));
        WcDescriptor.status(current, 0, status);
        WcDescriptor.qpNumber(current, 0, ops.readQpNum(address));
        WcDescriptor.opcode(current, 0, ops.readOpcode(address));
        WcDescriptor.vendorError(current, 0, status == SUCCESS ? 0 : ops.readVendorErr(address));
    }

    @Override
    public MemorySegment current() {
        return current;
    }

    @Override
    public long currentOffset() {
        return 0;
    }

    @Override
    public int readFlags() {
        return ops.readWcFlags(address);
    }

    @Override
    public int readByteLength() {
        return ops.readByteLen(address);
    }

    @Override
    public int readImmediate() {
        return Integer.reverseBytes(ops.readImmData(address));
    }

    @Override
    public int readInvalidatedRkey() {
        return ops.readInvalidatedRkey(address);
    }

    @Override
    public int readSourceQp() {
        return ops.readSrcQp(address);
    }

    @Override
    public int readSlid() {
        return ops.readSlid(address);
    }

    @Override
    public byte readServiceLevel() {
        return ops.readSl(address);
    }

    @Override
    public byte readDlidPathBits() {
        return ops.readDlidPathBits(address);
    }

    @Override
    public long readTimestamp() {
        return ops.readCompletionTs(address);
    }

    @Override
    public long readWallclockNs() {
        return ops.readCompletionWallclockNs(address);
    }

    @Override
    public short readCvlan() {
        return ops.readCvlan(address);
    }

    @Override
    public int readFlowTag() {
        return ops.readFlowTag(address);
    }

    @Override
    public long readMatchedTag() {
        ops.readTmInfo(address, tagInfo.address());
        return ibv_wc_tm_info.tag(tagInfo);
    }

    @Override
    public int readMatchedPrivate() {
        ops.readTmInfo(address, tagInfo.address());
        return ibv_wc_tm_info.priv(tagInfo);
    }
}
