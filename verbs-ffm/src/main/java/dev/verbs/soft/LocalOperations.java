package dev.verbs.soft;

import dev.verbs.SendWrDescriptor;
import dev.verbs.WcStatus;
import java.lang.foreign.MemorySegment;

/** Requests that end at the requester: binds and invalidates of windows. Under the requester's send lock. */
final class LocalOperations {
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    private static final int BIND_REFUSED = WcStatus.MW_BIND_ERR.code();
    private static final int INVALIDATE_REFUSED = WcStatus.LOC_QP_OP_ERR.code();

    private final SoftQueuePair qp;
    private final KeyTable keys;
    private final WindowTable windows;

    LocalOperations(final SoftQueuePair qp, final SoftFabric fabric) {
        this.qp = qp;
        this.keys = fabric.keys();
        this.windows = fabric.windows();
    }

    /** Whether a bind names a window; everything else is found when it is executed. */
    boolean isBind(final MemorySegment list, final long at) {
        return windows.ofHandle(SendWrDescriptor.window(list, at)) != null && SendWrDescriptor.numSge(list, at) == 0
            && SendWrDescriptor.invalidateRkey(list, at) == 0;
    }

    /** The key that a bind's window has now, as the program knows it: it counts when the bind is posted. */
    int currentKey(final MemorySegment list, final long at) {
        final SoftMemoryWindow window = windows.ofHandle(SendWrDescriptor.window(list, at));
        return window == null ? 0 : window.rkey();
    }

    /** Executes a bind of a window that had a key when it was posted; returns the status. */
    int bind(final MemorySegment list, final long at, final int current) {
        final SoftMemoryWindow window = windows.ofHandle(SendWrDescriptor.window(list, at));
        return window != null && window.bind(qp, current, SendWrDescriptor.windowRkey(list, at),
            keys.local((int)SendWrDescriptor.boundRegion(list, at)), SendWrDescriptor.boundAddress(list, at),
            SendWrDescriptor.boundLength(list, at), SendWrDescriptor.windowAccess(list, at)) ? SUCCESS : BIND_REFUSED;
    }

    /** Why {@link #bind} refused. */
    String bindObjection(final MemorySegment list, final long at, final int current) {
        final SoftMemoryWindow window = windows.ofHandle(SendWrDescriptor.window(list, at));
        final String why = window == null ? "the window to bind was closed" : window.bindObjection(qp, current,
            SendWrDescriptor.windowRkey(list, at), keys.local((int)SendWrDescriptor.boundRegion(list, at)),
            SendWrDescriptor.boundAddress(list, at), SendWrDescriptor.boundLength(list, at), SendWrDescriptor.windowAccess(list, at));
        return why == null ? "the window to bind or its region was changed meanwhile" : why;
    }

    /** Executes a local invalidate; returns the status. Registered regions cannot be invalidated by programs. */
    int invalidate(final MemorySegment list, final long at) {
        final int key = SendWrDescriptor.invalidateRkey(list, at);
        final SoftMemoryWindow window = windows.find(key);
        return window != null && window.invalidate(qp, key) ? SUCCESS : INVALIDATE_REFUSED;
    }
}
