package dev.verbs.examples.rping;

import dev.verbs.examples.CommandFailure;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import org.agrona.concurrent.NanoClock;

/** The server: reads the client's source, writes it into the client's sink, until the client disconnects. */
final class RpingServerAgent extends RpingAgent {
    private enum State { WAITS_FOR_SOURCE, READS, WAITS_FOR_SINK, WRITES }

    private State state = State.WAITS_FOR_SOURCE;
    private long ping;
    private long size;

    RpingServerAgent(final RpingEnd end, final Arena arena, final PrintWriter out, final NanoClock clock) {
        super(end, arena, out, clock);
    }

    @Override
    public String roleName() {
        return "server";
    }

    @Override
    void begin() {
        // the client speaks first
    }

    @Override
    void completed(final long wrId, final long byteLength) {
        if (wrId == RpingEnd.RECEIVE) {
            advertised(end.takeReceived(byteLength));
        } else if (wrId == RpingEnd.RDMA) {
            moved();
        }
    }

    private void advertised(final RpingInfo info) {
        debug("ping " + ping + ": received address 0x" + Long.toHexString(info.address()) + ", rkey 0x"
            + Integer.toHexString(info.rkey()) + ", " + info.size() + " bytes");
        switch (state) {
            case WAITS_FOR_SOURCE -> {
                state = State.READS;
                size = info.size();
                end.read(info);
            }
            case WAITS_FOR_SINK -> {
                state = State.WRITES;
                end.write(info);
            }
            default -> throw new CommandFailure("the client sent something while the server was " + waitingFor());
        }
    }

    private void moved() {
        if (state == State.READS) {
            if (end.config().verbose()) {
                print("server ping data: " + PingData.text(end.arrived));
            }
            state = State.WAITS_FOR_SINK;
        } else {
            state = State.WAITS_FOR_SOURCE;
            ping++;
        }
        debug("ping " + ping + ": go ahead");
        end.sendInfo(end.arrived); // rping looks at the length only
    }

    @Override
    void disconnected() {
        if (state != State.WAITS_FOR_SOURCE) {
            throw new CommandFailure("the client left during ping " + ping + " while the server was " + waitingFor());
        }
    }

    @Override
    String waitingFor() {
        return switch (state) {
            case WAITS_FOR_SOURCE -> "waiting for the client's next ping";
            case READS -> "reading the client's source";
            case WAITS_FOR_SINK -> "waiting for the client's sink";
            case WRITES -> "writing into the client's sink";
        };
    }

    @Override
    long pings() {
        return ping;
    }

    @Override
    long size() {
        return size;
    }
}
