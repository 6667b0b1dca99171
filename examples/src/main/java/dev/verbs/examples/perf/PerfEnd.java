package dev.verbs.examples.perf;

import dev.verbs.AddressHandle;
import dev.verbs.AddressVector;
import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.DeviceAttributes;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.SrqConfig;
import dev.verbs.WorkCompletions;
import dev.verbs.cm.CmConnection;
import dev.verbs.examples.CloseStack;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.perf.Exchange.Cycle;
import dev.verbs.examples.perf.PerfTool.Operation;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What one end of a test owns: domain, queues, memory, queue pairs and lists of requests for each. Used by one thread.
 *
 * <pre>
 *   PerfEnd ── PerfBuffers (memory, regions)
 *      ├── send CQ, receive CQ, channel with -e, shared receive queue with --use-srq
 *      └── QueuePair i ── SendRequests of i, one per line, prepared once per size ── PerfKeys i
 * </pre>
 */
final class PerfEnd implements AutoCloseable {
    /** What a fetch and add adds, as in C. */
    static final int ATOMIC_ADD = 1;
    /** Beyond that they would take more memory than patching one costs time. */
    private static final int MOST_LISTS = 4096;

    private final CloseStack resources = new CloseStack();
    /** What queue pairs use until they are closed. */
    private final CloseStack paths;
    private final Context context;
    private final PerfConfig config;
    private final PerfPath path;
    private final int reads;
    private final PerfBuffers buffers;
    private final CompletionChannel channel;
    private final CompletionQueue sendCq;
    private final CompletionQueue receiveCq;
    private final SharedReceiveQueue srq;
    private final QueuePair[] queuePairs;
    /** Of each queue pair, one list per line of its buffers, as far as they were needed. */
    private final List<List<SendRequests>> requests = new ArrayList<>();
    private final PerfKeys[] keys;
    private final PerfKeys[] peers;
    private final AddressHandle[] handles;
    private final Arena arena;
    /** Lists that are posted in turn share pages. */
    private final Arena lists;

