package dev.verbs.examples.pingpong;

import dev.verbs.WorkCompletions;
import dev.verbs.examples.CommandFailure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * One end of a ping-pong. The starting end sends its message on each queue pair; each end answers what arrived, and counts as
 * done when all messages have been sent and received, on whichever queue pairs. A connected {@link PingPongEnd} is needed.
 *
 * <p>Duty cycles are run by one thread; none blocks; while messages flow nothing is allocated. Throws
 * {@link CommandFailure} when a request fails or the peer is silent for longer than the timeout.
 */
public final class PingPongAgent implements Agent {
    static final long RECEIVE = 1;
    static final long SEND = 2;
    private static final long KINDS = RECEIVE | SEND;

    private final PingPongEnd end;
    private final boolean starts;
    private final long iterations;
    private final MessageCheck check;
    private final long[] roundTripsNs;
    private final NanoClock clock;
    private final WorkCompletions completions;
    private final long timeoutNs;
    private long sent;
    private long received;
    private boolean armed;
    private long startNs;
    private long endNs;
    private long lastProgressNs;

    /**
     * The agent of one end.
     *
     * @param end          what it owns; another agent may have finished with it before
     * @param starts       whether it sends first
     * @param arena        owns the memory for completions
     * @param iterations   messages each way
     * @param message      what to send, if it starts; the other end answers with what it got
     * @param check        checks what arrives, null not to
     * @param roundTripsNs takes the time of each round trip of the starting end, null not to
     * @param clock        the time
     */
    public PingPongAgent(final PingPongEnd end, final boolean starts, final Arena arena, final long iterations,
        final MemorySegment message, final MessageCheck check, final long[] roundTripsNs, final NanoClock clock) {
        this.end = end;
        this.starts = starts;
        this.iterations = iterations;
        this.check = check;
        this.roundTripsNs = roundTripsNs;
        this.clock = clock;
        this.completions = WorkCompletions.allocate(arena, 2 * end.lineCount());
        this.timeoutNs = end.config().timeout().toNanos();
        this.end.outgoing.copyFrom(message);
    }

    @Override
    public String roleName() {
        return starts ? "client" : "server";
    }

    @Override
    public void onStart() {
        lastProgressNs = clock.nanoTime();
        for (int i = 0; i < end.lineCount(); i++) {
            final PingPongLine line = end.line(i);
            line.pending = RECEIVE;
            if (starts) {
                post(line, end.outgoing);
            }
        }
        startNs = clock.nanoTime();
    }

    @Override
    public int doWork() {
        final int count = end.cq.poll(completions);
        if (count == 0) {
            return idle();
        }
        if (count < 0) {
            throw new CommandFailure("ibv_poll_cq failed on the " + roleName() + " (" + count + ")");
        }
        armed = false;
        lastProgressNs = clock.nanoTime();
        // what other queue pairs have under way at the end is not waited for: the peer may have gone
        for (int i = 0; i < count && !isDone(); i++) {
            complete(i);
        }
        if (isDone()) {
            endNs = clock.nanoTime();
        }
        return count;
    }

    /** Arms once, then polls once more: what came before the arming is not announced. */
    private int idle() {
        if (!armed && end.arm()) {
            armed = true;
            return 1;
        }
        armed = false; // if we sleep now, the wake-up consumes the arming
        if (clock.nanoTime() - lastProgressNs > timeoutNs) {
            throw new CommandFailure("the " + roleName() + " heard nothing from its peer for "
                + end.config().timeout().toSeconds() + " s (--timeout): " + sent + " sent, " + received + " received of "
                + iterations + (end.config().service().isReliable() ? "" : "; " + end.config().service()
                + " does not send again what is lost"));
        }
        return 0;
    }

    private void complete(final int index) {
        if (!completions.isSuccess(index)) {
            throw new CommandFailure("a request of the " + roleName() + " failed, " + completions.describe(index));
        }
        final long kind = completions.wrId(index) & KINDS;
        final int lineIndex = end.indexOf(completions.qpNumber(index));
        final PingPongLine line = end.line(lineIndex);
        if (kind == SEND) {
            sent++;
            end.receives.sent(lineIndex);
        } else {
            receive(index, lineIndex, line);
        }
        line.pending &= ~kind;
        if (line.pending == 0 && sent < iterations) {
            next(lineIndex, line);
        }
    }

    private void receive(final int index, final int lineIndex, final PingPongLine line) {
        if (roundTripsNs != null && received < roundTripsNs.length) {
            roundTripsNs[(int)received] = lastProgressNs - line.postedNs;
        }
        final PingPongConfig config = end.config();
        final long length = completions.byteLength(index) - config.service().headroom();
        if (length != config.size()) {
            throw new CommandFailure("the peer sent " + length + " bytes instead of " + config.size()
                + ": give both ends the same -s");
        }
        final MemorySegment message = end.receives.take(lineIndex, completions.wrId(index));
        if (check != null) {
            check.accept(message);
        }
        received++;
    }

    /** Both the last send and the next receive are done. */
    private void next(final int lineIndex, final PingPongLine line) {
        if (starts) {
            end.receives.drop(lineIndex);
            post(line, end.outgoing);
        } else {
            post(line, end.receives.answer(lineIndex));
        }
    }

    private void post(final PingPongLine line, final MemorySegment message) {
        line.pending = KINDS;
        line.postedNs = roundTripsNs == null ? 0 : clock.nanoTime();
        end.send(line, message);
    }

    /**
     * Whether all messages have been sent and received.
     *
     * @return true at the end
     */
    public boolean isDone() {
        return sent >= iterations && received >= iterations;
    }

    /**
     * What was measured; call it at the end.
     *
     * @return the result
     */
    public PingPongResult result() {
        return new PingPongResult(end.config().size(), iterations, received, endNs - startNs,
            check == null ? new long[0] : check.badPages());
    }
}
