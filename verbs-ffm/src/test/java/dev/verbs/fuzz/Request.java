package dev.verbs.fuzz;

/** A work request that a queue pair accepted, and what may become of it. */
final class Request {
    final long wrId;
    /** Whose it is; of a shared queue: whoever took it, null before. */
    QpModel qp;
    final boolean shared;
    final boolean send;
    /** Whether it completes even if it succeeds; receives always do. */
    final boolean signalled;
    /** It names memory that it must not use: it cannot succeed. */
    final boolean doomed;
    /** A completion was polled. */
    boolean done;
    /** A later completion says that it succeeded without one. */
    boolean silent;
    /** Its queue pair was reset or closed: it may complete, or not. */
    boolean stale;

    Request(final long wrId, final QpModel qp, final boolean send, final boolean signalled, final boolean doomed) {
        this.wrId = wrId;
        this.qp = qp;
        this.shared = qp == null;
        this.send = send;
        this.signalled = signalled;
        this.doomed = doomed;
    }

    /** It must still complete. */
    boolean owes() {
        return !done && !silent && !stale && signalled;
    }

    @Override
    public String toString() {
        return (send ? "send " : "receive ") + wrId + (signalled ? "" : " (unsignalled)") + (doomed ? " (doomed)" : "")
            + (shared ? " of a shared queue" : " of QP " + qp.qp.number());
    }
}
