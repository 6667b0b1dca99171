package dev.verbs.transport.channel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.testkit.TestProvider;
import dev.verbs.transport.Agents;
import dev.verbs.transport.TransportNode;
import dev.verbs.transport.TransportTest;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;

class WriteChannelTest extends TransportTest {
    private static final WriteChannelConfig SMALL = WriteChannelConfig.of(4, 256);

    /** Claims until there is a slot. */
    private static void claim(final Channel channel, final int length) {
        Agents.runUntil(() -> {
            final long claim = channel.producer().tryClaim(length);
            assertTrue(claim >= 0 || claim == ChannelStatus.BACK_PRESSURED, () -> ChannelStatus.name(claim) + ": "
                + channel.producer().failure() + " / " + channel.consumer().failure());
            return claim >= 0;
        }, TestProvider.deadline(), channel.producer(), channel.consumer());
    }

    private static void send(final Channel channel, final long value) {
        claim(channel, Long.BYTES);
        channel.producer().buffer().set(JAVA_LONG_UNALIGNED, channel.producer().claimOffset(), value);
        assertEquals(channel.producer().sent(), channel.producer().commit(Long.BYTES, -value));
    }

    /** Polls until there is something, and gives back what poll said. */
    private static int pollOnce(final Channel channel, final ChannelHandler handler) {
        final int[] result = new int[1];
        Agents.runUntil(() -> (result[0] = channel.consumer().poll(handler, Integer.MAX_VALUE)) != 0, TestProvider.deadline(),
            channel.producer(), channel.consumer());
        return result[0];
    }

    private static void receive(final Channel channel, final long value) {
        assertEquals(1, pollOnce(channel, (buffer, offset, length, tag) -> {
            assertEquals(Long.BYTES, length);
            assertEquals(value, buffer.get(JAVA_LONG_UNALIGNED, offset));
            assertEquals(-value, tag);
        }));
    }

    private static void end(final Channel channel) {
        Agents.runUntil(() -> channel.producer().endOfStream(99) >= 0, TestProvider.deadline(), channel.producer(),
            channel.consumer());
        assertEquals(ChannelStatus.END_OF_STREAM, pollOnce(channel, (buffer, offset, length, tag) -> {
            throw new AssertionError("a message after the last");
        }));
        Agents.runUntil(() -> channel.producer().isEnded() && channel.consumer().isEnded(), TestProvider.deadline(),
            channel.producer(), channel.consumer());
    }

    @Test
    void shouldDeliverMessagesInOrderWithTheirTags() {
        final Channel channel = channel(SMALL);
        for (int i = 0; i < 100; i++) {
            send(channel, i);
            receive(channel, i);
        }
        assertEquals(100, channel.consumer().received());
        assertEquals(0, channel.consumer().poll((buffer, offset, length, tag) -> { }, 10));
        assertEquals(ChannelState.OPEN, channel.producer().state());
        assertNull(channel.producer().failure());
        assertNull(channel.consumer().failure());
        assertEquals(new ChannelId(0, 1, 0), channel.consumer().id());
    }

    @Test
    void shouldKeepEveryByteOverManyRoundsWithRandomLengths() {
        final long seed = Long.getLong("dev.verbs.test.seed", System.nanoTime());
        System.out.println("seed " + seed);
        final int messages = TestProvider.isSoft() ? 100_000 : 2_000;
        for (final WriteChannelConfig config : List.of(SMALL, WriteChannelConfig.of(2, 64).withBatches(1, 1),
            WriteChannelConfig.of(7, 4096).withBatches(7, 3), WriteChannelConfig.of(16, 192).withBatches(5, 8))) {
            final Channel channel = channel(config);
            final Traffic traffic = new Traffic(channel, new Random(seed));
            Agents.runUntil(() -> traffic.step(messages), TestProvider.deadline().multipliedBy(4), channel.producer(),
                channel.consumer());
            System.out.println(config.slots() + " slots of " + config.slotBytes() + ": " + traffic.received + " messages, "
                + traffic.bytes + " bytes, " + traffic.empty + " empty, " + traffic.full + " full, "
                + traffic.received / config.slots() + " rounds");
            assertEquals(messages, traffic.received);
            assertTrue(traffic.empty > 0 && traffic.full > 0);
            end(channel);
        }
    }

    /** Sends and receives random messages in random bursts; contents follow from the message's number. */
    private static final class Traffic {
        private final ChannelProducer producer;
        private final ChannelConsumer consumer;
        private final Random random;
        private final int capacity;
        private final List<Integer> lengths = new ArrayList<>();
        private int sent;
        private int received;
        private long bytes;
        private int empty;
        private int full;

        Traffic(final Channel channel, final Random random) {
            this.producer = channel.producer();
            this.consumer = channel.consumer();
            this.random = random;
            this.capacity = producer.config().payloadCapacity();
        }

