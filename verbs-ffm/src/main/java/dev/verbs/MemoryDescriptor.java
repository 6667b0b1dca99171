package dev.verbs;

import dev.verbs.headers.ibv_wc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * All memory of the process as one segment, for lists and completions on the hot path: they have checked index and arena themselves,
 * once for all fields. Its bounds are constants, so that the compiler drops the check of an offset that it knows to be below
 * {@link #ADDRESSES}: an access is one instruction.
 *
 * <p>Whoever accesses it checks before that the memory is alive and the thread's own: {@link GuardedMemory}. No arena may be closed while
 * another thread uses what is in it: a device that is posting or polling would not notice, either.
 */
final class MemoryDescriptor {
    /** Covers every address of user space. */
    static final long ADDRESSES = (1L << 55) - 1;

    /** Starts at address 0. */
    static final MemorySegment ALL = ibv_wc.reinterpret(MemorySegment.NULL, 2 * ADDRESSES / ibv_wc.sizeof(), Arena.global(), null);

    private MemoryDescriptor() {
    }

    /** Runs an action when an arena is closed, before what was allocated in it up to now is freed: what came last is the first. */
    static void whenClosed(final Arena arena, final Runnable action) {
        ibv_wc.reinterpret(MemorySegment.NULL, 0, arena, nothing -> action.run());
    }
}
