package dev.verbs.spi;

import dev.verbs.AddressHandle;
import dev.verbs.ExtendedQueuePair;
import dev.verbs.MemoryWindow;
import dev.verbs.SendOperation;
import dev.verbs.SgeDescriptor;
import dev.verbs.WindowBinding;
import java.lang.foreign.MemorySegment;

/**
 * The calls of extended queue pairs of every provider: their order, their payloads and the operations that were asked for are checked
 * here, and what is left to do is done by the device, which sees right calls only.
 *
 * <pre>
 *   start ──► startDevice ──► builder ──► beginRequest, operands ──► local, inline, target ──► ... ──► complete ──► completeDevice
 * </pre>
 *
 * <p>An interface, because a provider's extended queue pair is one of its queue pairs: it is implemented by an
 * {@link AbstractQueuePair}. One final class per provider: calls are monomorphic. All of it by the poster.
 */
public interface BatchedQueuePair extends ExtendedQueuePair {
    /**
     * The queue pair itself.
     *
     * @return this
     */
    AbstractQueuePair queuePair();

    /** A batch begins. */
    void startDevice();

    /**
     * Posts the batch.
     *
     * @return 0 or a positive errno: then none of it was posted
     */
    int completeDevice();

    /** Gives the batch up. */
    void abortDevice();

    /**
     * A request begins.
     *
     * @param operation what it does
     * @param wrId      the number that its completion carries
     * @param flags     flags of {@link dev.verbs.SendFlags}
     * @return false if there is no room for it: the batch fails
     */
    boolean beginRequest(SendOperation operation, long wrId, int flags);

    /**
     * What the current request reads or changes.
     *
     * @param address where it is at the peer
     * @param rkey    its key
     */
    void remote(long address, int rkey);

    /**
     * The immediate of the current request.
     *
     * @param immediate in host order
     */
    void immediate(int immediate);

    /**
     * The key that the current request invalidates.
     *
     * @param rkey the key
     */
    void invalidated(int rkey);

    /**
     * What the current request, an atomic one, changes and how.
     *
     * @param address where it is at the peer
     * @param rkey    its key
     * @param first   what is compared or added
     * @param second  what is stored, 0 for an addition
     */
    void atomic(long address, int rkey, long first, long second);

    /**
     * What the current request binds; both are open.
     *
     * @param window  the window
     * @param rkey    the key that it gets
     * @param binding what it opens
     */
    void bindDevice(MemoryWindow window, int rkey, WindowBinding binding);

    /**
     * The payload of the current request.
     *
     * @param address where it lies
     * @param length  its bytes
     * @param lkey    its key
     */
    void localDevice(long address, long length, int lkey);

    /**
     * The payload of the current request, in several places.
     *
     * @param entries an array of {@code struct ibv_sge}
     * @param count   how many
     * @param total   the sum of their bytes
     */
    void localListDevice(MemorySegment entries, int count, long total);

    /**
     * The inline payload of the current request.
     *
     * @param payload native memory that lives as long as this queue pair
     * @param length  its bytes, from the first one on
     */
    void inlineDevice(MemorySegment payload, long length);

    /**
     * The inline payload of the current request, which came in several parts.
     *
     * @param payload native memory that lives as long as this queue pair, with one part behind the other
     * @param length  the bytes of all of them
     * @param sources the parts
     * @param count   how many
     */
    default void inlineListDevice(final MemorySegment payload, final long length, final MemorySegment[] sources, final int count) {
        inlineDevice(payload, length);
    }

    /**
     * Whom the current request is for.
     *
     * @param handle     the path, open
     * @param remoteQpn  number of the queue pair
     * @param remoteQkey its queue key
     */
    void targetDevice(AddressHandle handle, int remoteQpn, int remoteQkey);

    private PostBatch batch() {
        return queuePair().batch();
    }

    @Override
    default int start() {
        final int begun = batch().begin();
        if (begun == 0) {
            startDevice();
        }
        return begun;
    }

    @Override
    default int complete() {
        final PostBatch batch = batch();
        if (!batch.isOpen()) {
            return batch.none();
        }
        final int found = batch.finish();
        if (found != 0) {
            abortDevice();
            return batch.end(found);
        }
        return batch.end(completeDevice());
    }