        boolean step(final int messages) {
            for (int burst = random.nextInt(producer.config().slots() + 2); burst > 0 && sent < messages; burst--) {
                if (!send()) {
                    break;
                }
            }
            final int limit = 1 + random.nextInt(producer.config().slots() + 2);
            final int polled = consumer.poll(this::check, limit);
            assertTrue(polled >= 0 && polled <= limit, () -> ChannelStatus.name(polled) + consumer.failure());
            return received == messages;
        }

        private boolean send() {
            final int kind = random.nextInt(8);
            final int length = kind == 0 ? 0 : kind == 1 ? capacity : random.nextInt(capacity + 1);
            final long claim = producer.tryClaim(random.nextBoolean() ? capacity : length);
            if (claim < 0) {
                assertEquals(ChannelStatus.BACK_PRESSURED, claim, producer::failure);
                return false;
            }
            if (random.nextInt(10) == 0) {
                producer.abort();
                return true;
            }
            final MemorySegment buffer = producer.buffer();
            for (int i = 0; i < length; i++) {
                buffer.set(JAVA_BYTE, producer.claimOffset() + i, (byte)(sent * 31 + i));
            }
            assertEquals(sent, producer.commit(length, sent * 1_000_000_007L));
            lengths.add(length);
            sent++;
            return true;
        }

        private void check(final MemorySegment buffer, final long offset, final long length, final long tag) {
            assertEquals((long)lengths.get(received), length);
            assertEquals(received * 1_000_000_007L, tag);
            assertEquals(0, offset % 8);
            for (int i = 0; i < length; i++) {
                if (buffer.get(JAVA_BYTE, offset + i) != (byte)(received * 31 + i)) {
                    throw new AssertionError("byte " + i + " of message " + received);
                }
            }
            received++;
            bytes += length;
            empty += length == 0 ? 1 : 0;
            full += length == capacity ? 1 : 0;
        }
    }

    @Test
    void shouldPushBackWhenTheConsumerStopsAndGoOnWhenCreditsReturn() {
        final Channel channel = channel(WriteChannelConfig.of(8, 128).withBatches(1, 3));
        final ChannelProducer producer = channel.producer();
        final ChannelConsumer consumer = channel.consumer();
        for (int i = 0; i < 8; i++) {
            send(channel, i);
        }
        for (int i = 0; i < 1000; i++) {
            assertEquals(ChannelStatus.BACK_PRESSURED, producer.tryClaim(8));
        }
        assertEquals(0, producer.available());
        receiveOne(channel);
        receiveOne(channel);
        assertEquals(0, consumer.credited());
        assertEquals(ChannelStatus.BACK_PRESSURED, producer.tryClaim(8));
        receiveOne(channel);
        assertEquals(3, consumer.credited());
        Agents.runUntil(() -> producer.available() == 3, TestProvider.deadline(), producer, consumer);
        assertEquals(3, producer.credited());
        assertEquals(8, producer.tryClaim(8));
        producer.abort();
        assertEquals(8, producer.tryClaim(8));
    }

    private static void receiveOne(final Channel channel) {
        Agents.runUntil(() -> channel.consumer().poll((buffer, offset, length, tag) -> { }, 1) == 1, TestProvider.deadline(),
            channel.producer(), channel.consumer());
    }

    @Test
    void shouldKeepSlotsUntilTheyAreReleasedInOrder() {
        final Channel channel = channel(SMALL);
        final ChannelConsumer consumer = channel.consumer();
        final long[] offsets = new long[4];
        for (int i = 0; i < 4; i++) {
            send(channel, 1000 + i);
        }
        for (int i = 0; i < 4; i++) {
            final int expected = i;
            Agents.runUntil(() -> consumer.peek() == expected, TestProvider.deadline(), channel.producer());
            offsets[i] = consumer.offset();
            assertEquals(-1000 - i, consumer.tag());
        }
        assertEquals(ChannelStatus.EMPTY, consumer.peek());
        assertEquals(ChannelStatus.BACK_PRESSURED, channel.producer().tryClaim(1));
        for (int i = 0; i < 4; i++) {
            assertEquals(1000 + i, consumer.buffer().get(JAVA_LONG_UNALIGNED, offsets[i]));
            consumer.release();
        }
        assertEquals("nothing to release: 4 messages were peeked and released",
            assertThrows(IllegalStateException.class, consumer::release).getMessage());
        send(channel, 5);
        receive(channel, 5);
    }

