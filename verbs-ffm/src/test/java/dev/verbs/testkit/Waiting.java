package dev.verbs.testkit;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** Waits that end. */
public final class Waiting {
    private Waiting() {
    }

    /** Spins, giving way, until the condition holds; false when the time is over. */
    public static boolean until(final Duration timeout, final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return condition.getAsBoolean();
            }
            Thread.yield();
        }
        return true;
    }

    /** Runs something on a thread of its own. */
    public static <T> Pending<T> start(final String name, final Callable<T> work) {
        final FutureTask<T> task = new FutureTask<>(work);
        final Thread thread = Thread.ofPlatform().daemon().name(name).start(task);
        return new Pending<>(thread, task);
    }

    /** Something that runs on a thread of its own. */
    public record Pending<T>(Thread thread, FutureTask<T> task) {
        /** Its outcome; its exception as it was thrown; an AssertionError when the time is over. */
        public T get(final Duration timeout) {
            try {
                return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (final ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                if (e.getCause() instanceof Error cause) {
                    throw cause;
                }
                throw new AssertionError(e.getCause());
            } catch (final TimeoutException e) {
                final AssertionError hang = new AssertionError(thread.getName() + " did not end within " + timeout);
                hang.setStackTrace(thread.getStackTrace());
                thread.interrupt();
                throw hang;
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + thread.getName(), e);
            }
        }

        /** Its outcome, within the usual deadline. */
        public T get() {
            return get(TestProvider.deadline());
        }
    }
}
