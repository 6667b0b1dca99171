package dev.verbs.join;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import dev.verbs.join.fragment.Fragment;
import dev.verbs.join.fragment.TupleDescriptor;
import dev.verbs.join.local.LocalJoin;
import dev.verbs.join.local.MatchHandler;
import dev.verbs.join.ring.FragmentRing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * The join entity of one host. R rotates, S stays: each fragment of R visits every host once, and is joined there with
 * that host's piece of S, so that after one revolution every pair of pieces has met exactly once.
 *
 * <pre>
 *   IDLE ── start(input) ──► PREPARING ── ordered, built ──► TURNING ── all hosts done ──► DONE ── start ──► ...
 *                                                               └── link, deadline, malformed or repeated fragment ──► FAILED
 * </pre>
 *
 * <p>One thread steps it, the ring's agent is stepped beside it (any thread): receiving, joining and transmitting
 * overlap. Matches go to the handler as they are found; they are an answer only once the state is DONE on this host,
 * which implies that all hosts have joined everything. A failure is final: no answer is given.
 *
 * <p>"Spinning Relations" (DaMoN 2009).
 */
public final class CycloJoin implements Agent, AutoCloseable {
    /** Where a join stands. */
    public enum State {
        /** Nothing was started. */
        IDLE,
        /** The pieces are being ordered and built; the next step does it. */
        PREPARING,
        /** Fragments go round. */
        TURNING,
        /** The revolution is over on all hosts: the matches are complete. */
        DONE,
        /** Broken, for good. */
        FAILED
    }

    private final FragmentRing ring;
    private final LocalJoin local;
    private final CycloJoinConfig config;
    private final MatchHandler handler;
    private final NanoClock clock;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment ordered;
    private final Fragment fragment = new Fragment();
    private final int[] nextFragment;
    private final boolean[] lastSeen;
    private JoinInput input;
    private volatile State state = State.IDLE;
    private volatile VerbsException failure;
    private volatile JoinStatistics statistics;
    private long revolution;
    private boolean joining;
    private boolean finished;
    private int owners;
    private long position;
    private long fragments;
    private long tuples;
    private long matches;
    private long startNs;
    private long joinNs;
    private long waitingNs;
    private long waitingFromNs;
    private boolean waiting;
    private long prepareNs;
    private long bytesSent;
    private long fragmentsSent;

    /**
     * A join on one host.
     *
     * @param ring    the host's ring; stays the caller's
     * @param local   the local algorithm, made for the capacities of the configuration; belongs to the join and is closed with it
     * @param config  what the join is made of
     * @param handler takes the matches, on the join's thread
     * @param clock   for the deadline and the statistics
     */
    public CycloJoin(final FragmentRing ring, final LocalJoin local, final CycloJoinConfig config, final MatchHandler handler,
        final NanoClock clock) {
        this.ring = ring;
        this.local = local;
        this.config = config;
        this.handler = handler;
        this.clock = clock;
        this.ordered = arena.allocate(Math.max(1, config.rotatingCapacity()) * TupleDescriptor.WIDTH, 64);
        this.nextFragment = new int[ring.hosts()];
        this.lastSeen = new boolean[ring.hosts()];
    }

    /**
     * Starts a revolution with new pieces. All hosts of the ring start the same number of revolutions; any order, any
     * time. Any thread, while the state is IDLE or DONE.
     *
     * @param pieces this host's pieces; read by the next step
     * @throws IllegalStateException if a revolution is under way or the join has failed
     */
    public void start(final JoinInput pieces) {
        if (state != State.IDLE && state != State.DONE) {
            throw new IllegalStateException(roleName() + " is " + state + (failure == null ? "" : ": " + failure.getMessage()));
        }
        input = pieces;
        state = State.PREPARING; // volatile: publishes the input to the stepping thread
    }

    /** Starts a revolution with the pieces that are prepared already: ordering and building are done once. */
    public void startAgain() {
        start(null);
    }

    @Override
    public int doWork() {
        final State now = state;
        if (now != State.TURNING && now != State.PREPARING) {
            return 0;
        }
        try {
            if (now == State.PREPARING) {
                prepare();
                return 1;
            }
            return turn();
        } catch (final RuntimeException | Error e) { // an Error, too: peers must hear of it, and the runner needs its cause
            fail(Errno.EINVAL, e.toString(), e);
            return 1;
        }
    }

    private void prepare() {
        final long from = clock.nanoTime();
        if (input != null) {
            local.buildStationary(input.stationary(), input.stationaryTuples());
            local.orderRotating(input.rotating(), input.rotatingTuples(), ordered);
            ring.load(config.relationId(), local.organisation(), ordered, input.rotatingTuples());
            input = null;
        }
        startNs = clock.nanoTime();
        prepareNs = startNs - from;
        revolution++;
        Arrays.fill(nextFragment, 0);
        Arrays.fill(lastSeen, false);
        joining = false;
        finished = false;
        owners = 0;
        fragments = 0;
        tuples = 0;
        matches = 0;
        joinNs = 0;
        waitingNs = 0;
        waiting = false;
        bytesSent = 0;
        fragmentsSent = 0;
        ring.begin();
        state = State.TURNING;
    }

