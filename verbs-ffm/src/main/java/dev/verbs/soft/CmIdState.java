package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmId;
import java.util.EnumSet;

/** How far an identifier has come, and what that refuses. Guarded by the {@link CmAddressSpace}'s monitor. */
final class CmIdState {
    enum State {
        IDLE, BOUND, RESOLVING, ADDRESS_RESOLVED, ROUTE_RESOLVED, LISTENING, CONNECTING, ANSWERED, REQUESTED, ACCEPTED, CONNECTED,
        ENDED
    }

    private State state = State.IDLE;
    /** A timer that was set before the last change is void. */
    private long changes;

    void now(final State next) {
        state = next;
        changes++;
    }

    long changes() {
        return changes;
    }

    boolean in(final State wanted) {
        return state == wanted;
    }

    boolean connected() {
        return state == State.CONNECTED || state == State.ACCEPTED || state == State.ANSWERED;
    }

    void require(final CmId id, final String verb, final State first, final State... more) {
        final EnumSet<State> allowed = EnumSet.of(first, more);
        if (!allowed.contains(state)) {
            throw new VerbsException(verb, Errno.EINVAL, id.describe() + " is " + state + ": " + verb + " needs it to be " + allowed);
        }
    }

    void requireConnections(final CmId id, final String verb) {
        if (id.portSpace().isDatagram()) {
            throw new VerbsException(verb, Errno.EINVAL, id.describe() + " is of " + id.portSpace()
                + ": nothing is connected there; prepare the queue pair (prepareDatagrams) and give its number");
        }
    }

    void requireDatagrams(final CmId id, final String verb) {
        if (!id.portSpace().isDatagram()) {
            throw new VerbsException(verb, Errno.EINVAL, id.describe() + " is of " + id.portSpace() + ": groups are for UDP and IPOIB");
        }
    }

    @Override
    public String toString() {
        return state.toString();
    }
}
