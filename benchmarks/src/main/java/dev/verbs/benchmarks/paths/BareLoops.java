package dev.verbs.benchmarks.paths;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.verbs.headers.ibv_context;
import dev.verbs.headers.ibv_context_ops;
import dev.verbs.headers.ibv_cq_ex;
import dev.verbs.headers.ibv_poll_cq_attr;
import dev.verbs.headers.ibv_qp;
import dev.verbs.headers.ibv_qp_ex;
import dev.verbs.headers.ibv_recv_wr;
import dev.verbs.headers.ibv_send_wr;
import dev.verbs.headers.ibv_sge;
import dev.verbs.headers.ibv_wc;
import dev.verbs.headers.types_h;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.CompilerControl;

/**
 * The loops of loops.c as an expert writes them by hand, without a library: bounds-checked memory segments, one array of requests,
 * one of entries, one of completions; a downcall through each pointer; no bookkeeping at all. Times itself like the others.
 */
final class BareLoops {
    static final int MOST = 64;
    static final int WINDOW = 63;
    static final int LENGTH = 8;
    /** How long a completion may take. */
    private static final long DEADLINE_NS = 10_000_000_000L;

    private static final long WR = ibv_send_wr.sizeof();
    private static final long WR_ID = ibv_send_wr.wr_id$offset();
    private static final long NEXT = ibv_send_wr.next$offset();
    private static final long SG_LIST = ibv_send_wr.sg_list$offset();
    private static final long NUM_SGE = ibv_send_wr.num_sge$offset();
    private static final long OPCODE = ibv_send_wr.opcode$offset();
    private static final long SEND_FLAGS = ibv_send_wr.send_flags$offset();
    private static final long REMOTE = ibv_send_wr.layout().byteOffset(groupElement("wr"), groupElement("rdma"),
        groupElement("remote_addr"));
    private static final long RKEY = ibv_send_wr.layout().byteOffset(groupElement("wr"), groupElement("rdma"),
        groupElement("rkey"));
    private static final long RECV = ibv_recv_wr.sizeof();
    private static final long RECV_ID = ibv_recv_wr.wr_id$offset();
    private static final long SGE = ibv_sge.sizeof();
    private static final long SGE_ADDRESS = ibv_sge.addr$offset();
    private static final long SGE_LENGTH = ibv_sge.length$offset();
    private static final long SGE_LKEY = ibv_sge.lkey$offset();
    private static final long WC = ibv_wc.sizeof();
    private static final long WC_ID = ibv_wc.wr_id$offset();
    private static final long WC_STATUS = ibv_wc.status$offset();
    private static final long CQX_ID = ibv_cq_ex.wr_id$offset();
    private static final long CQX_STATUS = ibv_cq_ex.status$offset();
    private static final int RDMA_WRITE = types_h.IBV_WR_RDMA_WRITE();
    private static final int SEND = types_h.IBV_WR_SEND();
    private static final int SIGNALED = types_h.IBV_SEND_SIGNALED();
    private static final int SUCCESS = types_h.IBV_WC_SUCCESS();
    private static final int ENOENT = types_h.ENOENT();

    private final MemorySegment wrs;
    private final MemorySegment sges;
    private final MemorySegment recvs;
    private final MemorySegment wcs;
    private final long bad;
    private final MemorySegment qpx;
    private final MemorySegment cqx;
    private final long qp;
    private final long peer;
    private final long cq;
    private final long local;
    private final long remote;
    private final int lkey;
    private final int rkey;
    private final int flags;
    private final boolean atOnce;
    private final long attributes;
    private final MemorySegment postSend;
    private final MemorySegment postRecv;
    private final MemorySegment pollCq;
    private final MemorySegment wrStart;
    private final MemorySegment wrRdmaWrite;
    private final MemorySegment wrSetSge;
    private final MemorySegment wrComplete;
    private final MemorySegment startPoll;
    private final MemorySegment nextPoll;
    private final MemorySegment endPoll;
    private final MemorySegment readByteLen;
    /** What was read, so that it is read. */
    long sum;

