package dev.verbs.transport.ring;

import dev.verbs.MemoryRegion;
import dev.verbs.WcStatus;
import dev.verbs.transport.TransportNode;
import java.util.Objects;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * One host of the Data Roundabout: a ring of hosts in which fragments go round, each host looking at every fragment once.
 *
 * <pre>
 *      predecessor ──── fragment, arrival word ────►┌───────────────┐──── fragment, arrival word ────► successor
 *                  ◄─── announcement of a free ─────│  N elements   │◄─── announcement ──────────────
 *                                                   └──┬─────────▲──┘
 *                                   RingPort.poll()    ▼         │   release(), offer()
 *                                                      join entity
 * </pre>
 *
 * <p>Receiver, join entity and transmitter work asynchronously on the same registered elements: a fragment is joined
 * where it arrived and sent on from there, nothing is copied. An element is free again when it has been joined
 * <em>and</em> its send has completed; then, and only then, it is announced to the predecessor, which may write into
 * announced elements only. A fragment retires on the host whose visit makes its hop count n; the owner, which is that
 * host's successor, is told. Own fragments under way are limited to N - 1, so that a ring that is as full as may be still
 * turns.
 *
 * <p>One thread steps it; {@link #port()} belongs to the join entity's thread, the same or another. After a failure of
 * either link the ring is {@link State#FAILED} on both sides, and by and by on all hosts: no further fragment is handed
 * out. A ring of one host has no network.
 *
 * <p>"Spinning Relations" (DaMoN 2009), "Data Roundabout" (ICDCS 2010).
 */
public final class Roundabout implements Agent, AutoCloseable {
    /** How a ring is, seen from one host. */
    public enum State {
        /** Turning. */
        OPEN,
        /** Broken, for good: {@link Roundabout#failure()} says why. */
        FAILED,
        /** Closed on this host. */
        CLOSED
    }

    private final TransportNode node;
    private final RingConfig config;
    private final int self;
    private final RingMemory memory;
    private final RingLink predecessor;
    private final RingLink successor;
    private final NanoClock clock;
    private final RingPort port;
    private final RingReceiver receiver;
    private final RingTransmitter transmitter;
    private final RingBarrier barrier;
    private int ownInJoin;
    private long retiredOwn;
    private long retiredHere;
    private long retiredTold;
    private long barrierTold;
    private volatile String failure;

    Roundabout(final TransportNode node, final RingConfig config, final int self, final RingMemory memory, final RingLink predecessor,
        final RingLink successor, final NanoClock clock, final int mayInject) {
        this.node = node;
        this.config = config;
        this.self = self;
        this.memory = memory;
        this.predecessor = predecessor;
        this.successor = successor;
        this.clock = clock;
        this.port = new RingPort(2 * config.elements() + 1);
        this.receiver = new RingReceiver(config, self, memory, predecessor);
        this.transmitter = new RingTransmitter(config, self, memory, successor, mayInject);
        this.barrier = new RingBarrier(config.hosts());
    }

    /**
     * The join entity's side.
     *
     * @return the port, for one thread
     */
    public RingPort port() {
        return port;
    }

    /**
     * What the ring is made of.
     *
     * @return the configuration
     */
    public RingConfig config() {
        return config;
    }

    /**
     * This host.
     *
     * @return its index in the ring, from 0
     */
    public int self() {
        return self;
    }

    /**
     * Bytes in front of a payload that belong to the ring.
     *
     * @return the room to leave in own blocks
     */
    public static long headerLength() {
        return RingElementDescriptor.HEADER_LENGTH;
    }

    /**
     * Bytes that a payload takes on a link.
     *
     * @param payloadLength bytes of the payload
     * @return header, payload and arrival word
     */
    public static long bytesOnLink(final long payloadLength) {
        return RingElementDescriptor.OVERHEAD + payloadLength;
    }

    /**
     * Makes registered memory of the host lendable. Set-up, not for the hot path: make a block once, offer it as often as
     * wanted.
     *
     * @param region a region of the node's protection domain; the ring writes its header into the segment and sends from there
     * @param offset where the header starts, 8-byte aligned; the payload lies {@link #headerLength()} behind
     * @return the block, for {@link RingPort#offer}
     */
    public RingElement block(final MemoryRegion region, final long offset) {
        Objects.checkFromIndexSize(offset, RingElementDescriptor.HEADER_LENGTH, region.length());
        if (offset % Long.BYTES != 0) {
            throw new IllegalArgumentException("offset " + offset + " is not a multiple of " + Long.BYTES);
        }
        return new RingElement(region.segment(), offset, region.lkey(), RingElement.OWN);
    }

    @Override
    public int doWork() {
        if (port.state != State.OPEN) {
            return 0;
        }
        if (port.aborted != null) {
            fail(port.aborted);
            return 1;
        }
        int work = takeReleased();
        if (config.hosts() > 1) {
            work += pollCompletions();
            work += receive();
            work += transmitter.forward();
            work += inject();
            work += receiver.announce();
            work += tellSuccessor();
            if (!checkLinks()) {
                return work;
            }
        } else {
            work += inject();
            retired(retiredHere);
        }
        updateBarrier();
        return work;
    }

    @Override
    public String roleName() {
        return "ring host " + self + "/" + config.hosts();
    }

    private int takeReleased() {
        int work = 0;
        for (RingElement element = port.released.poll(); element != null; element = port.released.poll()) {
            element.joinPending = false;
            if (element.isOwn()) {
                ownInJoin--;
            }
            settle(element);
            work++;
        }
        return work;
    }

    /** An element may be joined and sent; whichever comes last settles it. */
    private void settle(final RingElement element) {
        if (!element.isDone()) {
            return;
        }
        if (element.hops == config.hosts()) {
            retiredHere++;
        }
        if (!element.isOwn()) {
            receiver.recycle(element);
        }
    }

    private int pollCompletions() {
        final int words = predecessor.poll();
        for (int index = 0; index < words; index++) {
            predecessor.completed(predecessor.completions().wrId(index));
        }
        final int count = successor.poll();
        for (int index = 0; index < count; index++) {
            final RingElement element = transmitter.completed(index);
            if (element != null) {
                settle(element);
            }
        }
        return Math.max(0, words) + Math.max(0, count);
    }

    private int receive() {
        int work = 0;
        for (RingElement element = receiver.next(); element != null; element = receiver.next()) {
            if (element.sendPending) {
                transmitter.enqueue(element);
            }
            handOver(element);
            work++;
        }
        return work;
    }

    private void handOver(final RingElement element) {
        if (!port.toJoin.offer(element)) {
            throw new IllegalStateException("the join entity was handed more elements than there are");
        }
    }

    /** Starts own fragments. A step of its own for tests: a ring jams most easily if all hosts inject at the same moment. */
    int inject() {
        int work = 0;
        while (ownInJoin < config.elements() && transmitter.mayInject(retiredOwn)) {
            final RingElement block = port.offered.poll();
            if (block == null) {
                break;
            }
            ownInJoin++;
            transmitter.inject(block);
            handOver(block);
            work++;
        }
        return work;
    }

    private int tellSuccessor() {
        int work = 0;
        if (retiredHere != retiredTold && successor.isReady()) {
            successor.writeWord(retiredHere, memory.retiredSource(), RingMemory.RETIRED);
            retiredTold = retiredHere;
            work++;
        }
        retired(RingElementDescriptor.wordAcquire(memory.memory, RingMemory.RETIRED));
        return work;
    }

    private void retired(final long count) {
        if (count != retiredOwn) {
            retiredOwn = count;
            port.retired.setRelease(count);
        }
    }

    private void updateBarrier() {
        final long incoming = RingElementDescriptor.wordAcquire(memory.memory, RingMemory.BARRIER);
        final long word = barrier.update(port.arrivedEpoch.getAcquire(), incoming);
        if (word != barrierTold && config.hosts() > 1 && successor.isReady()) {
            successor.writeWord(word, memory.barrierSource(), RingMemory.BARRIER);
            barrierTold = word;
        }
        if (barrier.completed() != port.completedEpoch.getPlain()) {
            port.completedEpoch.setRelease(barrier.completed());
        }
    }

    private boolean checkLinks() {
        final long now = clock.nanoTime();
        if (!successor.pair.watch(now)) {
            fail("link to the successor: " + successor.pair.failure());
        } else if (!predecessor.pair.watch(now)) {
            fail("link to the predecessor: " + predecessor.pair.failure());
        }
        return port.state == State.OPEN;
    }

    /**
     * Breaks the ring, here and for the neighbours. Call on the thread that steps it.
     *
     * @param reason why, in words
     */
    public void fail(final String reason) {
        if (port.state == State.OPEN) {
            failure = "host " + self + " of " + config.hosts() + ": " + reason;
            port.state = State.FAILED;
            if (config.hosts() > 1) {
                successor.pair.fail(WcStatus.WR_FLUSH_ERR, "the ring failed");
                predecessor.pair.fail(WcStatus.WR_FLUSH_ERR, "the ring failed");
            }
        }
    }

    /**
     * Why the ring failed. Any thread.
     *
     * @return a sentence, null while it has not failed
     */
    public String failure() {
        return failure;
    }

    /**
     * Bytes sent to the successor: headers, payloads and arrival words. Any thread.
     *
     * @return the count since the ring was made
     */
    public long bytesSent() {
        return transmitter.bytesSent.getAcquire();
    }

    /**
     * Fragments sent to the successor, own ones and visitors. Any thread.
     *
     * @return the count since the ring was made
     */
    public long fragmentsSent() {
        return transmitter.fragmentsSent.getAcquire();
    }

    /**
     * Whether everything that was posted has completed, so that a close loses nothing. On the thread that steps the ring.
     *
     * @return true if nothing is in flight
     */
    public boolean isQuiet() {
        return config.hosts() == 1 || successor.isQuiet() && predecessor.isQuiet();
    }

    /** Elements of this host that hold no fragment; for tests, on the stepping thread. */
    int freeElements() {
        return receiver.freeElements();
    }

    /** Visiting fragments that wait for an announcement; for tests, on the stepping thread. */
    int waitingFragments() {
        return transmitter.waiting();
    }

    /** The connection to the successor; for tests. */
    RingLink successor() {
        return successor;
    }

    /**
     * Disconnects, gives the memory back. Idempotent. Blocks shortly. A neighbour that is still stepping finds its link
     * failed: hosts that want to part in peace agree on one more epoch ({@link RingPort#arrive}) after their last result,
     * and close then.
     */
    @Override
    public void close() {
        if (port.state == State.CLOSED) {
            return;
        }
        port.state = State.CLOSED;
        if (config.hosts() > 1) {
            successor.pair.disconnect();
            predecessor.pair.disconnect();
            successor.close();
            predecessor.close();
        }
        node.retire(memory.arena);
    }
}
