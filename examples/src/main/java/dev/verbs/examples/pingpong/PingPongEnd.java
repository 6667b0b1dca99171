package dev.verbs.examples.pingpong;

import dev.verbs.AccessFlags;
import dev.verbs.AddressVector;
import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.DeviceAttributes;
import dev.verbs.MemoryRegion;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.RcTuning;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.Verbs;
import dev.verbs.examples.ChannelIdle;
import dev.verbs.examples.CloseStack;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.Duty;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.concurrent.IdleStrategy;

/**
 * Everything one end of a ping-pong owns: its own context, domain, queue, region and queue pair. Used by one thread.
 *
 * <pre>
 *   region:  | message to send | received, even | received, odd |    each padded to 64 bytes
 * </pre>
 *
 * Two receive buffers take turns: a message is in one while the other, answered, can be spoiled for the next check.
 */
public final class PingPongEnd implements AutoCloseable {
    private static final int ALIGNMENT = 64;
    /** Receives in one list; deeper queues take several posts. */
    private static final int LIST = 64;

    final CompletionQueue cq;
    final QueuePair qp;
    final SendRequests sends;
    final ReceiveRequests receives;
    final MemorySegment outgoing;
    final int sendFlags;
    private final CloseStack resources = new CloseStack();
    private final PortSelection port;
    private final PingPongConfig config;
    private final CompletionChannel channel;
    private final MemoryRegion region;
    private final MemorySegment[] incoming = new MemorySegment[2];
    private final int psn = ThreadLocalRandom.current().nextInt() & RcEndpoint.PSN_MASK;
    private long receivesPosted;
    private long receivesTaken;

