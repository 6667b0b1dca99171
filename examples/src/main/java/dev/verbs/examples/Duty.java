package dev.verbs.examples;

import java.util.function.BooleanSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** Runs an agent on the calling thread until it is done. */
public final class Duty {
    private static final long MAX_SPINS = 100;

    private Duty() {
    }

    /**
     * Spins, then yields to whoever else wants the processor: to the kernel's software device, or to the other end.
     *
     * @return a new strategy
     */
    public static IdleStrategy polling() {
        return new BackoffIdleStrategy(MAX_SPINS, Long.MAX_VALUE, 1, 1);
    }

    /**
     * Runs an agent. What it throws ends the run: agents throw when their deadline is over.
     *
     * @param agent what works
     * @param done  whether it has finished; asked after each duty cycle
     * @param idle  what to do when there is no work
     * @throws CommandFailure if the thread is interrupted
     */
    public static void run(final Agent agent, final BooleanSupplier done, final IdleStrategy idle) {
        try {
            agent.onStart();
            while (!done.getAsBoolean()) {
                final int work = agent.doWork();
                if (work == 0 && Thread.interrupted()) {
                    throw new CommandFailure(agent.roleName() + " was interrupted");
                }
                idle.idle(work);
            }
        } catch (final RuntimeException e) {
            throw e;
        } catch (final Exception e) {
            throw new IllegalStateException(agent.roleName(), e);
        } finally {
            agent.onClose();
        }
    }
}
