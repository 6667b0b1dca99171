package dev.verbs.transport.channel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.Errno;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePairConfig;
import dev.verbs.VerbsException;
import dev.verbs.WcStatus;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.RejectedException;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import dev.verbs.transport.Agents;
import dev.verbs.transport.ConnectedPair;
import dev.verbs.transport.PairConfig;
import dev.verbs.transport.TransportNode;
import dev.verbs.transport.TransportTest;
import java.time.Duration;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;

class ChannelFailureTest extends TransportTest {
    private static final WriteChannelConfig SMALL = WriteChannelConfig.of(4, 256);

    private static void send(final Channel channel, final int count) {
        for (int i = 0; i < count; i++) {
            assertTrue(channel.producer().tryClaim(8) >= 0);
            channel.producer().buffer().set(JAVA_LONG_UNALIGNED, channel.producer().claimOffset(), channel.producer().sent());
            channel.producer().commit(8, 0);
        }
    }

    private static void cut(final ConnectedPair pair) {
        pair.queuePair().modify(new QpAttributes().state(QpState.ERR));
    }

    /** Steps both ends until both have noticed, and says how long that took. */
    private static void expectBothFailed(final Channel channel, final String what) {
        final long start = System.nanoTime();
        Agents.runUntil(() -> channel.producer().state() == ChannelState.FAILED
            && channel.consumer().state() == ChannelState.FAILED, TestProvider.deadline(), channel.producer(), channel.consumer());
        System.out.println(what + ": both ends failed after " + (System.nanoTime() - start) / 1_000_000 + " ms: "
            + channel.producer().failure() + " / " + channel.consumer().failure());
        assertEquals(ChannelStatus.FAILED, channel.producer().tryClaim(8));
        assertEquals(ChannelStatus.FAILED, channel.producer().endOfStream(0));
        assertNotNull(channel.producer().failure());
        assertNotNull(channel.consumer().failure());
    }

    @Test
    void shouldFailBothEndsWhenTheProducerIsCutWhileIdle() {
        final Channel channel = channel(SMALL);
        cut(channel.producer().pair());
        expectBothFailed(channel, "idle producer cut");
        assertEquals(ChannelStatus.FAILED, channel.consumer().peek());
    }

    @Test
    void shouldFailBothEndsWhenTheConsumerIsCutWhileIdle() {
        final Channel channel = channel(SMALL);
        cut(channel.consumer().pair());
        expectBothFailed(channel, "idle consumer cut");
        assertEquals(ChannelStatus.FAILED, channel.consumer().poll((buffer, offset, length, tag) -> { }, 1));
    }

    @Test
    void shouldFailTheProducerThatWritesToACutConsumer() {
        final Channel channel = channel(SMALL);
        cut(channel.consumer().pair());
        send(channel, 4);
        expectBothFailed(channel, "consumer cut, producer writes");
    }

    @Test
    void shouldFailThePeerOfAnEndThatClosesWithoutEndingTheStream() {
        final Channel first = channel(SMALL);
        first.producer().close();
        Agents.runUntil(() -> first.consumer().peek() == ChannelStatus.FAILED, TestProvider.deadline());
        assertTrue(first.consumer().failure().contains("the peer disconnected"), first.consumer()::failure);
        final Channel second = channel(SMALL);
        second.consumer().close();
        Agents.runUntil(() -> second.producer().tryClaim(0) == ChannelStatus.FAILED || !unclaim(second.producer()),
            TestProvider.deadline(), second.producer());
        assertEquals(ChannelState.FAILED, second.producer().state());
    }

    private static boolean unclaim(final ChannelProducer producer) {
        producer.abort();
        return true;
    }

    @Test
    void shouldDeliverWhatArrivedBeforeTheCut() {
        final Channel channel = channel(SMALL);
        send(channel, 3);
        final ChannelProducer producer = channel.producer();
        final ChannelConsumer consumer = channel.consumer();
        Agents.runUntil(() -> consumer.peek() == 0, TestProvider.deadline(), producer);
        Agents.runUntil(() -> {
            final var word = ChannelLayout.wordAcquire(consumer.buffer(), 3L * SMALL.slotBytes());
            return ChannelLayout.isFooterOf(word, 2);
        }, TestProvider.deadline(), producer);
        cut(producer.pair());
        expectBothFailed(channel, "cut after 3 messages");
        assertEquals(1, consumer.peek());
        assertEquals(1, consumer.buffer().get(JAVA_LONG_UNALIGNED, consumer.offset()));
        assertEquals(2, consumer.peek());
        assertEquals(ChannelStatus.FAILED, consumer.peek());
        assertEquals(0, producer.credited());
        assertTrue(producer.failure().contains("3 messages sent, 0 credited back"), producer::failure);
    }

