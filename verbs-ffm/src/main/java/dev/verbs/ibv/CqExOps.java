package dev.verbs.ibv;

import dev.verbs.WcField;
import dev.verbs.headers.ibv_cq_ex;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The verbs that verbs.h defines as {@code static inline} calls through {@code struct ibv_cq_ex}. A queue's pointers are read once,
 * when it is made. A reader's pointer is null unless its field was asked for: {@link #reads} says so, and callers ask before.
 */
final class CqExOps {
    private static final MethodHandle START_POLL = Downcalls.throughPointer(ibv_cq_ex.start_poll.descriptor());
    private static final MethodHandle NEXT_POLL = Downcalls.throughPointer(ibv_cq_ex.next_poll.descriptor());
    private static final MethodHandle END_POLL = Downcalls.throughPointer(ibv_cq_ex.end_poll.descriptor());
    private static final MethodHandle READ_OPCODE = Downcalls.throughPointer(ibv_cq_ex.read_opcode.descriptor());
    private static final MethodHandle READ_VENDOR_ERR = Downcalls.throughPointer(ibv_cq_ex.read_vendor_err.descriptor());
    private static final MethodHandle READ_BYTE_LEN = Downcalls.throughPointer(ibv_cq_ex.read_byte_len.descriptor());
    private static final MethodHandle READ_IMM_DATA = Downcalls.throughPointer(ibv_cq_ex.read_imm_data.descriptor());
    private static final MethodHandle READ_QP_NUM = Downcalls.throughPointer(ibv_cq_ex.read_qp_num.descriptor());
    private static final MethodHandle READ_SRC_QP = Downcalls.throughPointer(ibv_cq_ex.read_src_qp.descriptor());
    private static final MethodHandle READ_WC_FLAGS = Downcalls.throughPointer(ibv_cq_ex.read_wc_flags.descriptor());
    private static final MethodHandle READ_SLID = Downcalls.throughPointer(ibv_cq_ex.read_slid.descriptor());
    private static final MethodHandle READ_SL = Downcalls.throughPointer(ibv_cq_ex.read_sl.descriptor());
    private static final MethodHandle READ_DLID_PATH_BITS = Downcalls.throughPointer(ibv_cq_ex.read_dlid_path_bits.descriptor());
    private static final MethodHandle READ_COMPLETION_TS = Downcalls.throughPointer(ibv_cq_ex.read_completion_ts.descriptor());
    private static final MethodHandle READ_COMPLETION_WALLCLOCK_NS =
        Downcalls.throughPointer(ibv_cq_ex.read_completion_wallclock_ns.descriptor());
    private static final MethodHandle READ_CVLAN = Downcalls.throughPointer(ibv_cq_ex.read_cvlan.descriptor());
    private static final MethodHandle READ_FLOW_TAG = Downcalls.throughPointer(ibv_cq_ex.read_flow_tag.descriptor());
    private static final MethodHandle READ_TM_INFO = Downcalls.throughPointer(ibv_cq_ex.read_tm_info.descriptor());

    private final MemorySegment startPoll;
    private final MemorySegment nextPoll;
    private final MemorySegment endPoll;
    private final MemorySegment readOpcode;
    private final MemorySegment readVendorErr;
    private final MemorySegment readByteLen;
    private final MemorySegment readImmData;
    private final MemorySegment readQpNum;
    private final MemorySegment readSrcQp;
    private final MemorySegment readWcFlags;
    private final MemorySegment readSlid;
    private final MemorySegment readSl;
    private final MemorySegment readDlidPathBits;
    private final MemorySegment readCompletionTs;
    private final MemorySegment readCompletionWallclockNs;
    private final MemorySegment readCvlan;
    private final MemorySegment readFlowTag;
    private final MemorySegment readTmInfo;

    CqExOps(final MemorySegment cq) {
        this.startPoll = ibv_cq_ex.start_poll(cq);
        this.nextPoll = ibv_cq_ex.next_poll(cq);
        this.endPoll = ibv_cq_ex.end_poll(cq);
        this.readOpcode = ibv_cq_ex.read_opcode(cq);
        this.readVendorErr = ibv_cq_ex.read_vendor_err(cq);
        this.readByteLen = ibv_cq_ex.read_byte_len(cq);
        this.readImmData = ibv_cq_ex.read_imm_data(cq);
        this.readQpNum = ibv_cq_ex.read_qp_num(cq);
        this.readSrcQp = ibv_cq_ex.read_src_qp(cq);
        this.readWcFlags = ibv_cq_ex.read_wc_flags(cq);
        this.readSlid = ibv_cq_ex.read_slid(cq);
        this.readSl = ibv_cq_ex.read_sl(cq);
        this.readDlidPathBits = ibv_cq_ex.read_dlid_path_bits(cq);
        this.readCompletionTs = ibv_cq_ex.read_completion_ts(cq);
        this.readCompletionWallclockNs = ibv_cq_ex.read_completion_wallclock_ns(cq);
        this.readCvlan = ibv_cq_ex.read_cvlan(cq);
        this.readFlowTag = ibv_cq_ex.read_flow_tag(cq);
        this.readTmInfo = ibv_cq_ex.read_tm_info(cq);
    }

    /** Whether the library gave what the iterator needs, and what every completion has. */
    boolean isComplete() {
        return isThere(startPoll)
            && isThere(nextPoll)
            && isThere(endPoll)
            && isThere(readOpcode)
            && isThere(readVendorErr)
            && isThere(readWcFlags)
            && isThere(readQpNum);
    }

