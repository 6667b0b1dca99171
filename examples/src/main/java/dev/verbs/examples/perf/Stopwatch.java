package dev.verbs.examples.perf;

import dev.verbs.examples.CommandFailure;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Says when a test of a duration samples and when it is over: like C's alarm, a thread of its own sets a word that the loop reads,
 * so that the loop needs no time stamps.
 *
 * <pre>
 *   start() ── margin ──► SAMPLING ── duration - 2 x margin ──► SAMPLED ── margin ──► OVER
 * </pre>
 */
final class Stopwatch implements AutoCloseable {
    private static final int RUNNING = 0;
    private static final int SAMPLING = 1;
    private static final int SAMPLED = 2;
    private static final int OVER = 3;
    private static final int STOPPED = 4;
    private static final long SECOND = 1_000_000_000L;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Stopwatch.class, "state", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long marginNs;
    private final long sampleNs;
    private final boolean cpu;
    /** Written by the timer's thread, and by close; opaque: only its own value matters, the times are read after a join. */
    @SuppressWarnings("unused") // through STATE
    private int state;
    private Thread timer;
    private long began;
    private long ended;
    private long[] cpuBegan = new long[2];
    private long[] cpuEnded = new long[2];

    Stopwatch(final int duration, final int margin, final boolean cpu) {
        this.marginNs = margin * SECOND;
        this.sampleNs = (duration - 2L * margin) * SECOND;
        this.cpu = cpu;
    }

    /** Starts it, once; later calls do nothing. */
    void start() {
        if (timer == null) {
            timer = Thread.ofPlatform().daemon().name("stopwatch").start(this::run);
        }
    }

    private void run() {
        if (!sleep(marginNs)) {
            return;
        }
        cpuBegan = processors();
        began = System.nanoTime();
        advance(RUNNING, SAMPLING);
        if (!sleep(sampleNs)) {
            return;
        }
        advance(SAMPLING, SAMPLED);
        ended = System.nanoTime();
        cpuEnded = processors();
        if (sleep(marginNs)) {
            advance(SAMPLED, OVER);
        }
    }

    private void advance(final int from, final int to) {
        STATE.compareAndSet(this, from, to);
    }

    private boolean sleep(final long nanos) {
        final long until = System.nanoTime() + nanos;
        while (until - System.nanoTime() > 0 && (int)STATE.getOpaque(this) != STOPPED) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        return (int)STATE.getOpaque(this) != STOPPED;
    }

    /** Whether messages count now. */
    boolean isSampling() {
        return (int)STATE.getOpaque(this) == SAMPLING;
    }

    boolean isOver() {
        return (int)STATE.getOpaque(this) >= OVER;
    }

    /** Nanoseconds that messages counted; after the end. */
    long sampledNs() {
        join();
        return ended - began;
    }

    /** Percent of the processors' time that was not idle while messages counted, as C computes it; after the end. */
    double cpuPercent() {
        join();
        final long user = cpuEnded[0] - cpuBegan[0];
        final long idle = cpuEnded[1] - cpuBegan[1];
        return user + idle == 0 ? 0 : 100.0 * user / (user + idle);
    }

    /** The first number of /proc/stat, time in user mode, and the fourth, idle time. */
    private long[] processors() {
        if (!cpu) {
            return new long[2];
        }
        try {
            final String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().trim().split("\\s+");
            return new long[] {Long.parseLong(fields[1]), Long.parseLong(fields[4])};
        } catch (final IOException e) {
            throw new CommandFailure("--cpu_util: " + e, e);
        }
    }

    private void join() {
        boolean interrupted = false;
        while (timer != null && timer.isAlive()) {
            try {
                timer.join();
            } catch (final InterruptedException e) {
                interrupted = true; // it ends by itself
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            STATE.setOpaque(this, STOPPED);
            LockSupport.unpark(timer);
            join();
        }
    }
}
