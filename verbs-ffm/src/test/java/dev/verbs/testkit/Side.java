package dev.verbs.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.verbs.AddressHandle;
import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.VerbsException;
import dev.verbs.WorkCompletions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One end of a connection, with everything of its own down to the context: one buffer, one region, separate completion
 * queues for sends and receives.
 *
 * <pre>
 *   context ── domain ── region (buffer)
 *      │          └───── qp ── sendCq [── sendChannel]
 *      └────────────────────── receiveCq [── receiveChannel]
 * </pre>
 */
public final class Side {
    private static final int LIST = 64;

    private final Context context;
    private final PortSelection port;
    private final ProtectionDomain domain;
    private final MemorySegment buffer;
    private final MemoryRegion region;
    private final CompletionChannel sendChannel;
    private final CompletionChannel receiveChannel;
    private final CompletionQueue sendCq;
    private final CompletionQueue receiveCq;
    private final QueuePair qp;
    private final SendRequests sends;
    private final ReceiveRequests receives;
    private final WorkCompletions completions;
    private final WorkCompletions one;

    Side(final VerbsTest test, final PairConfig config) {
        this(test, config, null);
    }

    /** Another queue pair with queues of its own, in the domain and with the memory of a side that there is. */
    Side(final VerbsTest test, final PairConfig config, final Side of) {
        final Arena arena = Arena.ofAuto();
        context = of == null ? test.openContext() : of.context;
        port = of == null ? test.choosePort(context) : of.port;
        domain = of == null ? test.own(context.allocateProtectionDomain()) : of.domain;
        buffer = of == null ? arena.allocate(config.bufferBytes(), 4096) : of.buffer;
        region = of == null ? test.own(domain.registerMemory(buffer, config.mrAccess())) : of.region;
        sendChannel = config.channels() ? test.own(context.createCompletionChannel()) : null;
        receiveChannel = config.channels() ? test.own(context.createCompletionChannel()) : null;
        sendCq = test.own(context.createCompletionQueue(config.cqEntries(), sendChannel));
        receiveCq = test.own(context.createCompletionQueue(config.cqEntries(), receiveChannel));
        qp = test.own(create(new QueuePairConfig(config.type(), sendCq, receiveCq, config.sendDepth(),
            config.receiveDepth(), config.sge(), config.sge(), config.inlineBytes(), config.signalAll())));
        sends = SendRequests.allocate(arena, LIST, qp.config().maxSendSge() + 1, qp.config().maxInlineData());
        receives = ReceiveRequests.allocate(arena, LIST, qp.config().maxReceiveSge() + 1);
        completions = WorkCompletions.allocate(arena, LIST);
        one = WorkCompletions.allocate(arena, 1);
    }

    /** Skips, with a reason, where the device does not have the service. */
    private QueuePair create(final QueuePairConfig config) {
        try {
            return domain.createQueuePair(config);
        } catch (final VerbsException e) {
            VerbsTest.assume(config.type() == QpType.RC || e.errno() != Errno.EOPNOTSUPP, context, config.type() + " queue pairs");
            throw e;
        }
    }

    /** What the last await polled: one completion. */
    public WorkCompletions lastPolled() {
        return one;
    }

    /** Posts one signalled datagram. */
    public void sendTo(final long wrId, final long offset, final long length, final AddressHandle path, final int qpn,
        final int qkey) {
        sends.clear().sendTo(wrId, at(offset), length, region.lkey(), path, qpn, qkey, SendFlags.SIGNALED);
        postSends();
    }

    /** A path to another side's port, closed after the test. */
    public AddressHandle pathTo(final VerbsTest test, final Side peer) {
        return test.own(domain.createAddressHandle(port.pathTo(peer.port.lid(), peer.port.gid().gid())));
    }

    /** The context of this side. */
    public Context context() {
        return context;
    }

    /** The port of this side. */
    public PortSelection port() {
        return port;
    }

    /** The domain of this side. */
    public ProtectionDomain domain() {
        return domain;
    }

    /** The registered memory. */
    public MemorySegment buffer() {
        return buffer;
    }

    /** The region of the buffer. */
    public MemoryRegion region() {
        return region;
    }

    /** Where send completions are announced, null without channels. */
    public CompletionChannel sendChannel() {
        return sendChannel;
    }

    /** Where receive completions are announced, null without channels. */
    public CompletionChannel receiveChannel() {
        return receiveChannel;
    }

    /** Where send completions arrive. */
    public CompletionQueue sendCq() {
        return sendCq;
    }

    /** Where receive completions arrive. */
    public CompletionQueue receiveCq() {
        return receiveCq;
    }

