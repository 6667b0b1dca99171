package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.EventType;
import dev.verbs.Gid;
import dev.verbs.PathMigrationState;
import dev.verbs.QpAttributeMask;
import dev.verbs.QpAttributes;
import dev.verbs.QpCapabilities;
import dev.verbs.QpInitAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePairConfig;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendRequests;
import dev.verbs.WorkRequests;
import dev.verbs.spi.AbstractQueuePair;
import dev.verbs.spi.QpTransitions;
import java.lang.foreign.MemorySegment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue pair of any service: state and settings, a {@link SendQueue} and a {@link ReceiveQueue}.
 *
 * <p>Changes of state happen under both locks, except that either queue alone may take it to ERR.
 */
class SoftQueuePair extends AbstractQueuePair {
    /** Packet numbers have 24 bits. */
    static final int PSN_MASK = 0xFF_FFFF;

    private static final Logger LOG = LoggerFactory.getLogger(SoftQueuePair.class);

    private final SoftFabric fabric;
    /** Null if there is none. */
    private final Trace trace;
    private final SoftProtectionDomain domain;
    private final SoftCompletionQueue sendCq;
    private final SoftCompletionQueue receiveCq;
    private final TransportService service;
    private final QpSettings settings;
    private final SendQueue sends;
    private final ReceiveQueue receives;
    /** Null for a receive queue of its own. */
    private final SoftSharedReceiveQueue srq;
    private volatile QpState state = QpState.RESET;
    /** False once it was closed. */
    private volatile boolean alive = true;
    /** Number of the reason why it is in ERR or SQE; written under either lock. */
    private volatile int cause;
    /** Whether QP_FATAL was raised in this life; under both locks. */
    private boolean reportedFatal;
    /** Whether COMM_EST was raised in this life; under the receive lock. */
    private boolean established;
    private final Timeline.TimelineEntry timelineEntry = new Timeline.TimelineEntry();
    /** Whether the connection was dropped by a fault plan, in this life. */
    private volatile boolean severed;
    /** Null but on iWARP. */
    private final IwarpLife iwarp;
    /** Whether requests wait in the send queue; written under the send lock. */
    private volatile boolean pending;

    SoftQueuePair(final SoftProtectionDomain domain, final SoftCompletionQueue sendCq, final SoftCompletionQueue receiveCq,
        final QueuePairConfig granted, final int number) {
        super(domain, sendCq, receiveCq, granted, number);
        this.domain = domain;
        this.fabric = domain.fabric();
        this.trace = fabric.journal().trace();
        this.sendCq = sendCq;
        this.receiveCq = receiveCq;
        this.service = TransportService.of(granted.type());
        this.iwarp = domain.host().behaviour().iwarp() ? new IwarpLife(this, fabric) : null;
        this.settings = new QpSettings(domain.host());
        this.sends = new SendQueue(this, fabric);
        this.receives = new ReceiveQueue(this, fabric);
        this.srq = (SoftSharedReceiveQueue)granted.srq();
        if (srq != null) {
            srq.attach(this);
        }
    }

    SoftProtectionDomain domain() {
        return domain;
    }

    SoftHost host() {
        return domain.host();
    }

    /** The fabric's trace, null if there is none. */
    Trace trace() {
        return trace;
    }

    TransportService service() {
        return service;
    }

    QpSettings settings() {
        return settings;
    }

    ReceiveQueue receives() {
        return receives;
    }

    boolean isServedBy(final SoftCompletionQueue queue) {
        return sendCq == queue || receiveCq == queue;
    }

    SoftCompletionQueue sendQueueCq() {
        return sendCq;
    }

    SoftCompletionQueue receiveQueueCq() {
        return receiveCq;
    }

    QpState current() {
        return state;
    }

    boolean isAlive() {
        return alive;
    }

    boolean isReceiving() {
        final QpState now = state;
        return alive && (now == QpState.RTS || now == QpState.RTR || now == QpState.SQD || now == QpState.SQE);
    }

    boolean takesSends() {
        final QpState now = state;
        return now == QpState.RTS || now == QpState.SQD || now == QpState.SQE || now == QpState.ERR;
    }

