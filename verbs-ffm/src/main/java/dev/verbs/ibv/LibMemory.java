package dev.verbs.ibv;

import dev.verbs.headers.ibverbs_h;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/**
 * Functions of libibverbs.so.1 about protection domains and memory, with errno captured into the frame of the call.
 *
 * <p>Initialising this class loads the library: {@link Libraries} probes it first.
 */
final class LibMemory {
    private static final SymbolLookup LIBRARY = Libraries.verbs();

    private static final Verb IBV_ALLOC_PD = Verb.of(LIBRARY, "ibv_alloc_pd", "1.1.6",
        ibverbs_h::ibv_alloc_pd$address, ibverbs_h::ibv_alloc_pd$descriptor);
    private static final Verb IBV_DEALLOC_PD = Verb.of(LIBRARY, "ibv_dealloc_pd", "1.1.6",
        ibverbs_h::ibv_dealloc_pd$address, ibverbs_h::ibv_dealloc_pd$descriptor);
    private static final Verb IBV_REG_MR = Verb.of(LIBRARY, "ibv_reg_mr", "1.1.6",
        ibverbs_h::ibv_reg_mr$address, ibverbs_h::ibv_reg_mr$descriptor);
    private static final Verb IBV_REG_MR_IOVA = Verb.of(LIBRARY, "ibv_reg_mr_iova", "25",
        ibverbs_h::ibv_reg_mr_iova$address, ibverbs_h::ibv_reg_mr_iova$descriptor);
    private static final Verb IBV_REG_MR_IOVA2 = Verb.of(LIBRARY, "ibv_reg_mr_iova2", "28",
        ibverbs_h::ibv_reg_mr_iova2$address, ibverbs_h::ibv_reg_mr_iova2$descriptor);
    private static final Verb IBV_REREG_MR = Verb.of(LIBRARY, "ibv_rereg_mr", "1.2.1",
        ibverbs_h::ibv_rereg_mr$address, ibverbs_h::ibv_rereg_mr$descriptor);
    private static final Verb IBV_DEREG_MR = Verb.of(LIBRARY, "ibv_dereg_mr", "1.1.6",
        ibverbs_h::ibv_dereg_mr$address, ibverbs_h::ibv_dereg_mr$descriptor);

    private LibMemory() {
    }

    /** {@code struct ibv_pd *ibv_alloc_pd(struct ibv_context *context)}. */
    static MemorySegment allocPd(final Frame frame, final MemorySegment context) {
        try {
            return (MemorySegment)IBV_ALLOC_PD.handle().invokeExact(frame.capture, context);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_dealloc_pd(struct ibv_pd *pd)}. */
    static int deallocPd(final Frame frame, final MemorySegment pd) {
        try {
            return (int)IBV_DEALLOC_PD.handle().invokeExact(frame.capture, pd);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_mr *ibv_reg_mr(struct ibv_pd *pd, void *addr, size_t length, int access)}. */
    static MemorySegment regMr(final Frame frame, final MemorySegment pd, final MemorySegment addr, final long length,
        final int access) {
        try {
            return (MemorySegment)IBV_REG_MR.handle().invokeExact(frame.capture, pd, addr, length, access);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_mr *ibv_reg_mr_iova(struct ibv_pd *pd, void *addr, size_t length, uint64_t iova, int access)}. */
    static MemorySegment regMrIova(final Frame frame, final MemorySegment pd, final MemorySegment addr, final long length,
        final long iova, final int access) {
        try {
            return (MemorySegment)IBV_REG_MR_IOVA.handle().invokeExact(frame.capture, pd, addr, length, iova, access);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code struct ibv_mr *ibv_reg_mr_iova2(struct ibv_pd *pd, void *addr, size_t length, uint64_t iova, unsigned int access)}. */
    static MemorySegment regMrIova2(final Frame frame, final MemorySegment pd, final MemorySegment addr, final long length,
        final long iova, final int access) {
        try {
            return (MemorySegment)IBV_REG_MR_IOVA2.handle().invokeExact(frame.capture, pd, addr, length, iova, access);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_rereg_mr(struct ibv_mr *mr, int flags, struct ibv_pd *pd, void *addr, size_t length, int access)}. */
    static int reregMr(final Frame frame, final MemorySegment mr, final int flags, final MemorySegment pd,
        final MemorySegment addr, final long length, final int access) {
        try {
            return (int)IBV_REREG_MR.handle().invokeExact(frame.capture, mr, flags, pd, addr, length, access);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }

    /** {@code int ibv_dereg_mr(struct ibv_mr *mr)}. */
    static int deregMr(final Frame frame, final MemorySegment mr) {
        try {
            return (int)IBV_DEREG_MR.handle().invokeExact(frame.capture, mr);
        } catch (final Throwable t) {
            throw Downcalls.unexpected(t);
        }
    }
}