    /**
     * Makes an end with its queue pair in INIT and its receives posted.
     *
     * @param provider   where the device is
     * @param deviceName name of the device, null for the first usable one
     * @param port       the path
     * @param config     sizes and counts
     */
    public PingPongEnd(final VerbsProvider provider, final String deviceName, final PortSelection port,
        final PingPongConfig config) {
        this.port = port;
        this.config = config;
        try {
            final Arena arena = resources.add(Arena.ofShared());
            final Context context = resources.add(Verbs.open(provider, deviceName));
            checkLimits(context);
            final ProtectionDomain pd = resources.add(context.allocateProtectionDomain());
            channel = config.events() ? resources.add(context.createCompletionChannel()) : null;
            cq = resources.add(context.createCompletionQueue(config.receiveDepth() + 1, channel));
            final long slot = (config.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            final MemorySegment memory = arena.allocate(3 * slot, 4096);
            region = resources.add(pd.registerMemory(memory, AccessFlags.LOCAL_WRITE));
            outgoing = memory.asSlice(0, config.size());
            incoming[0] = memory.asSlice(slot, config.size());
            incoming[1] = memory.asSlice(2 * slot, config.size());
            qp = resources.add(pd.createQueuePair(QueuePairConfig.rc(cq, 1, config.receiveDepth())));
            // like C: inline if the device grants it unasked
            sendFlags = SendFlags.SIGNALED | (qp.config().maxInlineData() >= config.size() ? SendFlags.INLINE : 0);
            sends = SendRequests.allocate(arena, 1, 1);
            receives = ReceiveRequests.allocate(arena, Math.min(LIST, config.receiveDepth()), 1);
            RcEndpoint.init(qp, port, 0);
            MessageCheck.spoil(incoming[0]);
            MessageCheck.spoil(incoming[1]);
            postReceives(config.receiveDepth());
            if (channel != null) {
                cq.requestNotification(false);
            }
        } catch (final RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private void checkLimits(final Context context) {
        final DeviceAttributes device = context.queryDevice();
        if (!context.device().guarantees().connectsByModify()) {
            throw new CommandFailure(context.device().name() + " connects through the connection manager only (iWARP): use rping");
        }
        if (config.receiveDepth() > Math.min(device.maxQpWr(), device.maxCqe() - 1)) {
            throw new CommandFailure("rx-depth " + config.receiveDepth() + " is more than " + context.device().name() + " can do ("
                + Math.min(device.maxQpWr(), device.maxCqe() - 1) + ")");
        }
        final long most = context.queryPort(port.port()).maxMessageSize();
        if (config.size() > most) {
            throw new CommandFailure("size " + config.size() + " is more than port " + port.port() + " of "
                + context.device().name() + " can send in one message (" + most + ")");
        }
    }

    /**
     * Where the peer finds this end.
     *
     * @return the endpoint
     */
    public RcEndpoint endpoint() {
        return RcEndpoint.of(qp, port, psn);
    }

    /**
     * Connects to the other end: the queue pair goes to RTS.
     *
     * @param peer the other end
     */
    public void connect(final RcEndpoint peer) {
        if (peer.gid().isZero() && peer.lid() == 0) {
            throw new CommandFailure("the peer sent neither GID nor LID: on Ethernet start it with -g, the index of its RoCE GID");
        }
        final AddressVector path = port.pathTo(peer.lid(), peer.gid());
        final RcTuning tuning = RcTuning.DEFAULT.limitedBy(qp.protectionDomain().context().queryDevice());
        qp.modify(new QpAttributes().state(QpState.RTR).pathMtu(port.mtu()).destinationQp(peer.qpNumber()).rqPsn(peer.psn())
            .maxDestReadAtomic(tuning.maxDestReadAtomic()).minRnrTimer(tuning.minRnrTimer())
            .address(new AddressVector(path.port(), path.gid(), path.gidIndex(), path.lid(), path.global(), path.hopLimit(),
                config.serviceLevel(), path.trafficClass())));
        qp.modify(new QpAttributes().state(QpState.RTS).timeout(tuning.timeout()).retryCount(tuning.retryCount())
            .rnrRetry(tuning.rnrRetry()).sqPsn(psn).maxReadAtomic(tuning.maxReadAtomic()));
    }

    /**
     * How to wait: asleep with {@code events}, else polling.
     *
     * @return a new strategy
     */
    public IdleStrategy idleStrategy() {
        return channel == null ? Duty.polling() : new ChannelIdle(channel);
    }

    /** The buffers take turns. */
    private void postReceives(final int count) {
        int left = count;
        while (left > 0) {
            final int now = Math.min(left, receives.capacity());
            receives.clear();
            for (int i = 0; i < now; i++) {
                receives.receive(PingPongAgent.RECEIVE, incoming[(int)((receivesPosted + i) & 1)].address(), config.size(),
                    region.lkey());
            }
            if (qp.postReceive(receives) != now) {
                throw new CommandFailure("ibv_post_recv took " + receives.first() + " of " + now + " receives (errno "
                    + receives.errno() + ")");
            }
            receivesPosted += now;
            left -= now;
        }
    }

    /** The oldest message received; receives are posted again when only one is left, as C does it. */
    MemorySegment takeReceived() {
        final MemorySegment message = incoming[(int)(receivesTaken & 1)];
        receivesTaken++;
        final int outstanding = (int)(receivesPosted - receivesTaken);
        if (outstanding <= 1) {
            postReceives(config.receiveDepth() - outstanding);
        }
        return message;
    }

    /** The buffer that the next message will arrive in; the one that holds the last message is the other. */
    MemorySegment nextBuffer() {
        return incoming[(int)(receivesTaken & 1)];
    }

    /** The buffer that holds the last message. */
    MemorySegment lastReceived() {
        return incoming[(int)((receivesTaken - 1) & 1)];
    }

    /** Sends a buffer of this end. */
    void send(final MemorySegment message) {
        sends.clear().send(PingPongAgent.SEND, message.address(), config.size(), region.lkey(), sendFlags);
        if (qp.postSend(sends) != 1) {
            throw new CommandFailure("ibv_post_send refused a message of " + config.size() + " bytes (errno " + sends.errno() + ")");
        }
    }

    /** The completion queue announces the next completion, if this end sleeps on events. */
    boolean arm() {
        if (channel != null) {
            cq.requestNotification(false);
        }
        return channel != null;
    }

    PingPongConfig config() {
        return config;
    }

    @Override
    public void close() {
        resources.close();
    }
}
