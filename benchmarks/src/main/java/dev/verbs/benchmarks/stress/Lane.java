package dev.verbs.benchmarks.stress;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.verbs.AccessFlags;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.MemoryRegion;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WorkCompletions;
import dev.verbs.WrOpcode;
import dev.verbs.soft.SoftProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two connected queue pairs of one software device, and a message of their own to send once: what one sample of a test uses.
 *
 * <p>A state of jcstress leases a lane while it is made, in whatever thread; then one actor posts, the other looks. Lanes are
 * leased in turn, and there are more than states that are alive at a time (see {@link Stress#STRIDE}).
 */
final class Lane {
    /** What the poster writes into each byte. */
    static final byte WRITTEN = 0x5A;
    static final int LONGEST = 4096;

    private static final int ACCESS = AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE;
    private static final int COUNT = 4 * Stress.STRIDE;
    private static final int PIECES = 4;
    private static final int INLINE = 64;
    /** Lengths that end on a multiple of 8: short, of a cache line, of a few, of a page. */
    private static final int[] ALIGNED = {8, 16, 24, 64, 72, 200, 1024, LONGEST};
    private static final int[] UNALIGNED = {9, 15, 17, 63, 65, 203, 1021, LONGEST - 1};
    private static final long WORD_WRITTEN = 0x5A5A_5A5A_5A5A_5A5AL;
    /** How often the reader looks: long enough to meet the write, short enough for the other actor. */
    private static final int LOOKS = 300;
    private static final VarHandle WORD = JAVA_LONG.varHandle();
    private static final VarHandle BYTE = JAVA_BYTE.varHandle();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final QueuePair poster;
    private final QueuePair receiver;
    private final CompletionQueue sent;
    private final CompletionQueue received;
    private final SendRequests sends;
    private final ReceiveRequests receives;
    private final WorkCompletions sentCompletions;
    private final WorkCompletions receivedCompletions;
    private final MemoryRegion source;
    private final MemoryRegion region;
    private final MemorySegment target;
    private final int length;

    /** Made by the first lease of a JVM. */
    private static final class Aligned {
        static final Lane[] LANES = make(ALIGNED);
    }

    /** Made by the first lease of a JVM. */
    private static final class Unaligned {
        static final Lane[] LANES = make(UNALIGNED);
    }

    private static Lane[] make(final int[] lengths) {
        final Context context = new SoftProvider().devices().getFirst().open();
        final ProtectionDomain domain = context.allocateProtectionDomain();
        final PortSelection port = PortSelection.choose(context, PortOptions.AUTOMATIC);
        final MemorySegment bytes = Arena.global().allocate(LONGEST + Long.BYTES, 64).fill(WRITTEN);
        final MemoryRegion source = domain.registerMemory(bytes, ACCESS);
        final int slot = LONGEST + 64;
        final MemoryRegion target = domain.registerMemory(Arena.global().allocate((long)slot * COUNT, 64), ACCESS);
        final Lane[] lanes = new Lane[COUNT];
        for (int i = 0; i < COUNT; i++) {
            final MemorySegment place = target.segment().asSlice((long)slot * i, slot);
            lanes[i] = new Lane(domain, port, source, target, place, lengths[i % lengths.length]);
        }
        return lanes;
    }

    private Lane(final ProtectionDomain domain, final PortSelection port, final MemoryRegion source, final MemoryRegion region,
        final MemorySegment place, final int length) {
        this.source = source;
        this.region = region;
        this.target = place.asSlice(0, length);
        this.length = length;
        this.sent = domain.context().createCompletionQueue(4);
        this.received = domain.context().createCompletionQueue(4);
        final QueuePairConfig config = QueuePairConfig.rc(sent, 2, 2).withCqs(sent, received).withSge(PIECES, 1).withInline(INLINE);
        this.poster = domain.createQueuePair(config);
        this.receiver = domain.createQueuePair(config);
        RcEndpoint.connectPair(poster, receiver, port, ACCESS);
        this.sends = SendRequests.allocate(Arena.global(), 1, PIECES, INLINE);
        this.receives = ReceiveRequests.allocate(Arena.global(), 1, 1);
        this.sentCompletions = WorkCompletions.allocate(Arena.global(), 4);
        this.receivedCompletions = WorkCompletions.allocate(Arena.global(), 4);
    }

    /** A lane whose message ends on a multiple of 8 bytes, or does not; its target is all zeros, nothing is under way. */
    static Lane lease(final boolean aligned) {
        final int index = NEXT.getAndIncrement() & COUNT - 1;
        final Lane lane = (aligned ? Aligned.LANES : Unaligned.LANES)[index];
        lane.sent.poll(lane.sentCompletions);
        lane.received.poll(lane.receivedCompletions);
        lane.target.fill((byte)0);
        return lane;
    }

    private Lane with(final WrOpcode opcode) {
        final int index = sends.clear().add(0, opcode.code(), SendFlags.SIGNALED);
        if (opcode != WrOpcode.SEND) {
            sends.remote(index, target.address(), region.rkey());
            sends.immediate(index, length);
        }
        return this;
    }

    /** A write of one piece, whose bytes lie {@code misalignment} behind a multiple of 8. */
    Lane write(final int misalignment) {
        with(WrOpcode.RDMA_WRITE).sends.addLocal(0, source.address() + misalignment, length, source.lkey());
        return this;
    }

    /** A write of four pieces, the last ones shorter than a word: it is put together from three of them. */
    Lane writeOfPieces() {
        with(WrOpcode.RDMA_WRITE);
        final int[] pieces = length < 9 ? new int[] {1, 2, 2, length - 5} : new int[] {length - 7, 3, 1, 3};
        for (final int piece : pieces) {
            sends.addLocal(0, source.address(), piece, source.lkey());
        }
        return this;
    }

    /** A write whose payload, at most {@link #INLINE} bytes of it, lies in the request. */
    Lane writeInline() {
        if (length > INLINE) {
            return write(1);
        }
        with(WrOpcode.RDMA_WRITE).sends.inline(0, source.segment(), 0, length);
        return this;
    }

    /** A write with immediate; the receive is posted. */
    Lane writeWithImmediate() {
        with(WrOpcode.RDMA_WRITE_WITH_IMM).sends.addLocal(0, source.address(), length, source.lkey());
        return withReceive();
    }

    /** A send; the receive is posted. */
    Lane send() {
        with(WrOpcode.SEND).sends.addLocal(0, source.address(), length, source.lkey());
        return withReceive();
    }

    private Lane withReceive() {
        if (receiver.inFlight() == 0) {
            receives.clear().receive(0, target.address(), length, region.lkey());
            require(receiver.postReceive(receives) == 1, "the receive was not accepted");
        }
        return this;
    }

    /** The posting actor. */
    void post() {
        require(poster.postSend(sends) == 1, "the request was not accepted");
    }

    /**
     * The reading actor: looks at the last word (unaligned end: the last byte) with acquire until it is there.
     *
     * @return whether it came in time
     */
    boolean awaitLast() {
        final boolean aligned = length % Long.BYTES == 0;
        for (int i = 0; i < LOOKS; i++) {
            final boolean there = aligned ? (long)WORD.getAcquire(target, length - (long)Long.BYTES) == WORD_WRITTEN
                : (byte)BYTE.getAcquire(target, length - 1L) == WRITTEN; // pairs with the device's release
            if (there) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /**
     * The polling actor: polls until the receive has completed.
     *
     * @return whether it came in time
     */
    boolean awaitReceived() {
        for (int i = 0; i < LOOKS; i++) {
            if (received.poll(receivedCompletions) > 0) {
                require(receivedCompletions.isSuccess(0), receivedCompletions.describe(0));
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Whether every byte of the message is there, seen by plain reads, last ones first: those were copied last. */
    boolean isWhole() {
        for (long i = length - 1; i >= 0; i--) {
            if (target.get(JAVA_BYTE, i) != WRITTEN) {
                return false;
            }
        }
        return true;
    }

    private static void require(final boolean holds, final String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
