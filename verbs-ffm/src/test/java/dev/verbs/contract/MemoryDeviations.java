package dev.verbs.contract;

import dev.verbs.Context;

/**
 * Where drivers leave the specification in what concerns windows.
 *
 * @param checksWindowBounds      an access through a window must lie in the window. rdma_rxe (6.1 and 6.12) checks the region
 *                                only: check_rkey() calls mr_check_range() with the region of the window, so that a key to 64
 *                                bytes opens the whole region
 * @param checksZeroBasedStart    a zero-based window must lie in its region. rdma_rxe compares its length with the region's
 *                                length and leaves out where it starts
 * @param checksInvalidatingQp    only the queue pair that a type 2B window is bound to may invalidate it. rdma_rxe's
 *                                rxe_invalidate_mw() does not look at the queue pair
 * @param checksNewKey            a bind may change the lowest 8 bits of the key only. rdma_rxe takes them and ignores the rest
 * @param checksRegionsDomain     region and window must be of one domain. rxe_check_bind_mw() compares those of queue pair and
 *                                window, for type 2 only
 * @param survivesFreeInvalidate  a window that is not bound can be named by an invalidate, which fails. rdma_rxe's kernel
 *                                follows a null pointer then: rxe_do_invalidate_mw() drops the window's queue pair without one
 * @param closesBoundQueuePairs   a queue pair can be closed while type 2 windows are bound to it. In rdma_rxe the window holds a
 *                                reference, and ibv_destroy_qp waits 50 s for it in vain
 * @param flagsInvalidatedKeys    a receive whose send invalidated a key has the flag IBV_WC_WITH_INV. rdma_rxe copies the kernel's
 *                                IB_WC_WITH_INVALIDATE to user space, where that bit means IBV_WC_IP_CSUM_OK
 * @param repeatsLocalOperations  a bind or local invalidate is executed again when a request before it is retried, fails then,
 *                                and the request before it never completes. So rdma_rxe: req_retry() passes over requests that
 *                                are done, but req_next_wqe() does not. A fence before them helps
 */
record MemoryDeviations(boolean checksWindowBounds, boolean checksZeroBasedStart, boolean checksInvalidatingQp,
    boolean checksNewKey, boolean checksRegionsDomain, boolean survivesFreeInvalidate, boolean closesBoundQueuePairs,
    boolean flagsInvalidatedKeys, boolean repeatsLocalOperations) {
    private static final MemoryDeviations NONE = new MemoryDeviations(true, true, true, true, true, true, true, true,
        false);
    private static final MemoryDeviations RXE = new MemoryDeviations(false, false, false, false, false, false, false,
        false, true);

    static MemoryDeviations of(final Context context) {
        return Driver.of(context).isRxe() ? RXE : NONE;
    }
}
