package dev.verbs.soft;

import dev.verbs.WcStatus;

/**
 * Which completion statuses a device gives where drivers differ from the InfiniBand specification. Codes of {@link WcStatus}.
 *
 * @param localKey         sender: an entry whose key is unknown, of another domain, or lacks access
 * @param localRange       sender: an entry beyond its region
 * @param accessOfQp       sender: the responder's queue pair does not allow reads or writes
 * @param shortReceive     receiver: a message longer than the receive
 * @param shortReceiveSent sender: the same
 * @param receiveKey       receiver: a receive whose key or range is bad
 * @param receiveKeySent   sender: the same
 */
record ErrorProfile(int localKey, int localRange, int accessOfQp, int shortReceive, int shortReceiveSent, int receiveKey,
    int receiveKeySent) {
    /** What rdma_rxe of Linux 6.1 answers. */
    static final ErrorProfile RXE = new ErrorProfile(WcStatus.LOC_QP_OP_ERR.code(), WcStatus.LOC_PROT_ERR.code(),
        WcStatus.REM_INV_REQ_ERR.code(),
        WcStatus.LOC_QP_OP_ERR.code(), WcStatus.REM_OP_ERR.code(), WcStatus.LOC_QP_OP_ERR.code(), WcStatus.REM_OP_ERR.code());

    /** What siw of Linux 6.1 answers; what senders should hear, {@link Requester} keeps from them. */
    static final ErrorProfile SIW = new ErrorProfile(WcStatus.LOC_QP_OP_ERR.code(), WcStatus.LOC_QP_OP_ERR.code(),
        WcStatus.REM_ACCESS_ERR.code(), WcStatus.LOC_LEN_ERR.code(), WcStatus.REM_INV_REQ_ERR.code(), WcStatus.GENERAL_ERR.code(),
        WcStatus.REM_OP_ERR.code());

    /** What the specification says and hardware answers. */
    static final ErrorProfile INFINIBAND = new ErrorProfile(WcStatus.LOC_PROT_ERR.code(), WcStatus.LOC_PROT_ERR.code(),
        WcStatus.REM_ACCESS_ERR.code(),
        WcStatus.LOC_LEN_ERR.code(), WcStatus.REM_INV_REQ_ERR.code(), WcStatus.LOC_PROT_ERR.code(),
        WcStatus.REM_OP_ERR.code());
}
