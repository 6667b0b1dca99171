package dev.verbs.stream.engine;

import dev.verbs.stream.StreamException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Steps workers until all have finished or one has failed. Each worker belongs to one thread; a worker's own deadline ends it, so
 * this ends too.
 */
final class WorkerRunner {
    private static final int MAX_SPINS = 10;
    private static final int MAX_YIELDS = 20;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 50_000;

    private final List<StreamWorker> workers;
    /** Written by any stepping thread, read by all: volatile both ways. */
    private volatile boolean stop;

    WorkerRunner(final List<StreamWorker> workers) {
        this.workers = workers;
    }

    void run(final int threads) {
        if (threads <= 0) {
            step(workers);
        } else {
            runThreads(Math.min(threads, workers.size()));
        }
        StreamException failure = null;
        for (final StreamWorker worker : workers) {
            if (worker.state() == StreamWorker.State.FAILED) {
                if (failure == null) {
                    failure = new StreamException(worker.failure().getMessage(), worker.failure());
                } else {
                    failure.addSuppressed(worker.failure());
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        for (final StreamWorker worker : workers) {
            if (worker.state() != StreamWorker.State.FINISHED) {
                throw new StreamException(worker.roleName() + " was stopped before it had finished");
            }
        }
    }

    private void runThreads(final int threads) {
        final List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            final List<StreamWorker> mine = new ArrayList<>();
            for (int worker = i; worker < workers.size(); worker += threads) {
                mine.add(workers.get(worker));
            }
            running.add(Thread.ofPlatform().name("stream-" + i).start(() -> step(mine)));
        }
        boolean interrupted = false;
        for (final Thread thread : running) {
            while (true) {
                try {
                    thread.join();
                    break;
                } catch (final InterruptedException e) {
                    interrupted = true;
                    stop = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(final List<StreamWorker> mine) {
        final IdleStrategy idle = new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, MAX_PARK_NS);
        try {
            int running = mine.size();
            while (running > 0 && !stop) {
                int work = 0;
                running = 0;
                for (int i = 0; i < mine.size(); i++) {
                    final StreamWorker worker = mine.get(i);
                    work += worker.doWork();
                    running += worker.state() == StreamWorker.State.RUNNING ? 1 : 0;
                    stop |= worker.state() == StreamWorker.State.FAILED;
                }
                idle.idle(work);
            }
        } catch (final Error e) {
            stop = true;
            throw e;
        }
    }
}
