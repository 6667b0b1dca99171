package dev.verbs.spi;

import dev.verbs.AddressHandle;
import dev.verbs.Checking;
import dev.verbs.CompletionError;
import dev.verbs.Errno;
import dev.verbs.ExtendedQueuePair;
import dev.verbs.Gid;
import dev.verbs.ProtectionDomain;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WorkRequests;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * What queue pairs of all providers share: the post protocol (how many were accepted, and why no more), drains,
 * resets and closes. {@link QueuePairWork} counts what is in flight.
 */
public abstract class AbstractQueuePair extends AbstractResource implements QueuePair, MayHaveWorkInFlight {
    /** What {@link #postSendDevice} and {@link #postReceiveDevice} answer for a device that refused a request without an errno. */
    protected static final int STOPPED = PostProtocol.STOPPED;

    private final AbstractProtectionDomain domain;
    private final AbstractCompletionQueue sendCq;
    private final AbstractCompletionQueue receiveCq;
    private final QueuePairConfig config;
    private final int number;
    private final boolean datagrams;
    /** No request can be wrong but for what the device finds: lists are not looked through before they are posted. */
    private final boolean trusting;
    private final Gate sending = new Gate("postSend");
    private final Gate receiving = new Gate("postReceive");
    private final QueuePairWork work;
    /** Of {@link #work}: each reference on the way costs a post a load that waits for another. */
    private final SendQueueTracker sends;
    private final ReceivePosting receivePosts;
    /** Under this object's lock. */
    private final RnrTrap rnrTrap = new RnrTrap();
    /** Set while somebody drains it; read by pollers at errors. */
    private volatile QueuePairDrain drain;
    /** Null where the queue pair is not an extended one. */
    private final PostBatch batch;
    /** Under this object's lock. */
    private final MulticastGroups groups = new MulticastGroups();

    /**
     * A queue pair that the device knows.
     *
     * @param domain    its domain
     * @param sendCq    completion queue of its send queue
     * @param receiveCq completion queue of its receive queue
     * @param config    what the device granted
     * @param number    its number
     */
    @SuppressWarnings("this-escape")
    protected AbstractQueuePair(final AbstractProtectionDomain domain, final AbstractCompletionQueue sendCq,
        final AbstractCompletionQueue receiveCq, final QueuePairConfig config, final int number) {
        super(Stream.of(domain, sendCq, receiveCq, (AbstractResource)config.srq()).filter(Objects::nonNull).distinct()
            .toArray(AbstractResource[]::new));
        this.domain = domain;
        this.sendCq = sendCq;
        this.receiveCq = receiveCq;
        this.config = config;
        this.number = number;
        this.batch = this instanceof ExtendedQueuePair ? new PostBatch(this) : null;
        this.datagrams = config.type() == QpType.UD;
        this.trusting = !Checking.ON && !datagrams && batch == null;
        final AbstractSharedReceiveQueue srq = (AbstractSharedReceiveQueue)config.srq();
        this.work = new QueuePairWork(sendCq, receiveCq, config, srq == null ? null : srq.receives());
        this.sends = work.sends();
        this.receivePosts = new ReceivePosting(work.receives(), this::postReceiveDevice);
        sendCq.attach(this);
        if (receiveCq != sendCq) {
            receiveCq.attach(this);
        }
    }

    @Override
    public final int postSend(final SendRequests requests) {
        final Gate gate = sending;
        if (!gate.enter(this)) {
            return CLOSED;
        }
        try {
            return trusting && requests.isPlain() ? handOverPlain(requests) : requests.remaining() == 0 ? 0
                : Checking.ON ? handOverAlone(requests) : handOver(requests);
        } finally {
            gate.leave();
        }
    }

    /** Hands over a whole list that nobody needs to walk before. */
    private int handOverPlain(final SendRequests requests) {
        final int count = requests.size();
        if (count == 0) {
            return 0;
        }
        requests.requireMemory(); // before anything is counted
        sends.recordPlain(requests, count);
        final int errno = postSendDevice(requests);
        if (errno != 0) {
            return settle(requests, count, Math.max(errno, 0));
        }
        requests.postedAll();
        return count;
    }

    /** In the checking mode: nobody else may touch the list meanwhile. */
    private int handOverAlone(final SendRequests requests) {
        requests.beginPost();
        try {
            return handOver(requests);
        } finally {
            requests.endPost();
        }
    }

    private int handOver(final SendRequests requests) {
        final int recorded = sends.record(requests);
        requests.clearBad();
        final int errno = hasOpenBatch() ? Errno.EBUSY : datagrams ? postDatagrams(requests, recorded)
            : requests.hasBinds() ? BindGuard.post(this, requests, recorded) : postSendDevice(requests);
        return settle(requests, recorded, Math.max(errno, 0));
    }

