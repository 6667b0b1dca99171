package dev.verbs.ibv;

import dev.verbs.SendOperation;
import dev.verbs.headers.ibv_qp_ex;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The verbs that verbs.h defines as {@code static inline} calls through {@code struct ibv_qp_ex}. A queue pair's pointers are read
 * once, when it is made. A builder's pointer is null unless its operation was asked for: {@link #builds} says so, and callers ask
 * before.
 */
final class QpExOps {
    private static final MethodHandle WR_ATOMIC_CMP_SWP = Downcalls.throughPointer(ibv_qp_ex.wr_atomic_cmp_swp.descriptor());
    private static final MethodHandle WR_ATOMIC_FETCH_ADD = Downcalls.throughPointer(ibv_qp_ex.wr_atomic_fetch_add.descriptor());
    private static final MethodHandle WR_BIND_MW = Downcalls.throughPointer(ibv_qp_ex.wr_bind_mw.descriptor());
    private static final MethodHandle WR_LOCAL_INV = Downcalls.throughPointer(ibv_qp_ex.wr_local_inv.descriptor());
    private static final MethodHandle WR_RDMA_READ = Downcalls.throughPointer(ibv_qp_ex.wr_rdma_read.descriptor());
    private static final MethodHandle WR_RDMA_WRITE = Downcalls.throughPointer(ibv_qp_ex.wr_rdma_write.descriptor());
    private static final MethodHandle WR_RDMA_WRITE_IMM = Downcalls.throughPointer(ibv_qp_ex.wr_rdma_write_imm.descriptor());
    private static final MethodHandle WR_SEND = Downcalls.throughPointer(ibv_qp_ex.wr_send.descriptor());
    private static final MethodHandle WR_SEND_IMM = Downcalls.throughPointer(ibv_qp_ex.wr_send_imm.descriptor());
    private static final MethodHandle WR_SEND_INV = Downcalls.throughPointer(ibv_qp_ex.wr_send_inv.descriptor());
    private static final MethodHandle WR_SET_UD_ADDR = Downcalls.throughPointer(ibv_qp_ex.wr_set_ud_addr.descriptor());
    private static final MethodHandle WR_SET_INLINE_DATA = Downcalls.throughPointer(ibv_qp_ex.wr_set_inline_data.descriptor());
    private static final MethodHandle WR_SET_INLINE_DATA_LIST = Downcalls.throughPointer(ibv_qp_ex.wr_set_inline_data_list.descriptor());
    private static final MethodHandle WR_SET_SGE = Downcalls.throughPointer(ibv_qp_ex.wr_set_sge.descriptor());
    private static final MethodHandle WR_SET_SGE_LIST = Downcalls.throughPointer(ibv_qp_ex.wr_set_sge_list.descriptor());
    private static final MethodHandle WR_START = Downcalls.throughPointer(ibv_qp_ex.wr_start.descriptor());
    private static final MethodHandle WR_COMPLETE = Downcalls.throughPointer(ibv_qp_ex.wr_complete.descriptor());
    private static final MethodHandle WR_ABORT = Downcalls.throughPointer(ibv_qp_ex.wr_abort.descriptor());

    private final MemorySegment wrAtomicCmpSwp;
    private final MemorySegment wrAtomicFetchAdd;
    private final MemorySegment wrBindMw;
    private final MemorySegment wrLocalInv;
    private final MemorySegment wrRdmaRead;
    private final MemorySegment wrRdmaWrite;
    private final MemorySegment wrRdmaWriteImm;
    private final MemorySegment wrSend;
    private final MemorySegment wrSendImm;
    private final MemorySegment wrSendInv;
    private final MemorySegment wrSetUdAddr;
    private final MemorySegment wrSetInlineData;
    private final MemorySegment wrSetInlineDataList;
    private final MemorySegment wrSetSge;
    private final MemorySegment wrSetSgeList;
    private final MemorySegment wrStart;
    private final MemorySegment wrComplete;
    private final MemorySegment wrAbort;

