package dev.verbs.transport.channel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.verbs.testkit.TestProvider;
import dev.verbs.transport.TransportTest;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Counts bytes that this thread allocates. Time stands still, so that the watch, which may allocate, is not due. */
class ChannelAllocationTest extends TransportTest {
    private long sum;

    @Test
    void shouldNotAllocateOnTheWayOfAMessage() {
        final int messages = TestProvider.isSoft() ? 1_000_000 : 20_000;
        final Channel channel = channel(openNode(), openNode(), new ChannelId(0, 1, 0), WriteChannelConfig.of(8, 256),
            new ManualClock());
        final ChannelHandler handler = this::take;
        final var threads = (com.sun.management.ThreadMXBean)ManagementFactory.getThreadMXBean();
        long allocated = 0;
        long polls = 0;
        long nanos = 0;
        for (int round = 0; round < 3; round++) {
            sum = 0;
            final long before = threads.getCurrentThreadAllocatedBytes();
            final long start = System.nanoTime();
            polls = run(channel, messages, handler);
            nanos = System.nanoTime() - start;
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertEquals((messages - 1L) * messages / 2, sum);
        }
        System.out.println(messages + " messages, " + polls + " polls: " + allocated + " bytes allocated, " + nanos / messages
            + " ns each");
        assertEquals(0, allocated, "bytes for " + messages + " messages");
    }

    private static long run(final Channel channel, final int messages, final ChannelHandler handler) {
        final ChannelProducer producer = channel.producer();
        final ChannelConsumer consumer = channel.consumer();
        int sent = 0;
        int received = 0;
        long polls = 0;
        while (received < messages) {
            while (sent < messages && producer.tryClaim(Long.BYTES) >= 0) {
                producer.buffer().set(JAVA_LONG_UNALIGNED, producer.claimOffset(), sent++);
                producer.commit(Long.BYTES, 0);
            }
            producer.doWork();
            received += consumer.poll(handler, 100);
            polls++;
        }
        return polls;
    }

    private void take(final MemorySegment buffer, final long offset, final long length, final long tag) {
        sum += buffer.get(JAVA_LONG_UNALIGNED, offset);
    }
}