    @Test
    void shouldEndTheStreamAfterEveryMessage() {
        final Channel channel = channel(SMALL);
        final ChannelProducer producer = channel.producer();
        final ChannelConsumer consumer = channel.consumer();
        send(channel, 1);
        send(channel, 2);
        assertEquals(2, producer.endOfStream(77));
        assertEquals(ChannelStatus.CLOSED, producer.tryClaim(0));
        assertEquals(ChannelStatus.CLOSED, producer.endOfStream(77));
        Agents.runUntil(() -> consumer.peek() == 0, TestProvider.deadline(), producer);
        Agents.runUntil(() -> consumer.peek() == 1, TestProvider.deadline(), producer);
        assertTrue(!consumer.isEndOfStream() && !producer.isEnded());
        Agents.runUntil(() -> consumer.peek() == ChannelStatus.END_OF_STREAM, TestProvider.deadline(), producer);
        assertTrue(consumer.isEndOfStream());
        assertEquals(77, consumer.tag());
        assertEquals(ChannelState.OPEN, consumer.state());
        consumer.release();
        assertEquals(ChannelState.OPEN, consumer.state());
        consumer.release();
        assertThrows(IllegalStateException.class, consumer::release);
        Agents.runUntil(() -> producer.isEnded() && consumer.isEnded(), TestProvider.deadline(), producer, consumer);
        assertEquals(3, producer.credited());
        producer.close();
        assertEquals(ChannelStatus.END_OF_STREAM, consumer.peek());
        assertEquals(ChannelState.ENDED, consumer.state());
        assertNull(consumer.failure());
        assertEquals(ChannelStatus.CLOSED, producer.tryClaim(0));
        consumer.close();
        assertEquals(ChannelStatus.CLOSED, consumer.peek());
        assertEquals(ChannelStatus.CLOSED, consumer.poll((buffer, offset, length, tag) -> { }, 1));
    }

    @Test
    void shouldCarryTwoDirectionsBetweenTwoNodes() {
        final TransportNode a = openNode();
        final TransportNode b = openNode();
        final Channel there = channel(a, b, new ChannelId(0, 1, 0), SMALL, SystemNanoClock.INSTANCE);
        final Channel back = channel(b, a, new ChannelId(1, 0, 0), SMALL, SystemNanoClock.INSTANCE);
        for (int i = 0; i < 1000; i++) {
            send(there, i);
            receive(there, i);
            send(back, -i);
            receive(back, -i);
        }
        end(there);
        end(back);
    }

    @Test
    void shouldDeliverOnceWhenAHandlerThrows() {
        final Channel channel = channel(SMALL);
        send(channel, 1);
        send(channel, 2);
        assertEquals("handler", assertThrows(IllegalStateException.class, () -> pollOnce(channel,
            (buffer, offset, length, tag) -> {
                throw new IllegalStateException("handler");
            })).getMessage());
        receive(channel, 2);
    }

    @Test
    void shouldRefuseMisuseOfClaims() {
        final Channel channel = channel(SMALL);
        final ChannelProducer producer = channel.producer();
        assertEquals("maxLength 241 is not in 0 .. 240: slots have 256 bytes, 16 of them for the footer",
            assertThrows(IllegalArgumentException.class, () -> producer.tryClaim(241)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> producer.tryClaim(-1));
        assertThrows(IllegalStateException.class, () -> producer.commit(0, 0));
        assertEquals(0, producer.tryClaim(10));
        assertEquals("message 0 is claimed: commit or abort it first",
            assertThrows(IllegalStateException.class, () -> producer.tryClaim(1)).getMessage());
        assertThrows(IllegalStateException.class, () -> producer.endOfStream(0));
        assertEquals("length 11 is not in 0 .. 10, what was claimed",
            assertThrows(IllegalArgumentException.class, () -> producer.commit(11, 0)).getMessage());
        assertEquals(0, producer.commit(10, 0));
    }

    @Test
    void shouldSignalOneWriteInSoManyAndReclaimTheRest() {
        final ManualClock clock = new ManualClock();
        final Channel channel = channel(openNode(), openNode(), new ChannelId(0, 1, 0),
            WriteChannelConfig.of(8, 128).withBatches(4, 4), clock);
        final ChannelProducer producer = channel.producer();
        for (int i = 0; i < 3; i++) {
            send(channel, i);
            producer.doWork();
            assertEquals(i + 1, producer.pair().queuePair().inFlight());
            assertEquals(0, producer.pair().outstanding());
        }
        send(channel, 3);
        Agents.runUntil(() -> producer.pair().queuePair().inFlight() == 0, TestProvider.deadline(), producer);
        send(channel, 4);
        producer.doWork();
        assertEquals(1, producer.pair().queuePair().inFlight());
        clock.advance(producer.config().probeNs()); // an idle channel finds out about its unsignalled tail, too
        Agents.runUntil(() -> producer.pair().queuePair().inFlight() == 0, TestProvider.deadline(), producer);
    }
}