    QpExOps(final MemorySegment qp) {
        this.wrAtomicCmpSwp = ibv_qp_ex.wr_atomic_cmp_swp(qp);
        this.wrAtomicFetchAdd = ibv_qp_ex.wr_atomic_fetch_add(qp);
        this.wrBindMw = ibv_qp_ex.wr_bind_mw(qp);
        this.wrLocalInv = ibv_qp_ex.wr_local_inv(qp);
        this.wrRdmaRead = ibv_qp_ex.wr_rdma_read(qp);
        this.wrRdmaWrite = ibv_qp_ex.wr_rdma_write(qp);
        this.wrRdmaWriteImm = ibv_qp_ex.wr_rdma_write_imm(qp);
        this.wrSend = ibv_qp_ex.wr_send(qp);
        this.wrSendImm = ibv_qp_ex.wr_send_imm(qp);
        this.wrSendInv = ibv_qp_ex.wr_send_inv(qp);
        this.wrSetUdAddr = ibv_qp_ex.wr_set_ud_addr(qp);
        this.wrSetInlineData = ibv_qp_ex.wr_set_inline_data(qp);
        this.wrSetInlineDataList = ibv_qp_ex.wr_set_inline_data_list(qp);
        this.wrSetSge = ibv_qp_ex.wr_set_sge(qp);
        this.wrSetSgeList = ibv_qp_ex.wr_set_sge_list(qp);
        this.wrStart = ibv_qp_ex.wr_start(qp);
        this.wrComplete = ibv_qp_ex.wr_complete(qp);
        this.wrAbort = ibv_qp_ex.wr_abort(qp);
    }

    /** Whether the library gave what every batch needs. */
    boolean isComplete(final boolean datagrams) {
        return isThere(wrStart) && isThere(wrComplete) && isThere(wrAbort) && isThere(wrSetSge) && isThere(wrSetSgeList)
            && isThere(wrSetInlineData) && isThere(wrSetInlineDataList) && (!datagrams || isThere(wrSetUdAddr));
    }

    /** Whether an operation can be built. */
    boolean builds(final SendOperation operation) {
        return isThere(switch (operation) {
            case RDMA_WRITE -> wrRdmaWrite;
            case RDMA_WRITE_WITH_IMM -> wrRdmaWriteImm;
            case SEND -> wrSend;
            case SEND_WITH_IMM -> wrSendImm;
            case RDMA_READ -> wrRdmaRead;
            case ATOMIC_CMP_AND_SWP -> wrAtomicCmpSwp;
            case ATOMIC_FETCH_AND_ADD -> wrAtomicFetchAdd;
            case LOCAL_INV -> wrLocalInv;
            case BIND_MW -> wrBindMw;
            case SEND_WITH_INV -> wrSendInv;
        });
    }