    boolean isDraining() {
        return state == QpState.SQD;
    }

    /** Under the send lock. */
    int sendPsn() {
        return sends.psn();
    }

    /** Whether requests wait; under the send lock. */
    void pending(final boolean waits) {
        if (pending != waits) {
            pending = waits;
            fabric.countPending(waits ? 1 : -1);
        }
    }

    /** Raises an asynchronous event; under any lock. */
    void raise(final EventType type) {
        if (domain.host().behaviour().events().contains(type)) {
            domain.context().events().raise(type, this);
        }
    }

    /** A valid message came; under the receive lock. */
    void received() {
        if (!established) {
            established = true;
            if (state == QpState.RTR) {
                raise(EventType.COMM_EST);
            }
        }
    }

    /** For a reason, by number. Under either lock; the other queue is flushed by {@link #settleError}. */
    void failed(final int why) {
        if (state != QpState.RESET && state != QpState.ERR) {
            cause = why;
            become(QpState.ERR);
        }
    }

    /** Null but on iWARP. */
    IwarpLife iwarp() {
        return iwarp;
    }

    /** iWARP: the connection manager takes it to a state, past what users may. Under no lock of this queue pair. */
    void advance(final QpAttributes attributes, final SoftCmId by) {
        iwarp.managedBy(by);
        lockBoth(() -> {
            QpTransitions.of(config().type()).check(state, attributes.state(), attributes.mask());
            set(attributes, state, attributes.state());
        });
    }

    void lockBoth(final Runnable action) {
        sends.lock().lock();
        try {
            receives.lock().lock();
            try {
                action.run();
            } finally {
                receives.lock().unlock();
            }
        } finally {
            sends.lock().unlock();
        }
    }

    /** Under both locks. */
    void flush() {
        if (iwarp == null || iwarp.beginsFlush()) {
            sends.flush();
            receives.flush();
        }
    }

    private void tellEnd() {
        if (iwarp != null) {
            iwarp.tellEnd();
        }
    }

    private void become(final QpState to) {
        final QpState from = state;
        state = to;
        if (trace != null) {
            trace.changed(this, from, to, to == QpState.ERR || to == QpState.SQE ? cause : 0);
        }
    }

    /** Number of the reason why it is in ERR or SQE: what its flushed requests tell. */
    int cause() {
        return cause;
    }

    /** The send queue of an unreliable service failed: receives go on. Under the send lock. */
    void sendsFailed(final int why) {
        if (state == QpState.RTS || state == QpState.SQD) {
            cause = why;
            become(QpState.SQE);
        }
    }

    /** The peer found an error that was this side's to find. Under the peer's send lock. */
    void failByPeer(final int why) {
        failed(why);
        fabric.deferError(this);
    }

    /** Its host is dead. Under no lock of this queue pair. */
    void kill() {
        receives.lock().lock();
        try {
            failed(fabric.journal().refuse("its host " + host() + " is dead"));
        } finally {
            receives.lock().unlock();
        }
        fabric.deferError(this);
    }

    Timeline.TimelineEntry timelineEntry() {
        return timelineEntry;
    }

    /** Number of the peer's queue pair, -1 if there is none. */
    int destination() {
        return settings.destination();
    }

    boolean isSevered() {
        return severed;
    }

    /** From now on neither side hears the other. */
    void sever() {
        severed = true;
    }

    /** A completion queue has failed: goes to ERR. Under either lock. */
    void lostCompletion() {
        if (state != QpState.ERR) {
            failed(failureOfQueues());
            fabric.deferError(this);
        }
    }

    private int failureOfQueues() {
        return sendCq.hasFailed() ? sendCq.failure() : receiveCq.failure();
    }

    /** Under the send lock, never under a receive lock. */
    void flushReceives() {
        receives.lock().lock();
        try {
            receives.flush();
        } finally {
            receives.lock().unlock();
        }
    }

