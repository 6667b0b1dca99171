package dev.verbs.contract;

import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.QpState;
import dev.verbs.WcStatus;

/**
 * The statuses in which drivers differ, exactly, per device and kernel.
 *
 * @param unknownOpcode    sender: an operation that the device does not know; null: cannot be tried
 * @param localKey         sender: an entry whose key is unknown, of another domain, or lacks access
 * @param localRange       sender: an entry beyond its region
 * @param accessOfQp       sender: the peer's queue pair does not allow reads or writes
 * @param shortReceive     receiver: a message longer than the receive
 * @param shortReceiveSent sender: the same
 * @param receiveKey       receiver: a receive whose key is bad or lacks LOCAL_WRITE
 * @param receiveKeySent   sender: the same
 * @param flushIsSolicited a flushed receive is announced to those who wait for solicited completions only
 */
record DeviceProfile(WcStatus unknownOpcode, WcStatus localKey, WcStatus localRange, WcStatus accessOfQp, WcStatus shortReceive,
    WcStatus shortReceiveSent, WcStatus receiveKey, WcStatus receiveKeySent, boolean flushIsSolicited) {

    /** What the InfiniBand specification says (o10-46 to o10-54) and hardware does. */
    static final DeviceProfile INFINIBAND = new DeviceProfile(WcStatus.LOC_QP_OP_ERR, WcStatus.LOC_PROT_ERR,
        WcStatus.LOC_PROT_ERR, WcStatus.REM_ACCESS_ERR, WcStatus.LOC_LEN_ERR, WcStatus.REM_INV_REQ_ERR, WcStatus.LOC_PROT_ERR,
        WcStatus.REM_OP_ERR, true);

    /**
     * What rdma_rxe of Linux 6.1 does: copy_data() answers EINVAL for a key that it does not find and for a message that is
     * longer than the receive, and EFAULT only beyond the end of a region; the requester makes LOC_PROT_ERR of EFAULT alone.
     */
    static final DeviceProfile RXE = new DeviceProfile(WcStatus.LOC_QP_OP_ERR, WcStatus.LOC_QP_OP_ERR, WcStatus.LOC_PROT_ERR,
        WcStatus.REM_INV_REQ_ERR, WcStatus.LOC_QP_OP_ERR, WcStatus.REM_OP_ERR, WcStatus.LOC_QP_OP_ERR, WcStatus.REM_OP_ERR, true);

    /**
     * A later rdma_rxe, as Linux 6.12 has it: a request that fails on the sender's own side is flushed like those behind it, so
     * that its own status is lost; and flushed receives do not count as solicited. Both deviate from the specification.
     */
    static final DeviceProfile RXE_LATER = new DeviceProfile(WcStatus.WR_FLUSH_ERR, WcStatus.WR_FLUSH_ERR, WcStatus.WR_FLUSH_ERR,
        WcStatus.REM_INV_REQ_ERR, WcStatus.LOC_QP_OP_ERR, WcStatus.REM_OP_ERR, WcStatus.LOC_QP_OP_ERR, WcStatus.REM_OP_ERR, false);

    /**
     * What siw of Linux 6.1 does. siw_qp_sq_process() completes whatever it cannot send with LOC_QP_OP_ERR ("TODO: Implement more
     * precise work completion errors"); iWARP completes a send when TCP has it, so that its sender never learns what the receiver
     * made of it; siw_rdmap_complete() has GENERAL_ERR for whatever siw_proc_send() cannot place; siw_rqe_complete() never says
     * that a receive was solicited. Further deviations: the methods below, and IwarpContractTest.
     */
    static final DeviceProfile SIW = new DeviceProfile(null, WcStatus.LOC_QP_OP_ERR, WcStatus.LOC_QP_OP_ERR, WcStatus.SUCCESS,
        WcStatus.LOC_LEN_ERR, WcStatus.SUCCESS, WcStatus.GENERAL_ERR, WcStatus.SUCCESS, false);

    /** What siw's siw_post_send() and siw_post_recv() compare with: not the queue pair's limits, but the driver's own. */
    int refusedEntries(final Context context, final int granted) {
        return 1 + (this == SIW ? context.queryDevice().maxSge() : granted);
    }

    /** Whether a receive with less than 0 entries is refused; libsiw's push_recv_wqe() copies them, which is 64 GB. */
    boolean refusesNegativeEntries() {
        return this != SIW;
    }

    /** Whether a shared receive queue can be queried; libsiw of rdma-core 44 has no query_srq among its operations. */
    boolean queriesSharedReceives() {
        return this != SIW;
    }

    /** Whether LOCAL_INV can be posted; libsiw's map_send_opcode refuses it. */
    boolean hasLocalInvalidate() {
        return this != SIW;
    }

    /**
     * Whether an IPv6 wildcard answers IPv4, and a refusal is always an event: siw resets what comes over IPv4 (-ECONNRESET), and
     * rdma_connect itself fails with TCP's ECONNREFUSED where nobody listens.
     */
    boolean mixesAddressFamilies() {
        return this != SIW;
    }

    /** Whether solicited receives wake who waits for them; siw_rqe_complete() passes SIGNALLED where it should pass SOLICITED. */
    boolean announcesSolicited() {
        return this != SIW;
    }

    /** Whether a request for every announcement outlasts one for solicited ones; siw_req_notify_cq() keeps the last. */
    boolean keepsRequestsForAll() {
        return this != SIW;
    }

    /** Whether entries of length 0 may stand among others; siw_tx_hdt() of Linux 6.1 dereferences their missing region: an oops. */
    boolean takesEmptyEntries() {
        return this != SIW;
    }

    /** Whether a READ may be fenced; siw_activate_tx_from_sq() answers EINVAL and leaves it at the head of the queue for ever. */
    boolean fencesReads() {
        return this != SIW;
    }

    /** Whether a queue pair's own limit of inline bytes is kept; libsiw knows only SIW_MAX_INLINE. */
    boolean keepsInlineLimit() {
        return this != SIW;
    }

    /** Whether receives are refused in RESET; iWARP's IDLE state allows them. */
    boolean refusesReceivesInReset() {
        return this != SIW;
    }

    /** The connection manager's reason when a program rejects: InfiniBand's consumer reject, or an errno. */
    int rejected() {
        return this == SIW ? -Errno.ECONNRESET : 28;
    }

    /** The profile of an opened device: that of its driver, or of the driver that the software device imitates. */
    static DeviceProfile of(final Context context) {
        return switch (Driver.of(context)) {
            case RXE -> RXE;
            case RXE_LATER -> RXE_LATER;
            case SIW -> SIW;
            case OTHER -> INFINIBAND;
        };
    }

    private static boolean isRxe(final Context context) {
        return Driver.of(context).isRxe();
    }

    /**
     * Where a UC or UD queue pair stands after a request that failed on its own side: in SQE, where it goes on receiving
     * (specification, "QP state transitions"); rdma_rxe takes all of it to ERR.
     */
    static QpState afterFailedSend(final Context context) {
        return isRxe(context) ? QpState.ERR : QpState.SQE;
    }

    /** Whether a queue pair may refuse RESET while it drains; rxe_qp_chk_attr() lets it go from SQD to ERR only. */
    static boolean drainsBeforeReset(final Context context) {
        return isRxe(context);
    }

    /** Whether a controlled queue key in a request stands for the queue pair's own; rdma_rxe sends what the request says. */
    static boolean controlsQueueKeys(final Context context) {
        return !isRxe(context);
    }
}
