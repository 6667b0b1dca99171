package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.EventType;
import dev.verbs.ReceiveRequests;
import dev.verbs.SrqConfig;
import dev.verbs.VerbsException;
import dev.verbs.spi.AbstractSharedReceiveQueue;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Receives that several queue pairs take from, under a lock of its own, which is taken under a receive lock and under which no
 * other lock is taken. A place is free again when the completion of its receive was polled, whichever queue pair took it.
 */
final class SoftSharedReceiveQueue extends AbstractSharedReceiveQueue {
    private static final SoftQueuePair[] NONE = {};

    private final SoftProtectionDomain domain;
    private final SpinLock lock = new SpinLock();
    private final int maxSge;
    private final int number;
    /** Null if there is none. */
    private final Trace trace;
    /** Under the lock. */
    private ReceiveRing ring;
    /** Receives whose completions were polled; by any poller. */
    private final AtomicLong reclaimed = new AtomicLong();
    /** Receives below which the event is raised, 0 for none; under the lock. */
    private int limit;
    /** Whether a message found nothing here since the last post; under the lock. */
    private boolean wanted;
    /** Replaced as a whole under this object's lock. */
    private volatile SoftQueuePair[] attached = NONE;

    SoftSharedReceiveQueue(final SoftProtectionDomain domain, final SrqConfig config, final int number) {
        super(domain, config);
        this.domain = domain;
        this.maxSge = config.maxSge();
        this.limit = config.limit();
        this.number = number;
        this.trace = domain.fabric().journal().trace();
        this.ring = new ReceiveRing(config.maxWr(), maxSge);
    }

    synchronized void attach(final SoftQueuePair qp) {
        attached = Stream.concat(Stream.of(attached), Stream.of(qp)).toArray(SoftQueuePair[]::new);
    }

    synchronized void detach(final SoftQueuePair qp) {
        attached = Arrays.stream(attached).filter(other -> other != qp).toArray(SoftQueuePair[]::new);
    }

    @Override
    protected int postReceiveDevice(final ReceiveRequests requests) {
        final int errno;
        final boolean wakes;
        lock.lock();
        try {
            errno = ring.post(requests, reclaimed.get());
            if (trace != null) {
                trace(requests, errno);
            }
            wakes = wanted && !ring.isEmpty();
            wanted &= !wakes;
        } finally {
            lock.unlock();
        }
        if (wakes) {
            for (final SoftQueuePair qp : attached) {
                qp.wakeSender();
            }
        }
        domain.fabric().settle();
        return errno;
    }

    @Override
    public String explain(final ReceiveRequests requests) {
        final int errno = requests.errno();
        if (errno == 0 || requests.remaining() == 0 || !isOpen()) {
            return super.explain(requests);
        }
        lock.lock();
        try {
            return Errno.name(errno) + " at request " + requests.first() + " of " + requests.size() + ": "
                + ring.objection(requests.image(), requests.headAddress(), reclaimed.get(), errno);
        } finally {
            lock.unlock();
        }
    }

    private void trace(final ReceiveRequests requests, final int errno) {
        final String host = domain.context().host().name();
        trace.postedReceives(host, label(), requests.image(), requests.headAddress(), requests.bad());
        if (errno != 0) {
            trace.refused(host, label(), "RECV", errno, ring.objection(requests.image(), requests.bad(), reclaimed.get(), errno));
        }
    }

    /** Moves the oldest receive into a queue pair's ring; false if there is none. Under the queue pair's receive lock. */
    boolean take(final ReceiveRing target) {
        final boolean reached;
        lock.lock();
        try {
            if (ring.isEmpty()) {
                wanted = true;
                return false;
            }
            ring.moveTo(target);
            reached = ring.size() < limit;
            limit = reached ? 0 : limit;
        } finally {
            lock.unlock();
        }
        if (reached) {
            domain.context().events().raise(EventType.SRQ_LIMIT_REACHED, this);
        }
        return true;
    }

    /** Takes back what a queue pair took and did not use. */
    void takeBack(final ReceiveRing source) {
        lock.lock();
        try {
            ring.takeBack(source);
        } finally {
            lock.unlock();
        }
    }

    /** The completion of a receive was polled, or will never be. */
    void reclaim() {
        reclaimed.getAndIncrement();
    }

    @Override
    public SrqConfig query() {
        requireOpen("ibv_query_srq");
        domain.host().requireInfiniBand("ibv_query_srq", "query of shared receive queues");
        lock.lock();
        try {
            return new SrqConfig(ring.capacity(), maxSge, limit);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void arm(final int receives) {
        requireOpen("ibv_modify_srq");
        final int capacity;
        lock.lock();
        try {
            capacity = ring.capacity();
            if (receives >= 0 && receives <= capacity) {
                limit = receives;
                return;
            }
        } finally {
            lock.unlock();
        }
        throw refused("limit " + receives + " is not in 0 .. " + capacity + ", the receives that " + describe() + " holds");
    }

    @Override
    public void resize(final int maxWr) {
        requireOpen("ibv_modify_srq");
        final int most = domain.host().device().attributes().maxSrqWr();
        if (maxWr < 1 || maxWr > most) {
            throw refused("maxWr " + maxWr + " is not in 1 .. max_srq_wr " + most);
        }
        final ReceiveRing next = new ReceiveRing(maxWr, maxSge);
        final long outstanding;
        final int armed;
        lock.lock();
        try {
            outstanding = ring.posted() - reclaimed.get();
            armed = limit;
            if (maxWr >= outstanding && maxWr >= armed) {
                next.succeed(ring);
                ring = next;
                return;
            }
        } finally {
            lock.unlock();
        }
        throw refused("maxWr " + maxWr + " of " + describe() + " is less than its " + outstanding
            + " receives in flight, or than its limit " + armed);
    }

    private static VerbsException refused(final String diagnosis) {
        return new VerbsException("ibv_modify_srq", Errno.EINVAL, diagnosis);
    }

    /** What reasons and the trace call it. */
    String label() {
        return "srq#" + number;
    }

    @Override
    public String describe() {
        return "SRQ " + number;
    }

    @Override
    protected void release() {
        domain.context().events().forget(this);
    }
}
