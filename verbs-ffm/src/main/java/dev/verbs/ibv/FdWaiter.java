package dev.verbs.ibv;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Waits with a deadline for something to read from a non-blocking file descriptor. A downcall cannot be interrupted, so the
 * wait is made of slices: a close or an interrupt is noticed after one at most.
 */
final class FdWaiter {
    private static final long SLICE_MS = 20;

    private final int fd;
    private final String verb;
    private final String what;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closing;

    FdWaiter(final int fd, final String verb) {
        this(fd, verb, "channel");
    }

    FdWaiter(final int fd, final String verb, final String what) {
        this.fd = fd;
        this.verb = verb;
        this.what = what;
        try (Frame frame = new Frame()) {
            LibC.setNonBlocking(frame, fd);
        }
    }

    /** Calls {@code read} whenever there may be something, until it returns something or the time is over (then null). */
    <T> T await(final Duration timeout, final Function<Frame, T> read) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            if (!lockUntil(deadline)) {
                return null;
            }
            try (Frame frame = new Frame()) {
                if (closing) {
                    throw new VerbsException(verb, Errno.EBADF, "the " + what + " was closed");
                }
                final long left = Math.max(0, deadline - System.nanoTime());
                final int slice = (int)Math.min(SLICE_MS, (left + 999_999) / 1_000_000);
                final T found = LibC.awaitReadable(frame, fd, slice) ? read.apply(frame) : null;
                if (found != null || left == 0) {
                    return found;
                }
            } finally {
                lock.unlock();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new VerbsException(verb, Errno.EINTR, "interrupted while waiting");
            }
        }
    }

    /** Another waiter may be reading: its turn counts against the deadline. */
    private boolean lockUntil(final long deadline) {
        try {
            return lock.tryLock(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VerbsException(verb, Errno.EINTR, "interrupted while waiting");
        }
    }

    /** Wakes the waiter and runs {@code destroy} when nobody reads any more. */
    void close(final Runnable destroy) {
        closing = true;
        lock.lock();
        try {
            destroy.run();
        } catch (final RuntimeException e) {
            closing = false;
            throw e;
        } finally {
            lock.unlock();
        }
    }
}
