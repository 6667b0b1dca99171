package dev.verbs.ibv;

import dev.verbs.AddressHandle;
import dev.verbs.Errno;
import dev.verbs.MemoryWindow;
import dev.verbs.QpType;
import dev.verbs.QueuePairConfig;
import dev.verbs.SendFlags;
import dev.verbs.SendOperation;
import dev.verbs.SgeDescriptor;
import dev.verbs.VerbsException;
import dev.verbs.WindowBinding;
import dev.verbs.headers.ibv_data_buf;
import dev.verbs.headers.ibv_mw_bind_info;
import dev.verbs.headers.ibv_qp_ex;
import dev.verbs.headers.ibv_sge;
import dev.verbs.spi.AbstractQueuePair;
import dev.verbs.spi.BatchedQueuePair;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code struct ibv_qp_ex}. A builder of C copies wr_flags, and rxe reads INLINE there: so a request that takes a payload is kept in
 * fields until it is known whether that is inline, and then handed to the library, first the builder, then the setters.
 */
final class IbvExtendedQueuePair extends IbvQueuePair implements BatchedQueuePair {
    private static final int INLINE = SendFlags.INLINE;

    private final MemorySegment struct;
    private final QpExOps ops;
    /** Set on rdma_rxe: its library counts lists wrongly (44; mended in 64). */
    private final boolean miscountsLists;
    private final MemorySegment bindInfo = ibv_mw_bind_info.allocate(Arena.ofAuto());
    private final MemorySegment parts;
    private final MemorySegment entries;
    /** What the library has not seen yet of the current request; the poster's own. Null when it has seen all. */
    private SendOperation waiting;
    private int flags;
    private long wrId;
    private long remote;
    private int rkey;
    private int immediate;
    private long operand;
    private long swap;
    /** Word of the path of a request that the library has not seen yet, 0 for none. */
    private long path;
    private int qpn;
    private int qkey;

    private IbvExtendedQueuePair(final IbvProtectionDomain domain, final QueuePairConfig granted, final MemorySegment qp,
        final MemorySegment struct, final QpExOps ops) {
        super(domain, granted, qp);
        this.struct = struct;
        this.ops = ops;
        this.miscountsLists = IbvExtendedCompletionQueue.isSoftware(domain.context);
        this.parts = ibv_data_buf.allocateArray(Math.max(1, granted.maxInlineData()), Arena.ofAuto());
        this.entries = ibv_sge.allocateArray(Math.max(1, granted.maxSendSge()), Arena.ofAuto());
    }

    @SuppressWarnings("restricted")
    static IbvExtendedQueuePair of(final Frame frame, final IbvProtectionDomain domain, final QueuePairConfig granted,
        final MemorySegment qp) {
        final MemorySegment struct = LibQueues.qpToQpEx(frame, qp).reinterpret(ibv_qp_ex.sizeof());
        if (Frame.isNull(struct)) {
            throw frame.failed("ibv_qp_to_qp_ex", "the library made the queue pair, but not an extended one");
        }
        final QpExOps ops = new QpExOps(struct);
        final Set<SendOperation> missing = EnumSet.noneOf(SendOperation.class);
        granted.sendOps().stream().filter(operation -> !ops.builds(operation)).forEach(missing::add);
        if (!ops.isComplete(granted.type() == QpType.UD) || !missing.isEmpty()) {
            throw new VerbsException("ibv_create_qp_ex", Errno.EOPNOTSUPP, "the library made the queue pair, but cannot build "
                + (missing.isEmpty() ? "batches" : missing));
        }
        return new IbvExtendedQueuePair(domain, granted, qp, struct, ops);
    }

    @Override
    public AbstractQueuePair queuePair() {
        return this;
    }

    /** The lock of the send queue is held from here on. */
    @Override
    public void startDevice() {
        waiting = null;
        ops.start(address);
    }

    /** Before RTS the batch is given up: rdma_rxe would keep the requests in its ring and answer EINVAL. */
    @Override
    public int completeDevice() {
        if (isBeforeSends()) {
            ops.abort(address);
            return Errno.EINVAL;
        }
        handOver(0);
        final int result = Math.abs(ops.complete(address));
        return result == Errno.ENOSPC ? Errno.ENOMEM : result; // rxe's word for a full queue
    }

    @Override
    public void abortDevice() {
        ops.abort(address);
    }

    /** The request before has all that it gets. */
    @Override
    public boolean beginRequest(final SendOperation operation, final long id, final int wanting) {
        handOver(0);
        waiting = operation;
        wrId = id;
        flags = wanting & ~INLINE;
        path = 0;
        return true;
    }

