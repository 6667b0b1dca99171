package dev.verbs.benchmarks.paths;

import dev.verbs.headers.ibv_context_ops;
import dev.verbs.headers.ibv_cq_ex;
import dev.verbs.headers.ibv_qp_ex;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Handles straight onto the function pointers of verbs.h, linked in the default way: the pointer first, addresses as longs. */
final class BareCalls {
    static final MethodHandle POST_SEND = link(ibv_context_ops.post_send.descriptor());
    static final MethodHandle POST_RECV = link(ibv_context_ops.post_recv.descriptor());
    static final MethodHandle POLL_CQ = link(ibv_context_ops.poll_cq.descriptor());
    static final MethodHandle WR_START = link(ibv_qp_ex.wr_start.descriptor());
    static final MethodHandle WR_RDMA_WRITE = link(ibv_qp_ex.wr_rdma_write.descriptor());
    static final MethodHandle WR_SET_SGE = link(ibv_qp_ex.wr_set_sge.descriptor());
    static final MethodHandle WR_COMPLETE = link(ibv_qp_ex.wr_complete.descriptor());
    static final MethodHandle START_POLL = link(ibv_cq_ex.start_poll.descriptor());
    static final MethodHandle NEXT_POLL = link(ibv_cq_ex.next_poll.descriptor());
    static final MethodHandle END_POLL = link(ibv_cq_ex.end_poll.descriptor());
    static final MethodHandle READ_BYTE_LEN = link(ibv_cq_ex.read_byte_len.descriptor());

    private BareCalls() {
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(final FunctionDescriptor descriptor) {
        final MemoryLayout[] arguments = descriptor.argumentLayouts().stream()
            .map(layout -> layout instanceof AddressLayout ? ValueLayout.JAVA_LONG : layout).toArray(MemoryLayout[]::new);
        return Linker.nativeLinker().downcallHandle(descriptor.returnLayout()
            .map(result -> FunctionDescriptor.of(result, arguments)).orElseGet(() -> FunctionDescriptor.ofVoid(arguments)));
    }
}
