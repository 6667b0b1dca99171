package dev.verbs.transport.channel;

import dev.verbs.Errno;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.VerbsException;
import dev.verbs.WcStatus;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.memory.RegisteredArena;
import dev.verbs.memory.RemoteBuffer;
import dev.verbs.transport.Cleanup;
import dev.verbs.transport.ConnectedPair;
import dev.verbs.transport.TransportNode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.agrona.concurrent.NanoClock;

/**
 * The receiving end of a write channel: messages are read where the device placed them, in the ring.
 *
 * <p>Either {@link #poll} with a handler, or in two steps: {@link #peek()} takes the next message, {@link #release()} gives the
 * slot of the oldest one back, so that slots can be kept while they are processed; once all slots are kept, nothing more
 * arrives. Credits go back in batches. Messages are delivered once, in order. Those that have arrived are delivered even when
 * the connection breaks; then {@link ChannelStatus#FAILED} is returned, never a silent end.
 *
 * <p>One thread owns this end; nothing but set-up and {@link #close()} blocks, and nothing on the way of a message allocates.
 */
public final class ChannelConsumer extends ChannelEnd {
    /** Credit writes that may be in flight; a newer one says everything that a missing one would have. */
    private static final int CREDIT_DEPTH = 8;

    private final MemorySegment ring;
    private final SendRequests request;
    private final boolean inline;
    private final int slots;
    private final long slotBytes;

    /** Messages peeked, released, and credited to the producer. */
    private long read;
    private long released;
    private long credited;
    private long slotEnd;
    /** Number of the message that ended the stream, -1 before. */
    private long end = -1;
    private long offset;
    private long length;
    private long tag;
    private long activeAt;
    private long activeNs;
    private boolean suspicious;
    private long suspiciousNs;

    private ChannelConsumer(final ChannelId id, final WriteChannelConfig config, final NanoClock clock,
        final ConnectedPair pair, final ChannelMemory memory, final RemoteBuffer creditWord) {
        super(id, config, clock, pair, memory);
        this.ring = memory.segment();
        this.slots = config.slots();
        this.slotBytes = config.slotBytes();
        this.slotEnd = slotBytes;
        this.inline = pair.queuePair().config().maxInlineData() >= ChannelLayout.CREDIT_WORD;
        this.request = SendRequests.allocate(Arena.ofAuto(), 1, 1, ChannelLayout.CREDIT_WORD);
        request.write(0, memory.credit().address(), ChannelLayout.CREDIT_WORD, memory.credit().lkey(), creditWord.address(),
            creditWord.rkey(), SendFlags.SIGNALED);
        this.activeNs = clock.nanoTime();
    }

