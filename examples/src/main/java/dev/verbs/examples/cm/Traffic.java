package dev.verbs.examples.cm;

import dev.verbs.AccessFlags;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.Verbs;
import dev.verbs.WorkCompletions;
import dev.verbs.cm.CmId;
import dev.verbs.examples.CloseStack;
import dev.verbs.examples.CommandFailure;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** One reliable queue pair with its queues and one buffer, from which everything is sent and into which everything goes. */
final class Traffic implements AutoCloseable {
    private static final int BATCH = 8;

    private final CloseStack resources = new CloseStack();
    private final MemorySegment buffer;
    private final MemoryRegion region;
    private final CompletionQueue sendCq;
    private final CompletionQueue receiveCq;
    private final QueuePair qp;
    private final SendRequests sends;
    private final ReceiveRequests receives;
    private final WorkCompletions completions;

    Traffic(final VerbsProvider provider, final String deviceName, final int messages, final long bytes) {
        try {
            final int depth = Math.max(1, messages);
            final Arena arena = resources.add(Arena.ofShared());
            final Context context = resources.add(Verbs.open(provider, deviceName));
            final ProtectionDomain pd = resources.add(context.allocateProtectionDomain());
            buffer = arena.allocate(Math.max(1, bytes), Long.BYTES);
            region = resources.add(pd.registerMemory(buffer, AccessFlags.LOCAL_WRITE));
            sendCq = resources.add(context.createCompletionQueue(depth));
            receiveCq = resources.add(context.createCompletionQueue(depth));
            qp = resources.add(pd.createQueuePair(new QueuePairConfig(QpType.RC, sendCq, receiveCq, depth, depth, 1, 1, 0,
                true)));
            sends = SendRequests.allocate(arena, depth, 1);
            receives = ReceiveRequests.allocate(arena, depth, 1);
            completions = WorkCompletions.allocate(arena, BATCH);
        } catch (final RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    QueuePair qp() {
        return qp;
    }

    MemorySegment buffer() {
        return buffer;
    }

    /** Posts receives before there is a connection: the peer may send at once. */
    void receive(final CmId id, final int count) {
        qp.modify(id.initQpAttributes(QpState.INIT));
        receives.clear();
        for (int i = 0; i < count; i++) {
            receives.receive(i, region.address(), buffer.byteSize(), region.lkey());
        }
        if (count > 0 && qp.postReceive(receives) != count) {
            throw new CommandFailure("ibv_post_recv refused a receive: " + qp.explain(receives));
        }
    }

    void send(final int count) {
        sends.clear();
        for (int i = 0; i < count; i++) {
            sends.send(i, region.address(), buffer.byteSize(), region.lkey(), SendFlags.SIGNALED);
        }
        if (count > 0 && qp.postSend(sends) != count) {
            throw new CommandFailure("ibv_post_send refused a send: " + qp.explain(sends));
        }
    }

    void awaitSends(final int count, final Duration timeout) {
        await(sendCq, count, timeout, "sends");
    }

    void awaitReceives(final int count, final Duration timeout) {
        await(receiveCq, count, timeout, "receives");
    }

    private void await(final CompletionQueue cq, final int count, final Duration timeout, final String what) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        int done = 0;
        while (done < count) {
            final int found = cq.poll(completions);
            if (found < 0) {
                throw new CommandFailure("ibv_poll_cq failed (" + found + ")");
            }
            for (int i = 0; i < found; i++) {
                if (!completions.isSuccess(i)) {
                    throw new CommandFailure(what + " failed, " + completions.describe(i));
                }
            }
            done += found;
            if (found == 0) {
                if (System.nanoTime() > deadline || Thread.interrupted()) {
                    throw new CommandFailure(done + " of " + count + " " + what + " were done within " + timeout.toSeconds() + " s");
                }
                Thread.yield();
            }
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
