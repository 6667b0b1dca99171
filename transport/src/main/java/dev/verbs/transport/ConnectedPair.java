package dev.verbs.transport;

import dev.verbs.CompletionQueue;
import dev.verbs.Errno;
import dev.verbs.QueuePair;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SendWrDescriptor;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.agrona.CloseHelper;

/**
 * One end of a reliable connection: a queue pair, the completion queue of all its completions, and its place in the connection
 * manager, watched together. The first completion with an error, the peer's disconnect, or a request that stays without
 * completion makes it {@link State#FAILED}, which also tells the peer.
 *
 * <p>Set-up and {@link #close()} block, with deadlines; everything else belongs to one thread and never does.
 */
public final class ConnectedPair implements AutoCloseable {
    /** What {@link #post} and {@link #poll} return on a pair that was closed. */
    public static final int CLOSED = -1;

    /** What {@link #post} and {@link #poll} return on a pair that failed: {@link #failure()} says why. */
    public static final int FAILED = -2;

    /** How a pair is. */
    public enum State {
        /** Connected. */
        OPEN,
        /** Broken, for good: {@link ConnectedPair#failure()} says why. */
        FAILED,
        /** Closed on this side. */
        CLOSED
    }

    private final PairConfig config;
    private final CompletionQueue cq;
    private final QueuePair qp;
    private final CmConnection connection;
    private final WorkCompletions completions;
    private final byte[] hello;
    private final String name;
    private State state = State.OPEN;
    private WcStatus failureStatus = WcStatus.SUCCESS;
    private String failure;
    /** Signalled send requests: posted, and completed. */
    private long signalled;
    private long completed;
    private long completedAtProgress = -1;
    private long progressNs;
    private long nextWatchNs;
    private boolean watched;

    private ConnectedPair(final PairConfig config, final QueuePair qp, final CompletionQueue cq, final CmConnection connection,
        final byte[] hello, final String name) {
        this.config = config;
        this.qp = qp;
        this.cq = cq;
        this.connection = connection;
        this.hello = hello;
        this.name = name;
        this.completions = WorkCompletions.allocate(Arena.ofAuto(), Math.min(cq.capacity(), 32));
    }

    /**
     * Connects to a listener. Blocks until the connection stands.
     *
     * @param node    this side
     * @param to      where the peer listens
     * @param config  queues, timers
     * @param hello   what to say, at most {@link dev.verbs.cm.PrivateData#MAX_REQUEST} bytes
     * @param timeout for everything together
     * @return the pair, to be closed by the caller
     * @throws VerbsException                    ETIMEDOUT if the time is over; nothing is left open
     * @throws dev.verbs.cm.RejectedException if nobody listens there or the peer refuses
     */
    public static ConnectedPair connect(final TransportNode node, final InetSocketAddress to, final PairConfig config,
        final byte[] hello, final Duration timeout) {
        final PairQueues queues = PairQueues.create(node, config, hello);
        return establish(queues, config, "to " + to, null,
            () -> CmConnection.connect(node.provider(), to, queues.qp(), queues.parameters(), timeout));
    }

    /**
     * Accepts a request. Blocks until the connection stands. A request that cannot be accepted is rejected: the peer is told why.
     *
     * @param node    this side
     * @param request the request; its {@code peerData()} is the peer's hello
     * @param config  queues, timers
     * @param reply   what to say, at most {@link dev.verbs.cm.PrivateData#MAX_ACCEPT} bytes
     * @param timeout for everything together
     * @return the pair, to be closed by the caller before the listener
     * @throws VerbsException ETIMEDOUT if the peer does not confirm in time, ENODEV if the request came in on another device,
     *                        EINVAL if the peer speaks another protocol; nothing is left open
     */
    public static ConnectedPair accept(final TransportNode node, final CmRequest request, final PairConfig config,
        final byte[] reply, final Duration timeout) {
        final byte[] peerHello;
        final PairQueues queues;
        try {
            requireDevice(node, request.deviceName());
            peerHello = request.peerData();
            queues = PairQueues.create(node, config, reply);
        } catch (final Throwable e) {
            Cleanup.refuse(request, e);
            throw e;
        }
        return establish(queues, config, "from a peer", peerHello,
            () -> request.accept(queues.qp(), queues.parameters(), timeout));
    }

