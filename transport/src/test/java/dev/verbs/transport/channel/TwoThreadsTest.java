package dev.verbs.transport.channel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import dev.verbs.transport.TransportTest;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each end in a thread of its own: what one sees of the other, it sees through the device's memory alone. */
class TwoThreadsTest extends TransportTest {
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private static long word(final long message, final long index) {
        return (message * 1_000_003 + index + 1) * MIX;
    }

    @Test
    void shouldNeverShowHalfAMessage() {
        final long seed = Long.getLong("dev.verbs.test.seed", System.nanoTime());
        final int messages = TestProvider.isSoft() ? 200_000 : 2_000;
        final Channel channel = channel(WriteChannelConfig.of(8, 1024));
        final Duration patience = TestProvider.deadline().multipliedBy(8);
        final long start = System.nanoTime();
        final Waiting.Pending<Long> sent = Waiting.start("producer", () -> produce(channel.producer(), messages, seed, patience));
        final Waiting.Pending<Long> received = Waiting.start("consumer", () -> consume(channel.consumer(), messages, patience));
        final long bytes = sent.get(patience);
        assertEquals(bytes, received.get(patience));
        final long nanos = System.nanoTime() - start;
        assertTrue(channel.producer().isEnded() && channel.consumer().isEnded());
        System.out.println("seed " + seed + ": " + messages + " messages, " + bytes + " bytes between two threads, "
            + nanos / messages + " ns each");
    }

    private static long produce(final ChannelProducer producer, final int messages, final long seed, final Duration patience) {
        final Random random = new Random(seed);
        final long deadline = System.nanoTime() + patience.toNanos();
        long bytes = 0;
        int message = 0;
        while (message < messages) {
            final long words = random.nextInt(producer.config().payloadCapacity() / 8 + 1);
            while (producer.tryClaim((int)words * 8) < 0) {
                pause(deadline, producer.failure());
            }
            for (long i = 0; i < words; i++) {
                producer.buffer().set(JAVA_LONG_UNALIGNED, producer.claimOffset() + i * 8, word(message, i));
            }
            assertEquals(message, producer.commit((int)words * 8, message));
            bytes += words * 8;
            message++;
        }
        while (producer.endOfStream(0) < 0) {
            pause(deadline, producer.failure());
        }
        while (!producer.isEnded()) {
            producer.doWork();
            pause(deadline, producer.failure());
        }
        return bytes;
    }

    private static long consume(final ChannelConsumer consumer, final int messages, final Duration patience) {
        final long deadline = System.nanoTime() + patience.toNanos();
        final long[] counts = new long[2];
        final ChannelHandler handler = (buffer, offset, length, tag) -> {
            check(buffer, offset, length, counts[0]);
            assertEquals(counts[0]++, tag);
            counts[1] += length;
        };
        int result = 0;
        while (result != ChannelStatus.END_OF_STREAM) {
            result = consumer.poll(handler, 16);
            assertTrue(result >= 0 || result == ChannelStatus.END_OF_STREAM, consumer::failure);
            pause(deadline, consumer.failure());
        }
        while (!consumer.isEnded()) {
            consumer.doWork();
            pause(deadline, consumer.failure());
        }
        assertEquals(messages, counts[0]);
        return counts[1];
    }

    private static void check(final MemorySegment buffer, final long offset, final long length, final long message) {
        for (long i = 0; i < length / 8; i++) {
            if (buffer.get(JAVA_LONG_UNALIGNED, offset + i * 8) != word(message, i)) {
                throw new AssertionError("word " + i + " of " + length / 8 + " of message " + message);
            }
        }
    }

    private static void pause(final long deadline, final String failure) {
        if (failure != null || System.nanoTime() - deadline > 0) {
            throw new AssertionError(failure == null ? "too late" : failure);
        }
        Thread.yield();
    }
}
