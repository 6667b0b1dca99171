package dev.verbs.soft;

import dev.verbs.AccessFlags;
import dev.verbs.SendWrDescriptor;
import java.lang.foreign.MemorySegment;

/** The memory that a request of a peer names, through the key of a region or of a window. Under the responder's receive lock. */
final class RemoteMemory {
    private final SoftQueuePair qp;
    private final KeyTable keys;
    private final WindowTable windows;

    RemoteMemory(final SoftQueuePair qp, final SoftFabric fabric) {
        this.qp = qp;
        this.keys = fabric.keys();
        this.windows = fabric.windows();
    }

    /** What an operation needs, of the queue pair and of the memory. */
    static int access(final int kind) {
        return Operation.is(kind, Operation.READ) ? AccessFlags.REMOTE_READ
            : Operation.is(kind, Operation.WRITE) ? AccessFlags.REMOTE_WRITE
            : Operation.is(kind, Operation.ATOMIC) ? AccessFlags.REMOTE_ATOMIC : 0;
    }

    /** Finds it; false if the key, its domain, its access or the range is wrong. */
    boolean resolve(final int kind, final MemorySegment list, final long at, final long length, final ChunkList pieces) {
        pieces.clear();
        final int key = Operation.is(kind, Operation.ATOMIC) ? SendWrDescriptor.atomicRkey(list, at)
            : SendWrDescriptor.rkey(list, at);
        final long address = SendWrDescriptor.remoteAddress(list, at);
        if (WindowTable.isWindow(key)) {
            final SoftMemoryWindow window = windows.find(key);
            return window != null && window.resolve(qp, key, access(kind), address, length, pieces);
        }
        final SoftMemoryRegion region = keys.remote(key);
        if (region == null || !region.isOf(qp.domain()) || !region.allows(access(kind)) || !region.covers(address, length)) {
            return false;
        }
        pieces.add(region.memory(), region.offset(address), length);
        return true;
    }

    /** Invalidates a window, as the peer's send asks; false if there is none with that key that may be. */
    boolean invalidate(final int key) {
        final SoftMemoryWindow window = windows.find(key);
        return window != null && window.invalidate(qp, key);
    }
}