    @Override
    default int abort() {
        final PostBatch batch = batch();
        if (!batch.isOpen()) {
            return batch.none();
        }
        batch.finish();
        abortDevice();
        batch.drop();
        return 0;
    }

    @Override
    default int errno() {
        return batch().outcome();
    }

    private boolean builds(final SendOperation operation, final long wrId, final int flags) {
        return batch().build(operation, flags) && beginRequest(operation, wrId, flags);
    }

    @Override
    default void send(final long wrId, final int flags) {
        builds(SendOperation.SEND, wrId, flags);
    }

    @Override
    default void sendWithImm(final long wrId, final int immediate, final int flags) {
        if (builds(SendOperation.SEND_WITH_IMM, wrId, flags)) {
            immediate(immediate);
        }
    }

    @Override
    default void sendWithInvalidate(final long wrId, final int rkey, final int flags) {
        if (builds(SendOperation.SEND_WITH_INV, wrId, flags)) {
            invalidated(rkey);
        }
    }

    @Override
    default void write(final long wrId, final long remoteAddress, final int rkey, final int flags) {
        if (builds(SendOperation.RDMA_WRITE, wrId, flags)) {
            remote(remoteAddress, rkey);
        }
    }

    @Override
    default void writeWithImm(final long wrId, final long remoteAddress, final int rkey, final int immediate, final int flags) {
        if (builds(SendOperation.RDMA_WRITE_WITH_IMM, wrId, flags)) {
            remote(remoteAddress, rkey);
            immediate(immediate);
        }
    }

    @Override
    default void read(final long wrId, final long remoteAddress, final int rkey, final int flags) {
        if (builds(SendOperation.RDMA_READ, wrId, flags)) {
            remote(remoteAddress, rkey);
        }
    }

    @Override
    default void compareAndSwap(final long wrId, final long remoteAddress, final int rkey, final long compare, final long swap,
        final int flags) {
        if (batch().buildAtomic(SendOperation.ATOMIC_CMP_AND_SWP, flags, remoteAddress)
            && beginRequest(SendOperation.ATOMIC_CMP_AND_SWP, wrId, flags)) {
            atomic(remoteAddress, rkey, compare, swap);
        }
    }

    @Override
    default void fetchAndAdd(final long wrId, final long remoteAddress, final int rkey, final long addend, final int flags) {
        if (batch().buildAtomic(SendOperation.ATOMIC_FETCH_AND_ADD, flags, remoteAddress)
            && beginRequest(SendOperation.ATOMIC_FETCH_AND_ADD, wrId, flags)) {
            atomic(remoteAddress, rkey, addend, 0);
        }
    }

    @Override
    default void bindWindow(final long wrId, final MemoryWindow window, final int rkey, final WindowBinding binding,
        final int flags) {
        final PostBatch batch = batch();
        if (batch.buildBind(window, binding, flags)) {
            if (beginRequest(SendOperation.BIND_MW, wrId, flags)) {
                bindDevice(window, rkey, binding);
            }
            batch.bound(window, binding);
        }
    }

    @Override
    default void localInvalidate(final long wrId, final int rkey, final int flags) {
        if (builds(SendOperation.LOCAL_INV, wrId, flags)) {
            invalidated(rkey);
        }
    }

    @Override
    default void local(final long address, final long length, final int lkey) {
        if (batch().payload(length, 1)) {
            localDevice(address, length, lkey);
        }
    }

    @Override
    default void localList(final MemorySegment entries, final int count) {
        final long total = SgeDescriptor.total(entries, count);
        if (batch().payload(total, count)) {
            localListDevice(entries, count, total);
        }
    }

    @Override
    default void inline(final MemorySegment source, final long from, final long length) {
        final PostBatch batch = batch();
        if (batch.inline(length)) {
            inlineDevice(batch.copy(source, from, length), length);
        }
    }

    @Override
    default void inlineList(final MemorySegment[] sources, final int count) {
        final PostBatch batch = batch();
        final long total = PostBatch.total(sources, count);
        if (batch.inline(total)) {
            inlineListDevice(batch.copy(sources, count), total, sources, count);
        }
    }

    @Override
    default void target(final AddressHandle handle, final int remoteQpn, final int remoteQkey) {
        if (batch().target(handle)) {
            targetDevice(handle, remoteQpn, remoteQkey);
        }
    }
}
