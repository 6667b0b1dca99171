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
 * @param reason      what the device says about it: see {@link CompletionQueue#vendorReason}; null for nothing. No C counterpart
 */
public record CompletionError(int qpNumber, long wrId, WcStatus status, int statusCode, int vendorError, WcOpcode opcode,
    String reason) {
    /**
     * An error that the device does not explain. C: fields of {@code struct ibv_wc}.
     *
     * @param qpNumber    the queue pair
     * @param wrId        the number that the request carried
     * @param status      how it ended
     * @param statusCode  the C code of the status
     * @param vendorError the vendor's own error code
     * @param opcode      what the completion says was done
     */
    public CompletionError(final int qpNumber, final long wrId, final WcStatus status, final int statusCode, final int vendorError,
        final WcOpcode opcode) {
        this(qpNumber, wrId, status, statusCode, vendorError, opcode, null);
    }

    /** Whether another error has the same reason, so that saying it once is enough. */
    boolean sharesReason(final CompletionError other) {
        return reason != null && reason.equals(other.reason);
    }

    CompletionError unexplained() {
        return new CompletionError(qpNumber, wrId, status, statusCode, vendorError, opcode);
    }

    /** Why a completion failed, as well as it is known. */
    static String reason(final CompletionQueue queue, final int statusCode, final int vendorError) {
        final WcStatus status = WcStatus.of(statusCode);
        final String known = queue == null || status == WcStatus.SUCCESS ? null : queue.vendorReason(vendorError);
        return known != null ? known : status == WcStatus.SUCCESS ? status.text() : status == WcStatus.UNKNOWN
            ? "status " + statusCode + ": " + status.explanation() : status.explanation() + (vendorError == 0 ? ""
            : "; the driver's own code is " + vendorError + " (0x" + Integer.toHexString(vendorError) + ")");
    }

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
            + " (" + status.explanation() + "; vendor error " + vendorError + ")"
            + (reason == null ? "" : ": " + reason);
    }
}