    @Test
    void shouldFailOnACreditThatWasNeverSpent() {
        final Channel channel = channel(SMALL);
        send(channel, 1);
        ChannelLayout.credit(channel.producer().buffer(), SMALL.ringBytes(), 2);
        expectBothFailed(channel, "forged credit");
        assertTrue(channel.producer().failure().contains("credited 2 messages, only 1 were sent"),
            channel.producer()::failure);
    }

    @Test
    void shouldFailOnAFooterThatStaysWrong() {
        final ManualClock clock = new ManualClock();
        final Channel channel = channel(openNode(), openNode(), new ChannelId(0, 1, 0), SMALL, clock);
        final ChannelConsumer consumer = channel.consumer();
        final long footer = SMALL.slotBytes() - ChannelLayout.FOOTER_BYTES;
        ChannelLayout.footer(consumer.buffer(), footer, 0, ChannelLayout.word(4, 0, 8));
        assertEquals(ChannelStatus.EMPTY, consumer.peek());
        clock.advance(SMALL.pair().completionTimeoutNs() - 1);
        assertEquals(ChannelStatus.EMPTY, consumer.peek());
        ChannelLayout.footer(consumer.buffer(), footer, 0, 0); // it was half a footer: forgotten
        assertEquals(ChannelStatus.EMPTY, consumer.peek());
        ChannelLayout.footer(consumer.buffer(), footer, 0, ChannelLayout.word(4, 0, 8));
        clock.advance(SMALL.pair().completionTimeoutNs());
        assertEquals(ChannelStatus.EMPTY, consumer.peek());
        clock.advance(SMALL.pair().completionTimeoutNs());
        assertEquals(ChannelStatus.FAILED, consumer.peek());
        assertTrue(consumer.failure().contains("slot 0 carries sequence 5, flags 0, length 8 where message 0 was due"),
            consumer::failure);
        Agents.runUntil(() -> {
            clock.advance(SMALL.pair().watchNs());
            return channel.producer().state() == ChannelState.FAILED;
        }, TestProvider.deadline(), channel.producer());
    }

    @Test
    void shouldFailAtOnceOnALengthThatFitsNoSlot() {
        final Channel channel = channel(SMALL);
        ChannelLayout.footer(channel.consumer().buffer(), SMALL.slotBytes() - ChannelLayout.FOOTER_BYTES, 0,
            ChannelLayout.word(0, 0, 241));
        assertEquals(ChannelStatus.FAILED, channel.consumer().peek());
        expectBothFailed(channel, "impossible length");
    }

    @Test
    void shouldGiveUpARequestThatNeverCompletes() {
        final ManualClock clock = new ManualClock();
        final Channel channel = channel(openNode(), openNode(), new ChannelId(0, 1, 0), SMALL.withBatches(1, 1), clock);
        final ConnectedPair pair = channel.producer().pair();
        send(channel, 1); // its completion is not polled from here on
        assertTrue(pair.watch(clock.nanoTime()));
        clock.advance(PairConfig.DEFAULT.completionTimeoutNs() - 1);
        assertTrue(pair.watch(clock.nanoTime()));
        clock.advance(PairConfig.DEFAULT.watchNs());
        assertTrue(!pair.watch(clock.nanoTime()));
        assertEquals(WcStatus.RESP_TIMEOUT_ERR, pair.failureStatus());
        assertTrue(pair.failure().contains("1 signalled requests without a completion for 5009 ms"), pair::failure);
    }

