package dev.verbs.transport.channel;

import dev.verbs.Errno;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.VerbsException;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.WrOpcode;
import dev.verbs.cm.RejectedException;
import dev.verbs.memory.RegisteredArena;
import dev.verbs.memory.RemoteBuffer;
import dev.verbs.transport.Cleanup;
import dev.verbs.transport.ConnectedPair;
import dev.verbs.transport.PairConfig;
import dev.verbs.transport.TransportNode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.agrona.concurrent.NanoClock;

/**
 * The sending end of a write channel: {@link #tryClaim}, fill {@link #buffer()} in place, {@link #commit}.
 *
 * <p>Each message is one RDMA WRITE from registered memory into the next slot of the consumer's ring; it costs one credit,
 * which comes back after the consumer has released the slot. A slot of this side is filled again only when its WRITE has
 * completed and its credit is back. Messages arrive in the order of commits. One thread owns this end; nothing but set-up and
 * {@link #close()} blocks, and nothing on the way of a message allocates. {@link #doWork()} has to be called now and then, or
 * a broken connection goes unnoticed.
 */
public final class ChannelProducer extends ChannelEnd {
    private static final int SIGNALED = SendFlags.SIGNALED;
    private static final int INLINE = SendFlags.INLINE;
    /** Send queue entries beside those of the slots: for probes. */
    private static final int SPARE = 2;

    private final MemorySegment buffer;
    private final SendRequests request;
    private final SendRequests probe;
    private final RemoteBuffer ring;
    private final long base;
    private final int slots;
    private final long slotBytes;
    private final int signalEvery;
    private final int inlineLimit;

    /** Messages committed, released by the consumer, and known to have left this side's memory. */
    private long next;
    private long consumed;
    private long reclaimed;
    private long slotOffset;
    private int unsignalled;
    private int claimLimit = -1;
    private long activeAt;
    private long activeNs;

    private ChannelProducer(final ChannelId id, final WriteChannelConfig config, final NanoClock clock,
        final ConnectedPair pair, final ChannelMemory memory, final RemoteBuffer ring) {
        super(id, config, clock, pair, memory);
        this.buffer = memory.segment();
        this.ring = ring;
        this.base = memory.slots().address();
        this.slots = config.slots();
        this.slotBytes = config.slotBytes();
        this.signalEvery = config.signalEvery();
        this.inlineLimit = Math.min(config.pair().inlineBytes(), pair.queuePair().config().maxInlineData());
        this.request = SendRequests.allocate(Arena.ofAuto(), 1, 1);
        request.write(0, base, 0, memory.slots().lkey(), ring.address(), ring.rkey(), 0);
        this.probe = SendRequests.allocate(Arena.ofAuto(), 1, 1);
        probe.remote(probe.add(0, WrOpcode.RDMA_WRITE.code(), SIGNALED), ring.address(), ring.rkey());
        this.activeNs = clock.nanoTime();
    }

    /**
     * Connects to a consumer, with memory of its own. Blocks until the channel stands.
     *
     * @param node    this side
     * @param to      where the consumer's node listens
     * @param id      which channel
     * @param config  slots and timers; slots and slot bytes as at the consumer
     * @param clock   for probes and deadlines
     * @param timeout for everything together
     * @return the producer, to be closed by the caller
     * @throws VerbsException                 if the peer is no consumer of such a channel, or the time is over
     * @throws RejectedException if nobody listens there
     */
    public static ChannelProducer connect(final TransportNode node, final InetSocketAddress to, final ChannelId id,
        final WriteChannelConfig config, final NanoClock clock, final Duration timeout) {
        return connect(node, null, id, config, clock, (pair, hello) -> ConnectedPair.connect(node, to, pair, hello, timeout));
    }

    /** How a pair is connected, given its configuration and what to say. */
    interface Connector {
        ConnectedPair connect(PairConfig pair, byte[] hello);
    }

    /** Connects with memory of a given arena ({@link ChannelMemory#footprint}), or of its own if that is null. */
    static ChannelProducer connect(final TransportNode node, final RegisteredArena arena, final ChannelId id,
        final WriteChannelConfig config, final NanoClock clock, final Connector connector) {
        final ChannelMemory memory = ChannelMemory.ofProducer(node, arena, config);
        ConnectedPair pair = null;
        try {
            final ChannelHello hello = new ChannelHello(ChannelHello.PRODUCER, id, config.slots(), config.slotBytes(),
                RemoteBuffer.of(memory.credit()));
            pair = connector.connect(config.pair().withDepths(config.slots() + SPARE, 0), hello.toBytes());
            final ChannelHello reply = ChannelHello.of(pair.peerHello());
            reply.check(ChannelHello.CONSUMER, config, config.ringBytes());
            return new ChannelProducer(id, config, clock, pair, memory, reply.buffer());
        } catch (final Throwable e) {
            Cleanup.after(e, pair, memory);
            if (e instanceof RejectedException rejected) {
                throw explain(rejected, id);
            }
            throw e;
        }
    }

