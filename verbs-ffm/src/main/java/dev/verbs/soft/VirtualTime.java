package dev.verbs.soft;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Runs many hosts in one thread as if each had a CPU of its own: whoever is furthest behind does its next duty cycle, is charged
 * what that costs ({@link AgentCost}), and messages arrive when the links of the {@link SoftNetwork} say so. During a duty cycle the
 * clock stands still; what it posts leaves at its beginning. One thread; no C counterpart.
 *
 * <p>Time begins with the first {@link #run} or with {@link #begin}: what is made and connected before takes none. With modelled costs
 * only, one seed gives one run: everything has to be made, connected and stepped by one thread, and agents must take their time from
 * {@link #clock}. Between runs whoever waits or polls makes the time go on to the next event.
 *
 * {@snippet :
 * VirtualTime time = network.virtualTime();
 * time.add("a", producer, AgentCost.modelled(200, 50));
 * time.add("b", consumer, AgentCost.modelled(200, 50));
 * boolean done = time.run(() -> consumer.count() == 1_000_000, Duration.ofSeconds(10));     // of virtual time
 * }
 */
public final class VirtualTime {
    /** How far the clock goes at once where nobody has anything to do: agents may wait for a time. */
    private static final long MOST_IDLE_NS = 100_000;
    private static final int CALIBRATION = 1_000;

    private final SoftFabric fabric;
    private final VirtualClock clock;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final PriorityQueue<Node> nodes = new PriorityQueue<>(Comparator.comparingLong(Node::time).thenComparingInt(Node::index));
    private final List<Node> all = new ArrayList<>();
    private final long overheadNs;
    private boolean reproducible = true;
    /** Nodes whose last duty cycle found nothing to do. */
    private int idle;

    VirtualTime(final SoftFabric fabric, final VirtualClock clock) {
        this.fabric = fabric;
        this.clock = clock;
        this.overheadNs = calibrate();
    }

    /** What it takes to ask for the CPU time. */
    private long calibrate() {
        final long before = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < CALIBRATION; i++) {
            threads.getCurrentThreadCpuTime();
        }
        return (threads.getCurrentThreadCpuTime() - before) / (CALIBRATION + 1);
    }

    /**
     * The time of all hosts, to be given to everything that needs one: ns since the network began.
     *
     * @return the clock; any thread may read it
     */
    public NanoClock clock() {
        return clock;
    }

    /**
     * Gives a host something to do: a thread of its own that runs an agent.
     *
     * @param host  its name
     * @param agent what it does; its {@code onStart} and {@code onClose} are the caller's to call
     * @param cost  what a duty cycle costs
     * @return this
     */
    public VirtualTime add(final String host, final Agent agent, final AgentCost cost) {
        final Node node = new Node(fabric.host(host), agent, cost, all.size(), clock.nanoTime());
        if (cost.isMeasured() && fabric.journal().trace() != null) {
            fabric.journal().trace().add(host, "-", "measured", agent.roleName() + " is charged its CPU time: no other run is like this");
        }
        reproducible &= !cost.isMeasured();
        all.add(node);
        nodes.add(node);
        return this;
    }

    /**
     * Begins the time, if it has not begun: until then it stands still, links take none, and nothing goes wrong. So everything can be
     * made and connected as ever, by as many threads as that takes.
     *
     * @return this
     */
    public VirtualTime begin() {
        fabric.begin();
        return this;
    }

    /**
     * Whether another run with the same seeds gives the same event log.
     *
     * @return false if a cost is measured
     */
    public boolean isReproducible() {
        return reproducible;
    }

    /**
     * Steps hosts and links until something holds.
     *
     * @param done asked after each duty cycle
     * @param most how long, in virtual time
     * @return true when {@code done} holds, false when the time is over
     * @throws RuntimeException whatever an agent throws
     */
    public boolean run(final BooleanSupplier done, final Duration most) {
        begin();
        final long end = clock.nanoTime() + most.toNanos();
        fabric.stepped(true);
        try {
            while (!done.getAsBoolean()) {
                final long event = fabric.nextDue();
                final Node node = nodes.peek();
                final long next = node == null ? event : Math.min(event, node.time);
                if (next > end) {
                    clock.set(end);
                    return false;
                }
                clock.set(next);
                if (event <= next) {
                    fabric.work();
                    idle = 0; // whoever was idle may have something to do
                } else {
                    step(nodes.remove());
                }
            }
            return true;
        } finally {
            fabric.stepped(false);
        }
    }

    private void step(final Node node) {
        if (node.host.isDead()) {
            return; // for ever
        }
        final int work;
        if (node.cost.isMeasured()) {
            final long before = threads.getCurrentThreadCpuTime();
            work = doWork(node);
            node.time += Math.max(1, threads.getCurrentThreadCpuTime() - before - overheadNs);
        } else {
            work = doWork(node);
            node.time += node.cost.cycleNs() + work * node.cost.workNs();
        }
        nodes.add(node);
        idle = work == 0 ? idle + 1 : 0;
        if (idle >= 2 * nodes.size()) {
            skip();
        }
    }

    private static int doWork(final Node node) {
        try {
            return node.agent.doWork();
        } catch (final RuntimeException e) {
            throw e;
        } catch (final Exception e) {
            throw new IllegalStateException(node.agent.roleName() + " of " + node.host + " failed", e);
        }
    }

    /** Nobody has found anything to do twice in a row: nothing changes before the next event, unless an agent waits for a time. */
    private void skip() {
        final long to = Math.min(fabric.nextDue(), clock.nanoTime() + MOST_IDLE_NS);
        final List<Node> waiting = new ArrayList<>(nodes);
        nodes.clear();
        for (final Node node : waiting) {
            node.time = Math.max(node.time, to);
            nodes.add(node);
        }
        idle = 0;
    }

    /** An agent of a host. */
    private static final class Node {
        private final SoftHost host;
        private final Agent agent;
        private final AgentCost cost;
        private final int index;
        private long time;

        Node(final SoftHost host, final Agent agent, final AgentCost cost, final int index, final long time) {
            this.host = host;
            this.agent = agent;
            this.cost = cost;
            this.index = index;
            this.time = time;
        }

        long time() {
            return time;
        }

        int index() {
            return index;
        }
    }
}
