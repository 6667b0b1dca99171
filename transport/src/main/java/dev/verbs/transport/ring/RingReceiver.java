package dev.verbs.transport.ring;

import dev.verbs.WcStatus;
import java.lang.foreign.MemorySegment;

/**
 * The receiver of a host: announces free elements to the predecessor and notices what arrives in them. The predecessor
 * uses announcements in their order, so there is one arrival word to look at, that of the oldest announcement in use.
 *
 * <p>A step of the ring's agent.
 */
final class RingReceiver {
    private final RingConfig config;
    private final int self;
    private final MemorySegment memory;
    private final RingMemory ring;
    private final RingLink predecessor;
    private final long arrivalOffset;
    private final ElementQueue free;
    private final ElementQueue announced;
    private long announcements;
    private long arrivals;

    RingReceiver(final RingConfig config, final int self, final RingMemory ring, final RingLink predecessor) {
        this.config = config;
        this.self = self;
        this.ring = ring;
        this.memory = ring.memory;
        this.predecessor = predecessor;
        this.arrivalOffset = RingElementDescriptor.arrivalOffset(config.elementBytes());
        this.free = new ElementQueue(config.elements());
        this.announced = new ElementQueue(config.elements());
        for (final RingElement element : ring.elements) {
            free.add(element);
        }
    }

    /** Takes an element back that has been joined and sent. */
    void recycle(final RingElement element) {
        free.add(element);
    }

    /** Elements without a fragment, as far as is known here. */
    int freeElements() {
        return free.size() + announced.size();
    }

    int announce() {
        int work = 0;
        while (!free.isEmpty() && predecessor.isReady()) {
            final RingElement element = free.poll();
            final long number = announcements++;
            predecessor.writeWord(number + 1 << 16 | element.index, ring.announcementSource(number),
                RingMemory.announcementOffset(config, number));
            announced.add(element);
            work++;
        }
        return work;
    }

    /** The next element that a fragment has arrived in, null if there is none or the link failed. */
    RingElement next() {
        final RingElement element = announced.peek();
        if (element == null || RingElementDescriptor.wordAcquire(memory, element.offset + arrivalOffset) != arrivals + 1) {
            return null;
        }
        arrivals++;
        announced.poll();
        return accept(element) ? element : null;
    }

    private boolean accept(final RingElement element) {
        final long at = element.offset;
        final long length = RingElementDescriptor.payloadLength(memory, at);
        final int owner = RingElementDescriptor.owner(memory, at);
        final int hops = RingElementDescriptor.hops(memory, at);
        final int hosts = config.hosts();
        if (length < 0 || length > config.payloadBytes() || owner < 0 || owner >= hosts || hops < 1 || hops >= hosts
            || (owner + hops) % hosts != self) {
            predecessor.pair.fail(WcStatus.GENERAL_ERR, "host " + self + " of " + hosts + " received an element of owner " + owner
                + ", hop " + hops + ", " + length + " bytes, which cannot be");
            return false;
        }
        element.payloadLength = length;
        element.owner = owner;
        element.serial = RingElementDescriptor.serial(memory, at);
        element.hops = hops + 1;
        RingElementDescriptor.hops(memory, at, hops + 1);
        element.joinPending = true;
        element.sendPending = hops + 1 < hosts;
        return true;
    }
}
