package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.verbs.AccessFlags;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.MemoryRegion;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.RcTuning;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A host of a network with memory, a completion queue and queue pairs. */
final class NetworkNode implements AutoCloseable {
    static final int ACCESS = AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_READ | AccessFlags.REMOTE_ATOMIC;
    private static final int DEPTH = 64;

    final SoftNetwork network;
    final String name;
    final Context context;
    final PortSelection port;
    final ProtectionDomain domain;
    final CompletionQueue cq;
    final MemorySegment memory;
    final MemoryRegion region;
    final List<QueuePair> queuePairs = new ArrayList<>();
    final SendRequests sends;
    final ReceiveRequests receives;
    final WorkCompletions done;
    private final Arena arena = Arena.ofShared();

    NetworkNode(final SoftNetwork network, final String name, final long bytes) {
        this.network = network;
        this.name = name;
        this.context = network.provider(name).devices().getFirst().open();
        this.port = PortSelection.choose(context, PortOptions.AUTOMATIC);
        this.domain = context.allocateProtectionDomain();
        this.cq = context.createCompletionQueue(4095);
        this.memory = arena.allocate(bytes, 64);
        this.region = domain.registerMemory(memory, ACCESS);
        this.sends = SendRequests.allocate(arena, DEPTH, 1);
        this.receives = ReceiveRequests.allocate(arena, DEPTH, 1);
        this.done = WorkCompletions.allocate(arena, DEPTH);
    }

    /** A queue pair here, connected to one there. */
    QueuePair connect(final NetworkNode peer, final RcTuning tuning) {
        final QueuePair here = create();
        final QueuePair there = peer.create();
        RcEndpoint.init(here, port, ACCESS);
        RcEndpoint.init(there, peer.port, ACCESS);
        RcEndpoint.of(there, peer.port, 5).connect(here, port, 7, tuning);
        RcEndpoint.of(here, port, 7).connect(there, peer.port, 5, tuning);
        return here;
    }

    private QueuePair create() {
        final QueuePair qp = domain.createQueuePair(QueuePairConfig.rc(cq, DEPTH, DEPTH));
        queuePairs.add(qp);
        return qp;
    }

    QueuePair last() {
        return queuePairs.getLast();
    }

    long at(final long offset) {
        return region.address() + offset;
    }

    void write(final QueuePair qp, final long wrId, final long from, final long length, final NetworkNode peer, final long to) {
        sends.clear().write(wrId, at(from), length, region.lkey(), peer.at(to), peer.region.rkey(), SendFlags.SIGNALED);
        assertEquals(1, qp.postSend(sends), () -> "errno " + sends.errno());
    }

    void read(final QueuePair qp, final long wrId, final long to, final long length, final NetworkNode peer, final long from) {
        sends.clear().read(wrId, at(to), length, region.lkey(), peer.at(from), peer.region.rkey(), SendFlags.SIGNALED);
        assertEquals(1, qp.postSend(sends), () -> "errno " + sends.errno());
    }

    void send(final QueuePair qp, final long wrId, final long from, final long length) {
        sends.clear().send(wrId, at(from), length, region.lkey(), SendFlags.SIGNALED);
        assertEquals(1, qp.postSend(sends), () -> "errno " + sends.errno());
    }

    void receive(final QueuePair qp, final long wrId, final long to, final long length) {
        receives.clear().receive(wrId, at(to), length, region.lkey());
        assertEquals(1, qp.postReceive(receives), () -> "errno " + receives.errno());
    }

    /** Polls outside of a run, where that lets virtual time go on, until a completion comes; which must be this. */
    void expect(final long wrId, final WcStatus status) {
        final WorkCompletions one = WorkCompletions.allocate(arena, 1);
        int polls = 0;
        while (cq.poll(one) == 0) {
            assertEquals(true, ++polls < 100_000, () -> "no completion; expected " + wrId + " " + status);
        }
        assertEquals(wrId + " " + status, one.wrId(0) + " " + one.status(0), () -> one.describe(0));
    }

    @Override
    public void close() {
        queuePairs.forEach(QueuePair::close);
        cq.close();
        region.close();
        domain.close();
        context.close();
        arena.close();
        assertEquals(List.of(), network.provider(name).live());
    }
}
