package dev.verbs.cm;

/** A connection request that the peer refused, or that reached a host where nobody listens. */
public final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Reason code of a rejection by the program (InfiniBand, RoCE: consumer reject). */
    private static final int CONSUMER_REJECT = 28;

    /** The reason code. */
    private final int status;
    /** The peer's bytes. */
    private final byte[] raw;

    private RejectedException(final String message, final int status, final byte[] raw) {
        super(message);
        this.status = status;
        this.raw = raw;
    }

    static RejectedException of(final String target, final CmEvent event) {
        final boolean byProgram = event.status() == CONSUMER_REJECT;
        final boolean refused = event.status() == -dev.verbs.Errno.ECONNREFUSED;
        final String why = byProgram ? "the peer rejected the request"
            : event.status() == 8 || refused ? "nobody listens there (reason " + event.status() + ")"
            : "rejected for reason " + event.status();
        return new RejectedException("rdma_connect failed: ECONNREFUSED (" + dev.verbs.Errno.ECONNREFUSED + "): " + target + ": "
            + why, event.status(), event.rawPrivateData());
    }

    /**
     * The transport's reason code.
     *
     * @return 28: refused by the program; 8: nobody listens; a negative errno on iWARP
     */
    public int status() {
        return status;
    }

    /**
     * What the peer said with its refusal, in its true length.
     *
     * @return the payload
     */
    public byte[] peerData() {
        return PrivateData.unframe(raw);
    }
}
