package dev.verbs.soft;

import dev.verbs.AddressHandle;
import dev.verbs.Errno;
import dev.verbs.ExtendedQueuePair;
import dev.verbs.MemoryWindow;
import dev.verbs.QpAttributes;
import dev.verbs.QueuePairConfig;
import dev.verbs.SendFlags;
import dev.verbs.SendOperation;
import dev.verbs.SendRequests;
import dev.verbs.SgeDescriptor;
import dev.verbs.WindowBinding;
import dev.verbs.spi.PostBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Builds its requests into a list of its own, as large as the send queue, and posts all of it or nothing. */
final class SoftExtendedQueuePair extends SoftQueuePair implements ExtendedQueuePair {
    private static final int INLINE = SendFlags.INLINE;

    private final PostBatch batch;
    private final SendRequests list;
    /** The request that setters are for; the poster's own. */
    private int current;

    SoftExtendedQueuePair(final SoftProtectionDomain domain, final SoftCompletionQueue sendCq, final SoftCompletionQueue receiveCq,
        final QueuePairConfig granted, final int number) {
        super(domain, sendCq, receiveCq, granted, number);
        this.batch = new PostBatch(this);
        this.list = SendRequests.allocate(Arena.ofAuto(), granted.maxSendWr(), Math.max(1, granted.maxSendSge()),
            granted.maxInlineData());
    }

    @Override
    public int start() {
        final int begun = batch.begin();
        if (begun == 0) {
            list.clear();
        }
        return begun;
    }

    @Override
    public int complete() {
        if (!batch.isOpen()) {
            return batch.none();
        }
        final int found = batch.finish();
        return batch.end(found != 0 ? found : postWhole(list));
    }

    @Override
    public int abort() {
        if (!batch.isOpen()) {
            return batch.none();
        }
        batch.finish();
        batch.drop();
        return 0;
    }

    @Override
    public int errno() {
        return batch.outcome();
    }

    /** Whether a request was appended. */
    private boolean adds(final boolean wanted, final SendOperation operation, final long wrId, final int flags) {
        if (!wanted) {
            return false;
        }
        if (list.size() == list.capacity()) {
            batch.fail(Errno.ENOMEM);
            return false;
        }
        current = list.add(wrId, operation.opcode().code(), flags & ~INLINE);
        return true;
    }

    @Override
    public void send(final long wrId, final int flags) {
        adds(batch.build(SendOperation.SEND, flags), SendOperation.SEND, wrId, flags);
    }

    @Override
    public void sendWithImm(final long wrId, final int immediate, final int flags) {
        if (adds(batch.build(SendOperation.SEND_WITH_IMM, flags), SendOperation.SEND_WITH_IMM, wrId, flags)) {
            list.immediate(current, immediate);
        }
    }

    @Override
    public void sendWithInvalidate(final long wrId, final int rkey, final int flags) {
        if (adds(batch.build(SendOperation.SEND_WITH_INV, flags), SendOperation.SEND_WITH_INV, wrId, flags)) {
            list.invalidateRkey(current, rkey);
        }
    }

    @Override
    public void write(final long wrId, final long remoteAddress, final int rkey, final int flags) {
        if (adds(batch.build(SendOperation.RDMA_WRITE, flags), SendOperation.RDMA_WRITE, wrId, flags)) {
            list.remote(current, remoteAddress, rkey);
        }
    }

    @Override
    public void writeWithImm(final long wrId, final long remoteAddress, final int rkey, final int immediate, final int flags) {
        if (adds(batch.build(SendOperation.RDMA_WRITE_WITH_IMM, flags), SendOperation.RDMA_WRITE_WITH_IMM, wrId, flags)) {
            list.remote(current, remoteAddress, rkey);
            list.immediate(current, immediate);
        }
    }

    @Override
    public void read(final long wrId, final long remoteAddress, final int rkey, final int flags) {
        if (adds(batch.build(SendOperation.RDMA_READ, flags), SendOperation.RDMA_READ, wrId, flags)) {
            list.remote(current, remoteAddress, rkey);
        }
    }

    @Override
    public void compareAndSwap(final long wrId, final long remoteAddress, final int rkey, final long compare, final long swap,
        final int flags) {
        if (adds(batch.buildAtomic(SendOperation.ATOMIC_CMP_AND_SWP, flags, remoteAddress), SendOperation.ATOMIC_CMP_AND_SWP, wrId,
            flags)) {
            list.atomic(current, remoteAddress, rkey, compare, swap);
        }
    }

    @Override
    public void fetchAndAdd(final long wrId, final long remoteAddress, final int rkey, final long addend, final int flags) {
        if (adds(batch.buildAtomic(SendOperation.ATOMIC_FETCH_AND_ADD, flags, remoteAddress), SendOperation.ATOMIC_FETCH_AND_ADD,
            wrId, flags)) {
            list.atomic(current, remoteAddress, rkey, addend, 0);
        }
    }

    @Override
    public void bindWindow(final long wrId, final MemoryWindow window, final int rkey, final WindowBinding binding, final int flags) {
        if (batch.buildBind(window, binding, flags)) {
            if (adds(true, SendOperation.BIND_MW, wrId, flags)) {
                list.bind(current, window, rkey, binding);
            }
            batch.bound(window, binding);
        }
    }

    @Override
    public void localInvalidate(final long wrId, final int rkey, final int flags) {
        if (adds(batch.build(SendOperation.LOCAL_INV, flags), SendOperation.LOCAL_INV, wrId, flags)) {
            list.invalidateRkey(current, rkey);
        }
    }

    @Override
    public void local(final long address, final long length, final int lkey) {
        if (batch.payload(length, 1)) {
            list.addLocal(current, address, length, lkey);
        }
    }

    @Override
    public void localList(final MemorySegment entries, final int count) {
        if (batch.payload(SgeDescriptor.total(entries, count), count)) {
            for (int i = 0; i < count; i++) {
                final long at = i * SgeDescriptor.SIZE;
                list.addLocal(current, SgeDescriptor.address(entries, at), SgeDescriptor.length(entries, at),
                    SgeDescriptor.lkey(entries, at));
            }
        }
    }

    @Override
    public void inline(final MemorySegment source, final long from, final long length) {
        if (batch.inline(length)) {
            list.inline(current, source, from, length);
        }
    }

    @Override
    public void inlineList(final MemorySegment[] sources, final int count) {
        final long total = PostBatch.total(sources, count);
        if (batch.inline(total)) {
            list.inline(current, batch.copy(sources, count), 0, total);
        }
    }

    @Override
    public void target(final AddressHandle handle, final int remoteQpn, final int remoteQkey) {
        if (batch.target(handle)) {
            list.target(current, handle, remoteQpn, remoteQkey);
        }
    }

    @Override
    protected int postSendDevice(final SendRequests requests) {
        return batch.isOpen() ? Errno.EBUSY : super.postSendDevice(requests);
    }

    @Override
    protected void modifyDevice(final QpAttributes attributes) {
        batch.requireEnded("ibv_modify_qp");
        super.modifyDevice(attributes);
    }

    @Override
    protected void checkIdle() {
        batch.requireEnded(closeVerb());
        super.checkIdle();
    }

    /** Nobody begins a batch any more; one that began since {@link #checkIdle} keeps the queue pair open. */
    @Override
    protected void releaseDevice() {
        batch.requireEnded(closeVerb());
        super.releaseDevice();
    }
}