    private static RuntimeException explain(final RejectedException e, final ChannelId id) {
        final byte[] words = e.peerData();
        return words.length == 0 ? e : new VerbsException("rdma_connect", Errno.ECONNREFUSED, "channel " + id
            + ": the peer refused: " + new String(words, StandardCharsets.UTF_8));
    }

    /**
     * Claims the next slot. Never blocks. One claim at a time: {@link #commit} or {@link #abort()} ends it.
     *
     * @param maxLength most payload bytes that will be committed, 0 to {@link WriteChannelConfig#payloadCapacity()}
     * @return the number of the message, from 0; or {@link ChannelStatus#BACK_PRESSURED}, {@link ChannelStatus#CLOSED} (also
     *     after {@link #endOfStream}) or {@link ChannelStatus#FAILED}
     * @throws IllegalArgumentException if {@code maxLength} does not fit into a slot
     * @throws IllegalStateException    if a claim is open
     */
    public long tryClaim(final int maxLength) {
        if (maxLength < 0 || maxLength > slotBytes - ChannelLayout.FOOTER_BYTES) {
            throw new IllegalArgumentException("maxLength " + maxLength + " is not in 0 .. " + config.payloadCapacity()
                + ": slots have " + slotBytes + " bytes, " + ChannelLayout.FOOTER_BYTES + " of them for the footer");
        }
        if (claimLimit >= 0) {
            throw new IllegalStateException("message " + next + " is claimed: commit or abort it first");
        }
        if (state != ChannelState.OPEN) {
            return terminal();
        }
        if (next - consumed >= slots || next - reclaimed >= slots) {
            doWork();
            if (state != ChannelState.OPEN) {
                return terminal();
            }
            if (next - consumed >= slots || next - reclaimed >= slots) {
                return ChannelStatus.BACK_PRESSURED;
            }
        }
        claimLimit = maxLength;
        return next;
    }

    private int terminal() {
        return state == ChannelState.FAILED ? ChannelStatus.FAILED : ChannelStatus.CLOSED;
    }

    /**
     * Where messages are filled: registered memory of all slots.
     *
     * @return the buffer; only the bytes of an open claim may be written
     */
    public MemorySegment buffer() {
        return buffer;
    }

    /**
     * Where the claimed payload starts in {@link #buffer()}.
     *
     * @return the offset, a multiple of {@link ChannelLayout#SLOT_ALIGNMENT}
     */
    public long claimOffset() {
        return slotOffset;
    }

    /**
     * Sends the claimed message. Never blocks. The bytes belong to the device until the slot is claimed again.
     *
     * @param length bytes of the payload, 0 to what was claimed
     * @param tag    goes with the message, any value
     * @return the number of the message; {@link ChannelStatus#BACK_PRESSURED} if the send queue is full: the claim stays open,
     *     call again after {@link #doWork()}; or {@link ChannelStatus#CLOSED} or {@link ChannelStatus#FAILED}
     * @throws IllegalArgumentException if {@code length} is more than was claimed
     * @throws IllegalStateException    if nothing is claimed
     */
    public long commit(final int length, final long tag) {
        return send(length, tag, 0);
    }

    private long send(final int length, final long tag, final int flags) {
        if (length < 0 || length > claimLimit) {
            throw refusedLength(length);
        }
        if (state != ChannelState.OPEN) {
            claimLimit = -1;
            return terminal();
        }
        final long message = next;
        final long padded = ChannelLayout.padded(length);
        final long total = padded + ChannelLayout.FOOTER_BYTES;
        ChannelLayout.footer(buffer, slotOffset + padded, tag, ChannelLayout.word(message, flags, length));
        final boolean signal = flags != 0 || unsignalled + 1 >= signalEvery;
        request.patch(0, message, base + slotOffset, total, ring.address() + slotOffset + slotBytes - total);
        request.flags(0, (signal ? SIGNALED : 0) | (total <= inlineLimit ? INLINE : 0));
        request.rewind();
        final int accepted = pair.post(request);
        if (accepted != 1) {
            return notAccepted(accepted);
        }
        unsignalled = signal ? 0 : unsignalled + 1;
        next = message + 1;
        slotOffset = slotOffset + slotBytes == slots * slotBytes ? 0 : slotOffset + slotBytes;
        claimLimit = -1;
        return message;
    }