    @SuppressWarnings("restricted")
    BareLoops(final Arena arena, final CSide made, final boolean inline) {
        wrs = arena.allocate(ibv_send_wr.layout(), MOST);
        sges = arena.allocate(ibv_sge.layout(), MOST);
        recvs = arena.allocate(ibv_recv_wr.layout(), MOST);
        wcs = arena.allocate(ibv_wc.layout(), MOST);
        bad = arena.allocate(JAVA_LONG).address();
        attributes = ibv_poll_cq_attr.allocate(arena).address();
        qpx = made.qp().reinterpret(ibv_qp_ex.sizeof());
        cqx = made.cq().reinterpret(ibv_cq_ex.sizeof());
        qp = qpx.address();
        peer = made.peer().address();
        cq = cqx.address();
        local = made.local();
        remote = made.remote();
        lkey = made.lkey();
        rkey = made.rkey();
        flags = inline ? SIGNALED | types_h.IBV_SEND_INLINE() : SIGNALED;
        atOnce = made.atOnce();
        final MemorySegment ops = ibv_context.ops(ibv_qp.context(ibv_qp_ex.qp_base(qpx)).reinterpret(ibv_context.sizeof()));
        postSend = ibv_context_ops.post_send(ops);
        postRecv = ibv_context_ops.post_recv(ops);
        pollCq = ibv_context_ops.poll_cq(ops);
        wrStart = ibv_qp_ex.wr_start(qpx);
        wrRdmaWrite = ibv_qp_ex.wr_rdma_write(qpx);
        wrSetSge = ibv_qp_ex.wr_set_sge(qpx);
        wrComplete = ibv_qp_ex.wr_complete(qpx);
        startPoll = ibv_cq_ex.start_poll(cqx);
        nextPoll = ibv_cq_ex.next_poll(cqx);
        endPoll = ibv_cq_ex.end_poll(cqx);
        readByteLen = ibv_cq_ex.read_byte_len(cqx);
    }

    private void fill(final int batch, final int from) {
        for (int i = 0; i < batch; i++) {
            final long place = ((from + i) & WINDOW) << 3;
            final long sge = i * SGE;
            sges.set(JAVA_LONG, sge + SGE_ADDRESS, local + place);
            sges.set(JAVA_INT, sge + SGE_LENGTH, LENGTH);
            sges.set(JAVA_INT, sge + SGE_LKEY, lkey);
            final long wr = i * WR;
            wrs.set(JAVA_LONG, wr + WR_ID, (long)from + i);
            wrs.set(JAVA_LONG, wr + NEXT, i + 1 < batch ? wrs.address() + wr + WR : 0);
            wrs.set(JAVA_LONG, wr + SG_LIST, sges.address() + sge);
            wrs.set(JAVA_INT, wr + NUM_SGE, 1);
            wrs.set(JAVA_INT, wr + OPCODE, RDMA_WRITE);
            wrs.set(JAVA_INT, wr + SEND_FLAGS, flags);
            wrs.set(JAVA_LONG, wr + REMOTE, remote + place);
            wrs.set(JAVA_INT, wr + RKEY, rkey);
        }
    }

    /** Compiled by itself, as a step of an application is: in the middle of a large method HotSpot keeps its counters on the stack. */
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private void patch(final int batch, final int from) {
        for (int i = 0; i < batch; i++) {
            final long place = ((from + i) & WINDOW) << 3;
            wrs.set(JAVA_LONG, i * WR + WR_ID, (long)from + i);
            sges.set(JAVA_LONG, i * SGE + SGE_ADDRESS, local + place);
            sges.set(JAVA_INT, i * SGE + SGE_LENGTH, LENGTH);
            wrs.set(JAVA_LONG, i * WR + REMOTE, remote + place);
        }
    }

    private void post(final long to) throws Throwable {
        check((int)BareCalls.POST_SEND.invokeExact(postSend, to, wrs.address(), bad));
    }

    private static void check(final int result) {
        if (result != 0) {
            throw new IllegalStateException("the device answered " + result);
        }
    }

    /** Nothing came: since when, or too long. */
    static long waited(final long since) {
        final long now = System.nanoTime();
        if (since != 0 && now - since > DEADLINE_NS) {
            throw new IllegalStateException("no completion for " + DEADLINE_NS + " ns");
        }
        return since == 0 ? now : since;
    }

    private long drain(final int batch, final int count) throws Throwable {
        long read = 0;
        long idle = 0;
        int found = 0;
        while (found < count) {
            final int polled = (int)BareCalls.POLL_CQ.invokeExact(pollCq, cq, Math.min(batch, count - found), wcs.address());
            for (int i = 0; i < polled; i++) {
                check(wcs.get(JAVA_INT, i * WC + WC_STATUS) - SUCCESS);
                read += wcs.get(JAVA_LONG, i * WC + WC_ID) & WINDOW;
            }
            if (polled <= 0) {
                check(Math.min(polled, 0));
                idle = waited(idle);
            }
            found += polled;
        }
        return read;
    }

    long post(final int batch, final int count, final Way way) throws Throwable {
        fill(batch, 0);
        final long start = System.nanoTime();
        for (int id = 0; id < count; id += batch) {
            if (way == Way.PATCHED) {
                patch(batch, id);
            } else if (way == Way.BUILT) {
                fill(batch, id);
            }
            post(qp);
        }
        final long taken = System.nanoTime() - start;
        sum += drain(MOST, count);
        return taken;
    }

