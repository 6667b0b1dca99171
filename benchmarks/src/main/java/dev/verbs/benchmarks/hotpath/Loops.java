package dev.verbs.benchmarks.hotpath;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WcDescriptor;
import dev.verbs.WorkCompletions;
import dev.verbs.headers.ibv_context;
import dev.verbs.headers.ibv_context_ops;
import dev.verbs.headers.ibv_cq_ex;
import dev.verbs.headers.ibv_poll_cq_attr;
import dev.verbs.headers.ibv_qp;
import dev.verbs.headers.ibv_qp_ex;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The loops of post_loops.c, in Java. */
final class Loops {
    static final int MOST = 64;
    static final int LENGTH = 8;

    private final Target target;
    private final SendRequests list;
    private final WorkCompletions completions = WorkCompletions.allocate(Arena.global(), MOST);
    private final long qp;
    private final long cq;
    private final boolean polls;
    private final MemorySegment qpx;
    private final MemorySegment cqx;
    private final MemorySegment postSend;
    private final MemorySegment pollCq;
    private final MemorySegment wrStart;
    private final MemorySegment wrRdmaWrite;
    private final MemorySegment wrSetSge;
    private final MemorySegment wrComplete;

    @SuppressWarnings("restricted")
    Loops(final Target target) {
        this.target = target;
        this.list = SendRequests.allocate(Arena.global(), MOST, 1);
        this.qpx = target.qp().reinterpret(ibv_qp_ex.sizeof());
        this.cqx = target.cq().reinterpret(ibv_cq_ex.sizeof());
        this.qp = qpx.address();
        this.cq = cqx.address();
        this.polls = target.isReal();
        final MemorySegment ops = ibv_context.ops(ibv_qp.context(ibv_qp_ex.qp_base(qpx)).reinterpret(ibv_context.sizeof()));
        this.postSend = ibv_context_ops.post_send(ops);
        this.pollCq = ibv_context_ops.poll_cq(ops);
        this.wrStart = ibv_qp_ex.wr_start(qpx);
        this.wrRdmaWrite = ibv_qp_ex.wr_rdma_write(qpx);
        this.wrSetSge = ibv_qp_ex.wr_set_sge(qpx);
        this.wrComplete = ibv_qp_ex.wr_complete(qpx);
    }

    private void fill(final int batch) {
        list.clear();
        for (int i = 0; i < batch; i++) {
            list.write(i, target.local(), LENGTH, target.lkey(), target.remote(), target.rkey(), SendFlags.SIGNALED);
        }
    }

    private void patch(final int batch) {
        for (int i = 0; i < batch; i++) {
            list.wrId(i, i);
            list.local(i, target.local(), LENGTH, target.lkey());
            list.remote(i, target.remote(), target.rkey());
        }
    }

    /** Posts lists: with the same contents each time. */
    void list(final int batch, final long rounds) {
        fill(batch);
        for (long r = 0; r < rounds; r++) {
            check(Calls.postSend(postSend, qp, list.headAddress(), list.badAddress()));
            drain(batch);
        }
    }

    /** Posts lists that were prepared once; wr_id, entry and remote address of each request are new each time. */
    void patched(final int batch, final long rounds) {
        fill(batch);
        for (long r = 0; r < rounds; r++) {
            patch(batch);
            check(Calls.postSend(postSend, qp, list.headAddress(), list.badAddress()));
            drain(batch);
        }
    }

    /** Posts lists that are built anew each time. */
    void refilled(final int batch, final long rounds) {
        for (long r = 0; r < rounds; r++) {
            fill(batch);
            check(Calls.postSend(postSend, qp, list.headAddress(), list.badAddress()));
            drain(batch);
        }
    }

    /** Posts with ibv_wr_*. */
    void wr(final int batch, final long rounds) {
        try {
            for (long r = 0; r < rounds; r++) {
                Calls.WR_START.invokeExact(wrStart, qp);
                for (int i = 0; i < batch; i++) {
                    qpx.set(JAVA_LONG, ibv_qp_ex.wr_id$offset(), (long)i);
                    qpx.set(JAVA_INT, ibv_qp_ex.wr_flags$offset(), SendFlags.SIGNALED);
                    Calls.WR_RDMA_WRITE.invokeExact(wrRdmaWrite, qp, target.rkey(), target.remote());
                    Calls.WR_SET_SGE.invokeExact(wrSetSge, qp, target.lkey(), target.local(), LENGTH);
                }
                check((int)Calls.WR_COMPLETE.invokeExact(wrComplete, qp));
                drain(batch);
            }
        } catch (final Throwable t) {
            throw Calls.failed(t);
        }
    }

    private void drain(final int batch) {
        if (!polls) {
            return;
        }
        int found = 0;
        while (found < batch) {
            final int count = Calls.pollCq(pollCq, cq, batch - found, completions.segment().address());
            check(Math.min(count, 0));
            for (int i = 0; i < count; i++) {
                if (!completions.isSuccess(i)) {
                    throw new IllegalStateException(completions.describe(i));
                }
            }
            found += count;
        }
    }

    private static void check(final int result) {
        if (result != 0) {
            throw new IllegalStateException("the device answered " + result);
        }
    }

    /** Polls completions that are there: one array, read field by field. */
    long poll(final int batch, final long rounds) {
        final MemorySegment wc = completions.segment();
        long sum = 0;
        for (long r = 0; r < rounds; r++) {
            final int count = Calls.pollCq(pollCq, cq, batch, wc.address());
            for (int i = 0; i < count; i++) {
                final long at = i * WcDescriptor.SIZE;
                sum += WcDescriptor.wrId(wc, at) + WcDescriptor.status(wc, at) + WcDescriptor.opcode(wc, at)
                    + WcDescriptor.byteLength(wc, at) + WcDescriptor.qpNumber(wc, at);
            }
        }
        return sum;
    }

    /** The same through an extended queue: two plain fields and three readers of each. */
    long pollEx(final int batch, final long rounds) {
        final MemorySegment start = ibv_cq_ex.start_poll(cqx);
        final MemorySegment next = ibv_cq_ex.next_poll(cqx);
        final MemorySegment end = ibv_cq_ex.end_poll(cqx);
        final MemorySegment opcode = ibv_cq_ex.read_opcode(cqx);
        final MemorySegment length = ibv_cq_ex.read_byte_len(cqx);
        final MemorySegment number = ibv_cq_ex.read_qp_num(cqx);
        final long attributes = ibv_poll_cq_attr.allocate(Arena.global()).address();
        long sum = 0;
        try {
            for (long r = 0; r < rounds; r++) {
                check((int)Calls.START_POLL.invokeExact(start, cq, attributes));
                for (int i = 1; ; i++) {
                    sum += cqx.get(JAVA_LONG, ibv_cq_ex.wr_id$offset()) + cqx.get(JAVA_INT, ibv_cq_ex.status$offset())
                        + (int)Calls.READ_OPCODE.invokeExact(opcode, cq) + (int)Calls.READ_BYTE_LEN.invokeExact(length, cq)
                        + (int)Calls.READ_QP_NUM.invokeExact(number, cq);
                    if (i == batch) {
                        break;
                    }
                    check((int)Calls.NEXT_POLL.invokeExact(next, cq));
                }
                Calls.END_POLL.invokeExact(end, cq);
            }
        } catch (final Throwable t) {
            throw Calls.failed(t);
        }
        return sum;
    }
}