    private RuntimeException refusedLength(final int length) {
        return claimLimit < 0 ? new IllegalStateException("nothing is claimed: call tryClaim first")
            : new IllegalArgumentException("length " + length + " is not in 0 .. " + claimLimit + ", what was claimed");
    }

    private long notAccepted(final int accepted) {
        if (accepted == 0) {
            return ChannelStatus.BACK_PRESSURED;
        }
        claimLimit = -1;
        broken();
        return terminal();
    }

    /** Gives an open claim back; nothing is sent. Does nothing without one. */
    public void abort() {
        claimLimit = -1;
    }

    /**
     * Ends the stream: the consumer learns it after every message before. Never blocks. Afterwards step {@link #doWork()}
     * until {@link #isEnded()}, then close; a consumer that sees the connection end without this reports FAILED.
     *
     * @param tag goes with the end, any value
     * @return the number of the last message, the end itself; {@link ChannelStatus#BACK_PRESSURED}: call again; or
     *     {@link ChannelStatus#CLOSED} or {@link ChannelStatus#FAILED}
     * @throws IllegalStateException if a claim is open
     */
    public long endOfStream(final long tag) {
        final long claim = tryClaim(0);
        if (claim < 0) {
            return claim;
        }
        final long sent = send(0, tag, ChannelLayout.END_OF_STREAM);
        claimLimit = -1;
        if (sent >= 0) {
            state = ChannelState.ENDING;
        }
        return sent;
    }

    /**
     * Takes completions and credits, notices failures, probes an idle connection. Never blocks.
     *
     * @return completions and credits taken, 0 if there was nothing to do
     */
    @Override
    public int doWork() {
        if (state != ChannelState.OPEN && state != ChannelState.ENDING) {
            return 0;
        }
        int work = takeCompletions() + takeCredits();
        final long nowNs = clock.nanoTime();
        if (!pair.watch(nowNs)) {
            broken();
            return work + 1;
        }
        if (state == ChannelState.ENDING && consumed == next) {
            state = ChannelState.ENDED;
            work++;
        }
        probeIfIdle(nowNs, work);
        return work;
    }

    private int takeCompletions() {
        final int count = pair.poll();
        if (count > 0) {
            final WorkCompletions completions = pair.completions();
            reclaimed = Math.max(reclaimed, completions.wrId(count - 1) + 1);
        }
        return Math.max(0, count);
    }

    private int takeCredits() {
        final long count = ChannelLayout.creditAcquire(buffer, memory.creditOffset());
        if (count <= consumed) {
            return 0; // nothing new; or half of a new count, which is always less than the whole
        }
        if (count > next) {
            pair.fail(WcStatus.REM_OP_ERR, "the consumer credited " + count + " messages, only " + next + " were sent");
            return 1;
        }
        final int gained = (int)(count - consumed);
        consumed = count;
        return gained;
    }

    private void probeIfIdle(final long nowNs, final int work) {
        if (work != 0 || next != activeAt) {
            activeAt = next;
            activeNs = nowNs;
        } else if (nowNs - activeNs >= config.probeNs() && pair.outstanding() == 0) {
            activeNs = nowNs;
            probe.wrId(0, next - 1); // its completion says that every WRITE before it has completed
            probe.rewind();
            if (pair.post(probe) < 0) {
                broken();
            }
        }
    }

    /** The pair is not open any more: credits that arrived before count, then it is over. */
    private void broken() {
        takeCredits();
        if (state == ChannelState.ENDING && consumed == next) {
            state = ChannelState.ENDED;
        } else if (state == ChannelState.OPEN || state == ChannelState.ENDING) {
            state = ChannelState.FAILED;
        }
    }

    @Override
    String progress() {
        return next + " messages sent, " + consumed + " credited back";
    }

    /**
     * Messages committed, the end included.
     *
     * @return the count
     */
    public long sent() {
        return next;
    }

    /**
     * Messages that the consumer has released, as far as its credits have arrived.
     *
     * @return the count
     */
    public long credited() {
        return consumed;
    }

    /**
     * Slots that could be claimed now without new credits or completions.
     *
     * @return the count
     */
    public int available() {
        return (int)(slots - next + Math.min(consumed, reclaimed));
    }

    @Override
    public String roleName() {
        return "producer of channel " + id;
    }
}