    /**
     * Waits for a producer and accepts it, with memory of its own.
     *
     * @param node     this side
     * @param listener where requests arrive
     * @param config   slots and timers; slots and slot bytes as at the producer
     * @param clock    for probes and deadlines
     * @param timeout  for everything together
     * @return the consumer, to be closed by the caller before the listener
     * @throws VerbsException ETIMEDOUT if nobody connects, EINVAL if the peer is no producer of such a channel; it is told why
     */
    public static ChannelConsumer accept(final TransportNode node, final CmListener listener, final WriteChannelConfig config,
        final NanoClock clock, final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        final CmRequest request = listener.await(timeout);
        if (request == null) {
            throw new VerbsException("rdma_get_request", Errno.ETIMEDOUT, "no producer connected to " + listener.address()
                + " within " + timeout.toMillis() + " ms");
        }
        return accept(node, null, request, config, clock, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }

    /** Accepts a request with memory of a given arena ({@link ChannelMemory#footprint}), or of its own if that is null. */
    static ChannelConsumer accept(final TransportNode node, final RegisteredArena arena, final CmRequest request,
        final WriteChannelConfig config, final NanoClock clock, final Duration timeout) {
        final ChannelHello hello = checked(request, config);
        final ChannelMemory memory = memory(node, arena, request, config);
        ConnectedPair pair = null;
        boolean answered = false;
        try {
            final byte[] reply = new ChannelHello(ChannelHello.CONSUMER, hello.id(), config.slots(), config.slotBytes(),
                RemoteBuffer.of(memory.slots())).toBytes();
            answered = true; // from here on by ConnectedPair
            pair = ConnectedPair.accept(node, request, config.pair().withDepths(CREDIT_DEPTH, 0), reply, timeout);
            return new ChannelConsumer(hello.id(), config, clock, pair, memory, hello.buffer());
        } catch (final Throwable e) {
            if (!answered) {
                Cleanup.refuse(request, e);
            }
            Cleanup.after(e, pair, memory);
            throw e;
        }
    }

    private static ChannelMemory memory(final TransportNode node, final RegisteredArena arena, final CmRequest request,
        final WriteChannelConfig config) {
        try {
            return ChannelMemory.ofConsumer(node, arena, config);
        } catch (final Throwable e) {
            Cleanup.refuse(request, "the consumer has no memory: " + e.getMessage(), e);
            throw e;
        }
    }

    private static ChannelHello checked(final CmRequest request, final WriteChannelConfig config) {
        try {
            final ChannelHello hello = ChannelHello.of(request.peerData());
            hello.check(ChannelHello.PRODUCER, config, ChannelLayout.CREDIT_WORD);
            return hello;
        } catch (final Throwable e) {
            Cleanup.refuse(request, e);
            throw e;
        }
    }

    /**
     * Delivers messages that have arrived, oldest first, and releases each. Never blocks. If the handler throws, its message
     * counts as delivered.
     *
     * @param handler takes each message, in this thread
     * @param limit   most messages to deliver, at least 1
     * @return messages delivered; if there was none, 0 or {@link ChannelStatus#END_OF_STREAM}, {@link ChannelStatus#FAILED} or
     *     {@link ChannelStatus#CLOSED}
     */
    public int poll(final ChannelHandler handler, final int limit) {
        int delivered = 0;
        while (delivered < limit) {
            final long message = peek();
            if (message < 0) {
                return delivered > 0 ? delivered : message == ChannelStatus.EMPTY ? 0 : (int)message;
            }
            delivered++;
            try {
                handler.onMessage(ring, offset, length, tag);
            } finally {
                release();
            }
        }
        return delivered;
    }

    /**
     * Takes the next message without releasing it. Never blocks. {@link #offset()}, {@link #length()} and {@link #tag()} say
     * where it lies; it stays there until it is released. Without a message, does {@link #doWork()}.
     *
     * @return the number of the message, from 0; or {@link ChannelStatus#EMPTY}, {@link ChannelStatus#END_OF_STREAM},
     *     {@link ChannelStatus#FAILED} or {@link ChannelStatus#CLOSED}
     */
    public long peek() {
        if (state == ChannelState.CLOSED) {
            return ChannelStatus.CLOSED;
        }
        final long word = ChannelLayout.wordAcquire(ring, slotEnd); // pairs with the device: the last word of a WRITE
        if (!ChannelLayout.isFooterOf(word, read)) {
            return nothing(word);
        }
        final long bytes = ChannelLayout.length(word);
        final long start = slotEnd - ChannelLayout.FOOTER_BYTES - ChannelLayout.padded(bytes);
        if (start < slotEnd - slotBytes || end >= 0) {
            return corrupt(word);
        }
        tag = ChannelLayout.tag(ring, slotEnd);
        offset = start;
        length = bytes;
        final long message = read++;
        suspicious = false;
        slotEnd = slotEnd == slots * slotBytes ? slotBytes : slotEnd + slotBytes;
        if (ChannelLayout.flags(word) != 0) {
            return endReached(message);
        }
        return message;
    }

    private long nothing(final long word) {
        if (end >= 0) {
            doWork();
            return ChannelStatus.END_OF_STREAM;
        }
        if (state == ChannelState.FAILED) {
            return ChannelStatus.FAILED;
        }
        doWork();
        if (read < slots ? word == 0 : ChannelLayout.isFooterOf(word, read - slots)) {
            suspicious = false; // zeros, or the footer of the round before
        } else if (suspect()) {
            return corrupt(word);
        }
        return ChannelStatus.EMPTY;
    }

    /** A device that places byte by byte shows half a footer for a moment; one that stays is no footer of this channel. */
    private boolean suspect() {
        final long nowNs = clock.nanoTime();
        if (!suspicious) {
            suspicious = true;
            suspiciousNs = nowNs;
        }
        return nowNs - suspiciousNs >= config.pair().completionTimeoutNs();
    }

    private int corrupt(final long word) {
        pair.fail(WcStatus.LOC_QP_OP_ERR, "slot " + read % slots + " carries sequence " + ChannelLayout.sequence(word)
            + ", flags " + ChannelLayout.flags(word) + ", length " + ChannelLayout.length(word) + " where message " + read
            + " was due: the peer broke the protocol, or something else wrote to the ring");
        broken();
        return ChannelStatus.FAILED;
    }

    private long endReached(final long message) {
        end = message;
        if (released == message) {
            released++;
            finish();
        }
        return ChannelStatus.END_OF_STREAM;
    }

    /** Everything was released, the end too: the producer waits for this credit. */
    private void finish() {
        if (state == ChannelState.OPEN) {
            state = ChannelState.ENDING;
        }
        returnCredits();
    }

    /**
     * Gives the slot of the oldest peeked message back to the producer. Never blocks.
     *
     * @throws IllegalStateException if every peeked message has been released
     */
    public void release() {
        if (released >= (end < 0 ? read : end)) {
            throw new IllegalStateException("nothing to release: " + released + " messages were peeked and released");
        }
        released++;
        if (released == end) {
            released++;
            finish();
        } else if (released - credited >= config.creditBatch()) {
            returnCredits();
        }
    }

    private void returnCredits() {
        if (state != ChannelState.OPEN && state != ChannelState.ENDING) {
            return;
        }
        if (pair.outstanding() >= CREDIT_DEPTH) {
            pair.poll();
            if (pair.outstanding() >= CREDIT_DEPTH) {
                return; // the next duty cycle tries again
            }
        }
        ChannelLayout.credit(ring, memory.creditOffset(), released);
        if (inline) {
            request.inline(0, ring, memory.creditOffset(), ChannelLayout.CREDIT_WORD);
        }
        request.rewind();
        final int accepted = pair.post(request);
        if (accepted == 1) {
            credited = released;
        } else if (accepted < 0) {
            broken();
        }
    }

    /**
     * Returns credits that are due, notices failures, probes an idle connection. Never blocks. {@link #peek()} and
     * {@link #poll} do it whenever they find no message.
     *
     * @return completions taken, 0 if there was nothing to do
     */
    @Override
    public int doWork() {
        if (state != ChannelState.OPEN && state != ChannelState.ENDING) {
            return 0;
        }
        int work = Math.max(0, pair.poll());
        final long nowNs = clock.nanoTime();
        if (!pair.watch(nowNs)) {
            broken();
            return work + 1;
        }
        final long due = released - credited;
        if (due >= config.creditBatch() || due > 0 && state == ChannelState.ENDING) {
            returnCredits();
        }
        if (state == ChannelState.ENDING && credited == released && pair.outstanding() == 0) {
            state = ChannelState.ENDED;
            work++;
        }
        probeIfIdle(nowNs);
        return work;
    }

    private void probeIfIdle(final long nowNs) {
        if (read + credited != activeAt) {
            activeAt = read + credited;
            activeNs = nowNs;
        } else if (nowNs - activeNs >= config.probeNs() && pair.outstanding() == 0) {
            activeNs = nowNs;
            returnCredits(); // says again what was said: harmless, and fails if nobody is there
        }
    }

    /** The pair is not open any more. Without a message that ended the stream, that is a failure. */
    private void broken() {
        if (state == ChannelState.ENDING) {
            state = ChannelState.ENDED;
        } else if (state == ChannelState.OPEN) {
            state = ChannelState.FAILED;
        }
    }

    /**
     * Where messages lie: the ring.
     *
     * @return the buffer, to be read only
     */
    public MemorySegment buffer() {
        return ring;
    }

    /**
     * Where the payload of the message peeked last starts in {@link #buffer()}.
     *
     * @return the offset, a multiple of 8
     */
    public long offset() {
        return offset;
    }

    /**
     * Length of the message peeked last.
     *
     * @return bytes of the payload
     */
    public long length() {
        return length;
    }

    /**
     * Tag of the message peeked last, or of the end of the stream.
     *
     * @return what the producer gave
     */
    public long tag() {
        return tag;
    }

    /**
     * Whether the producer ended the stream and every message before the end was peeked.
     *
     * @return true if so
     */
    public boolean isEndOfStream() {
        return end >= 0;
    }

    @Override
    String progress() {
        return read + " messages taken, " + released + " released, " + credited + " credited back";
    }

    /**
     * Messages taken, the end included.
     *
     * @return the count
     */
    public long received() {
        return read;
    }

    /**
     * Messages credited back.
     *
     * @return the count
     */
    public long credited() {
        return credited;
    }

    @Override
    public String roleName() {
        return "consumer of channel " + id;
    }
}
