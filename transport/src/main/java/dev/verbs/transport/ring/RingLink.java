package dev.verbs.transport.ring;

import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import dev.verbs.memory.RemoteBuffer;
import dev.verbs.transport.ConnectedPair;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;

/**
 * One connection of a host, to its successor or to its predecessor, and what is posted on it. One thread.
 *
 * <p>The last request of a post is signalled and names, in its wr_id, the element that it sends, or {@link #WORD}. A post
 * that the queue does not take is kept and handed over again; nothing else is posted meanwhile, so the order stays.
 */
final class RingLink implements AutoCloseable {
    /** wr_id of a lone word. */
    static final long WORD = 1L << 32;

    /** wr_id of an own block. */
    static final long OWN = 1L << 33;

    final ConnectedPair pair;
    private final RingMemory local;
    private final RemoteBuffer remote;
    private final SendRequests requests;
    private final Arena arena = Arena.ofShared();
    private final int inlineFlag;
    private final int room;
    private int inFlight;

    RingLink(final ConnectedPair pair, final RingMemory local, final RemoteBuffer remote) {
        this.pair = pair;
        this.local = local;
        this.remote = remote;
        this.requests = SendRequests.allocate(arena, 2, 1);
        this.inlineFlag = pair.queuePair().config().maxInlineData() >= Long.BYTES ? SendFlags.INLINE : 0;
        this.room = pair.queuePair().config().maxSendWr();
    }

    /** Whether a post of up to two requests can go out now; hands over what is left of an earlier one. */
    boolean isReady() {
        if (requests.remaining() > 0) {
            flush();
        }
        return requests.remaining() == 0 && inFlight + 2 <= room;
    }

    /** Whether everything posted has completed. */
    boolean isQuiet() {
        return requests.remaining() == 0 && inFlight == 0;
    }

    /** Writes a word of ours into the peer's memory. Call when {@link #isReady()}. */
    void writeWord(final long value, final long source, final long target) {
        requests.clear();
        addWord(WORD, value, source, target);
        inFlight++;
        flush();
    }

    /** Sends an element, then its arrival word. Call when {@link #isReady()}. */
    void send(final RingElement element, final long target, final long arrival, final long source, final long arrivalTarget) {
        requests.clear();
        requests.write(0, element.address, RingElementDescriptor.HEADER_LENGTH + element.payloadLength, element.lkey,
            remote.address() + target, remote.rkey(), 0);
        addWord(element.isOwn() ? OWN : element.index, arrival, source, arrivalTarget);
        inFlight += 2;
        flush();
    }

    private void addWord(final long wrId, final long value, final long source, final long target) {
        local.memory.set(ValueLayout.JAVA_LONG, source, value);
        requests.write(wrId, local.memory.address() + source, Long.BYTES, local.region.lkey(), remote.address() + target,
            remote.rkey(), SendFlags.SIGNALED | inlineFlag);
    }

    private void flush() {
        final int remaining = requests.remaining();
        final int accepted = pair.post(requests);
        if (accepted > 0 && accepted < remaining) {
            pair.fail(WcStatus.GENERAL_ERR, "the send queue took " + accepted + " of " + remaining + " requests although it holds "
                + room + " and at most " + inFlight + " were in flight");
        }
    }

    /** Takes completions; negative if the pair is not open. */
    int poll() {
        return pair.poll();
    }

    WorkCompletions completions() {
        return pair.completions();
    }

    /** Says that a completion was seen. */
    void completed(final long wrId) {
        inFlight -= (wrId & WORD) != 0 ? 1 : 2;
    }

    @Override
    public void close() {
        try {
            pair.close();
        } finally {
            arena.close();
        }
    }
}
