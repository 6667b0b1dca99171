package dev.verbs.spi;

import dev.verbs.CompletionError;
import dev.verbs.CompletionQueue;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;

/**
 * Completions with an error of one queue pair: their count, and the first cause of the flushes. Off the fast path, for errors
 * are rare; allocates nothing until somebody asks. Under its own lock: there may be two pollers.
 */
final class CompletionFailures {
    private static final int FLUSHED = WcStatus.WR_FLUSH_ERR.code();

    private long count;
    /** Whether a cause is kept, and whether that is more than a flush. */
    private boolean known;
    private boolean real;
    private long wrId;
    private int status;
    private int vendorError;
    private int opcode;

    synchronized void add() {
        count++;
    }

    synchronized long count() {
        return count;
    }

    /** Keeps the first error; one that is not a flush takes the place of flushes that were polled before it. */
    synchronized void cause(final long id, final int code, final int vendor, final int operation) {
        final boolean isReal = code != FLUSHED;
        if (!known || isReal && !real) {
            known = true;
            real = isReal;
            wrId = id;
            status = code;
            vendorError = vendor;
            opcode = operation;
        }
    }

    /** The first error, with what its completion queue says about it. */
    synchronized CompletionError first(final int qpNumber, final CompletionQueue queue) {
        return known ? new CompletionError(qpNumber, wrId, WcStatus.of(status), status, vendorError, WcOpcode.of(opcode),
            queue.vendorReason(vendorError)) : null;
    }

    /** All requests are settled; the cause stays until the reset. */
    synchronized void settle() {
        count = 0;
    }

    synchronized void clear() {
        count = 0;
        known = false;
        real = false;
    }
}
