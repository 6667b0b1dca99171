package dev.verbs.soft;

import dev.verbs.Errno;
import dev.verbs.EventType;
import dev.verbs.Gid;
import dev.verbs.GidType;
import dev.verbs.VerbsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.NanoClock;

/**
 * What the queue pairs of one provider share: keys, numbers, addresses, the clock, and the list of what has to be finished.
 * Two fabrics cannot see each other.
 */
final class SoftFabric {
    private static final int FIRST_NUMBER = 17;
    /** Of all hosts: far below the 24 bits of their numbers. */
    private static final int MOST_QUEUE_PAIRS = 1 << 20;
    private static final SoftQueuePair[] NONE = {};

    private final Journal journal;
    private final NanoClock clock;
    private final long origin;
    private final KeyTable keys;
    private final WindowTable windows;
    /** Under this object's lock. */
    private final List<SoftHost> hosts = new ArrayList<>();
    private final CmAddressSpace connections;
    private final SoftAgent agent = new SoftAgent(this);
    /** Requests that wait, queue pairs to be flushed, timers, virtual time: whether {@link #drive} has anything to do. */
    private final Attention attention = new Attention();
    private final Map<Integer, SoftQueuePair> byNumber = new ConcurrentHashMap<>();
    /** Under this object's lock. */
    private int lastNumber = FIRST_NUMBER - 1;
    /** Under this object's lock. */
    private int lastSrqNumber;
    /** Each group with what is attached to it; an array is replaced as a whole. */
    private final Map<Gid, SoftQueuePair[]> groups = new ConcurrentHashMap<>();
    private final AtomicLongArray losses = new AtomicLongArray(Loss.values().length);
    private final Timeline timeline = new Timeline();
    /** Set before the first queue pair is made. */
    private Topology topology = new Topology(null, link -> { });
    /** Set before the first queue pair is made. */
    private Faults faults = Faults.none();
    private boolean modelled;
    /** Null in real time. */
    private VirtualClock virtual;
    private volatile boolean stepped;
    private volatile boolean begun = true;
    private final AtomicLong lastHandle = new AtomicLong();
    /** Queue pairs whose send queue has requests that wait. */
    private final AtomicInteger pending = new AtomicInteger();
    /** Queue pairs that went to ERR under a peer's lock: to be flushed when no lock is held. */
    private final ConcurrentLinkedQueue<SoftQueuePair> failed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();

    /** With the trace of the JVM, if it is switched on. */
    SoftFabric(final NanoClock clock, final long seed) {
        this(clock, seed, TraceFile.newFabric());
    }

    /** With the lines of its trace, see {@link Trace}, for a consumer that is called by one thread at a time; null for none. */
    SoftFabric(final NanoClock clock, final long seed, final Consumer<String> trace) {
        this.journal = new Journal(trace == null ? null : new Trace(this, trace));
        this.clock = clock;
        this.origin = clock.nanoTime();
        this.keys = new KeyTable(seed);
        this.windows = new WindowTable(~seed);
        this.connections = new CmAddressSpace(~seed, attention);
    }

    /** A host that is reached from now on; its name is the caller's to keep unique. */
    synchronized SoftHost addHost(final String name, final SoftProfile profile) {
        final SoftHost host = new SoftHost(this, name, hosts.size() + 1, profile);
        hosts.add(host);
        connections.add(host);
        return host;
    }

    /** Decides how long things take and what goes wrong; before anything was made on the hosts. */
    void model(final Topology links, final Faults plan, final boolean takesTime) {
        topology = links;
        faults = plan;
        modelled = takesTime || plan.any();
    }

    /** Whether anything on this fabric takes time or goes wrong now. */
    boolean isModelled() {
        return modelled && begun;
    }

    /** Whether it will, once time has begun. */
    boolean willBeModelled() {
        return modelled;
    }

    /** Virtual time begins: links take theirs from now on, and faults come. */
    void begin() {
        begun = true;
    }

    Faults faults() {
        return faults;
    }

    Timeline timeline() {
        return timeline;
    }

    /** The way from one host to another, null on the same host. */
    Link link(final SoftHost from, final SoftHost to) {
        return from == to ? null : topology.link(from, to);
    }

    /** The host of a name. */
    synchronized SoftHost host(final String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no host is called '" + name + "': there are " + hosts));
    }

    /** Connections between two hosts are dropped. */
    void sever(final SoftHost one, final SoftHost other) {
        if (journal.trace() != null) {
            journal.trace().add(one.name(), "-", "fault", "connections to " + other.name() + " are dropped");
        }
        for (final SoftQueuePair qp : byNumber.values()) {
            final SoftQueuePair peer = queuePair(qp.destination());
            if (peer != null && (qp.host() == one && peer.host() == other || qp.host() == other && peer.host() == one)) {
                qp.sever();
            }
        }
    }

    /** The host that has a GID, null if none has, and for no GID. */
    SoftHost hostOf(final Gid gid) {
        return gid == null ? null : connections.hostOf(gid.address());
    }

    /** The host that has a GID of a type, null if none has. */
    SoftHost hostOf(final Gid gid, final GidType type) {
        final SoftHost host = connections.hostOf(gid.address());
        return host != null && host.gids().stream().anyMatch(entry -> entry.gid().equals(gid) && entry.type() == type) ? host : null;
    }

    /** Reasons, and names of what has none. */
    Journal journal() {
        return journal;
    }

    KeyTable keys() {
        return keys;
    }

