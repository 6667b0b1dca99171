package dev.verbs.ibv;

import dev.verbs.headers.ibv_context;
import dev.verbs.headers.ibv_context_ops;
import dev.verbs.ibv.DriverLinkage.Call;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/**
 * The data path of the driver whose device was opened first, as pointers that stay the same objects. A machine has one kind of device as
 * a rule: so {@link ContextOps} makes these functions constants of the code that calls them, linked as {@link DriverLinkage} says, and
 * calls those of any other driver through pointers.
 */
final class FirstDriver {
    /** Those of the context that was being opened when this class was initialised; nobody's if there was none. */
    static final FirstDriver FUNCTIONS = IbvContext.OPENING.isBound() ? new FirstDriver(ibv_context.ops(IbvContext.OPENING.get()))
        : new FirstDriver(MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL);

    final MemorySegment pollCq;
    final MemorySegment postSend;
    final MemorySegment postRecv;
    /** How {@link #postSend} is linked. */
    final Linker.Option[] sending;
    /** How the others are. */
    final Linker.Option[] receiving;

    private FirstDriver(final MemorySegment ops) {
        this(ibv_context_ops.poll_cq(ops), ibv_context_ops.post_send(ops), ibv_context_ops.post_recv(ops));
    }

    private FirstDriver(final MemorySegment pollCq, final MemorySegment postSend, final MemorySegment postRecv) {
        this.pollCq = pollCq;
        this.postSend = postSend;
        this.postRecv = postRecv;
        this.sending = DriverLinkage.of(postSend, Call.SENDS);
        this.receiving = DriverLinkage.of(pollCq, Call.RECEIVES_AND_POLLS);
    }

    /** A pointer: as the first driver's object where it leads to the same function. */
    static MemorySegment recognised(final MemorySegment pointer, final MemorySegment firsts) {
        return pointer.address() == firsts.address() ? firsts : pointer;
    }
}
