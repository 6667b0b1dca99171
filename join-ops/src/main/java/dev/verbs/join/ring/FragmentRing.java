package dev.verbs.join.ring;

import dev.verbs.AccessFlags;
import dev.verbs.MemoryRegion;
import dev.verbs.join.fragment.Fragment;
import dev.verbs.join.fragment.FragmentDescriptor;
import dev.verbs.join.fragment.FragmentStore;
import dev.verbs.memory.RegisteredArena;
import dev.verbs.transport.TransportNode;
import dev.verbs.transport.ring.RingElement;
import dev.verbs.transport.ring.RingPort;
import dev.verbs.transport.ring.Roundabout;
import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.Agent;

/**
 * One host's ring as a join sees it: visiting fragments come one after the other, own fragments start their revolution
 * from where they were prepared.
 *
 * <p>Belongs to the thread of the join, but for {@link #agent()}, which may be stepped by another.
 */
public final class FragmentRing implements AutoCloseable {
    private final TransportNode node;
    private final Roundabout ring;
    private final RingPort port;
    private final RegisteredArena arena;
    private final MemorySegment storeMemory;
    private final RingElement[] blocks;
    private final long perFragment;
    private FragmentStore store;
    private RingElement current;
    private int injected;
    private long retiredBefore;
    private boolean closed;

    FragmentRing(final TransportNode node, final Roundabout ring, final long rotatingCapacity) {
        this.node = node;
        this.ring = ring;
        this.port = ring.port();
        this.perFragment = FragmentDescriptor.tuplesIn(ring.config().payloadBytes());
        final long bytes = FragmentStore.requiredBytes(rotatingCapacity, perFragment, Roundabout.headerLength());
        this.arena = RegisteredArena.ofShared(bytes);
        final MemoryRegion region;
        try {
            this.storeMemory = arena.allocate(bytes, RegisteredArena.PAGE);
            region = arena.register(node.domain(), storeMemory, AccessFlags.LOCAL_WRITE);
        } catch (final RuntimeException e) {
            arena.close();
            throw e;
        }
        final long stride = bytes / FragmentStore.fragments(rotatingCapacity, perFragment);
        this.blocks = new RingElement[FragmentStore.fragments(rotatingCapacity, perFragment)];
        for (int index = 0; index < blocks.length; index++) {
            blocks[index] = ring.block(region, index * stride);
        }
    }

    /**
     * What turns the ring.
     *
     * @return the agent, to be stepped by one thread
     */
    public Agent agent() {
        return ring;
    }

    /**
     * This host.
     *
     * @return its index, from 0
     */
    public int self() {
        return ring.self();
    }

    /**
     * Hosts in the ring.
     *
     * @return the count
     */
    public int hosts() {
        return ring.config().hosts();
    }

    /**
     * Most tuples that one fragment carries.
     *
     * @return the count
     */
    public long tuplesPerFragment() {
        return perFragment;
    }

    /**
     * Cuts this host's piece of the rotating relation into fragments, in registered memory, in place of an earlier piece.
     * Not while a revolution runs.
     *
     * @param relationId   the relation
     * @param organisation code of the local algorithm
     * @param ordered      the tuples, in its order
     * @param tuples       how many, at most what the ring was made for
     */
    public void load(final int relationId, final int organisation, final MemorySegment ordered, final long tuples) {
        store = FragmentStore.cut(relationId, self(), organisation, ordered, tuples, perFragment, storeMemory, Roundabout.headerLength());
    }

    /** Starts a revolution: the fragments that were loaded are offered to the ring by {@link #inject()}, from the first one on. */
    public void begin() {
        if (store == null) {
            throw new IllegalStateException("nothing was loaded");
        }
        injected = 0;
        retiredBefore = port.retired();
    }

    /**
     * Offers own fragments as far as the ring takes them. Never blocks or allocates.
     *
     * @return fragments offered
     */
    public int inject() {
        int work = 0;
        while (injected < store.count() && port.offer(blocks[injected], store.length(injected)) == RingPort.ACCEPTED) {
            injected++;
            work++;
        }
        return work;
    }

    /**
     * Takes the next fragment, own ones included; the one before must have been released. Never blocks or allocates.
     *
     * @param fragment becomes a view of it, valid until {@link #release()}
     * @return false if there is none now
     */
    public boolean next(final Fragment fragment) {
        current = port.poll();
        if (current == null) {
            return false;
        }
        fragment.wrap(current.memory(), current.payloadOffset(), current.payloadLength(), current.hops());
        return true;
    }

    /**
     * The owner of the current fragment as the ring knows it, to be held against what the fragment says itself.
     *
     * @return index of the host
     */
    public int currentOwner() {
        return current.owner();
    }

    /** Gives the current fragment back: it has been joined. */
    public void release() {
        port.release(current);
        current = null;
    }

    /**
     * Whether all own fragments of this revolution have visited all hosts.
     *
     * @return true if every host has joined them
     */
    public boolean isOwnDone() {
        return injected == store.count() && port.retired() - retiredBefore == injected;
    }

    /**
     * Says that this host has joined everything of a revolution.
     *
     * @param revolution its number, from 1
     */
    public void finish(final long revolution) {
        port.arrive(revolution);
    }

    /**
     * Whether every host has said so.
     *
     * @param revolution its number
     * @return true if the revolution is over on all hosts
     */
    public boolean isFinished(final long revolution) {
        return port.completedEpoch() >= revolution;
    }

    /**
     * Whether the ring turns.
     *
     * @return false after a failure or a close
     */
    public boolean isOpen() {
        return port.state() == Roundabout.State.OPEN;
    }

    /**
     * Why the ring does not turn any more.
     *
     * @return a sentence, null if it was not a failure
     */
    public String failure() {
        return ring.failure();
    }

    /**
     * Breaks the ring for all hosts.
     *
     * @param reason why, in words
     */
    public void abort(final String reason) {
        port.abort(reason);
    }

    /**
     * Bytes sent to the successor since the ring was made.
     *
     * @return headers, payloads and arrival words
     */
    public long bytesSent() {
        return ring.bytesSent();
    }

    /**
     * Fragments sent to the successor since the ring was made.
     *
     * @return own ones and visitors
     */
    public long fragmentsSent() {
        return ring.fragmentsSent();
    }

    /**
     * Bytes that a fragment takes on a link.
     *
     * @param fragment the fragment
     * @return header, payload and arrival word
     */
    public long bytesToSend(final Fragment fragment) {
        return Roundabout.bytesOnLink(fragment.length());
    }

    Roundabout ring() {
        return ring;
    }

    /** Leaves the ring and gives the memory back. The ring must not be stepped any more. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ring.close();
            node.retire(arena);
        }
    }
}
