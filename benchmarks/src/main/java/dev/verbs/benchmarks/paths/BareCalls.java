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

/**
 * Handles straight onto the function pointers of verbs.h: the pointer first, addresses as longs. The system property
 * {@code verbs.bench.linkage} says how they are linked, once per JVM, so that every call site sees one kind.
 */
final class BareCalls {
    /** As usual: the thread leaves the Java state around each call. */
    static final String DEFAULT = "default";
    /** All with {@link Linker.Option#critical}: honest only where nothing blocks, that is, on the provider that does nothing. */
    static final String CRITICAL = "critical";
    /** Critical for what only writes or reads memory; default for what rings a doorbell or polls. */
    static final String SPLIT = "split";
    static final String PROPERTY = "verbs.bench.linkage";

    private static final String LINKAGE = System.getProperty(PROPERTY, DEFAULT);

    static final MethodHandle POST_SEND = link(ibv_context_ops.post_send.descriptor(), false);
    static final MethodHandle POST_RECV = link(ibv_context_ops.post_recv.descriptor(), false);
    static final MethodHandle POLL_CQ = link(ibv_context_ops.poll_cq.descriptor(), false);
    static final MethodHandle WR_START = link(ibv_qp_ex.wr_start.descriptor(), true);
    static final MethodHandle WR_RDMA_WRITE = link(ibv_qp_ex.wr_rdma_write.descriptor(), true);
    static final MethodHandle WR_SET_SGE = link(ibv_qp_ex.wr_set_sge.descriptor(), true);
    static final MethodHandle WR_COMPLETE = link(ibv_qp_ex.wr_complete.descriptor(), false);
    static final MethodHandle START_POLL = link(ibv_cq_ex.start_poll.descriptor(), false);
    static final MethodHandle NEXT_POLL = link(ibv_cq_ex.next_poll.descriptor(), true);
    static final MethodHandle END_POLL = link(ibv_cq_ex.end_poll.descriptor(), false);
    static final MethodHandle READ_BYTE_LEN = link(ibv_cq_ex.read_byte_len.descriptor(), true);

    private BareCalls() {
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(final FunctionDescriptor descriptor, final boolean memoryOnly) {
        final MemoryLayout[] arguments = descriptor.argumentLayouts().stream()
            .map(layout -> layout instanceof AddressLayout ? ValueLayout.JAVA_LONG : layout).toArray(MemoryLayout[]::new);
        final FunctionDescriptor longs = descriptor.returnLayout().map(result -> FunctionDescriptor.of(result, arguments))
            .orElseGet(() -> FunctionDescriptor.ofVoid(arguments));
        final boolean critical = LINKAGE.equals(CRITICAL) || LINKAGE.equals(SPLIT) && memoryOnly;
        return critical ? Linker.nativeLinker().downcallHandle(longs, Linker.Option.critical(false))
            : Linker.nativeLinker().downcallHandle(longs);
    }
}
