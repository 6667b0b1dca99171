package dev.verbs.contract;

import dev.verbs.Context;
import dev.verbs.WcStatus;

/**
 * The statuses in which drivers differ, exactly, per device and kernel.
 *
 * @param unknownOpcode    sender: an operation that the device does not know
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

    /** The profile of an opened device: rxe of this kernel, the software device that imitates 6.1's, else the specification. */
    static DeviceProfile of(final Context context) {
        final String name = context.device().name();
        if (name.startsWith("soft")) {
            return RXE;
        }
        return !name.startsWith("rxe") ? INFINIBAND : isAfter(6, 1) ? RXE_LATER : RXE;
    }

    /** Whether the kernel is newer than a version. */
    private static boolean isAfter(final int major, final int minor) {
        final String[] version = System.getProperty("os.version").split("[^0-9]+");
        final int thisMajor = Integer.parseInt(version[0]);
        return thisMajor > major || thisMajor == major && Integer.parseInt(version[1]) > minor;
    }
}
