package dev.verbs.transport;

import dev.verbs.Errno;
import dev.verbs.VerbsException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.agrona.concurrent.Agent;

/** Steps many duty cycles in the calling thread, with a deadline: for tests, tools and several nodes in one thread. */
public final class Agents {
    private Agents() {
    }

    /**
     * Steps agents in turn, each once per round, until a condition holds. Blocks the caller; spins, and yields the processor
     * after a round without work.
     *
     * @param done    looked at after every round
     * @param timeout how long it may take
     * @param agents  what to step, in this order
     * @return rounds stepped
     * @throws VerbsException (ETIMEDOUT) if the time is over: the message names the agents
     * @throws RuntimeException whatever an agent throws; checked exceptions as its cause
     */
    public static long runUntil(final BooleanSupplier done, final Duration timeout, final List<? extends Agent> agents) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        long rounds = 0;
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                throw new VerbsException("runUntil", Errno.ETIMEDOUT, "not done after " + timeout.toMillis() + " ms and "
                    + rounds + " rounds of " + agents.stream().map(Agent::roleName).collect(Collectors.joining(", ")));
            }
            if (step(agents) == 0) {
                Thread.onSpinWait();
                Thread.yield();
            }
            rounds++;
        }
        return rounds;
    }

    /**
     * Steps agents in turn until a condition holds; see {@link #runUntil(BooleanSupplier, Duration, List)}.
     *
     * @param done    looked at after every round
     * @param timeout how long it may take
     * @param agents  what to step, in this order
     * @return rounds stepped
     */
    public static long runUntil(final BooleanSupplier done, final Duration timeout, final Agent... agents) {
        return runUntil(done, timeout, Arrays.asList(agents));
    }

    /**
     * Steps every agent once.
     *
     * @param agents what to step, in this order
     * @return work done by all of them
     */
    public static int step(final List<? extends Agent> agents) {
        int work = 0;
        for (int i = 0; i < agents.size(); i++) {
            try {
                work += agents.get(i).doWork();
            } catch (final RuntimeException e) {
                throw e;
            } catch (final Exception e) {
                throw new IllegalStateException(agents.get(i).roleName() + " failed", e);
            }
        }
        return work;
    }
}
