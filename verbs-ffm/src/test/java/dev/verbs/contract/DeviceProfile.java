package dev.verbs.contract;

import dev.verbs.Context;
import dev.verbs.WcStatus;

/**
 * The statuses in which drivers differ, exactly, per device.
 *
 * @param localKey         sender: an entry whose key is unknown, of another domain, or lacks access
 * @param localRange       sender: an entry beyond its region
 * @param accessOfQp       sender: the peer's queue pair does not allow reads or writes
 * @param shortReceive     receiver: a message longer than the receive
 * @param shortReceiveSent sender: the same
 * @param receiveKey       receiver: a receive whose key is bad or lacks LOCAL_WRITE
 * @param receiveKeySent   sender: the same
 */
record DeviceProfile(WcStatus localKey, WcStatus localRange, WcStatus accessOfQp, WcStatus shortReceive,
    WcStatus shortReceiveSent, WcStatus receiveKey, WcStatus receiveKeySent) {

    /** What the InfiniBand specification says (o10-46 to o10-54) and hardware does. */
    static final DeviceProfile INFINIBAND = new DeviceProfile(WcStatus.LOC_PROT_ERR, WcStatus.LOC_PROT_ERR,
        WcStatus.REM_ACCESS_ERR, WcStatus.LOC_LEN_ERR, WcStatus.REM_INV_REQ_ERR, WcStatus.LOC_PROT_ERR, WcStatus.REM_OP_ERR);

    /**
     * What rdma_rxe of Linux 6.1 does: copy_data() answers EINVAL for a key that it does not find and for a message that is
     * longer than the receive, and EFAULT only beyond the end of a region; the requester makes LOC_PROT_ERR of EFAULT alone.
     */
    static final DeviceProfile RXE = new DeviceProfile(WcStatus.LOC_QP_OP_ERR, WcStatus.LOC_PROT_ERR,
        WcStatus.REM_INV_REQ_ERR, WcStatus.LOC_QP_OP_ERR, WcStatus.REM_OP_ERR, WcStatus.LOC_QP_OP_ERR, WcStatus.REM_OP_ERR);

    /** The profile of an opened device: rxe, and the software device that imitates it, else the specification. */
    static DeviceProfile of(final Context context) {
        final String name = context.device().name();
        return name.startsWith("rxe") || name.startsWith("soft") ? RXE : INFINIBAND;
    }
}