    /** Whether a field can be read. */
    boolean reads(final WcField field) {
        return isThere(switch (field) {
            case BYTE_LENGTH -> readByteLen;
            case IMMEDIATE -> readImmData;
            case QP_NUMBER -> readQpNum;
            case SOURCE_QP -> readSrcQp;
            case SLID -> readSlid;
            case SERVICE_LEVEL -> readSl;
            case DLID_PATH_BITS -> readDlidPathBits;
            case TIMESTAMP -> readCompletionTs;
            case WALLCLOCK -> readCompletionWallclockNs;
            case CVLAN -> readCvlan;
            case FLOW_TAG -> readFlowTag;
            case TAG_MATCHING -> readTmInfo;
        });
    }

    private static boolean isThere(final MemorySegment pointer) {
        return pointer.address() != 0;
    }

    /**
     * {@snippet lang=c :
     * static inline int ibv_start_poll(struct ibv_cq_ex *cq, struct ibv_poll_cq_attr *attr)
     * {
     *     return cq->start_poll(cq, attr);
     * }
     * }
     */
    int startPoll(final long cq, final long attributes) {
        try {
            return (int)START_POLL.invokeExact(startPoll, cq, attributes);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline int ibv_next_poll(struct ibv_cq_ex *cq)
     * {
     *     return cq->next_poll(cq);
     * }
     * }
     */
    int nextPoll(final long cq) {
        try {
            return (int)NEXT_POLL.invokeExact(nextPoll, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_end_poll(struct ibv_cq_ex *cq)
     * {
     *     cq->end_poll(cq);
     * }
     * }
     */
    void endPoll(final long cq) {
        try {
            END_POLL.invokeExact(endPoll, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline enum ibv_wc_opcode ibv_wc_read_opcode(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_opcode(cq);
     * }
     * }
     */
    int readOpcode(final long cq) {
        try {
            return (int)READ_OPCODE.invokeExact(readOpcode, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline uint32_t ibv_wc_read_vendor_err(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_vendor_err(cq);
     * }
     * }
     */
    int readVendorErr(final long cq) {
        try {
            return (int)READ_VENDOR_ERR.invokeExact(readVendorErr, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline uint32_t ibv_wc_read_byte_len(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_byte_len(cq);
     * }
     * }
     */
    int readByteLen(final long cq) {
        try {
            return (int)READ_BYTE_LEN.invokeExact(readByteLen, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline __be32 ibv_wc_read_imm_data(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_imm_data(cq);
     * }
     * }
     */
    int readImmData(final long cq) {
        try {
            return (int)READ_IMM_DATA.invokeExact(readImmData, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline uint32_t ibv_wc_read_invalidated_rkey(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_imm_data(cq);
     * }
     * }
     */
    int readInvalidatedRkey(final long cq) {
        try {
            return (int)READ_IMM_DATA.invokeExact(readImmData, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline uint32_t ibv_wc_read_qp_num(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_qp_num(cq);
     * }
     * }
     */
    int readQpNum(final long cq) {
        try {
            return (int)READ_QP_NUM.invokeExact(readQpNum, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline uint32_t ibv_wc_read_src_qp(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_src_qp(cq);
     * }
     * }
     */
    int readSrcQp(final long cq) {
        try {
            return (int)READ_SRC_QP.invokeExact(readSrcQp, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline unsigned int ibv_wc_read_wc_flags(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_wc_flags(cq);
     * }
     * }
     */
    int readWcFlags(final long cq) {
        try {
            return (int)READ_WC_FLAGS.invokeExact(readWcFlags, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline uint32_t ibv_wc_read_slid(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_slid(cq);
     * }
     * }
     */
    int readSlid(final long cq) {
        try {
            return (int)READ_SLID.invokeExact(readSlid, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline uint8_t ibv_wc_read_sl(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_sl(cq);
     * }
     * }
     */
    byte readSl(final long cq) {
        try {
            return (byte)READ_SL.invokeExact(readSl, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline uint8_t ibv_wc_read_dlid_path_bits(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_dlid_path_bits(cq);
     * }
     * }
     */
    byte readDlidPathBits(final long cq) {
        try {
            return (byte)READ_DLID_PATH_BITS.invokeExact(readDlidPathBits, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline uint64_t ibv_wc_read_completion_ts(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_completion_ts(cq);
     * }
     * }
     */
    long readCompletionTs(final long cq) {
        try {
            return (long)READ_COMPLETION_TS.invokeExact(readCompletionTs, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline uint64_t ibv_wc_read_completion_wallclock_ns(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_completion_wallclock_ns(cq);
     * }
     * }
     */
    long readCompletionWallclockNs(final long cq) {
        try {
            return (long)READ_COMPLETION_WALLCLOCK_NS.invokeExact(readCompletionWallclockNs, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline uint16_t ibv_wc_read_cvlan(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_cvlan(cq);
     * }
     * }
     */
    short readCvlan(final long cq) {
        try {
            return (short)READ_CVLAN.invokeExact(readCvlan, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline uint32_t ibv_wc_read_flow_tag(struct ibv_cq_ex *cq)
     * {
     *     return cq->read_flow_tag(cq);
     * }
     * }
     */
    int readFlowTag(final long cq) {
        try {
            return (int)READ_FLOW_TAG.invokeExact(readFlowTag, cq);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /**
     * {@snippet lang=c :
     * static inline void ibv_wc_read_tm_info(struct ibv_cq_ex *cq, struct ibv_wc_tm_info *tm_info)
     * {
     *     cq->read_tm_info(cq, tm_info);
     * }
     * }
     */
    void readTmInfo(final long cq, final long info) {
        try {
            READ_TM_INFO.invokeExact(readTmInfo, cq, info);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