    /** Flushes both queues if the state is ERR, and takes it there if a completion queue failed. Under no lock. */
    void settleError() {
        lockBoth(() -> {
            if ((sendCq.hasFailed() || receiveCq.hasFailed()) && !reportedFatal && state != QpState.RESET) {
                failed(failureOfQueues());
                reportedFatal = true;
                raise(EventType.QP_FATAL); // no completion can tell
            }
            if (state == QpState.ERR && (iwarp == null || !iwarp.isHeldBack())) {
                flush();
            }
        });
        if (state == QpState.ERR) {
            tellEnd();
        }
    }

    /**
     * Gives places back; by the poller.
     *
     * @param last false if a later completion of the same queue follows at once
     * @return false if the queue pair was reset or closed since: nobody shall see the completion
     */
    boolean retire(final long position, final boolean last) {
        return (position & 1) == 0 ? sends.retire(position >> 1, last) : receives.retire(position >> 1, last);
    }

    /** What could not be reached, in words; under no lock. */
    private static void report(final String refusal) {
        if (refusal != null) {
            LOG.warn(refusal);
        }
    }

    /** Goes on with requests that wait; returns how many ended. Under no lock. */
    int step(final long now, final boolean woken) {
        sends.lock().lock();
        final int ended;
        final String refusal;
        try {
            ended = sends.resume(now, woken);
            refusal = sends.takeRefusal();
        } finally {
            sends.release();
        }
        report(refusal);
        return ended;
    }

    /**
     * Waits until no request that started before is still being executed on memory of this domain: this side's own under the send
     * lock, the peer's under the receive lock. Under no lock.
     */
    void awaitQuiescence() {
        if (receives == null) {
            return; // it is still being made, by another thread
        }
        forgetMemory();
        receives.lock().lock();
        receives.lock().unlock();
        final SoftQueuePair peer = fabric.queuePair(destination());
        if (peer != null && peer != this) {
            peer.forgetMemory(); // it may keep a closed region's memory from being collected
        }
    }

    private void forgetMemory() {
        sends.lock().lock();
        try {
            sends.forget();
        } finally {
            sends.lock().unlock();
        }
    }

    @Override
    protected int postSendDevice(final SendRequests requests) {
        final int errno;
        final String refusal;
        sends.lock().lock();
        try {
            errno = sends.post(requests);
            settleSends();
            refusal = sends.takeRefusal();
        } finally {
            sends.release();
        }
        report(refusal);
        fabric.settle();
        return errno;
    }

    /** Under the send lock, after a post: something waits, or goes over a link. */
    private void settleSends() {
        if (pending) {
            sends.settle(fabric.nanoTime());
        }
    }

    /** Under the lock of the queue, where nothing of it is under way. */
    @Override
    public final String explain(final WorkRequests requests) {
        final int errno = requests.errno();
        if (errno == 0 || requests.remaining() == 0 || !isOpen()) {
            return super.explain(requests);
        }
        final MemorySegment list = requests.image();
        final SpinLock lock = requests instanceof SendRequests ? sends.lock() : receives.lock();
        lock.lock();
        try {
            return Errno.name(errno) + " at request " + requests.first() + " of " + requests.size() + ": "
                + (requests instanceof SendRequests ? sends.objection(list, requests.offset(requests.first()), errno)
                : receives.objection(list, requests.headAddress(), errno));
        } finally {
            lock.unlock();
        }
    }

    /** Posts all requests of a list, or none. */
    final int postWhole(final SendRequests requests) {
        final int errno;
        final String refusal;
        sends.lock().lock();
        try {
            errno = sends.postWhole(requests);
            settleSends();
            refusal = sends.takeRefusal();
        } finally {
            sends.release();
        }
        report(refusal);
        fabric.settle();
        return errno;
    }

    @Override
    protected int postReceiveDevice(final ReceiveRequests requests) {
        final int errno;
        final SoftQueuePair waiting;
        receives.lock().lock();
        try {
            errno = receives.post(requests);
            waiting = receives.takeWaiting();
        } finally {
            receives.lock().unlock();
        }
        if (waiting != null) {
            waiting.step(fabric.nanoTime(), true);
        }
        fabric.settle();
        return errno;
    }

    /** A receive of the shared queue has no completion that anybody will see. */
    void dropReceive() {
        receiveDropped();
    }

