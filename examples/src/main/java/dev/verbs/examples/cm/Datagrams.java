package dev.verbs.examples.cm;

import dev.verbs.AccessFlags;
import dev.verbs.AddressHandle;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.GrhDescriptor;
import dev.verbs.MemoryRegion;
import dev.verbs.ProtectionDomain;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.Verbs;
import dev.verbs.WorkCompletions;
import dev.verbs.cm.CmId;
import dev.verbs.cm.DatagramDestination;
import dev.verbs.examples.CloseStack;
import dev.verbs.examples.CommandFailure;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/**
 * One UD queue pair with its queues and one buffer: the global header of a datagram, then its bytes. The immediate
 * says which queue pair sent it, as in librdmacm's examples. One thread.
 */
final class Datagrams implements AutoCloseable {
    private final CloseStack resources = new CloseStack();
    private final int messages;
    private final int port;
    private final MemorySegment buffer;
    private final MemoryRegion region;
    private final ProtectionDomain pd;
    private final CompletionQueue sendCq;
    private final CompletionQueue receiveCq;
    private final QueuePair qp;
    private final SendRequests sends;
    private final ReceiveRequests receives;
    private final WorkCompletions completions;
    private AddressHandle handle;
    private int remoteQp;
    private int remoteKey;

    /** A queue pair in RTS, with the partition and the key of an id's port space. */
    Datagrams(final VerbsProvider provider, final CmId id, final DatagramConfig config) {
        this.messages = config.messages();
        this.port = id.port();
        try {
            final int depth = Math.max(1, messages);
            final Arena arena = resources.add(Arena.ofShared());
            final Context context = resources.add(Verbs.open(provider, id.deviceName()));
            final int mtu = context.queryPort(port).activeMtu().bytes();
            if (config.bytes() > mtu) {
                throw new CommandFailure("messages of " + config.bytes() + " bytes (-S): a datagram has at most the active MTU, " + mtu);
            }
            pd = resources.add(context.allocateProtectionDomain());
            buffer = arena.allocate(GrhDescriptor.SIZE + config.bytes(), Long.BYTES);
            region = resources.add(pd.registerMemory(buffer, AccessFlags.LOCAL_WRITE));
            sendCq = resources.add(context.createCompletionQueue(depth));
            receiveCq = resources.add(context.createCompletionQueue(depth));
            qp = resources.add(pd.createQueuePair(new QueuePairConfig(QpType.UD, sendCq, receiveCq, depth, depth, 1, 1, 0,
                false)));
            sends = SendRequests.allocate(arena, depth, 1);
            receives = ReceiveRequests.allocate(arena, depth, 1);
            completions = WorkCompletions.allocate(arena, 1);
            id.prepareDatagrams(qp);
        } catch (final RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    int qpNumber() {
        return qp.number();
    }

    /** Posts a receive for each message. */
    void receive() {
        receives.clear();
        for (int i = 0; i < messages; i++) {
            receives.receive(i, region.address(), buffer.byteSize(), region.lkey());
        }
        if (messages > 0 && qp.postReceive(receives) != messages) {
            throw new CommandFailure("ibv_post_recv refused a receive: " + qp.explain(receives));
        }
    }

    /** Says whom to send to; else who sent the first message is answered. */
    void to(final DatagramDestination destination) {
        handle = resources.add(pd.createAddressHandle(destination.address()));
        remoteQp = destination.qpNumber();
        remoteKey = destination.qkey();
    }

    /** Receives what is sent to a group, until this is closed. */
    void attach(final DatagramDestination group) {
        qp.attachMulticast(group.address().gid(), group.address().lid());
        final AutoCloseable detachment = () -> qp.detachMulticast(group.address().gid(), group.address().lid());
        resources.add(detachment);
    }

    /** Sends all messages; the last one is signalled, so that its completion stands for all. */
    void send() {
        sends.clear();
        for (int i = 0; i < messages; i++) {
            sends.sendToWithImm(i, region.address() + GrhDescriptor.SIZE, buffer.byteSize() - GrhDescriptor.SIZE, region.lkey(),
                qp.number(), handle, remoteQp, remoteKey, i == messages - 1 ? SendFlags.SIGNALED : 0);
        }
        if (messages > 0 && qp.postSend(sends) != messages) {
            throw new CommandFailure("ibv_post_send refused a send: " + qp.explain(sends));
        }
    }

    /** Waits until all sends are done. */
    void awaitSends(final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        if (messages > 0 && !next(sendCq, deadline)) {
            throw new CommandFailure("the last of " + messages + " sends was not done within " + timeout.toSeconds() + " s (--timeout)");
        }
    }

    /** Waits for all messages, and checks that each is from who it says. */
    void awaitReceives(final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        for (int done = 0; done < messages; done++) {
            if (!next(receiveCq, deadline)) {
                throw new CommandFailure(done + " of " + messages + " datagrams came within " + timeout.toSeconds() + " s (--timeout): "
                    + "datagrams may be lost");
            }
            check();
            if (handle == null) {
                handle = resources.add(pd.createAddressHandle(completions, 0, buffer, port));
                remoteQp = completions.immediate(0);
                remoteKey = qp.query().qkey();
            }
        }
    }

    /** Polls one completion; false when the time is over. */
    private boolean next(final CompletionQueue cq, final long deadline) {
        while (true) {
            final int found = cq.poll(completions);
            if (found < 0 || found > 0 && !completions.isSuccess(0)) {
                throw new CommandFailure(found < 0 ? "ibv_poll_cq failed (" + found + ")" : completions.describe(0));
            }
            if (found > 0) {
                return true;
            }
            if (System.nanoTime() > deadline || Thread.interrupted()) {
                return false;
            }
            Thread.yield();
        }
    }

    private void check() {
        if (completions.byteLength(0) != buffer.byteSize()) {
            throw new CommandFailure("a datagram of " + (completions.byteLength(0) - GrhDescriptor.SIZE) + " bytes came, not of "
                + (buffer.byteSize() - GrhDescriptor.SIZE) + ": give both ends the same -S");
        }
        if (!completions.hasImmediate(0) || completions.immediate(0) != completions.sourceQp(0)) {
            throw new CommandFailure("a datagram of queue pair " + completions.sourceQp(0) + " says that it is from "
                + (completions.hasImmediate(0) ? Integer.toString(completions.immediate(0)) : "nobody"));
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
