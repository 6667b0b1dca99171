package dev.verbs.transport.ring;

import dev.verbs.WcStatus;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The transmitter of a host: writes fragments from where they lie into elements that the successor has announced,
 * visiting fragments before own ones, and polls the completions.
 *
 * <p>Own fragments that have not retired are limited to one less than a host has elements. Why a ring that is as full as
 * may be still turns: joins end by themselves, so look at the elements that only wait to be sent on. Each holds a
 * fragment that has not retired, and a fragment waits on one host at a time, so there are at most n (N - 1) of them among
 * n N elements. Somewhere an element is free, its host announces it, the host before can send, and so on round the ring.
 *
 * <p>A step of the ring's agent.
 */
final class RingTransmitter {
    private final RingConfig config;
    private final int self;
    private final int mayInject;
    private final RingMemory ring;
    private final RingLink successor;
    private final ElementQueue transit;
    private final ElementQueue ownSending;
    private final long arrivalOffset;
    private long creditsUsed;
    private long injected;
    final AtomicLong bytesSent = new AtomicLong();
    final AtomicLong fragmentsSent = new AtomicLong();

    RingTransmitter(final RingConfig config, final int self, final RingMemory ring, final RingLink successor,
        final int mayInject) {
        this.config = config;
        this.mayInject = mayInject;
        this.self = self;
        this.ring = ring;
        this.successor = successor;
        this.transit = new ElementQueue(config.elements());
        this.ownSending = new ElementQueue(config.elements());
        this.arrivalOffset = RingElementDescriptor.arrivalOffset(config.elementBytes());
    }

    void enqueue(final RingElement element) {
        transit.add(element);
    }

    /** Whether an own fragment may start, given how many have come round. */
    boolean mayInject(final long retired) {
        return transit.isEmpty() && injected - retired < mayInject && !ownSending.isFull() && hasCredit();
    }

    /** Makes an own block a fragment of the ring. It is sent at once: {@link #mayInject} has been asked. */
    void inject(final RingElement block) {
        block.owner = self;
        block.hops = 1;
        block.serial = injected++;
        block.joinPending = true;
        block.sendPending = config.hosts() > 1;
        if (block.sendPending) {
            RingElementDescriptor.write(block.memory, block.offset, block.payloadLength, self, 1, block.serial);
            ownSending.add(block);
            send(block);
        }
    }

    /** Sends visiting fragments as far as credits go. */
    int forward() {
        int work = 0;
        while (!transit.isEmpty() && hasCredit()) {
            send(transit.poll());
            work++;
        }
        return work;
    }

    /** The element whose completion stands at an index of the last poll, null for a word. */
    RingElement completed(final int index) {
        final long wrId = successor.completions().wrId(index);
        successor.completed(wrId);
        if ((wrId & RingLink.WORD) != 0) {
            return null;
        }
        final RingElement element = (wrId & RingLink.OWN) != 0 ? ownSending.poll() : ring.elements[(int)wrId];
        element.sendPending = false;
        return element;
    }

    /** Fragments that wait for a free element of the successor. */
    int waiting() {
        return transit.size();
    }

    private boolean hasCredit() {
        if (successor == null) {
            return true;
        }
        final long word = RingElementDescriptor.wordAcquire(ring.memory, RingMemory.announcementOffset(config, creditsUsed));
        return word >>> 16 == creditsUsed + 1 && successor.isReady();
    }

    private void send(final RingElement element) {
        final long number = creditsUsed++;
        final int index = (int)(RingElementDescriptor.wordAcquire(ring.memory, RingMemory.announcementOffset(config, number)) & 0xFFFF);
        if (index >= config.elements()) {
            successor.pair.fail(WcStatus.GENERAL_ERR, "the successor announced element " + index + " of " + config.elements());
            return;
        }
        final long target = RingMemory.elementOffset(config, index);
        successor.send(element, target, number + 1, ring.arrivalSource(number), target + arrivalOffset);
        bytesSent.setRelease(bytesSent.getPlain() + Roundabout.bytesOnLink(element.payloadLength));
        fragmentsSent.setRelease(fragmentsSent.getPlain() + 1);
    }
}