    /** Receives were posted to the shared queue: the sender that waits for one tries again. Under no lock. */
    void wakeSender() {
        final SoftQueuePair waiting;
        receives.lock().lock();
        try {
            waiting = receives.takeWaiting();
        } finally {
            receives.lock().unlock();
        }
        if (waiting != null) {
            waiting.step(fabric.nanoTime(), true);
        }
    }

    @Override
    protected boolean resetDropsCompletions() {
        return true;
    }

    @Override
    protected void modifyDevice(final QpAttributes attributes) {
        if (iwarp != null) {
            iwarp.check(attributes);
        }
        lockBoth(() -> change(attributes));
        if (state == QpState.ERR) {
            tellEnd();
        }
        fabric.settle();
        step(fabric.nanoTime(), true);
        final SoftQueuePair peer = fabric.queuePair(settings.destination());
        if (peer != null && isReceiving()) {
            peer.step(fabric.nanoTime(), true);
        }
        fabric.settle();
    }

    private void change(final QpAttributes attributes) {
        QpSettings.checkSupported(attributes);
        final QpState from = state;
        if (attributes.has(QpAttributeMask.CUR_STATE) && attributes.currentState() != from) {
            throw QpTransitions.refused("cur_state " + attributes.currentState() + " was given, but " + describe() + " is in "
                + from);
        }
        final QpState to = attributes.has(QpAttributeMask.STATE) ? attributes.state() : from;
        QpTransitions.of(config().type()).check(from, to, attributes.mask());
        if (iwarp == null || to != QpState.INIT) { // there are no partition keys that an index could name
            settings.check(attributes);
        }
        if (to == QpState.ERR && from != to) {
            cause = fabric.journal().refuse("QP " + number() + " was taken from " + from + " to ERR by ibv_modify_qp");
        }
        set(attributes, from, to);
    }

    /** Under both locks, after all checks. */
    private void set(final QpAttributes attributes, final QpState from, final QpState to) {
        settings.apply(attributes);
        if (attributes.has(QpAttributeMask.RQ_PSN)) {
            receives.psn(attributes.rqPsn() & PSN_MASK);
        }
        if (attributes.has(QpAttributeMask.SQ_PSN)) {
            sends.psn(attributes.sqPsn() & PSN_MASK);
        }
        become(to);
        if (iwarp != null) {
            iwarp.set(to);
        }
        if (attributes.has(QpAttributeMask.AV) || to == QpState.RTS && from == QpState.RTR) {
            sends.connect();
        }
        if (to == QpState.SQD && from != to && attributes.sqdAsyncNotify()) {
            sends.notifyDrained();
        }
        if (to == QpState.ERR) {
            flush();
        } else if (to == QpState.RESET) {
            forget();
        }
    }

    private void forget() {
        severed = false;
        reportedFatal = false;
        cause = 0;
        established = false;
        settings.reset();
        sends.reset();
        receives.reset();
    }

    @Override
    public QpAttributes query() {
        requireOpen("ibv_query_qp");
        sends.lock().lock();
        try {
            receives.lock().lock();
            try {
                final QpState told = iwarp == null ? state : iwarp.shown();
                return settings.snapshot().state(told).currentState(told).sqPsn(sends.psn()).rqPsn(receives.psn())
                    .pathMigrationState(PathMigrationState.MIGRATED).capabilities(QpCapabilities.of(config()))
                    .sqDraining(isDraining() && sends.isUnderWay());
            } finally {
                receives.lock().unlock();
            }
        } finally {
            sends.lock().unlock();
        }
    }

    @Override
    public QpInitAttributes queryInit() {
        requireOpen("ibv_query_qp");
        return QpInitAttributes.of(config());
    }

    @Override
    protected void attachDevice(final Gid group, final int lid) {
        fabric.attach(group, this);
    }

    @Override
    protected void detachDevice(final Gid group, final int lid) {
        fabric.detach(group, this);
    }

    @Override
    protected void releaseDevice() {
        alive = false;
        fabric.remove(this);
        domain.context().events().forget(this);
        lockBoth(() -> {
            become(QpState.RESET);
            forget();
        });
        if (srq != null) {
            srq.detach(this);
        }
        tellEnd();
        if (trace != null) {
            trace.closed(this);
        }
    }
}
