package dev.verbs.examples.perf;

import dev.verbs.AccessFlags;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WorkCompletions;
import dev.verbs.cm.CmConnection;
import dev.verbs.examples.CloseStack;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.Duty;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.function.Function;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * What {@code -R} and {@code -z} talk over: a queue pair of its own that the connection manager connects, one message each way at a
 * time. The receive for the next message is posted before the last one is answered, so that none is ever missing.
 */
final class CmWire implements Wire {
    private static final int LENGTH = PerfKeys.BINARY_LENGTH;
    private static final long SEND = 1;
    private static final long RECEIVE = 2;
    private static final long SPINS = 100;
    private static final long NAP_NS = 1_000_000;
    private static final long LOOK_NS = 50_000_000;
    private static final int GRACE_LOOKS = 4;
    private static final String ENDED = "the peer has ended the connection in the middle of the run";

    private final CloseStack resources = new CloseStack();
    private final MemorySegment outgoing;
    private final MemorySegment incoming;
    private final MemoryRegion region;
    private final CompletionQueue sendCq;
    private final CompletionQueue receiveCq;
    private final QueuePair qp;
    private final SendRequests sends;
    private final ReceiveRequests receives;
    private final WorkCompletions completions;
    private final CmConnection connection;
    private final Duration deadline;

    /**
     * Makes the queue pair and has it connected.
     *
     * @param context  device that the connection manager leads to
     * @param path     port, for a server's queue pair
     * @param server   whether receives can be posted before it is connected
     * @param connect  connects a queue pair
     * @param deadline for each message
     */
    CmWire(final Context context, final PerfPath path, final boolean server, final Function<QueuePair, CmConnection> connect,
        final Duration deadline) {
        this.deadline = deadline;
        try {
            final Arena arena = resources.add(Arena.ofShared());
            final ProtectionDomain pd = resources.add(context.allocateProtectionDomain());
            final MemorySegment memory = arena.allocate(2 * LENGTH, Long.BYTES);
            outgoing = memory.asSlice(0, LENGTH);
            incoming = memory.asSlice(LENGTH, LENGTH);
            region = resources.add(pd.registerMemory(memory, AccessFlags.LOCAL_WRITE));
            sendCq = resources.add(context.createCompletionQueue(2));
            receiveCq = resources.add(context.createCompletionQueue(2));
            qp = resources.add(pd.createQueuePair(QueuePairConfig.rc(sendCq, 1, 1).withCqs(sendCq, receiveCq)));
            sends = SendRequests.allocate(arena, 1, 1);
            receives = ReceiveRequests.allocate(arena, 1, 1);
            completions = WorkCompletions.allocate(arena, 1);
            if (server) {
                RcEndpoint.init(qp, path.port(), 0);
                postReceive();
            }
            connection = resources.add(connect.apply(qp));
            if (!server) {
                postReceive(); // the server speaks when it is spoken to
            }
        } catch (final RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private void postReceive() {
        receives.clear().receive(RECEIVE, incoming.address(), LENGTH, region.lkey());
        if (qp.postReceive(receives) != 1) {
            throw Watch.refused("ibv_post_recv", qp, receives);
        }
    }

    @Override
    public boolean isBinary() {
        return true;
    }

    @Override
    public void send(final byte[] message) {
        MemorySegment.copy(message, 0, outgoing, ValueLayout.JAVA_BYTE, 0, message.length);
        sends.clear().send(SEND, outgoing.address(), message.length, region.lkey(), SendFlags.SIGNALED);
        if (qp.postSend(sends) != 1) {
            throw Watch.refused("ibv_post_send", qp, sends);
        }
        await(sendCq, deadline, Duty.polling());
    }

    @Override
    public byte[] receive(final int length, final Duration timeout) {
        await(receiveCq, timeout, new BackoffIdleStrategy(SPINS, SPINS, NAP_NS, NAP_NS));
        final long received = completions.byteLength(0);
        if (received != length) {
            throw new CommandFailure("the peer sent a message of " + received + " bytes instead of " + length
                + ": it does not speak perftest 4.5's protocol, or runs another test");
        }
        final byte[] message = incoming.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        postReceive();
        return message;
    }

    private void await(final CompletionQueue cq, final Duration timeout, final IdleStrategy idle) {
        final long end = System.nanoTime() + timeout.toNanos();
        long nextLook = System.nanoTime() + LOOK_NS;
        int looks = 0;
        int count = cq.poll(completions);
        while (count == 0) {
            if (Thread.interrupted()) {
                throw new CommandFailure("interrupted while waiting for the peer");
            }
            final long now = System.nanoTime();
            if (end - now < 0) {
                throw new CommandFailure("the peer said nothing for " + timeout.toSeconds() + " s");
            }
            if (nextLook - now < 0) {
                nextLook = now + LOOK_NS;
                looks = isGone() ? looks + 1 : 0;
                if (looks > GRACE_LOOKS) { // nor did a last message come
                    throw new CommandFailure(ENDED);
                }
            }
            idle.idle(0);
            count = cq.poll(completions);
        }
        if (count < 0 || !completions.isSuccess(0)) {
            throw new CommandFailure(isGone() ? ENDED
                : count < 0 ? "ibv_poll_cq failed (" + count + ")" : completions.describe(0));
        }
    }

    @Override
    public boolean isGone() {
        return connection.awaitDisconnect(Duration.ZERO);
    }

    @Override
    public void close() {
        resources.close();
    }
}
