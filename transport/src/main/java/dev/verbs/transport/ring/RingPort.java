package dev.verbs.transport.ring;

import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.atomic.SpscAtomicArrayQueue;

/**
 * The join entity's side of a host's ring: fragments come in, are given back, own fragments are lent. Everything here
 * belongs to one thread, which may be another than the one that steps the {@link Roundabout}. Nothing blocks, nothing
 * allocates.
 */
public final class RingPort {
    /** What {@link #offer} returns when the block was taken. */
    public static final int ACCEPTED = 1;

    /** What {@link #offer} returns when too many blocks wait: step the ring and offer again. */
    public static final int BACK_PRESSURED = -1;

    /** What {@link #offer} returns on a ring that is no longer open. */
    public static final int NOT_OPEN = -2;

    private static final int OFFERS = 64;

    // Bounded by what a host can hold: the agent never finds toJoin full, the port never finds released full.
    final SpscAtomicArrayQueue<RingElement> toJoin;
    final SpscAtomicArrayQueue<RingElement> released;
    final SpscAtomicArrayQueue<RingElement> offered = new SpscAtomicArrayQueue<>(OFFERS);
    /** Written by the port, read by the agent. */
    final AtomicLong arrivedEpoch = new AtomicLong();
    /** Written by the agent, read by the port. */
    final AtomicLong completedEpoch = new AtomicLong();
    /** Written by the agent, read by the port. */
    final AtomicLong retired = new AtomicLong();
    /** Written by the port, read by the agent. */
    volatile String aborted;
    /** Written by the agent, read by everybody. */
    volatile Roundabout.State state = Roundabout.State.OPEN;

    RingPort(final int mostHeld) {
        this.toJoin = new SpscAtomicArrayQueue<>(mostHeld);
        this.released = new SpscAtomicArrayQueue<>(mostHeld);
    }

    /**
     * Lends an own block to the ring: it comes out of {@link #poll()} here and visits every other host once, in the order
     * of the offers. Header room and payload must stay untouched until the block was polled and released here and {@link
     * #retired()} counts it.
     *
     * @param block         a block of {@link Roundabout#block}
     * @param payloadLength bytes of payload, 0 or more
     * @return {@link #ACCEPTED}, {@link #BACK_PRESSURED} or {@link #NOT_OPEN}
     */
    public int offer(final RingElement block, final long payloadLength) {
        if (state != Roundabout.State.OPEN) {
            return NOT_OPEN;
        }
        block.payloadLength = payloadLength;
        return offered.offer(block) ? ACCEPTED : BACK_PRESSURED;
    }

    /**
     * Takes the next fragment, in order of arrival. It may be read, not written, until it is released; it is sent on
     * meanwhile.
     *
     * @return the element that holds it, null if there is none now
     */
    public RingElement poll() {
        return toJoin.poll();
    }

    /**
     * Gives a fragment back. Any order.
     *
     * @param element what was polled
     */
    public void release(final RingElement element) {
        if (!released.offer(element)) {
            throw new IllegalStateException("more elements were released than were polled");
        }
    }

    /**
     * How many of this host's fragments have retired: every other host has received them, and the last one has joined them.
     * Hosts in between may still be joining; {@link #arrive} and {@link #completedEpoch()} tell when all are done.
     *
     * @return the count since the ring was made
     */
    public long retired() {
        return retired.getAcquire();
    }

    /**
     * Says that this host is done with everything up to an epoch. Epochs count from 1 and only grow.
     *
     * @param epoch the epoch
     */
    public void arrive(final long epoch) {
        arrivedEpoch.setRelease(epoch);
    }

    /**
     * The last epoch that every host of the ring is known to have arrived at.
     *
     * @return the epoch, 0 before the first
     */
    public long completedEpoch() {
        return completedEpoch.getAcquire();
    }

    /**
     * Gives the ring up: the next step of its agent makes it FAILED, here and for the neighbours, by and by for all.
     *
     * @param reason why, in words
     */
    public void abort(final String reason) {
        aborted = reason;
    }

    /**
     * How the ring is. Any thread.
     *
     * @return the state
     */
    public Roundabout.State state() {
        return state;
    }
}
