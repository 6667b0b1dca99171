package dev.verbs.cm;

import dev.verbs.Errno;
import dev.verbs.VerbsException;

/** A connection request that the peer refused, or that reached a host where nobody listens. C: {@code RDMA_CM_EVENT_REJECTED}. */
public final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The reason code. */
    private final int status;
    /** The reason in words. */
    private final RejectReason reason;
    /** The peer's bytes. */
    private final byte[] raw;

    private RejectedException(final String message, final int status, final RejectReason reason, final byte[] raw) {
        super(message);
        this.status = status;
        this.reason = reason;
        this.raw = raw;
    }

    static RejectedException of(final String target, final CmEvent event) {
        final RejectReason reason = event.rejectReason();
        final String why = event.status() == -Errno.ECONNREFUSED ? "nobody listens there, or the peer rejected the request"
            : reason == RejectReason.UNKNOWN ? "rejected" : reason.meaning();
        return new RejectedException("rdma_connect failed: ECONNREFUSED (" + Errno.ECONNREFUSED + "): " + target + ": " + why
            + " (reason " + event.status() + ")", event.status(), reason, event.rawPrivateData());
    }

    /** On iWARP the connection is TCP's: that nobody listens may show at once. */
    static RejectedException refused(final String target, final VerbsException cause) {
        final RejectedException refused = new RejectedException(cause.verb() + " failed: ECONNREFUSED (" + cause.errno() + "): " + target
            + ": nobody listens there", -cause.errno(), RejectReason.NOBODY_LISTENS, new byte[0]);
        refused.initCause(cause);
        return refused;
    }

    /**
     * The transport's reason code. C: {@code rdma_cm_event.status}.
     *
     * @return 28: refused by the program; 8: nobody listens; a negative errno on iWARP; 1 and 2 for the same of a datagram
     *     service
     */
    public int status() {
        return status;
    }

    /**
     * Why it was rejected. C: {@code rdma_cm_event.status}.
     *
     * @return the reason; on iWARP, which has no codes, {@link RejectReason#BY_PROGRAM}, or NOBODY_LISTENS if TCP said so
     *     at once
     */
    public RejectReason reason() {
        return reason;
    }

    /**
     * What the peer said with its refusal, as it arrived. C: {@code rdma_conn_param.private_data}.
     *
     * @return the bytes, possibly padded with zeros
     */
    public byte[] rawPeerData() {
        return raw.clone();
    }

    /**
     * What the peer said with its refusal, in its true length. C: {@code rdma_conn_param.private_data}.
     *
     * @return the payload
     * @throws VerbsException (EINVAL) if the peer does not use this library's header
     */
    public byte[] peerData() {
        return PrivateData.unframe(raw);
    }
}
