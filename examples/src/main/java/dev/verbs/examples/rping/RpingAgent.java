package dev.verbs.examples.rping;

import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.examples.CommandFailure;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * What both ends of rping share: polling, arming, the deadline and the end of the connection. One thread; never blocks.
 * Throws {@link CommandFailure} when a request fails, the peer leaves too early or says nothing for longer than the timeout.
 */
abstract class RpingAgent implements Agent {
    protected final RpingEnd end;
    private final PrintWriter out;
    private final NanoClock clock;
    private final WorkCompletions completions;
    private boolean armed;
    private boolean done;
    private long lastProgressNs;

    RpingAgent(final RpingEnd end, final Arena arena, final PrintWriter out, final NanoClock clock) {
        this.end = end;
        this.out = out;
        this.clock = clock;
        this.completions = WorkCompletions.allocate(arena, 4);
    }

    @Override
    public final void onStart() {
        lastProgressNs = clock.nanoTime();
        begin();
    }

    @Override
    public final int doWork() {
        final int count = end.cq.poll(completions);
        if (count < 0) {
            throw new CommandFailure("ibv_poll_cq failed on the " + roleName() + " (" + count + ")");
        }
        if (count == 0) {
            return idle();
        }
        armed = false;
        lastProgressNs = clock.nanoTime();
        for (int i = 0; i < count && !done; i++) {
            complete(i);
        }
        return count;
    }

    private void complete(final int index) {
        if (completions.isSuccess(index)) {
            completed(completions.wrId(index), completions.byteLength(index));
        } else if (completions.status(index) != WcStatus.WR_FLUSH_ERR) {
            throw new CommandFailure("a request of the " + roleName() + " failed, " + completions.describe(index));
        }
        // flushed: the connection has ended, and says so when there is nothing left to poll
    }

    /** Arms once, then polls once more: what came before the arming is not announced. */
    private int idle() {
        if (!armed) {
            end.cq.requestNotification(false);
            armed = true;
            return 1;
        }
        armed = false; // if we sleep now, the wake-up consumes the arming
        if (end.isDisconnected()) {
            disconnected();
            done = true;
        } else if (clock.nanoTime() - lastProgressNs > end.config().timeout().toNanos()) {
            throw new CommandFailure("the " + roleName() + " heard nothing from its peer for "
                + end.config().timeout().toSeconds() + " s (--timeout) while " + waitingFor());
        }
        return 0;
    }

    /** The first thing to do on the connection. */
    abstract void begin();

    /** A request of this end has succeeded. */
    abstract void completed(long wrId, long byteLength);

    /** The connection has ended; throws if that is too early. */
    abstract void disconnected();

    /** What the end waits for, for messages. */
    abstract String waitingFor();

    /** Full pings done. */
    abstract long pings();

    /** Bytes of the ping data, 0 if there were none yet. */
    abstract long size();

    final void finish() {
        done = true;
    }

    final boolean isDone() {
        return done;
    }

    final void print(final String line) {
        out.println(line);
    }

    final void debug(final String line) {
        if (end.config().debug()) {
            out.println(roleName() + ": " + line);
        }
    }
}
