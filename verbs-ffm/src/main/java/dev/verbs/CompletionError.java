package dev.verbs;

/**
 * A completion that failed, kept by its queue pair as the cause of the flushes behind it. C: fields of {@code struct ibv_wc},
 * their names in brackets.
 *
 * @param qpNumber    the queue pair [qp_num]
 * @param wrId        the number that the request carried [wr_id]
 * @param status      how it ended [status]
 * @param statusCode  the C code of the status, also where {@code status} is UNKNOWN [status]
 * @param vendorError the vendor's own error code [vendor_err]
 * @param opcode      what the completion says was done; devices need not set it for errors [opcode]
 */
public record CompletionError(int qpNumber, long wrId, WcStatus status, int statusCode, int vendorError, WcOpcode opcode) {
    /**
     * Whether this is a flush itself: nothing failed before, the queue pair was taken to ERR. C: {@code IBV_WC_WR_FLUSH_ERR}.
     *
     * @return true if so
     */
    public boolean isFlush() {
        return status == WcStatus.WR_FLUSH_ERR;
    }

    @Override
    public String toString() {
        return "wr_id " + wrId + " on QP " + qpNumber + ": " + (status == WcStatus.UNKNOWN ? "status " + statusCode : status.name())
            + " (" + status.explanation() + "; vendor error " + vendorError + ")";
    }
}