    long wr(final int batch, final int count) throws Throwable {
        final long start = System.nanoTime();
        for (int id = 0; id < count; id += batch) {
            BareCalls.WR_START.invokeExact(wrStart, qp);
            for (int i = 0; i < batch; i++) {
                final long place = ((id + i) & WINDOW) << 3;
                qpx.set(JAVA_LONG, ibv_qp_ex.wr_id$offset(), (long)id + i);
                qpx.set(JAVA_INT, ibv_qp_ex.wr_flags$offset(), SIGNALED);
                BareCalls.WR_RDMA_WRITE.invokeExact(wrRdmaWrite, qp, rkey, remote + place);
                BareCalls.WR_SET_SGE.invokeExact(wrSetSge, qp, lkey, local + place, LENGTH);
            }
            check((int)BareCalls.WR_COMPLETE.invokeExact(wrComplete, qp));
        }
        final long taken = System.nanoTime() - start;
        sum += drain(MOST, count);
        return taken;
    }

    long receive(final int batch, final int count) throws Throwable {
        for (int i = 0; i < batch; i++) {
            final MemorySegment entry = ibv_sge.asSlice(sges, i);
            ibv_sge.length(entry, LENGTH);
            ibv_sge.lkey(entry, lkey);
            final MemorySegment recv = ibv_recv_wr.asSlice(recvs, i);
            ibv_recv_wr.next(recv, i + 1 < batch ? ibv_recv_wr.asSlice(recvs, i + 1) : MemorySegment.NULL);
            ibv_recv_wr.sg_list(recv, entry);
            ibv_recv_wr.num_sge(recv, 1);
        }
        final long start = System.nanoTime();
        for (int id = 0; id < count; id += batch) {
            for (int i = 0; i < batch; i++) {
                recvs.set(JAVA_LONG, i * RECV + RECV_ID, (long)id + i);
                sges.set(JAVA_LONG, i * SGE + SGE_ADDRESS, local + (((id + i) & WINDOW) << 3));
            }
            check((int)BareCalls.POST_RECV.invokeExact(postRecv, qp, recvs.address(), bad));
        }
        final long taken = System.nanoTime() - start;
        if (!atOnce) {
            fill(1, 0);
            wrs.set(JAVA_INT, OPCODE, SEND);
            for (int i = 0; i < count; i++) {
                post(peer);
            }
        }
        sum += drain(MOST, atOnce ? count : 2 * count);
        return taken;
    }

    long round(final int batch, final int count) throws Throwable {
        fill(batch, 0);
        long read = 0;
        final long start = System.nanoTime();
        for (int id = 0; id < count; id += batch) {
            patch(batch, id);
            post(qp);
            read += drain(batch, batch);
        }
        final long taken = System.nanoTime() - start;
        sum += read;
        return taken;
    }

    private void settle() throws InterruptedException {
        if (!atOnce) {
            Thread.sleep(Device.SETTLE_MS);
        }
    }

    private void postMany(final int count) throws Throwable {
        for (int id = 0; id < count; id += MOST) {
            fill(Math.min(MOST, count - id), id);
            post(qp);
        }
    }

    /** A batch of 0 polls the empty queue so many times. */
    long poll(final int batch, final int count) throws Throwable {
        if (batch == 0) {
            final long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                check((int)BareCalls.POLL_CQ.invokeExact(pollCq, cq, MOST, wcs.address()));
            }
            return System.nanoTime() - start;
        }
        postMany(count);
        settle();
        final long start = System.nanoTime();
        final long read = drain(batch, count);
        final long taken = System.nanoTime() - start;
        sum += read;
        return taken;
    }

    long pollEx(final int batch, final int count) throws Throwable {
        long idle = 0;
        postMany(count);
        settle();
        long read = 0;
        final long start = System.nanoTime();
        int found = 0;
        while (found < count) {
            int result = (int)BareCalls.START_POLL.invokeExact(startPoll, cq, attributes);
            if (result == ENOENT) {
                idle = waited(idle);
                continue;
            }
            for (int i = 1; result == 0; i++) {
                check(cqx.get(JAVA_INT, CQX_STATUS) - SUCCESS);
                read += (cqx.get(JAVA_LONG, CQX_ID) & WINDOW) + (int)BareCalls.READ_BYTE_LEN.invokeExact(readByteLen, cq);
                found++;
                if (i == batch) {
                    break;
                }
                result = (int)BareCalls.NEXT_POLL.invokeExact(nextPoll, cq);
            }
            check(result == ENOENT ? 0 : result);
            BareCalls.END_POLL.invokeExact(endPoll, cq);
        }
        final long taken = System.nanoTime() - start;
        sum += read;
        return taken;
    }
}
