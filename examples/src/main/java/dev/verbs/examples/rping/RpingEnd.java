package dev.verbs.examples.rping;

import dev.verbs.AccessFlags;
import dev.verbs.CompletionChannel;
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
import dev.verbs.Verbs;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.examples.ChannelIdle;
import dev.verbs.examples.CloseStack;
import dev.verbs.examples.CommandFailure;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Everything one end of rping owns: context, domain, queue, regions, queue pair and, once connected, the connection. Used by
 * one thread.
 *
 * <pre>
 *   control region:  | info to send 0 | info to send 1 | info received 0 | info received 1 |
 *   data region:     | source (client) | what arrives: sink (client), copy of the source (server) |   peers may read and write
 * </pre>
 */
final class RpingEnd implements AutoCloseable {
    static final long RECEIVE = 1;
    static final long SEND = 2;
    static final long RDMA = 4;
    private static final int SLOTS = 2;
    private static final int SEND_DEPTH = 16;
    private static final int DATA_ACCESS = AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_READ | AccessFlags.REMOTE_WRITE;

    final MemorySegment source;
    final MemorySegment arrived;
    final CompletionQueue cq;
    private final CloseStack resources = new CloseStack();
    private final RpingConfig config;
    private final Context context;
    private final CompletionChannel channel;
    private final MemorySegment control;
    private final MemoryRegion controlRegion;
    private final MemoryRegion dataRegion;
    private final QueuePair qp;
    private final SendRequests sends;
    private final ReceiveRequests receives;
    private CmConnection connection;
    private int nextSend;
    private long receivesPosted;
    private long receivesTaken;
    private boolean disconnected;

    RpingEnd(final VerbsProvider provider, final String deviceName, final RpingConfig config, final boolean client) {
        this.config = config;
        try {
            final Arena arena = resources.add(Arena.ofShared());
            context = resources.add(Verbs.open(provider, deviceName));
            final ProtectionDomain pd = resources.add(context.allocateProtectionDomain());
            channel = resources.add(context.createCompletionChannel());
            cq = resources.add(context.createCompletionQueue(2 * SEND_DEPTH, channel));
            control = arena.allocate(2 * SLOTS * RpingInfo.LENGTH, Long.BYTES);
            controlRegion = resources.add(pd.registerMemory(control, AccessFlags.LOCAL_WRITE));
            // the client decides the size: the server has room for whatever rping sends
            final long room = client ? config.size() : RpingConfig.MAX_SIZE;
            final MemorySegment data = arena.allocate(2 * room, Long.BYTES);
            dataRegion = resources.add(pd.registerMemory(data, DATA_ACCESS));
            source = data.asSlice(0, room);
            arrived = data.asSlice(room);
            qp = resources.add(pd.createQueuePair(QueuePairConfig.rc(cq, SEND_DEPTH, SLOTS)));
            sends = SendRequests.allocate(arena, 1, 1);
            receives = ReceiveRequests.allocate(arena, SLOTS, 1);
            cq.requestNotification(false);
        } catch (final RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    /** One read at a time, like C; the rest as everywhere here. */
    private static ConnectionParameters parameters() {
        final RcTuning usual = RcTuning.DEFAULT;
        return ConnectionParameters.DEFAULT.with(new RcTuning(usual.timeout(), usual.retryCount(), usual.rnrRetry(),
            usual.minRnrTimer(), 1, 1)).raw(new byte[0]);
    }

    /** Accepts, with the receives posted before. */
    void accept(final CmRequest request) {
        try {
            RcEndpoint.init(qp, PortSelection.choose(context, PortOptions.AUTOMATIC), DATA_ACCESS);
            postReceives();
        } catch (final RuntimeException e) {
            request.reject(new byte[0]);
            throw e;
        }
        connection = resources.add(request.accept(qp, parameters(), config.timeout()));
    }

    /** Connects; the server says nothing before it is spoken to, so the receives can follow. */
    void connect(final VerbsProvider provider, final InetSocketAddress server) {
        connection = resources.add(CmConnection.connect(provider, server, qp, parameters(), config.timeout()));
        postReceives();
    }

    private void postReceives() {
        receives.clear();
        while (receivesPosted - receivesTaken < SLOTS) {
            receives.receive(RECEIVE, receiveSlot(receivesPosted).address(), RpingInfo.LENGTH, controlRegion.lkey());
            receivesPosted++;
        }
        if (receives.size() > 0 && qp.postReceive(receives) != receives.size()) {
            throw new CommandFailure("ibv_post_recv refused a receive: " + qp.explain(receives));
        }
    }

    private MemorySegment receiveSlot(final long number) {
        return control.asSlice((SLOTS + number % SLOTS) * RpingInfo.LENGTH, RpingInfo.LENGTH);
    }

    /** Takes the oldest message received and posts its receive again. */
    RpingInfo takeReceived(final long length) {
        if (length != RpingInfo.LENGTH) {
            throw new CommandFailure("the peer sent a message of " + length + " bytes instead of " + RpingInfo.LENGTH
                + ": it does not speak rping");
        }
        final RpingInfo info = RpingInfo.read(receiveSlot(receivesTaken));
        receivesTaken++;
        postReceives();
        return info;
    }

    /** Tells the peer where data of this end lie. */
    void sendInfo(final MemorySegment data) {
        final MemorySegment slot = control.asSlice((long)nextSend * RpingInfo.LENGTH, RpingInfo.LENGTH);
        nextSend = (nextSend + 1) % SLOTS;
        new RpingInfo(data.address(), dataRegion.rkey(), data.byteSize()).write(slot);
        sends.clear().send(SEND, slot.address(), RpingInfo.LENGTH, controlRegion.lkey(), SendFlags.SIGNALED);
        post("SEND");
    }

    /** Reads what the peer advertised into {@link #arrived}. */
    void read(final RpingInfo from) {
        if (from.size() > arrived.byteSize()) {
            throw new CommandFailure("the client advertises " + from.size() + " bytes; rping sends at most "
                + RpingConfig.MAX_SIZE);
        }
        sends.clear().read(RDMA, arrived.address(), from.size(), dataRegion.lkey(), from.address(), from.rkey(), SendFlags.SIGNALED);
        post("RDMA READ");
    }

    /** Writes the text in {@link #arrived} to where the peer wants it. */
    void write(final RpingInfo to) {
        final long length = PingData.textLength(arrived.asSlice(0, Math.min(to.size(), arrived.byteSize())));
        sends.clear().write(RDMA, arrived.address(), length, dataRegion.lkey(), to.address(), to.rkey(), SendFlags.SIGNALED);
        post("RDMA WRITE");
    }

    private void post(final String what) {
        if (qp.postSend(sends) != 1) {
            throw new CommandFailure("ibv_post_send refused a " + what + ": " + qp.explain(sends));
        }
    }

    /** Whether the peer, or the network, has ended the connection; answers it. Looks only. */
    boolean isDisconnected() {
        disconnected = disconnected || connection.awaitDisconnect(Duration.ZERO);
        return disconnected;
    }

    ChannelIdle idleStrategy() {
        return new ChannelIdle(channel);
    }

    RpingConfig config() {
        return config;
    }

    @Override
    public void close() {
        resources.close();
    }
}