    WindowTable windows() {
        return windows;
    }

    CmAddressSpace connections() {
        return connections;
    }

    SoftAgent agent() {
        return agent;
    }

    /** Nanoseconds since the fabric began: no sum overflows. */
    long nanoTime() {
        return clock.nanoTime() - origin;
    }

    /** A number that no open queue pair has; numbers return only after all others. */
    synchronized int claimNumber() {
        if (byNumber.size() >= MOST_QUEUE_PAIRS) {
            throw new VerbsException("ibv_create_qp", Errno.ENOMEM, "the limit of a network is " + MOST_QUEUE_PAIRS
                + ", and all of them are open");
        }
        do {
            lastNumber = lastNumber == SoftQueuePair.PSN_MASK - 1 ? FIRST_NUMBER : lastNumber + 1;
        } while (byNumber.containsKey(lastNumber));
        return lastNumber;
    }

    synchronized int claimSrqNumber() {
        return lastSrqNumber++;
    }

    void add(final SoftQueuePair qp) {
        if (journal.trace() != null) {
            journal.trace().created(qp);
        }
        byNumber.put(qp.number(), qp);
    }

    void remove(final SoftQueuePair qp) {
        byNumber.remove(qp.number());
    }

    /** How many queue pairs are open. */
    int size() {
        return byNumber.size();
    }

    /** The open queue pair of a number, null if there is none. */
    SoftQueuePair queuePair(final int number) {
        return byNumber.get(number);
    }

    /** A word that no other address handle has or had. */
    long claimHandle() {
        return lastHandle.incrementAndGet();
    }

    void attach(final Gid group, final SoftQueuePair qp) {
        groups.merge(group, new SoftQueuePair[] {qp},
            (old, added) -> Stream.concat(Stream.of(old), Stream.of(added)).toArray(SoftQueuePair[]::new));
    }

    void detach(final Gid group, final SoftQueuePair qp) {
        groups.computeIfPresent(group, (key, old) -> old.length == 1 ? null
            : Stream.of(old).filter(other -> other != qp).toArray(SoftQueuePair[]::new));
    }

    /** The queue pairs that are attached to a group. */
    SoftQueuePair[] members(final Gid group) {
        return groups.getOrDefault(group, NONE);
    }

    /** Counts a message that an unreliable service lost. */
    void lose(final Loss reason) {
        losses.incrementAndGet(reason.ordinal());
    }

    /** Messages lost for a reason so far. */
    long losses(final Loss reason) {
        return losses.get(reason.ordinal());
    }

    void countPending(final int change) {
        pending.addAndGet(change);
        attention.add(change);
    }

    boolean hasPending() {
        return pending.get() != 0;
    }

    /** To be flushed when no lock is held. */
    void deferError(final SoftQueuePair qp) {
        failed.add(qp);
        failures.incrementAndGet();
        attention.add(1);
    }

    /** A completion queue overflowed: its queue pairs fail as soon as no lock is held. */
    void failQueue(final SoftCompletionQueue queue) {
        for (final SoftQueuePair qp : byNumber.values()) {
            if (qp.isServedBy(queue)) {
                deferError(qp);
            }
        }
    }

    /** Flushes queue pairs that failed; returns how many. Under no lock. */
    int settle() {
        return attention.isNeeded() ? flushFailed() : 0;
    }

    private int flushFailed() {
        int settled = 0;
        while (failures.get() != 0) {
            final SoftQueuePair qp = failed.poll();
            if (qp == null) {
                break;
            }
            failures.decrementAndGet();
            attention.add(-1);
            qp.settleError();
            settled++;
        }
        return settled;
    }

    /** Steps the device if something waits. Under no lock. */
    void drive() {
        if (attention.isNeeded()) {
            attend();
        }
    }

    private void attend() {
        if (virtual != null) {
            skip();
            return;
        }
        if (connections.hasTimers()) { // else the clock is not asked: that costs as much as a short write
            connections.drive(nanoTime());
        }
        agent.doWork();
    }

    /** In virtual time, time goes on to the next event if nobody steps the hosts. */
    private void skip() {
        if (stepped || !begun) {
            settle();
            return;
        }
        synchronized (virtual) {
            final long next = nextDue();
            if (next != Timeline.NEVER) {
                virtual.set(next);
            }
            work();
        }
    }

    /** Does what is due; returns how much that was, as an agent does. Under no lock. */
    int work() {
        connections.drive(nanoTime());
        return agent.doWork();
    }

    /** When there is something to do next. */
    long nextDue() {
        return Math.min(timeline.next(), connections.timers().next());
    }

    /** Before anything was made on the hosts; null in real time. */
    void isSteppedBy(final VirtualClock time) {
        virtual = time;
        begun = time == null;
        attention.add(time == null ? 0 : 1); // as long as it lives
    }

    /** Whether somebody steps hosts and devices: who polls must not. */
    void stepped(final boolean isStepped) {
        stepped = isStepped;
    }

    /** A host is dead. */
    void fail(final SoftHost host) {
        if (journal.trace() != null) {
            journal.trace().add(host.name(), "-", "fault", "the host dies");
        }
        for (final SoftQueuePair qp : byNumber.values()) {
            if (qp.host() == host) {
                qp.kill();
            }
        }
        host.root().open(SoftContext.class).forEach(context -> context.events().raise(EventType.DEVICE_FATAL, null));
        host.root().open(SoftCmId.class).forEach(SoftCmId::removed);
    }
}
