package dev.verbs.fuzz;

import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.WcStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a queue pair may look like, as the specification allows: the states it may be in, and what it owes. */
final class QpModel {
    /** Transitions apart from those to RESET (always) and ERR (from all but RESET). */
    private static final Set<String> LEGAL = Set.of("RESET INIT", "INIT INIT", "INIT RTR", "RTR RTS", "RTS RTS", "RTS SQD",
        "SQD SQD", "SQD RTS");

    final QueuePair qp;
    final int pd;
    final int sendCq;
    final int receiveCq;
    /** Every state that it can be in now: a failing request takes it to ERR some time. */
    EnumSet<QpState> possible = EnumSet.of(QpState.RESET);
    /** One of its completion queues may overflow: then completions are lost, as everywhere. */
    boolean lossy;
    final List<Request> sends = new ArrayList<>();
    final List<Request> receives = new ArrayList<>();

    QpModel(final QueuePair qp, final int pd, final int sendCq, final int receiveCq) {
        this.qp = qp;
        this.pd = pd;
        this.sendCq = sendCq;
        this.receiveCq = receiveCq;
    }

    boolean isReliable() {
        return qp.config().type() == QpType.RC;
    }

    boolean legal(final QpState from, final QpState to) {
        return from == QpState.SQE && to == QpState.RTS && !isReliable() || to == QpState.RESET || to == QpState.ERR
            && from != QpState.RESET || LEGAL.contains(from + " " + to);
    }

    /** Whether requests could be accepted in one of the possible states. */
    boolean mayAccept(final boolean send) {
        return possible.stream().anyMatch(state -> accepts(state, send));
    }

    /** Whether requests are accepted in every possible state. */
    boolean mustAccept(final boolean send) {
        return possible.stream().allMatch(state -> accepts(state, send));
    }

    private static boolean accepts(final QpState state, final boolean send) {
        return send ? state == QpState.RTS || state == QpState.SQD || state == QpState.SQE || state == QpState.ERR
            : state != QpState.RESET;
    }

    /** What may have happened meanwhile, if anything was ever sent by this queue pair or another one. */
    void mayFail(final boolean sent) {
        final boolean connected = possible.contains(QpState.RTS) || possible.contains(QpState.RTR)
            || possible.contains(QpState.SQD) || possible.contains(QpState.SQE);
        final boolean overflow = lossy && !possible.equals(EnumSet.of(QpState.RESET)); // takes all queue pairs of the queue along
        if (overflow || sent && connected) {
            possible.add(QpState.ERR);
            if (!isReliable() && !possible.contains(QpState.RESET)) {
                possible.add(QpState.SQE);
            }
        }
    }

    void observed(final QpState state) {
        if (!possible.contains(state)) {
            throw new Violation("QP " + qp.number() + " is in " + state + ", possible were " + possible);
        }
        possible = EnumSet.of(state);
    }

    /** A reset or a close: what was not polled may come, or not. */
    void forget() {
        sends.forEach(request -> request.stale = true);
        receives.forEach(request -> request.stale = true);
        sends.clear();
        receives.clear();
    }

    /** A completion of one of its requests was polled. */
    void completed(final Request request, final WcStatus status) {
        if (request.done) {
            throw new Violation(request + " completed twice, now with " + status);
        }
        if (request.silent) {
            throw new Violation(request + " completed after a later request");
        }
        request.done = true;
        if (request.stale) {
            return;
        }
        final boolean success = status == WcStatus.SUCCESS;
        if (success && request.doomed) {
            throw new Violation(request + " names memory that it must not use, and succeeded");
        }
        if (success && !request.signalled) {
            throw new Violation(request + " succeeded, and completed all the same");
        }
        if (!success && isReliable()) { // others may have gone on from SQE meanwhile
            if (!possible.contains(QpState.ERR)) {
                throw new Violation(request + " failed with " + status + ", but its queue pair can only be in " + possible);
            }
            possible = EnumSet.of(QpState.ERR);
        }
        if (!request.shared) {
            inOrder(request.send ? sends : receives, request, status);
        }
    }

    private void inOrder(final List<Request> queue, final Request request, final WcStatus status) {
        while (!queue.isEmpty()) {
            final Request first = queue.removeFirst();
            if (first == request) {
                return;
            }
            if (first.signalled && !lossy) { // what overflowed its queue is lost, and what comes later is not
                throw new Violation(request + " completed (" + status + ") before " + first);
            }
            first.silent = true;
        }
        throw new AssertionError("not in its queue: " + request);
    }

    List<Request> owed() {
        final List<Request> owed = new ArrayList<>(sends.stream().filter(Request::owes).toList());
        owed.addAll(receives.stream().filter(Request::owes).toList());
        return owed;
    }

    /** The count must never be lower than what is known to be outstanding: regions are closed by it. */
    void checkInFlight() {
        final long counted = qp.inFlight();
        final int owed = owed().size();
        if (counted < owed) {
            throw new Violation("QP " + qp.number() + " says " + counted + " requests in flight, but owes " + owed() + " ("
                + owed + ")");
        }
    }
}