    /**
     * Makes everything; the queue pairs are in RESET.
     *
     * @param context device
     * @param path    way to the peer
     * @param config  sizes and counts
     * @param cycle   agreed on with the peer
     */
    PerfEnd(final Context context, final PerfPath path, final PerfConfig config, final Cycle cycle) {
        this.context = context;
        this.config = config;
        this.path = path;
        final int count = config.traffic().queuePairs();
        queuePairs = new QueuePair[count];
        keys = new PerfKeys[count];
        peers = new PerfKeys[count];
        handles = new AddressHandle[count];
        try {
            arena = resources.add(Arena.ofShared());
            lists = new PackedArena(arena);
            reads = reads(context.queryDevice());
            final ProtectionDomain pd = resources.add(context.allocateProtectionDomain());
            buffers = new PerfBuffers(pd, arena, resources, config, cycle);
            paths = resources.add(new CloseStack());
            channel = config.traffic().events() ? resources.add(context.createCompletionChannel()) : null;
            final boolean receives = config.tool().operation() == Operation.SEND;
            sendCq = queue(context, config.traffic().txDepth() * count);
            receiveCq = receives ? queue(context, config.traffic().rxDepth() * count) : sendCq;
            srq = config.traffic().shared()
                ? resources.add(pd.createSharedReceiveQueue(new SrqConfig(config.traffic().rxDepth(), 1))) : null;
            for (int i = 0; i < count; i++) {
                makeQueuePair(pd, i);
            }
        } catch (final RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private int reads(final DeviceAttributes device) {
        if (!config.tool().operation().fetches()) {
            return 1;
        }
        final int most = Math.min(device.maxQpReadAtomics(), device.maxQpInitReadAtomics());
        final int wanted = config.traffic().outstanding();
        if (wanted > most) {
            throw new CommandFailure("outs " + wanted + " is more than the device can do (" + most + ")");
        }
        return wanted > 0 ? wanted : most;
    }

    private CompletionQueue queue(final Context context, final int entries) {
        final CompletionQueue cq = resources.add(context.createCompletionQueue(entries, channel, config.path().vector()));
        if (channel != null) {
            cq.requestNotification(false);
        }
        return cq;
    }

    private void makeQueuePair(final ProtectionDomain pd, final int i) {
        final PerfConfig.Traffic traffic = config.traffic();
        final QueuePair qp = resources.add(pd.createQueuePair(new QueuePairConfig(config.service().type(), sendCq, receiveCq,
            traffic.txDepth(), traffic.rxDepth(), 1, 1, traffic.inline(), false, srq)));
        queuePairs[i] = qp;
        requests.add(new ArrayList<>());
        keys[i] = new PerfKeys(path.port().lid(), reads, qp.number(), ThreadLocalRandom.current().nextInt(RcEndpoint.PSN_MASK),
            buffers.region(i).rkey(), buffers.targetAddress(i), path.gid());
    }

    /** What the peer reaches a queue pair by. */
    PerfKeys keys(final int i) {
        return keys[i];
    }

    /** The peer of a queue pair, once it is known. */
    PerfKeys peer(final int i) {
        return peers[i];
    }

    /** Takes the peer's keys of a queue pair. */
    void peer(final int i, final PerfKeys peer) {
        peers[i] = peer;
    }

    /** Takes all queue pairs from RESET to RTS; their peers are known. */
    void connect() {
        for (int i = 0; i < queuePairs.length; i++) {
            if (path.isEthernet() && peers[i].gid().isZero()) {
                throw new CommandFailure("the peer told no GID: on Ethernet it needs one (-x)");
            }
            final AddressVector address = path.to(peers[i]);
            config.service().init(queuePairs[i], path, PerfBuffers.remote(config.tool().operation()));
            config.service().connect(queuePairs[i], path, address, keys[i], peers[i]);
            if (config.service() == PerfService.UD) {
                handles[i] = paths.add(queuePairs[i].protectionDomain().createAddressHandle(address));
            }
        }
    }

    /** Prepares the requests of a queue pair for messages of a size. */
    SendRequests requests(final int i, final long size) {
        return prepare(i, 0, size);
    }

    /**
     * Prepares a list for each line of the buffers that single messages of a size use in turn, so that a post has nothing to patch;
     * one list where messages are posted several at a time, or where there would be too many.
     */
    SendRequests[] requestsOfLines(final int i, final long size) {
        final int slots = config.traffic().postList() == 1 ? buffers.cycle().slots(size) : 1;
        final SendRequests[] ofLines = new SendRequests[slots <= MOST_LISTS / queuePairs.length ? slots : 1];
        Arrays.setAll(ofLines, line -> prepare(i, line, size));
        return ofLines;
    }

    private SendRequests prepare(final int i, final int line, final long size) {
        final PerfConfig.Traffic traffic = config.traffic();
        if (line == requests.get(i).size()) {
            requests.get(i).add(SendRequests.allocate(lists, traffic.postList(), 1));
        }
        final SendRequests list = requests.get(i).get(line).clear();
        final int flags = flags(size);
        final int slots = config.tool().isLatency() ? 1 : buffers.cycle().slots(size);
        for (int j = 0; j < traffic.postList(); j++) {
            final long offset = (line + j) % slots * buffers.cycle().step(size);
            final boolean signaled = config.tool().isLatency() || (j + 1) % traffic.cqModeration() == 0;
            add(list, i, size, offset, (signaled ? SendFlags.SIGNALED : 0) | flags);
        }
        return list;
    }

    /** The flags of each request of that size, signalled or not. */
    int flags(final long size) {
        return !config.tool().operation().fetches() && size <= config.traffic().inline() ? SendFlags.INLINE : 0;
    }

    private void add(final SendRequests list, final int i, final long size, final long offset, final int flags) {
        final long local = buffers.sendAddress(i) + offset;
        final long remote = peers[i].address() + offset;
        final int lkey = buffers.region(i).lkey();
        final int rkey = peers[i].rkey();
        switch (config.tool().operation()) {
            case SEND -> {
                final int index = list.send(i, local, size, lkey, flags);
                if (config.service() == PerfService.UD) {
                    list.target(index, handles[i], peers[i].qpNumber(), PerfService.QKEY);
                }
            }
            case WRITE -> list.write(i, local, size, lkey, remote, rkey, flags);
            case READ -> list.read(i, local, size, lkey, remote, rkey, flags);
            case ATOMIC -> {
                if (config.traffic().swap()) {
                    list.compareAndSwap(i, local, lkey, remote, rkey, 0, 0, flags);
                } else {
                    list.fetchAndAdd(i, local, lkey, remote, rkey, ATOMIC_ADD, flags);
                }
            }
        }
    }

    /** Waits for completions of sends, one at a time. */
    CqWait sendWait(final Watch watch) {
        return new CqWait(sendCq, WorkCompletions.allocate(arena, 1), channel, watch);
    }

    /** Waits for completions of receives, one at a time. */
    CqWait receiveWait(final Watch watch) {
        return new CqWait(receiveCq, WorkCompletions.allocate(arena, 1), channel, watch);
    }

    /** Takes over a connection: it is closed before its queue pair. */
    void own(final CmConnection connection) {
        resources.add(connection);
    }

    Context context() {
        return context;
    }

    /** Reads and atomics that are outstanding at most. */
    int outstandingReads() {
        return reads;
    }

    PerfConfig config() {
        return config;
    }

    PerfPath path() {
        return path;
    }

    PerfBuffers buffers() {
        return buffers;
    }

    Arena arena() {
        return arena;
    }

    QueuePair queuePair(final int i) {
        return queuePairs[i];
    }

    CompletionQueue sendCq() {
        return sendCq;
    }

    CompletionQueue receiveCq() {
        return receiveCq;
    }

    /** What to sleep on, null to poll. */
    CompletionChannel channel() {
        return channel;
    }

    /** Where all queue pairs receive from, null if each has a queue of its own. */
    SharedReceiveQueue srq() {
        return srq;
    }

    @Override
    public void close() {
        resources.close();
    }
}