    /**
     * Waits for a request and accepts it.
     *
     * @param node     this side
     * @param listener where requests arrive
     * @param config   queues, timers
     * @param reply    what to say
     * @param timeout  for everything together
     * @return the pair, to be closed by the caller before the listener
     * @throws VerbsException ETIMEDOUT if nobody connects in time
     */
    public static ConnectedPair accept(final TransportNode node, final CmListener listener, final PairConfig config,
        final byte[] reply, final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        final CmRequest request = listener.await(timeout);
        if (request == null) {
            throw new VerbsException("rdma_get_request", Errno.ETIMEDOUT, "nobody connected to " + listener.address()
                + " within " + timeout.toMillis() + " ms");
        }
        return accept(node, request, config, reply, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }

    private static void requireDevice(final TransportNode node, final String name) {
        if (!node.device().name().equals(name)) {
            throw new VerbsException("rdma_accept", Errno.ENODEV, "the request came in on " + name + ", the node has opened "
                + node.device().name() + ": listen on an address of its interface");
        }
    }

    private static ConnectedPair establish(final PairQueues queues, final PairConfig config, final String name,
        final byte[] peerHello, final Supplier<CmConnection> handshake) {
        CmConnection connection = null;
        try {
            connection = handshake.get();
            return new ConnectedPair(config, queues.qp(), queues.cq(), connection,
                peerHello == null ? connection.peerData() : peerHello, name);
        } catch (final Throwable e) {
            Cleanup.after(e, connection, queues.qp(), queues.cq());
            throw e;
        }
    }

    /**
     * Hands requests to the send queue. Never blocks or allocates while the pair is open.
     *
     * @param requests the list; those of its requests that carry {@link SendFlags#SIGNALED} will be {@link #outstanding()}
     * @return requests accepted (fewer than given, or 0: the queue is full, poll and post the rest), {@link #CLOSED} or
     *     {@link #FAILED}
     */
    public int post(final SendRequests requests) {
        if (state != State.OPEN) {
            return state == State.CLOSED ? CLOSED : FAILED;
        }
        final int first = requests.first();
        final int remaining = requests.remaining();
        final int accepted = qp.postSend(requests);
        if (accepted != remaining && (accepted < 0 || requests.errno() != Errno.ENOMEM)) {
            return fail(WcStatus.GENERAL_ERR, "ibv_post_send: " + (accepted < 0 ? "the queue pair was closed"
                : qp.explain(requests)));
        }
        for (int i = first; i < first + accepted; i++) {
            signalled += (SendWrDescriptor.sendFlags(requests.segment(), requests.offset(i)) & SendFlags.SIGNALED) != 0 ? 1 : 0;
        }
        return accepted;
    }

    /**
     * Takes completions; read them with {@link #completions()} until the next poll. A completion with an error fails the pair;
     * the completions of that poll can still be read. Never blocks, never allocates while all goes well.
     *
     * @return completions taken, {@link #CLOSED} or {@link #FAILED}
     */
    public int poll() {
        if (state != State.OPEN) {
            completions.size(0);
            return state == State.CLOSED ? CLOSED : FAILED;
        }
        final int count = cq.poll(completions);
        if (count < 0) {
            return fail(WcStatus.GENERAL_ERR, "ibv_poll_cq: " + (count == CompletionQueue.CLOSED
                ? "the completion queue was closed" : "the completion queue failed (overrun, or device error)"));
        }
        for (int i = 0; i < count; i++) {
            if (!completions.isSuccess(i)) {
                return fail(completions.status(i), completions.describe(i));
            }
            if (!isReceive(completions.opcode(i))) {
                completed++;
            }
        }
        return count;
    }

    private static boolean isReceive(final WcOpcode opcode) {
        return opcode == WcOpcode.RECV || opcode == WcOpcode.RECV_RDMA_WITH_IMM;
    }

    /**
     * The completions of the last {@link #poll()}.
     *
     * @return the array, valid until the next poll
     */
    public WorkCompletions completions() {
        return completions;
    }

    /**
     * Signalled send requests whose completion has not been polled.
     *
     * @return the count
     */
    public long outstanding() {
        return signalled - completed;
    }

    /**
     * Notices what no completion says: the peer's disconnect, and a request that stays without completion. Cheap until
     * {@link PairConfig#watchNs()} have passed; then asks the connection manager, which may allocate but does not block.
     *
     * @param nowNs the time of the caller's clock, nanoseconds
     * @return true if the pair is still open
     */
    public boolean watch(final long nowNs) {
        if (state == State.OPEN && (!watched || nowNs - nextWatchNs >= 0)) {
            watched = true;
            nextWatchNs = nowNs + config.watchNs();
            look(nowNs);
        }
        return state == State.OPEN;
    }

    private void look(final long nowNs) {
        try {
            if (connection.awaitDisconnect(Duration.ZERO)) {
                fail(WcStatus.WR_FLUSH_ERR, "the peer disconnected");
                return;
            }
        } catch (final VerbsException e) {
            fail(WcStatus.GENERAL_ERR, e.getMessage());
            return;
        }
        if (completed != completedAtProgress || outstanding() == 0) {
            completedAtProgress = completed;
            progressNs = nowNs;
        } else if (nowNs - progressNs >= config.completionTimeoutNs()) {
            fail(WcStatus.RESP_TIMEOUT_ERR, outstanding() + " signalled requests without a completion for "
                + (nowNs - progressNs) / 1_000_000 + " ms");
        }
    }

    /**
     * Gives the pair up: it is failed from now on, and the peer is told. Does nothing unless it is open.
     *
     * @param status what kind of failure
     * @param reason why, in words
     * @return {@link #FAILED}
     */
    public int fail(final WcStatus status, final String reason) {
        if (state == State.OPEN) {
            state = State.FAILED;
            failureStatus = Objects.requireNonNull(status, "status");
            failure = reason;
            tellPeer();
        }
        return FAILED;
    }

    private void tellPeer() {
        try {
            connection.disconnect();
        } catch (final VerbsException e) {
            failure = failure == null ? null : failure + "; then " + e.getMessage();
        }
    }

    /**
     * How the pair is.
     *
     * @return the state
     */
    public State state() {
        return state;
    }

    /**
     * Status of the completion that failed the pair.
     *
     * @return SUCCESS while it has not failed
     */
    public WcStatus failureStatus() {
        return failureStatus;
    }

    /**
     * Why the pair failed. Allocates: for people.
     *
     * @return a sentence, null while it has not failed
     */
    public String failure() {
        return failure == null ? null : "QP " + qp.number() + " " + name + ": " + failure;
    }

    /**
     * What the peer said when the connection was made.
     *
     * @return a copy of its hello or reply
     */
    public byte[] peerHello() {
        return hello.clone();
    }

    /**
     * The queue pair.
     *
     * @return the queue pair
     */
    public QueuePair queuePair() {
        return qp;
    }

    /**
     * The queue of all completions.
     *
     * @return the completion queue
     */
    public CompletionQueue completionQueue() {
        return cq;
    }

    /**
     * The connection.
     *
     * @return its place in the connection manager
     */
    public CmConnection connection() {
        return connection;
    }

    /**
     * Starts to disconnect and does not wait: what is in flight is flushed, the peer is told. Pairs that close together
     * disconnect first, all of them, then close.
     */
    public void disconnect() {
        if (state == State.OPEN) {
            state = State.CLOSED;
            tellPeer();
        }
    }

    /**
     * Disconnects, destroys the queue pair and its completion queue. Requests in flight are dropped. A step that fails does not
     * keep the others from being done; the first exception is thrown at the end.
     */
    @Override
    public void close() {
        CloseHelper.closeAll(this::disconnect, connection, qp, cq);
    }

    @Override
    public String toString() {
        return "pair " + name + ", QP " + qp.number() + ", " + state + (failure == null ? "" : ": " + failure);
    }
}