    @Test
    void shouldTellBothSidesWhenTheyDisagree() {
        final TransportNode a = openNode();
        final TransportNode b = openNode();
        final CmListener listener = own(b.listen(0, 1));
        final Waiting.Pending<VerbsException> refused = Waiting.start("accept", () -> assertThrows(VerbsException.class,
            () -> ChannelConsumer.accept(b, listener, SMALL, SystemNanoClock.INSTANCE, TestProvider.deadline())));
        final VerbsException e = assertThrows(VerbsException.class, () -> ChannelProducer.connect(a, listener.address(),
            new ChannelId(0, 1, 0), WriteChannelConfig.of(8, 256), SystemNanoClock.INSTANCE, TestProvider.deadline()));
        final String why = "channel 0->1: the peer has 8 slots of 256 bytes, this side 4 of 256: give both the same configuration";
        assertEquals("channel 0->1: the peer refused: " + why, e.diagnosis());
        assertEquals(Errno.EINVAL, refused.get().errno());
        assertEquals(why, refused.get().diagnosis());
        assertEquals(0, a.retiredBytes() + b.retiredBytes());
    }

    @Test
    void shouldRefuseAStranger() {
        final TransportNode a = openNode();
        final TransportNode b = openNode();
        final CmListener listener = own(b.listen(0, 1));
        final Waiting.Pending<VerbsException> refused = Waiting.start("accept", () -> assertThrows(VerbsException.class,
            () -> ChannelConsumer.accept(b, listener, SMALL, SystemNanoClock.INSTANCE, TestProvider.deadline())));
        assertThrows(RejectedException.class, () -> ConnectedPair.connect(a, listener.address(), PairConfig.DEFAULT,
            new byte[] {1, 2, 3}, TestProvider.deadline()));
        assertEquals("3 bytes that are not a hello of 44 bytes: the peer is no write channel", refused.get().diagnosis());
        final Waiting.Pending<ConnectedPair> accepted = Waiting.start("accept", () -> ConnectedPair.accept(b, listener,
            PairConfig.DEFAULT, new byte[] {9}, TestProvider.deadline()));
        assertThrows(VerbsException.class, () -> ChannelProducer.connect(a, listener.address(), new ChannelId(0, 1, 0), SMALL,
            SystemNanoClock.INSTANCE, TestProvider.deadline()));
        own(accepted.get());
    }

    @Test
    void shouldGiveUpWhenNobodyConnects() {
        final TransportNode node = openNode();
        final CmListener listener = own(node.listen(0, 1));
        final VerbsException e = assertThrows(VerbsException.class, () -> ChannelConsumer.accept(node, listener, SMALL,
            SystemNanoClock.INSTANCE, Duration.ofMillis(30)));
        assertEquals(Errno.ETIMEDOUT, e.errno());
        assertEquals("no producer connected to " + listener.address() + " within 30 ms", e.diagnosis());
    }

    @Test
    void shouldKeepMemoryOfAClosedChannelWhileAnotherIsBusy() {
        final TransportNode a = openNode();
        final TransportNode b = openNode();
        final ManualClock clock = new ManualClock();
        final Channel busy = channel(a, b, new ChannelId(0, 1, 0), SMALL, clock);
        final Channel other = channel(a, b, new ChannelId(0, 1, 1), SMALL, clock);
        send(busy, 1); // unsignalled: in flight for all that the device says
        other.producer().close();
        assertEquals(ChannelMemory.footprint(SMALL), a.retiredBytes());
        busy.producer().close();
        assertEquals(0, a.retiredBytes());
        final CmRequest none = own(b.listen(0, 1)).await(Duration.ZERO);
        assertEquals(null, none);
    }

    @Test
    void shouldFreeRetiredMemoryWithTheNextSetUp() {
        final TransportNode a = openNode();
        final TransportNode b = openNode();
        final CompletionQueue cq = own(a.createCompletionQueue(4));
        final WriteChannelConfig config = SMALL.withBatches(1, 1);
        final Channel busy = channel(a, b, new ChannelId(0, 1, 0), config, new ManualClock());
        for (int call = 0; call < 3; call++) {
            final Channel other = channel(a, b, new ChannelId(0, 1, 1), config, new ManualClock());
            send(busy, 1);
            other.producer().close();
            assertEquals(ChannelMemory.footprint(config), a.retiredBytes());
            Agents.runUntil(() -> busy.producer().pair().outstanding() == 0, TestProvider.deadline(), busy.producer());
            assertEquals(ChannelMemory.footprint(config), a.retiredBytes(), "nobody looks on the way of a message");
            switch (call) {
                case 0 -> own(a.createCompletionQueue(1));
                case 1 -> own(a.createQueuePair(QueuePairConfig.rc(cq, 1, 1)));
                default -> own(a.listen(0, 1));
            }
            assertEquals(0, a.retiredBytes(), "after set-up call " + call);
        }
    }
}