    private static boolean isThere(final MemorySegment pointer) {
        return pointer.address() != 0;
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_atomic_cmp_swp(struct ibv_qp_ex *qp, uint32_t rkey, uint64_t remote_addr, uint64_t compare, uint64_t swap)
     * {
     *     qp->wr_atomic_cmp_swp(qp, rkey, remote_addr, compare, swap);
     * }
     * }
     */
    void atomicCmpSwp(final long qp, final int rkey, final long remoteAddr, final long compare, final long swap) {
        try {
            WR_ATOMIC_CMP_SWP.invokeExact(wrAtomicCmpSwp, qp, rkey, remoteAddr, compare, swap);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_atomic_fetch_add(struct ibv_qp_ex *qp, uint32_t rkey, uint64_t remote_addr, uint64_t add)
     * {
     *     qp->wr_atomic_fetch_add(qp, rkey, remote_addr, add);
     * }
     * }
     */
    void atomicFetchAdd(final long qp, final int rkey, final long remoteAddr, final long add) {
        try {
            WR_ATOMIC_FETCH_ADD.invokeExact(wrAtomicFetchAdd, qp, rkey, remoteAddr, add);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_bind_mw(struct ibv_qp_ex *qp, struct ibv_mw *mw, uint32_t rkey, const struct ibv_mw_bind_info *bind_info)
     * {
     *     qp->wr_bind_mw(qp, mw, rkey, bind_info);
     * }
     * }
     */
    void bindMw(final long qp, final long mw, final int rkey, final long bindInfo) {
        try {
            WR_BIND_MW.invokeExact(wrBindMw, qp, mw, rkey, bindInfo);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_local_inv(struct ibv_qp_ex *qp, uint32_t invalidate_rkey)
     * {
     *     qp->wr_local_inv(qp, invalidate_rkey);
     * }
     * }
     */
    void localInv(final long qp, final int invalidateRkey) {
        try {
            WR_LOCAL_INV.invokeExact(wrLocalInv, qp, invalidateRkey);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_rdma_read(struct ibv_qp_ex *qp, uint32_t rkey, uint64_t remote_addr)
     * {
     *     qp->wr_rdma_read(qp, rkey, remote_addr);
     * }
     * }
     */
    void rdmaRead(final long qp, final int rkey, final long remoteAddr) {
        try {
            WR_RDMA_READ.invokeExact(wrRdmaRead, qp, rkey, remoteAddr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_rdma_write(struct ibv_qp_ex *qp, uint32_t rkey, uint64_t remote_addr)
     * {
     *     qp->wr_rdma_write(qp, rkey, remote_addr);
     * }
     * }
     */
    void rdmaWrite(final long qp, final int rkey, final long remoteAddr) {
        try {
            WR_RDMA_WRITE.invokeExact(wrRdmaWrite, qp, rkey, remoteAddr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_rdma_write_imm(struct ibv_qp_ex *qp, uint32_t rkey, uint64_t remote_addr, __be32 imm_data)
     * {
     *     qp->wr_rdma_write_imm(qp, rkey, remote_addr, imm_data);
     * }
     * }
     */
    void rdmaWriteImm(final long qp, final int rkey, final long remoteAddr, final int immData) {
        try {
            WR_RDMA_WRITE_IMM.invokeExact(wrRdmaWriteImm, qp, rkey, remoteAddr, immData);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_send(struct ibv_qp_ex *qp)
     * {
     *     qp->wr_send(qp);
     * }
     * }
     */
    void send(final long qp) {
        try {
            WR_SEND.invokeExact(wrSend, qp);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_send_imm(struct ibv_qp_ex *qp, __be32 imm_data)
     * {
     *     qp->wr_send_imm(qp, imm_data);
     * }
     * }
     */
    void sendImm(final long qp, final int immData) {
        try {
            WR_SEND_IMM.invokeExact(wrSendImm, qp, immData);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_send_inv(struct ibv_qp_ex *qp, uint32_t invalidate_rkey)
     * {
     *     qp->wr_send_inv(qp, invalidate_rkey);
     * }
     * }
     */
    void sendInv(final long qp, final int invalidateRkey) {
        try {
            WR_SEND_INV.invokeExact(wrSendInv, qp, invalidateRkey);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_set_ud_addr(struct ibv_qp_ex *qp, struct ibv_ah *ah, uint32_t remote_qpn, uint32_t remote_qkey)
     * {
     *     qp->wr_set_ud_addr(qp, ah, remote_qpn, remote_qkey);
     * }
     * }
     */
    void setUdAddr(final long qp, final long ah, final int remoteQpn, final int remoteQkey) {
        try {
            WR_SET_UD_ADDR.invokeExact(wrSetUdAddr, qp, ah, remoteQpn, remoteQkey);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_set_inline_data(struct ibv_qp_ex *qp, void *addr, size_t length)
     * {
     *     qp->wr_set_inline_data(qp, addr, length);
     * }
     * }
     */
    void setInlineData(final long qp, final long addr, final long length) {
        try {
            WR_SET_INLINE_DATA.invokeExact(wrSetInlineData, qp, addr, length);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_set_inline_data_list(struct ibv_qp_ex *qp, size_t num_buf, const struct ibv_data_buf *buf_list)
     * {
     *     qp->wr_set_inline_data_list(qp, num_buf, buf_list);
     * }
     * }
     */
    void setInlineDataList(final long qp, final long numBuf, final long bufList) {
        try {
            WR_SET_INLINE_DATA_LIST.invokeExact(wrSetInlineDataList, qp, numBuf, bufList);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_set_sge(struct ibv_qp_ex *qp, uint32_t lkey, uint64_t addr, uint32_t length)
     * {
     *     qp->wr_set_sge(qp, lkey, addr, length);
     * }
     * }
     */
    void setSge(final long qp, final int lkey, final long addr, final int length) {
        try {
            WR_SET_SGE.invokeExact(wrSetSge, qp, lkey, addr, length);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_set_sge_list(struct ibv_qp_ex *qp, size_t num_sge, const struct ibv_sge *sg_list)
     * {
     *     qp->wr_set_sge_list(qp, num_sge, sg_list);
     * }
     * }
     */
    void setSgeList(final long qp, final long numSge, final long sgList) {
        try {
            WR_SET_SGE_LIST.invokeExact(wrSetSgeList, qp, numSge, sgList);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_start(struct ibv_qp_ex *qp)
     * {
     *     qp->wr_start(qp);
     * }
     * }
     */
    void start(final long qp) {
        try {
            WR_START.invokeExact(wrStart, qp);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline int ibv_wr_complete(struct ibv_qp_ex *qp)
     * {
     *     return qp->wr_complete(qp);
     * }
     * }
     */
    int complete(final long qp) {
        try {
            return (int)WR_COMPLETE.invokeExact(wrComplete, qp);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wr_abort(struct ibv_qp_ex *qp)
     * {
     *     qp->wr_abort(qp);
     * }
     * }
     */
    void abort(final long qp) {
        try {
            WR_ABORT.invokeExact(wrAbort, qp);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