    private int turn() {
        if (ring.isFinished(revolution)) {
            done();
            return 1;
        }
        if (!ring.isOpen()) {
            fail(Errno.ECONNRESET, ring.failure() == null ? "the ring was closed" : ring.failure(), null);
            return 1;
        }
        final long now = clock.nanoTime();
        if (now - startNs > config.deadlineNs()) {
            fail(Errno.ETIMEDOUT, "the revolution was not over after " + (now - startNs) / 1_000_000 + " ms; " + owners + " of "
                + ring.hosts() + " hosts had been heard to the end", null);
            return 1;
        }
        int work = ring.inject();
        if (finished) {
            return work; // what arrives now belongs to the next revolution of a host that knew first
        }
        if (joining || takeNext(now)) {
            probe(now);
            work++;
        } else if (state == State.TURNING && owners == ring.hosts() && ring.isOwnDone()) {
            finished = true;
            ring.finish(revolution);
            work++;
        }
        return work;
    }

    private boolean takeNext(final long now) {
        if (!ring.next(fragment)) {
            if (!waiting) {
                waiting = true;
                waitingFromNs = now;
            }
            return false;
        }
        stopWaiting(now);
        final int owner = ring.currentOwner();
        if (!fragment.isWellFormed() || fragment.owner() != owner || fragment.relationId() != config.relationId()
            || fragment.organisation() != local.organisation() || fragment.fragmentId() != nextFragment[owner] || lastSeen[owner]) {
            fail(Errno.EINVAL, "host " + owner + " sent a fragment that does not belong here: " + fragment.describe() + ", expected id "
                + nextFragment[owner] + (lastSeen[owner] ? " of the next revolution" : "") + ", relation " + config.relationId()
                + ", organised for " + local.name(), null);
            return false;
        }
        nextFragment[owner]++;
        if (fragment.hops() < ring.hosts()) { // counted here, not where it is sent: hosts may be one revolution apart
            fragmentsSent++;
            bytesSent += ring.bytesToSend(fragment);
        }
        position = 0;
        joining = true;
        return true;
    }

    private void stopWaiting(final long now) {
        if (waiting) {
            waiting = false;
            waitingNs += now - waitingFromNs;
        }
    }

    private void probe(final long from) {
        final long end = Math.min(fragment.tuples(), position + config.probeTuples());
        matches += local.probe(fragment, position, end, handler);
        position = end;
        if (end == fragment.tuples()) {
            if (fragment.isLast()) {
                lastSeen[fragment.owner()] = true;
                owners++;
            }
            fragments++;
            tuples += end;
            joining = false;
            ring.release();
        }
        joinNs += clock.nanoTime() - from;
    }

    private void done() {
        final long now = clock.nanoTime();
        stopWaiting(now);
        statistics = new JoinStatistics(ring.self(), revolution, fragments, tuples, matches, fragmentsSent, bytesSent, prepareNs, joinNs,
            waitingNs, now - startNs);
        state = State.DONE;
    }

    private void fail(final int errno, final String reason, final Throwable cause) {
        final VerbsException e = new VerbsException("cyclo-join", errno, "host " + ring.self() + " of " + ring.hosts() + ": " + reason);
        if (cause != null) {
            e.initCause(cause);
        }
        failure = e;
        state = State.FAILED;
        ring.abort(reason);
    }

    @Override
    public String roleName() {
        return "cyclo-join host " + ring.self() + "/" + ring.hosts();
    }

    /**
     * This host.
     *
     * @return its index in the ring
     */
    public int host() {
        return ring.self();
    }

    /**
     * Where the join stands. Any thread.
     *
     * @return the state
     */
    public State state() {
        return state;
    }

    /**
     * What this host did in the last revolution. Any thread, once the state is DONE.
     *
     * @return the statistics
     * @throws VerbsException        if the join failed: there is no answer
     * @throws IllegalStateException if the revolution is not over
     */
    public JoinStatistics statistics() {
        if (failure != null) {
            throw failure;
        }
        if (state != State.DONE) {
            throw new IllegalStateException(roleName() + " is " + state + ": step it until it is DONE");
        }
        return statistics;
    }

    /**
     * Why the join failed. Any thread.
     *
     * @return the exception that {@link #statistics()} throws, null while it has not failed
     */
    public VerbsException failure() {
        return failure;
    }

    /** Frees what the join holds; not the ring. It must not be stepped any more. Idempotent. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            local.close();
            arena.close();
        }
    }
}
