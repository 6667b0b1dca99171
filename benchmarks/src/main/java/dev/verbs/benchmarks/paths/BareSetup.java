package dev.verbs.benchmarks.paths;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.verbs.headers.ibv_ah_attr;
import dev.verbs.headers.ibv_global_route;
import dev.verbs.headers.ibv_gid;
import dev.verbs.headers.ibv_qp;
import dev.verbs.headers.ibv_qp_attr;
import dev.verbs.headers.ibv_qp_cap;
import dev.verbs.headers.ibv_qp_init_attr;
import dev.verbs.headers.types_h;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The loops of setup.c as an expert writes them by hand: downcalls to the exported functions, structures that are used again. */
final class BareSetup {
    private static final int DEPTH = 16;
    private static final int MIN_RNR_TIMER = 12;
    private static final int TIMEOUT = 14;
    private static final int RETRIES = 6;
    private static final int RNR_RETRIES = 7;
    private static final int HOPS = 64;
    private static final int ACCESS = types_h.IBV_ACCESS_LOCAL_WRITE() | types_h.IBV_ACCESS_REMOTE_WRITE();
    private static final int TO_INIT = types_h.IBV_QP_STATE() | types_h.IBV_QP_PKEY_INDEX() | types_h.IBV_QP_PORT()
        | types_h.IBV_QP_ACCESS_FLAGS();
    private static final int TO_RTR = types_h.IBV_QP_STATE() | types_h.IBV_QP_AV() | types_h.IBV_QP_PATH_MTU()
        | types_h.IBV_QP_DEST_QPN() | types_h.IBV_QP_RQ_PSN() | types_h.IBV_QP_MAX_DEST_RD_ATOMIC()
        | types_h.IBV_QP_MIN_RNR_TIMER();
    private static final int TO_RTS = types_h.IBV_QP_STATE() | types_h.IBV_QP_TIMEOUT() | types_h.IBV_QP_RETRY_CNT()
        | types_h.IBV_QP_RNR_RETRY() | types_h.IBV_QP_SQ_PSN() | types_h.IBV_QP_MAX_QP_RD_ATOMIC();

    private static final MethodHandle REG_MR = link("ibv_reg_mr", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle DEREG_MR = link("ibv_dereg_mr", JAVA_INT, JAVA_LONG);
    private static final MethodHandle CREATE_QP = link("ibv_create_qp", ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle MODIFY_QP = link("ibv_modify_qp", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle DESTROY_QP = link("ibv_destroy_qp", JAVA_INT, JAVA_LONG);

    private final CSide made;
    private final MemorySegment pd;
    private final MemorySegment init;
    private final MemorySegment attributes;
    private final MemorySegment gid;
    private final int peer;

    @SuppressWarnings("restricted")
    BareSetup(final Arena arena, final CSide made) {
        this.made = made;
        final MemorySegment qp = made.peer().reinterpret(ibv_qp.sizeof());
        pd = ibv_qp.pd(qp);
        peer = ibv_qp.qp_num(qp);
        init = ibv_qp_init_attr.allocate(arena);
        attributes = ibv_qp_attr.allocate(arena);
        gid = arena.allocate(ibv_gid.layout()).copyFrom(made.gid().reinterpret(ibv_gid.sizeof()));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(final String name, final MemoryLayout result, final MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(SymbolLookup.libraryLookup("libibverbs.so.1", Arena.global()).findOrThrow(name),
            FunctionDescriptor.of(result, arguments));
    }

    private static void check(final int result) {
        if (result != 0) {
            throw new IllegalStateException("the library answered " + result);
        }
    }

    long register(final MemorySegment memory, final int count) throws Throwable {
        final long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            final long region = (long)REG_MR.invokeExact(pd.address(), memory.address(), memory.byteSize(), ACCESS);
            check(region == 0 ? -1 : (int)DEREG_MR.invokeExact(region));
        }
        return System.nanoTime() - start;
    }

    @SuppressWarnings("restricted")
    private MemorySegment create() throws Throwable {
        init.fill((byte)0);
        ibv_qp_init_attr.qp_type(init, types_h.IBV_QPT_RC());
        ibv_qp_init_attr.send_cq(init, made.cq());
        ibv_qp_init_attr.recv_cq(init, made.cq());
        final MemorySegment cap = ibv_qp_init_attr.cap(init);
        ibv_qp_cap.max_send_wr(cap, DEPTH);
        ibv_qp_cap.max_recv_wr(cap, DEPTH);
        ibv_qp_cap.max_send_sge(cap, 1);
        ibv_qp_cap.max_recv_sge(cap, 1);
        final MemorySegment qp = (MemorySegment)CREATE_QP.invokeExact(pd.address(), init.address());
        check(qp.address() == 0 ? -1 : 0);
        return qp.reinterpret(ibv_qp.sizeof());
    }

    /** Creates and destroys queue pairs; if they are connected in between, only that counts. */
    long queuePair(final boolean connected, final int count) throws Throwable {
        long spent = 0;
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            final long qp = create().address();
            if (connected) {
                start = System.nanoTime();
                connect(qp);
                spent += System.nanoTime() - start;
            }
            check((int)DESTROY_QP.invokeExact(qp));
            if (!connected) {
                spent += System.nanoTime() - start;
            }
        }
        return spent;
    }

    private void connect(final long qp) throws Throwable {
        attributes.fill((byte)0);
        ibv_qp_attr.qp_state(attributes, types_h.IBV_QPS_INIT());
        ibv_qp_attr.port_num(attributes, (byte)1);
        ibv_qp_attr.qp_access_flags(attributes, ACCESS);
        check((int)MODIFY_QP.invokeExact(qp, attributes.address(), TO_INIT));
        ibv_qp_attr.qp_state(attributes, types_h.IBV_QPS_RTR());
        ibv_qp_attr.path_mtu(attributes, types_h.IBV_MTU_1024());
        ibv_qp_attr.dest_qp_num(attributes, peer);
        ibv_qp_attr.max_dest_rd_atomic(attributes, (byte)1);
        ibv_qp_attr.min_rnr_timer(attributes, (byte)MIN_RNR_TIMER);
        final MemorySegment path = ibv_qp_attr.ah_attr(attributes);
        ibv_ah_attr.is_global(path, (byte)1);
        ibv_ah_attr.port_num(path, (byte)1);
        final MemorySegment route = ibv_ah_attr.grh(path);
        ibv_global_route.dgid(route, gid);
        ibv_global_route.sgid_index(route, (byte)made.gidIndex());
        ibv_global_route.hop_limit(route, (byte)HOPS);
        check((int)MODIFY_QP.invokeExact(qp, attributes.address(), TO_RTR));
        ibv_qp_attr.qp_state(attributes, types_h.IBV_QPS_RTS());
        ibv_qp_attr.timeout(attributes, (byte)TIMEOUT);
        ibv_qp_attr.retry_cnt(attributes, (byte)RETRIES);
        ibv_qp_attr.rnr_retry(attributes, (byte)RNR_RETRIES);
        ibv_qp_attr.max_rd_atomic(attributes, (byte)1);
        check((int)MODIFY_QP.invokeExact(qp, attributes.address(), TO_RTS));
    }
}
