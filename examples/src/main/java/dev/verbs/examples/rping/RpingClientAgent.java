package dev.verbs.examples.rping;

import dev.verbs.examples.CommandFailure;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import org.agrona.concurrent.NanoClock;

/** The client: says where its source is, then where its sink is, and looks at what came back. */
final class RpingClientAgent extends RpingAgent {
    private enum State { WAITS_FOR_READ, WAITS_FOR_WRITE }

    /** Never part of a text. */
    private static final byte SPOILED = (byte)0xee;

    private State state = State.WAITS_FOR_READ;
    private long pending;
    private long ping;

    RpingClientAgent(final RpingEnd end, final Arena arena, final PrintWriter out, final NanoClock clock) {
        super(end, arena, out, clock);
    }

    @Override
    public String roleName() {
        return "client";
    }

    @Override
    void begin() {
        PingData.fill(end.source, ping);
        end.arrived.fill(SPOILED);
        state = State.WAITS_FOR_READ;
        advertise(true);
    }

    private void advertise(final boolean source) {
        pending = RpingEnd.SEND | RpingEnd.RECEIVE;
        debug("ping " + ping + ": advertises its " + (source ? "source" : "sink"));
        end.sendInfo(source ? end.source : end.arrived);
    }

    @Override
    void completed(final long wrId, final long byteLength) {
        if (wrId == RpingEnd.RECEIVE) {
            end.takeReceived(byteLength);
        }
        pending &= ~wrId;
        if (pending != 0) {
            return;
        }
        if (state == State.WAITS_FOR_READ) {
            state = State.WAITS_FOR_WRITE;
            advertise(false);
        } else {
            written();
        }
    }

    private void written() {
        if (end.config().validate() && end.source.mismatch(end.arrived) >= 0) {
            throw new CommandFailure("data mismatch in ping " + ping + ": byte " + end.source.mismatch(end.arrived) + " of "
                + end.source.byteSize() + " differs");
        }
        if (end.config().verbose()) {
            print("ping data: " + PingData.text(end.arrived));
        }
        ping++;
        if (ping == end.config().count()) {
            finish();
        } else {
            begin();
        }
    }

    @Override
    void disconnected() {
        throw new CommandFailure("the server left during ping " + ping + " while the client was " + waitingFor());
    }

    @Override
    String waitingFor() {
        return state == State.WAITS_FOR_READ ? "waiting for the server to read" : "waiting for the server to write";
    }

    @Override
    long pings() {
        return ping;
    }

    @Override
    long size() {
        return end.config().size();
    }
}
