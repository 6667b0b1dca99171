package dev.verbs.soft;

import dev.verbs.AddressHandle;
import dev.verbs.Errno;
import dev.verbs.MemoryWindow;
import dev.verbs.QueuePairConfig;
import dev.verbs.SendFlags;
import dev.verbs.SendOperation;
import dev.verbs.SendRequests;
import dev.verbs.SgeDescriptor;
import dev.verbs.WindowBinding;
import dev.verbs.spi.AbstractQueuePair;
import dev.verbs.spi.BatchedQueuePair;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Builds its requests into a list of its own, as large as the send queue, and posts all of it or nothing. */
final class SoftExtendedQueuePair extends SoftQueuePair implements BatchedQueuePair {
    private static final int INLINE = SendFlags.INLINE;

    private final SendRequests list;
    /** The request that setters are for; the poster's own. */
    private int current;

    SoftExtendedQueuePair(final SoftProtectionDomain domain, final SoftCompletionQueue sendCq, final SoftCompletionQueue receiveCq,
        final QueuePairConfig granted, final int number) {
        super(domain, sendCq, receiveCq, granted, number);
        this.list = SendRequests.allocate(Arena.ofAuto(), granted.maxSendWr(), Math.max(1, granted.maxSendSge()),
            granted.maxInlineData());
    }

    @Override
    public AbstractQueuePair queuePair() {
        return this;
    }

    @Override
    public void startDevice() {
        list.clear();
    }

    @Override
    public int completeDevice() {
        return postWhole(list);
    }

    /** Nothing was posted: the next batch clears the list. */
    @Override
    public void abortDevice() {
    }

    @Override
    public boolean beginRequest(final SendOperation operation, final long wrId, final int flags) {
        if (list.size() == list.capacity()) {
            refuse(Errno.ENOMEM);
            return false;
        }
        current = list.add(wrId, operation.opcode().code(), flags & ~INLINE);
        return true;
    }

    @Override
    public void remote(final long address, final int rkey) {
        list.remote(current, address, rkey);
    }

    @Override
    public void immediate(final int immediate) {
        list.immediate(current, immediate);
    }

    @Override
    public void invalidated(final int rkey) {
        list.invalidateRkey(current, rkey);
    }

    @Override
    public void atomic(final long address, final int rkey, final long first, final long second) {
        list.atomic(current, address, rkey, first, second);
    }

    @Override
    public void bindDevice(final MemoryWindow window, final int rkey, final WindowBinding binding) {
        list.bind(current, window, rkey, binding);
    }

    @Override
    public void localDevice(final long address, final long length, final int lkey) {
        list.addLocal(current, address, length, lkey);
    }

    @Override
    public void localListDevice(final MemorySegment entries, final int count, final long total) {
        for (int i = 0; i < count; i++) {
            final long at = i * SgeDescriptor.SIZE;
            list.addLocal(current, SgeDescriptor.address(entries, at), SgeDescriptor.length(entries, at),
                SgeDescriptor.lkey(entries, at));
        }
    }

    @Override
    public void inlineDevice(final MemorySegment payload, final long length) {
        list.inline(current, payload, 0, length);
    }

    @Override
    public void targetDevice(final AddressHandle handle, final int remoteQpn, final int remoteQkey) {
        list.target(current, handle, remoteQpn, remoteQkey);
    }
}
