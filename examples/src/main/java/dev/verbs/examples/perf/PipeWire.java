package dev.verbs.examples.perf;

import dev.verbs.examples.CommandFailure;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A wire inside this process: for the warm-up, whose ends are both here. */
final class PipeWire implements Wire {
    private final BlockingQueue<byte[]> in;
    private final BlockingQueue<byte[]> out;
    private final AtomicBoolean inClosed;
    private final AtomicBoolean outClosed;

    private PipeWire(final BlockingQueue<byte[]> in, final AtomicBoolean inClosed, final BlockingQueue<byte[]> out,
        final AtomicBoolean outClosed) {
        this.in = in;
        this.inClosed = inClosed;
        this.out = out;
        this.outClosed = outClosed;
    }

    /** Both ends of a new wire. */
    static PipeWire[] pair() {
        final BlockingQueue<byte[]> there = new LinkedBlockingQueue<>();
        final BlockingQueue<byte[]> back = new LinkedBlockingQueue<>();
        final AtomicBoolean thereClosed = new AtomicBoolean();
        final AtomicBoolean backClosed = new AtomicBoolean();
        return new PipeWire[] {new PipeWire(there, thereClosed, back, backClosed), new PipeWire(back, backClosed, there, thereClosed)};
    }

    @Override
    public boolean isBinary() {
        return false;
    }

    @Override
    public void send(final byte[] message) {
        out.add(message.clone());
    }

    @Override
    public byte[] receive(final int length, final Duration timeout) {
        try {
            final byte[] message = in.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (message == null) {
                throw new CommandFailure("the other end said nothing for " + timeout.toSeconds() + " s");
            }
            if (message.length != length) {
                throw new CommandFailure("the other end sent " + message.length + " bytes instead of " + length);
            }
            return message;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for the other end", e);
        }
    }

    @Override
    public boolean isGone() {
        return inClosed.get() && in.isEmpty();
    }

    @Override
    public void close() {
        outClosed.set(true);
    }
}