    /** The queue pair. */
    public QueuePair qp() {
        return qp;
    }

    /** The list of send requests, 64 long. */
    public SendRequests sends() {
        return sends;
    }

    /** The list of receive requests, 64 long. */
    public ReceiveRequests receives() {
        return receives;
    }

    /** Room for 64 completions. */
    public WorkCompletions completions() {
        return completions;
    }

    /** Address of a byte of the buffer. */
    public long at(final long offset) {
        return region.address() + offset;
    }

    /** Fills part of the buffer with a pattern that depends on the seed. */
    public Side fill(final long offset, final long length, final int seed) {
        for (long i = 0; i < length; i++) {
            buffer.set(ValueLayout.JAVA_BYTE, offset + i, pattern(seed, i));
        }
        return this;
    }

    /** Checks the pattern that {@link #fill} wrote, here or at a peer. */
    public void assertFilled(final long offset, final long length, final int seed) {
        for (long i = 0; i < length; i++) {
            if (buffer.get(ValueLayout.JAVA_BYTE, offset + i) != pattern(seed, i)) {
                fail("byte " + i + " of " + length + " at offset " + offset + " is " + buffer.get(ValueLayout.JAVA_BYTE, offset + i)
                    + ", not " + pattern(seed, i));
            }
        }
    }

    private static byte pattern(final int seed, final long i) {
        return (byte)(i * 31 + (i >>> 8) + seed);
    }

    /** Posts the whole list of sends and checks that all were accepted. */
    public void postSends() {
        final int remaining = sends.remaining();
        assertEquals(remaining, qp.postSend(sends), () -> "accepted; errno " + sends.errno());
        assertEquals(0, sends.errno());
    }

    /** Posts the whole list of receives and checks that all were accepted. */
    public void postReceives() {
        final int remaining = receives.remaining();
        assertEquals(remaining, qp.postReceive(receives), () -> "accepted; errno " + receives.errno());
        assertEquals(0, receives.errno());
    }

    /** Posts one receive. */
    public void receive(final long wrId, final long offset, final long length) {
        receives.clear().receive(wrId, at(offset), length, region.lkey());
        postReceives();
    }

    /** Posts one signalled send. */
    public void send(final long wrId, final long offset, final long length) {
        sends.clear().send(wrId, at(offset), length, region.lkey(), SendFlags.SIGNALED);
        postSends();
    }

    /** Posts one signalled write into the peer's buffer. */
    public void write(final long wrId, final long offset, final long length, final Side peer, final long remoteOffset) {
        sends.clear().write(wrId, at(offset), length, region.lkey(), peer.at(remoteOffset), peer.region.rkey(),
            SendFlags.SIGNALED);
        postSends();
    }

    /** Posts one signalled read of the peer's buffer. */
    public void read(final long wrId, final long offset, final long length, final Side peer, final long remoteOffset) {
        sends.clear().read(wrId, at(offset), length, region.lkey(), peer.at(remoteOffset), peer.region.rkey(),
            SendFlags.SIGNALED);
        postSends();
    }

    /** The next completion of a send. */
    public Completion awaitSend() {
        return await(sendCq, 1).getFirst();
    }

    /** The next completion of a receive. */
    public Completion awaitReceive() {
        return await(receiveCq, 1).getFirst();
    }

    /** The next completions of sends. */
    public List<Completion> awaitSends(final int count) {
        return await(sendCq, count);
    }

    /** The next completions of receives. */
    public List<Completion> awaitReceives(final int count) {
        return await(receiveCq, count);
    }

    /** Exactly so many completions, in order; an AssertionError when the deadline passes first. */
    public List<Completion> await(final CompletionQueue cq, final int count) {
        final List<Completion> found = new ArrayList<>();
        final Duration deadline = TestProvider.deadline();
        Waiting.until(deadline, () -> {
            take(cq, found);
            return found.size() >= count;
        });
        assertEquals(count, found.size(), () -> "completions within " + deadline + ": " + found);
        return found;
    }

    /** Checks that nothing completes for a while. */
    public void assertQuiet() {
        final List<Completion> found = new ArrayList<>();
        Waiting.until(TestProvider.pause(), () -> {
            take(sendCq, found);
            take(receiveCq, found);
            return !found.isEmpty();
        });
        assertTrue(found.isEmpty(), () -> "unexpected " + found);
    }

    private void take(final CompletionQueue cq, final List<Completion> found) {
        final int count = cq.poll(one); // no more than is wanted: the rest waits for the next call
        assertTrue(count >= 0, () -> "poll of " + cq.describe() + " returned " + count);
        if (count > 0) {
            found.add(Completion.of(one, 0));
        }
    }
}
