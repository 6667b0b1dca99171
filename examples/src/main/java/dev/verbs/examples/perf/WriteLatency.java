package dev.verbs.examples.perf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.verbs.QueuePair;
import dev.verbs.SendRequests;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * {@code write_lat}: each end writes into the other's memory when the other's write has arrived. The last byte of a message is its
 * number; the memory is polled, no completion says that a message came. The server begins.
 */
final class WriteLatency extends LatencyLoop {
    private static final VarHandle BYTE = JAVA_BYTE.varHandle();

    private final QueuePair qp;
    private final SendRequests request;
    private final CqWait sent;
    private final MemorySegment memory;
    private final long outgoing;
    private final long incoming;
    private final boolean begins;
    private final Watch watch;

    /**
     * A loop.
     *
     * @param end       memory and queue pair
     * @param size      bytes of a message
     * @param begins    whether this end sends first
     * @param watch     ends all waits
     * @param times     takes a time stamp of each post; null in a timed test
     * @param stopwatch of a timed test, else null
     */
    WriteLatency(final PerfEnd end, final long size, final boolean begins, final Watch watch, final long[] times,
        final Stopwatch stopwatch) {
        super(times, stopwatch, end.config().traffic().gapNs());
        this.qp = end.queuePair(0);
        this.request = end.requests(0, size);
        this.sent = end.sendWait(watch);
        this.memory = end.buffers().memory();
        this.outgoing = end.buffers().sendOffset(0) + size - 1;
        this.incoming = end.buffers().targetOffset(0) + size - 1;
        this.begins = begins;
        this.watch = watch;
    }

    @Override
    void run(final long iterations) {
        final int lead = begins ? 1 : 0;
        for (long number = 1; number <= iterations; number++) {
            step(number, number - lead);
        }
        if (begins) {
            arrived((byte)iterations);
        }
    }

    @Override
    long runTimed() {
        stopwatch().start();
        final int lead = begins ? 1 : 0;
        long counted = 0;
        for (long number = 1; !stopwatch().isOver(); number++) {
            counted += step(number, number - lead) && stopwatch().isSampling() ? 1 : 0;
        }
        return counted;
    }

    /** Waits for a message, the first one excepted at the end that begins, and sends one. */
    private boolean step(final long number, final long expected) {
        if (expected != 0 && !arrived((byte)expected)) {
            return false;
        }
        pause();
        BYTE.set(memory, outgoing, (byte)number);
        Watch.post(qp, request);
        stamp(number - 1);
        return sent.await();
    }

    /** The device writes a message in ascending order, its last byte last: acquire pairs with that. */
    private boolean arrived(final byte expected) {
        long spins = 0;
        while ((byte)BYTE.getAcquire(memory, incoming) != expected) {
            if (++spins % Watch.SLICE == 0 && watch.isOver(spins)) {
                return false;
            }
        }
        return true;
    }
}