    /** A list was handed over: how much of it was accepted. */
    private int settle(final SendRequests requests, final int recorded, final int errno) {
        final int accepted = PostProtocol.accepted(requests, recorded, errno);
        if (accepted != recorded) {
            sends.takeBack(recorded - accepted);
        }
        requests.posted(accepted, PostProtocol.reason(requests, errno,
            accepted < recorded && sends.inFlight() < config.maxSendWr()));
        return accepted;
    }

    private int postDatagrams(final SendRequests requests, final int recorded) {
        VarHandle.fullFence(); // pairs with AbstractAddressHandle.checkIdle: counted before the handles are looked up
        return DatagramGuard.post(this, domain.addressHandles(), requests, recorded);
    }

    @Override
    public final int postReceive(final ReceiveRequests requests) {
        if (!receiving.enter(this)) {
            return CLOSED;
        }
        try {
            work.beforeReceives();
            return receivePosts.post(requests);
        } finally {
            receiving.leave();
        }
    }

    /**
     * Posts one request to the send queue otherwise than in a list, and counts it.
     *
     * @param flags flags of {@link SendFlags} that it carries
     * @param post  hands it to the device; returns 0 or a positive errno
     * @return what {@code post} returned
     */
    protected final int postCounted(final int flags, final IntSupplier post) {
        if (hasOpenBatch()) {
            return Errno.EBUSY;
        }
        if (Checking.ON && !sending.enter(this)) { // one thread posts: it keeps the counts
            return Errno.EBADF;
        }
        try {
            sends.recordOne((flags & SendFlags.SIGNALED) != 0);
            final int errno = post.getAsInt();
            if (errno != 0) {
                sends.takeBack(1);
            }
            return errno;
        } finally {
            if (Checking.ON) {
                sending.leave();
            }
        }
    }

    /** Keeps the queue pair from being closed until {@link #leaveSend}; by the poster. False if it is closed. */
    final boolean enterSend() {
        return sending.enter(this);
    }

    final void leaveSend() {
        sending.leave();
    }

    /** Its batches, null where it is not an extended queue pair. */
    final PostBatch batch() {
        return batch;
    }

    private boolean hasOpenBatch() {
        return batch != null && batch.isOpen();
    }

    private void requireNoBatch(final String verb) {
        if (batch != null) {
            batch.requireEnded(verb);
        }
    }

    /**
     * The current request of the batch cannot be posted, so the batch will not be; by the poster.
     *
     * @param reason an errno; the first one counts
     */
    protected final void refuse(final int reason) {
        batch.fail(reason);
    }

    /** A request of a batch, before the device sees it; by the poster. */
    final void recordRequest(final int flags) {
        sends.recordOne((flags & SendFlags.SIGNALED) != 0);
    }

    /** The last so many recorded requests were not posted; by the poster. */
    final void takeBackRequests(final int count) {
        sends.takeBack(count);
    }

    /** Whether a path is open and of this domain, so that the request that was recorded for it may name it. */
    final boolean canReach(final AddressHandle handle) {
        VarHandle.fullFence(); // pairs with AbstractAddressHandle.checkIdle: recorded before the handle is looked up
        return domain.addressHandles().findForPost(handle.word()) == handle;
    }

    /**
     * Hands the chain that starts at {@link WorkRequests#headAddress()} to the send queue; the refused request, if any, is
     * stored at {@link WorkRequests#badAddress()}.
     *
     * @param requests the list
     * @return 0 if it took all, {@link #STOPPED} if it did not and gave no reason, else a positive errno
     */
    protected abstract int postSendDevice(SendRequests requests);

    /**
     * Hands the chain that starts at {@link WorkRequests#headAddress()} to the receive queue, like {@link #postSendDevice}.
     *
     * @param requests the list
     * @return 0 if it took all, {@link #STOPPED} if it did not and gave no reason, else a positive errno
     */
    protected abstract int postReceiveDevice(ReceiveRequests requests);

    /**
     * A receive from the shared queue that ended without a completion that anybody will see.
     */
    protected final void receiveDropped() {
        work.receiveDropped();
    }

    /** What completions are credited to. */
    final QueuePairWork work() {
        return work;
    }

    /** A completion of this life has an error: keeps the first cause. By the poller; allocates nothing. */
    final void failed(final long wrId, final int status, final int vendorError, final int opcode) {
        work.failed(wrId, status, vendorError, opcode);
        final QueuePairDrain running = drain;
        if (running != null) {
            running.failed(wrId);
        }
    }

