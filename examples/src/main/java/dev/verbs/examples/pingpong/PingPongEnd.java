package dev.verbs.examples.pingpong;

import dev.verbs.AddressVector;
import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.DeviceAttributes;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.SrqConfig;
import dev.verbs.Verbs;
import dev.verbs.examples.ChannelIdle;
import dev.verbs.examples.CloseStack;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.Duty;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.IdleStrategy;

/**
 * Everything one end of a ping-pong owns: its own context, domain, completion queue, region and queue pairs, a shared receive
 * queue if the queue pairs share one. Used by one thread.
 */
public final class PingPongEnd implements AutoCloseable {
    final CompletionQueue cq;
    final PingPongReceives receives;
    final MemorySegment outgoing;
    private final CloseStack resources = new CloseStack();
    /** What queue pairs use until they are closed. */
    private final CloseStack paths;
    private final PortSelection port;
    private final PingPongConfig config;
    private final CompletionChannel channel;
    private final PingPongBuffers buffers;
    private final PingPongLine[] lines;
    private final SendRequests sends;
    private final int sendFlags;

    /**
     * Makes an end with its queue pairs in INIT and its receives posted.
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
        this.lines = new PingPongLine[config.queuePairs()];
        try {
            final Arena arena = resources.add(Arena.ofShared());
            final Context context = resources.add(Verbs.open(provider, deviceName));
            checkLimits(context);
            final ProtectionDomain pd = resources.add(context.allocateProtectionDomain());
            paths = resources.add(new CloseStack());
            channel = config.events() ? resources.add(context.createCompletionChannel()) : null;
            cq = resources.add(context.createCompletionQueue(config.receiveDepth() + lines.length, channel));
            buffers = new PingPongBuffers(pd, arena, resources, config, config.isShared() ? SharedReceives.slots(config)
                : OwnReceives.SLOTS);
            outgoing = buffers.outgoing();
            final SharedReceiveQueue srq = config.isShared()
                ? resources.add(pd.createSharedReceiveQueue(new SrqConfig(config.receiveDepth(), 1))) : null;
            createLines(pd, srq);
            // like C: inline if the device grants it unasked
            final boolean inline = lines[0].qp.config().maxInlineData() >= config.size();
            sendFlags = SendFlags.SIGNALED | (inline ? SendFlags.INLINE : 0);
            sends = SendRequests.allocate(arena, 1, 1);
            final ReceiveRequests list = ReceiveRequests.allocate(arena, Math.min(PingPongReceives.LIST, config.receiveDepth()), 1);
            receives = srq == null ? new OwnReceives(lines[0].qp, buffers, list, config)
                : new SharedReceives(srq, buffers, list, config);
            arm();
        } catch (final RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private void createLines(final ProtectionDomain pd, final SharedReceiveQueue srq) {
        final QueuePairConfig each = new QueuePairConfig(config.service().type(), cq, cq, 1, srq == null ? config.receiveDepth() : 0,
            1, srq == null ? 1 : 0, 0, false, srq);
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new PingPongLine(resources.add(pd.createQueuePair(each)));
            config.service().init(lines[i].qp, port);
        }
    }

    private void checkLimits(final Context context) {
        final DeviceAttributes device = context.queryDevice();
        if (!context.device().guarantees().connectsByModify()) {
            throw new CommandFailure(context.device().name() + " connects through the connection manager only (iWARP): use rping");
        }
        final int mostReceives = Math.min(config.isShared() ? device.maxSrqWr() : device.maxQpWr(), device.maxCqe() - lines.length);
        if (config.receiveDepth() > mostReceives) {
            throw new CommandFailure("rx-depth " + config.receiveDepth() + " is more than " + context.device().name() + " can do ("
                + mostReceives + ")");
        }
        final long most = config.service().maxSize(context.queryPort(port.port()));
        if (config.size() > most) {
            throw new CommandFailure("size " + config.size() + " is more than port " + port.port() + " of "
                + context.device().name() + " can send in one message of " + config.service() + " (" + most + ")");
        }
    }

    /**
     * Where the peer finds this end.
     *
     * @return the endpoint of each queue pair
     */
    public List<RcEndpoint> endpoints() {
        return Arrays.stream(lines).map(line -> line.endpoint(port)).toList();
    }

    /**
     * Makes each queue pair able to send to its peer: it goes to RTS.
     *
     * @param peers the queue pairs of the other end, as many as here
     */
    public void connect(final List<RcEndpoint> peers) {
        for (int i = 0; i < lines.length; i++) {
            final RcEndpoint peer = peers.get(i);
            if (peer.gid().isZero() && peer.lid() == 0) {
                throw new CommandFailure("the peer sent neither GID nor LID: on Ethernet start it with -g, the index of its RoCE GID");
            }
            final AddressVector path = port.pathTo(peer.lid(), peer.gid()).withServiceLevel(config.serviceLevel());
            lines[i].peer = config.service().connect(lines[i].qp, port, path, lines[i].psn, peer, paths);
        }
    }

    /**
     * How to wait: asleep with {@code events}, else polling.
     *
     * @return a new strategy
     */
    public IdleStrategy idleStrategy() {
        return channel == null ? Duty.polling() : new ChannelIdle(channel);
    }

    int lineCount() {
        return lines.length;
    }

    PingPongLine line(final int index) {
        return lines[index];
    }

    /** Which queue pair has a number. */
    int indexOf(final int qpNumber) {
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].number == qpNumber) {
                return i;
            }
        }
        throw new CommandFailure("a completion of queue pair " + qpNumber + ", which is not of this end");
    }

    /** Sends a buffer of this end. */
    void send(final PingPongLine line, final MemorySegment message) {
        line.peer.add(sends.clear(), PingPongAgent.SEND, message.address(), config.size(), buffers.lkey(), sendFlags);
        if (line.qp.postSend(sends) != 1) {
            throw new CommandFailure("ibv_post_send refused a message of " + config.size() + " bytes: " + line.qp.explain(sends));
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
