package dev.verbs.soft;

import dev.verbs.SendFlags;
import dev.verbs.SendWrDescriptor;
import dev.verbs.WcStatus;

/**
 * Requests on links that take time: when each arrives, and when its sender hears of it. Several are under way at once; what
 * finds no receive or no answer is sent again with everything behind it. Under the send queue's lock.
 *
 * <pre>
 *   ring head ── arrived ── sent ── ring tail
 *        executed:    under    not yet
 *        to be heard  way      sent
 * </pre>
 */
final class Flights {
    private static final int SUCCESS = WcStatus.SUCCESS.code();
    private static final int TIMED_OUT = WcStatus.RETRY_EXC_ERR.code();

    private final SoftQueuePair qp;
    private final SoftFabric fabric;
    private final Requester requester;
    private final Retries retries;
    private final RequestRing ring;
    private final Request request = new Request();
    private final boolean reliable;
    /** By slot of the ring: when it arrives, when its sender hears of it, with which status. */
    private final long[] arrivals;
    private final long[] endings;
    private final int[] statuses;
    /** By slot: the status that a fault plan wants, {@link Faults#NONE} if it does not care. */
    private final int[] wanted;
    /** Positions in the ring. */
    private long arrived;
    private long sent;
    private long lastArrival;
    private long lastEnding;
    /** When what was not answered is sent again. */
    private long againAt = Timeline.NEVER;
    /** READs and atomics that are under way. */
    private int fetching;
    /** A request has failed: nothing behind it is executed. */
    private boolean broken;

    Flights(final SoftQueuePair qp, final SoftFabric fabric, final Requester requester, final Retries retries, final RequestRing ring) {
        this.qp = qp;
        this.fabric = fabric;
        this.requester = requester;
        this.retries = retries;
        this.ring = ring;
        this.reliable = qp.service().isReliable();
        this.arrivals = new long[ring.capacity()];
        this.endings = new long[ring.capacity()];
        this.statuses = new int[ring.capacity()];
        this.wanted = new int[ring.capacity()];
        reset();
    }

    /** A request was put into the ring. */
    void kept(final int status) {
        wanted[slot(ring.tail() - 1)] = status;
    }

    private int slot(final long position) {
        return ring.slot(position);
    }

    /** Whether nothing is under way or to be heard of. */
    boolean isIdle() {
        return ring.head() == sent && againAt == Timeline.NEVER;
    }

    /** When there is something to do next. */
    long due() {
        long due = againAt;
        if (ring.head() < arrived) {
            due = Math.min(due, endings[slot(ring.head())]);
        }
        if (arrived < sent && !broken) {
            due = Math.min(due, arrivals[slot(arrived)]);
        }
        return due;
    }

    /** Whether the oldest request's end is what is due. */
    boolean isEnding(final long due) {
        return ring.head() < arrived && endings[slot(ring.head())] == due;
    }

    /** The status of the oldest request, which is taken out of the ring after this. */
    int end() {
        final int kind = kind(ring.head());
        if (Operation.fetches(kind)) {
            fetching--;
        }
        return statuses[slot(ring.head())];
    }

    /** Sends what may be sent now. */
    void launch(final long now) {
        againAt = Timeline.NEVER;
        if (sent < ring.head()) { // what came before was executed at once: time had not begun
            arrived = ring.head();
            sent = arrived;
        }
        while (sent < ring.tail() && !broken && mayGo(sent)) {
            final int kind = kind(sent);
            long time = now;
            if (!Operation.isLocal(kind)) {
                final long payload = Operation.fetches(kind) ? 0 : requester.length(ring.memory(), ring.offset(sent));
                final Link link = requester.link(ring.memory(), ring.offset(sent));
                time = link == null ? now : link.send(now, payload);
            }
            lastArrival = Math.max(lastArrival, time);
            arrivals[slot(sent)] = lastArrival;
            if (Operation.fetches(kind)) {
                fetching++;
            }
            sent++;
        }
    }

    /** What waits without a time is tried again: something has changed at the peer. */
    void wake(final long now) {
        if (againAt == Timeline.NEVER) {
            launch(now);
        }
    }

    private boolean mayGo(final long position) {
        if (qp.isDraining() && retries.isRunning()) {
            return false;
        }
        final boolean fenced = (SendWrDescriptor.sendFlags(ring.memory(), ring.offset(position)) & SendFlags.FENCE) != 0;
        final boolean full = Operation.fetches(kind(position)) && fetching >= Math.max(1, qp.settings().maxReadAtomic());
        return fetching == 0 || !fenced && !full;
    }

    private int kind(final long position) {
        return Operation.kind(SendWrDescriptor.opcode(ring.memory(), ring.offset(position)));
    }

    /** What is due: something is sent again, or the next request arrives. */
    void go(final long due) {
        if (againAt == due) {
            launch(due);
        } else {
            arrive(due);
        }
    }

    private void arrive(final long now) {
        final long position = arrived;
        final int kind = kind(position);
        final Link link = Operation.isLocal(kind) ? null : requester.link(ring.memory(), ring.offset(position));
        if (retries.isRunning()) {
            retries.begin();
        }
        int outcome = outcome(now, position, kind, link);
        if (outcome < 0) {
            final long way = link == null ? 0 : link.latency(); // a refusal has to come back; a timeout counts from when it left
            outcome = retries.await(outcome, requester.lastPeer(), outcome == Requester.NOT_READY ? now + way : now - way,
                !retries.isRunning());
            if (outcome == SUCCESS) {
                sent = position;
                fetching = 0;
                for (long each = ring.head(); each < position; each++) {
                    fetching += Operation.fetches(kind(each)) ? 1 : 0;
                }
                againAt = retries.wakeAt();
                return;
            }
        }
        retries.end();
        statuses[slot(position)] = outcome;
        lastEnding = Math.max(lastEnding, heardAt(now, position, kind, link, outcome));
        endings[slot(position)] = lastEnding;
        arrived++;
        broken = outcome != SUCCESS && !requester.isDown();
    }

    private int outcome(final long now, final long position, final int kind, final Link link) {
        final int planned = wanted[slot(position)];
        if (planned != Faults.NONE) {
            requester.failByPlan(planned);
            return planned;
        }
        if (requester.isConnected() && (link != null && link.loses(now) || requester.isSevered())) {
            return requester.lost(requester.length(ring.memory(), ring.offset(position)));
        }
        if (Operation.consumes(kind) && requester.isRefused(now)) {
            return reliable ? Requester.NOT_READY : requester.lost(requester.length(ring.memory(), ring.offset(position)));
        }
        request.read(ring.memory(), ring.offset(position));
        final int status = requester.execute(request);
        requester.letGo(); // a plan may fail the next one, which takes locks of the responder
        return status;
    }

    /** An answer takes the way back; a send of an unreliable service has ended when it arrives, which keeps its payload till then. */
    private long heardAt(final long now, final long position, final int kind, final Link link, final int outcome) {
        if (link == null || !reliable || outcome == TIMED_OUT) {
            return now;
        }
        final Link back = fabric.link(link.to(), link.from());
        return Operation.is(kind, Operation.READ) && outcome == SUCCESS
            ? back.send(now, requester.length(ring.memory(), ring.offset(position))) : now + back.latency();
    }

    /** The ring is empty, whatever was under way. */
    void reset() {
        arrived = ring.head();
        sent = ring.head();
        lastArrival = Long.MIN_VALUE;
        lastEnding = Long.MIN_VALUE;
        againAt = Timeline.NEVER;
        fetching = 0;
        broken = false;
    }

}
