package dev.verbs.benchmarks.softspeed;

import java.util.function.IntConsumer;

/** The second thread: does its part of a chunk whenever the first one begins it. */
final class Partner implements AutoCloseable {
    private static final int STOP = -1;

    private final IntConsumer part;
    private final Spin spin = new Spin();
    /** The second thread's. */
    private final Spin own = new Spin();
    private final Thread thread = new Thread(this::run, "partner");
    /** What to do and which chunk; written by the first thread. */
    private volatile int wanted;
    private volatile long chunk;
    /** The last chunk that is done, and what it allocated; written by the second thread. */
    private volatile long done;
    private long allocated;
    private volatile Throwable failure;

    /** A thread that runs {@code part} with the number that each chunk is begun with. */
    Partner(final IntConsumer part) {
        this.part = part;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Processor.take(1);
        long last = 0;
        while (true) {
            while (chunk == last) {
                own.once();
            }
            own.end();
            last = chunk;
            if (wanted == STOP) {
                return;
            }
            final long before = Samples.allocatedByThisThread();
            try {
                part.accept(wanted);
            } catch (final RuntimeException | Error e) {
                failure = e;
                throw e;
            }
            allocated = Samples.allocatedByThisThread() - before;
            done = last;
        }
    }

    /** Begins a chunk. */
    void begin(final int what) {
        wanted = what;
        chunk++;
    }

    /** Waits for the chunk's end; returns what it allocated. */
    long await() {
        while (done != chunk) {
            if (failure != null) {
                throw new IllegalStateException("the second thread failed", failure);
            }
            spin.once();
        }
        spin.end();
        return allocated;
    }

    @Override
    public void close() {
        begin(STOP);
        try {
            thread.join(10_000);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