    @Override
    public final void drain(final Duration deadline, final Runnable progress) {
        final QueuePairDrain mine = new QueuePairDrain(this);
        drain = mine;
        try {
            mine.await(deadline, progress);
        } finally {
            drain = null;
        }
    }

    /** Receives of its own queue that are posted and not yet known to be done; never too low. */
    final long receivesInFlight() {
        return Math.min(work.receives().inFlight(), inFlight());
    }

    @Override
    public final CompletionError firstError() {
        return work.firstError(number);
    }

    @Override
    public final long inFlight() {
        return isOpen() ? work.inFlight() : 0;
    }

    /** Sends posted and not yet known to be done; never too low. Any thread. */
    final long sendsInFlight() {
        return Math.min(sends.inFlight(), inFlight());
    }

    @Override
    public final synchronized void attachMulticast(final Gid group, final int lid) {
        requireOpen("ibv_attach_mcast");
        final MulticastGroups.Group wanted = new MulticastGroups.Group(group, lid);
        if (groups.canAttach(this, wanted)) {
            attachDevice(group, lid);
            groups.attached(wanted);
        }
    }

    @Override
    public final synchronized void detachMulticast(final Gid group, final int lid) {
        requireOpen("ibv_detach_mcast");
        final MulticastGroups.Group wanted = new MulticastGroups.Group(group, lid);
        groups.requireAttached(this, wanted);
        detachDevice(group, lid);
        groups.detached(wanted);
    }

    /**
     * Attaches it on the device.
     *
     * @param group GID of the group, a multicast GID
     * @param lid   LID of the group
     */
    protected abstract void attachDevice(Gid group, int lid);

    /**
     * Detaches it on the device.
     *
     * @param group GID of a group that it is attached to
     * @param lid   LID of the group
     */
    protected abstract void detachDevice(Gid group, int lid);

    /** Libraries lock its completion queues to drop what is left of it there: within a batch of its own a thread would wait for itself. */
    private void requireNotPolling(final String verb) {
        sendCq.requireNotPolling(verb, this);
        receiveCq.requireNotPolling(verb, this);
    }

    @Override
    final void checkCaller() {
        requireNotPolling(closeVerb());
    }

    @Override
    protected final void checkIdle() {
        requireNoBatch(closeVerb());
        groups.requireNone(this);
    }

    @Override
    public final void modify(final QpAttributes attributes) {
        if (attributes.state() == QpState.RESET) {
            requireNotPolling("ibv_modify_qp");
        }
        synchronized (this) { // not while another thread closes it
            requireOpen("ibv_modify_qp");
            final String objection = QpRanges.objection(attributes);
            if (objection != null) {
                throw QpTransitions.refused(describe() + ": " + objection);
            }
            // only UC and UD have SQE; what a reliable connection failed with ends in ERR
            final boolean goesOn = config.type() != QpType.RC && attributes.state() == QpState.RTS && state() == QpState.SQE;
            requireNoBatch("ibv_modify_qp");
            modifyDevice(attributes);
            rnrTrap.set(this, attributes);
            if (goesOn) {
                sends.wentOn();
            }
        }
        if (attributes.state() == QpState.RESET) {
            work.reset(resetDropsCompletions());
        }
    }

    /**
     * Whether a reset also takes what was not polled out of the completion queues (mlx4 and mlx5 do, rdma_rxe does not): then
     * no completion is charged to the life before it.
     *
     * @return false unless a provider knows better
     */
    protected boolean resetDropsCompletions() {
        return false;
    }

    /**
     * Changes attributes on the device.
     *
     * @param attributes what to change
     */
    protected abstract void modifyDevice(QpAttributes attributes);

    @Override
    public final ProtectionDomain protectionDomain() {
        return domain;
    }

    @Override
    public final QueuePairConfig config() {
        return config;
    }

    @Override
    public final int number() {
        return number;
    }

    @Override
    public final String describe() {
        return number == 0 ? "a QP that is being made" : "QP " + number; // its queues know it from the first moment
    }

    @Override
    protected final String closeVerb() {
        return "ibv_destroy_qp";
    }

    /** Nobody begins a batch any more; one that began since {@link #checkIdle} keeps the queue pair open. */
    @Override
    protected final void release() {
        requireNoBatch(closeVerb());
        releaseDevice();
        sendCq.detach(this);
        receiveCq.detach(this);
    }

    @Override
    final void shut() {
        sending.shut();
        receiving.shut();
        GlobalFence.execute();
        sending.awaitEmpty();
        receiving.awaitEmpty();
    }

    @Override
    final void reopen() {
        sending.open();
        receiving.open();
    }

    /** Destroys the queue pair on the device. */
    protected abstract void releaseDevice();
}