    /** Lets the library see what it has not seen of the current request. */
    private void handOver(final int inline) {
        final SendOperation operation = waiting;
        if (operation == null) {
            return;
        }
        waiting = null;
        ibv_qp_ex.wr_id(struct, wrId);
        ibv_qp_ex.wr_flags(struct, flags | inline);
        switch (operation) {
            case SEND -> ops.send(address);
            case SEND_WITH_IMM -> ops.sendImm(address, Integer.reverseBytes(immediate));
            case SEND_WITH_INV -> ops.sendInv(address, rkey);
            case RDMA_WRITE -> ops.rdmaWrite(address, rkey, remote);
            case RDMA_WRITE_WITH_IMM -> ops.rdmaWriteImm(address, rkey, remote, Integer.reverseBytes(immediate));
            case RDMA_READ -> ops.rdmaRead(address, rkey, remote);
            case ATOMIC_CMP_AND_SWP -> ops.atomicCmpSwp(address, rkey, remote, operand, swap);
            case ATOMIC_FETCH_AND_ADD -> ops.atomicFetchAdd(address, rkey, remote, operand);
            case LOCAL_INV -> ops.localInv(address, rkey);
            case BIND_MW -> ops.bindMw(address, remote, rkey, bindInfo.address());
        }
        if (path != 0) {
            ops.setUdAddr(address, path, qpn, qkey);
        }
    }

    @Override
    public void remote(final long at, final int key) {
        remote = at;
        rkey = key;
    }

    @Override
    public void immediate(final int number) {
        immediate = number;
    }

    @Override
    public void invalidated(final int key) {
        rkey = key;
    }

    @Override
    public void atomic(final long at, final int key, final long first, final long second) {
        remote(at, key);
        operand = first;
        swap = second;
    }

    /** Handed over at once: the library reads window and region now, while they are open. */
    @Override
    public void bindDevice(final MemoryWindow window, final int key, final WindowBinding binding) {
        ibv_mw_bind_info.mr(bindInfo, MemorySegment.ofAddress(binding.region().handle()));
        ibv_mw_bind_info.addr(bindInfo, binding.address());
        ibv_mw_bind_info.length(bindInfo, binding.length());
        ibv_mw_bind_info.mw_access_flags(bindInfo, binding.access());
        remote(window.handle(), key);
        handOver(0);
    }

    @Override
    public void localDevice(final long at, final long length, final int lkey) {
        handOver(0);
        ops.setSge(address, lkey, at, (int)length);
    }

    @Override
    public void localListDevice(final MemorySegment list, final int count, final long total) {
        if (miscountsLists && count > 0 && total != SgeDescriptor.length(list, 0) * count) {
            refuse(Errno.EOPNOTSUPP);
            return;
        }
        handOver(0);
        if (count > 0) {
            MemorySegment.copy(list, 0, entries, 0, SgeDescriptor.SIZE * count); // the caller's may lie in the heap
            ops.setSgeList(address, count, entries.address());
        }
    }

    @Override
    public void inlineDevice(final MemorySegment payload, final long length) {
        handOver(INLINE);
        ops.setInlineData(address, payload.address(), length);
    }

    @Override
    public void inlineListDevice(final MemorySegment payload, final long length, final MemorySegment[] sources, final int count) {
        if (miscountsLists) {
            inlineDevice(payload, length); // its own list has the length 0
        } else {
            handOver(INLINE);
            ops.setInlineDataList(address, listParts(payload, sources, count), parts.address());
        }
    }

    /** The parts that have bytes: there are no more of them than inline bytes. */
    private int listParts(final MemorySegment copy, final MemorySegment[] sources, final int count) {
        int listed = 0;
        long from = copy.address();
        for (int i = 0; i < count; i++) {
            final long length = sources[i].byteSize();
            if (length > 0) {
                final MemorySegment part = ibv_data_buf.asSlice(parts, listed++);
                ibv_data_buf.addr(part, MemorySegment.ofAddress(from));
                ibv_data_buf.length(part, length);
                from += length;
            }
        }
        return listed;
    }

    @Override
    public void targetDevice(final AddressHandle handle, final int remoteQpn, final int remoteQkey) {
        if (waiting == null) {
            ops.setUdAddr(address, handle.word(), remoteQpn, remoteQkey);
        } else {
            path = handle.word();
            qpn = remoteQpn;
            qkey = remoteQkey;
        }
    }
}
