package dev.verbs.join;

import dev.verbs.Errno;
import dev.verbs.PortOptions;
import dev.verbs.VerbsException;
import dev.verbs.join.local.LocalJoin;
import dev.verbs.join.local.MatchHandler;
import dev.verbs.join.ring.RingHost;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.transport.Agents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Runs a cyclo-join of several hosts inside this process. Each host has its own opened device, connections and memory;
 * they share nothing but the provider.
 *
 * <pre>
 *   CycloJoinRunner ──► host 0: RingHost + CycloJoin ◄── stepped by the caller's thread, all hosts in turn,
 *                   ──► host 1: RingHost + CycloJoin     or by one thread per host
 * </pre>
 *
 * <p>Set-up, {@link #revolve} and {@link #close()} belong to one thread and block, with deadlines.
 */
public final class CycloJoinRunner implements AutoCloseable {
    /** Who steps the hosts. */
    public enum Threads {
        /** The thread that calls {@link CycloJoinRunner#revolve}, host after host. */
        CALLER,
        /** One thread per host, from the start until the close. */
        ONE_PER_HOST
    }

    private static final Duration SETUP_TIMEOUT = Duration.ofSeconds(30);
    private static final long POLL_NS = 20_000;

    private final List<RingHost> hosts;
    private final List<CycloJoin> joins = new ArrayList<>();
    private final List<Agent> agents = new ArrayList<>();
    private final List<AgentRunner> runners = new ArrayList<>();
    private boolean closed;

    private CycloJoinRunner(final List<RingHost> hosts) {
        this.hosts = hosts;
    }

    /**
     * Opens the hosts and connects them to a ring.
     *
     * @param provider where the devices are
     * @param options  device, port and GID of every host
     * @param config   what the join is made of
     * @param locals   makes the local algorithm of a host
     * @param handlers makes the handler of a host's matches
     * @param threads  who steps the hosts
     * @return the runner, to be closed by the caller
     */
    public static CycloJoinRunner open(final VerbsProvider provider, final PortOptions options, final CycloJoinConfig config,
        final IntFunction<LocalJoin> locals, final IntFunction<MatchHandler> handlers, final Threads threads) {
        final CycloJoinRunner runner = new CycloJoinRunner(RingHost.openAll(provider, options, config.ring(),
            config.rotatingCapacity(), SystemNanoClock.INSTANCE, SETUP_TIMEOUT));
        try {
            for (final RingHost host : runner.hosts) {
                final int self = host.ring().self();
                final CycloJoin join = new CycloJoin(host.ring(), locals.apply(self), config, handlers.apply(self),
                    SystemNanoClock.INSTANCE);
                runner.joins.add(join);
                runner.agents.add(new CompositeAgent(host.ring().agent(), join));
            }
            if (threads == Threads.ONE_PER_HOST) {
                runner.startThreads();
            }
            return runner;
        } catch (final RuntimeException e) {
            runner.close();
            throw e;
        }
    }

    private void startThreads() {
        for (int self = 0; self < joins.size(); self++) {
            final CycloJoin join = joins.get(self);
            final AgentRunner runner = new AgentRunner(new BackoffIdleStrategy(10, 10, 1_000, 100_000),
                error -> hosts.get(join.host()).ring().abort(error.toString()), null, agents.get(self));
            runners.add(runner);
            AgentRunner.startOnThread(runner);
        }
    }

    /**
     * Runs one revolution over new pieces and waits for its end.
     *
     * @param inputs  each host's pieces, in the order of the hosts; null: the pieces of the last revolution go round again
     * @param timeout for everything together
     * @return what each host did
     * @throws VerbsException if any host failed, or the time is over: then there is no answer, and the runner can only be closed
     */
    public List<JoinStatistics> revolve(final List<JoinInput> inputs, final Duration timeout) {
        if (inputs != null && inputs.size() != joins.size()) {
            throw new IllegalArgumentException(inputs.size() + " inputs for " + joins.size() + " hosts");
        }
        for (int self = 0; self < joins.size(); self++) {
            joins.get(self).start(inputs == null ? null : inputs.get(self));
        }
        if (runners.isEmpty()) {
            Agents.runUntil(this::isOver, timeout, agents);
        } else {
            await(timeout);
        }
        for (final CycloJoin join : joins) {
            if (join.failure() != null) {
                throw join.failure();
            }
        }
        final List<JoinStatistics> statistics = new ArrayList<>();
        for (final CycloJoin join : joins) {
            statistics.add(join.statistics());
        }
        return statistics;
    }

    private void await(final Duration timeout) {
        final long deadline = System.nanoTime() + timeout.toNanos();
        while (!isOver()) {
            if (System.nanoTime() - deadline >= 0) {
                throw new VerbsException("cyclo-join", Errno.ETIMEDOUT, "not over after " + timeout.toMillis() + " ms: "
                    + joins.stream().map(join -> join.roleName() + " is " + join.state()).toList());
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** All done, or all that is left cannot be done because one has failed. */
    private boolean isOver() {
        boolean over = true;
        for (int self = 0; self < joins.size(); self++) {
            final CycloJoin.State state = joins.get(self).state();
            if (state == CycloJoin.State.FAILED) {
                return true;
            }
            over &= state == CycloJoin.State.DONE;
        }
        return over;
    }

    /**
     * The hosts' joins.
     *
     * @return one per host
     */
    public List<CycloJoin> joins() {
        return List.copyOf(joins);
    }

    /**
     * The hosts.
     *
     * @return their networks, in the order of the ring
     */
    public List<RingHost> hosts() {
        return List.copyOf(hosts);
    }

    /**
     * Steps every host once, for those who drive by hand.
     *
     * @return work done
     * @throws IllegalStateException if the hosts have threads of their own
     */
    public int step() {
        if (!runners.isEmpty()) {
            throw new IllegalStateException("every host has a thread that steps it");
        }
        return Agents.step(agents);
    }

    /** Stops the threads, closes joins, connections and nodes. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            CloseHelper.closeAll(runners);
            CloseHelper.closeAll(joins);
            RingHost.closeAll(hosts);
        }
    }
}
