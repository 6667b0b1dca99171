package dev.verbs.soft;

import dev.verbs.WcStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What goes wrong on a {@link SoftNetwork}, and when: counted from when it was built, or from where virtual time begins. A builder:
 * each method adds a fault and returns the plan; not for sharing between threads before it is given to a network, which takes a copy.
 * No C counterpart.
 *
 * <p>What the programs see: a message that is lost is sent again by its RC queue pair after the ACK timeout, and after retry_cnt
 * more the request fails with RETRY_EXC_ERR; UC and UD lose it in silence.
 *
 * {@snippet :
 * new FaultPlan(42).kill("c", Duration.ofMillis(80)).stall("a", "b", Duration.ofMillis(10), Duration.ofMillis(5))
 *     .failRequest("a", 1_000, WcStatus.REM_ACCESS_ERR);
 * }
 */
public final class FaultPlan {
    /** One fault. Times in ns from the beginning. */
    sealed interface Fault {
    }

    record Disturb(String from, String to, Link.Kind kind, long atNs, long forNs, long extraNs) implements Fault {
    }

    record Partition(Set<String> group, long atNs, long forNs) implements Fault {
    }

    record Lose(String from, String to, double rate) implements Fault {
    }

    record NotReady(String host, long atNs, long forNs) implements Fault {
    }

    record FailRequest(String host, long number, WcStatus status) implements Fault {
    }

    record Drop(String one, String other, long atNs) implements Fault {
    }

    record PortDown(String host, long atNs, long forNs) implements Fault {
    }

    record Kill(String host, long atNs) implements Fault {
    }

    private final long seed;
    private final List<Fault> faults = new ArrayList<>();

    /**
     * A plan without faults.
     *
     * @param seed for what is left to chance: two networks with one plan, stepped alike, lose the same messages
     */
    public FaultPlan(final long seed) {
        this.seed = seed;
    }

    /**
     * A plan of random faults.
     *
     * @param seed     decides all of it
     * @param hosts    names, at least two
     * @param duration when the last one begins at the latest
     * @param count    how many
     * @return the plan; a host is killed at most once, and never the first
     */
    public static FaultPlan random(final long seed, final List<String> hosts, final Duration duration, final int count) {
        if (hosts.size() < 2) {
            throw new IllegalArgumentException("faults need two hosts at least, there are " + hosts);
        }
        final SplittableRandom random = new SplittableRandom(seed);
        final FaultPlan plan = new FaultPlan(seed);
        for (int i = 0; i < count; i++) {
            final int one = random.nextInt(hosts.size());
            final int other = (one + 1 + random.nextInt(hosts.size() - 1)) % hosts.size();
            final Duration at = Duration.ofNanos(random.nextLong(Math.max(1, duration.toNanos())));
            plan.add(random, hosts.get(one), hosts.get(other), hosts.get(1 + random.nextInt(hosts.size() - 1)), at, duration.dividedBy(10));
        }
        return plan;
    }

    private void add(final SplittableRandom random, final String one, final String other, final String victim, final Duration at,
        final Duration some) {
        switch (random.nextInt(8)) {
            case 0 -> stall(one, other, at, some);
            case 1 -> delay(one, other, at, some, some.dividedBy(10));
            case 2 -> notReady(one, at, some);
            case 3 -> failRequest(one, 1 + random.nextLong(1_000), WcStatus.REM_ACCESS_ERR);
            case 4 -> dropConnections(one, other, at);
            case 5 -> partition(at, some, one);
            case 6 -> portDown(one, at, some);
            default -> {
                if (faults.stream().noneMatch(Kill.class::isInstance)) {
                    kill(victim, at);
                }
            }
        }
    }

    /**
     * The link from one host to another takes no messages for a while; they wait.
     *
     * @param from     name of the sending host
     * @param to       name of the receiving host
     * @param at       from when
     * @param duration how long
     * @return this
     */
    public FaultPlan stall(final String from, final String to, final Duration at, final Duration duration) {
        return add(new Disturb(from, to, Link.Kind.STALL, time("at", at), time("duration", duration), 0));
    }

    /**
     * Messages on a link take longer for a while.
     *
     * @param from     name of the sending host
     * @param to       name of the receiving host
     * @param at       from when
     * @param duration how long
     * @param extra    how much longer, each
     * @return this
     */
    public FaultPlan delay(final String from, final String to, final Duration at, final Duration duration, final Duration extra) {
        return add(new Disturb(from, to, Link.Kind.DELAY, time("at", at), time("duration", duration), time("extra", extra)));
    }

    /**
     * Messages on a link are lost at random, all the time.
     *
     * @param from name of the sending host
     * @param to   name of the receiving host
     * @param rate probability that one is lost, from 0 to 1
     * @return this
     */
    public FaultPlan lose(final String from, final String to, final double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("a probability of " + rate + ": it is from 0 to 1");
        }
        return add(new Lose(from, to, rate));
    }

    /**
     * Some hosts and the rest do not reach each other for a while.
     *
     * @param at       from when
     * @param duration how long
     * @param hosts    names of those on one side
     * @return this
     */
    public FaultPlan partition(final Duration at, final Duration duration, final String... hosts) {
        return add(new Partition(new LinkedHashSet<>(Arrays.asList(hosts)), time("at", at), time("duration", duration)));
    }

    /**
     * A host answers receiver-not-ready to whatever consumes a receive, for a while: senders try again after the min_rnr_timer of
     * its queue pair, and give up with RNR_RETRY_EXC_ERR after rnr_retry tries.
     *
     * @param host     its name
     * @param at       from when
     * @param duration how long
     * @return this
     */
    public FaultPlan notReady(final String host, final Duration at, final Duration duration) {
        return add(new NotReady(host, time("at", at), time("duration", duration)));
    }

    /**
     * One send request of a host fails without being executed. A status that a responder would have found takes the responder to
     * ERR, too.
     *
     * @param host   its name
     * @param number which one of all that its queue pairs accept, counted from 1
     * @param status the status of its completion, not SUCCESS
     * @return this
     */
    public FaultPlan failRequest(final String host, final long number, final WcStatus status) {
        if (number < 1 || status == WcStatus.SUCCESS || status == WcStatus.UNKNOWN) {
            throw new IllegalArgumentException("request " + number + " with " + status + ": requests are counted from 1, and fail with an "
                + "error");
        }
        return add(new FailRequest(host, number, status));
    }

    /**
     * The connected queue pairs that two hosts have with each other at a time stop hearing each other, for good; those connected
     * later do not.
     *
     * @param one   a host's name
     * @param other another's
     * @param at    when
     * @return this
     */
    public FaultPlan dropConnections(final String one, final String other, final Duration at) {
        return add(new Drop(one, other, time("at", at)));
    }

    /**
     * A host's port has no link for a while: its programs are told with PORT_ERR and PORT_ACTIVE, and what is under way is lost.
     *
     * @param host     its name
     * @param at       from when
     * @param duration how long
     * @return this
     */
    public FaultPlan portDown(final String host, final Duration at, final Duration duration) {
        return add(new PortDown(host, time("at", at), time("duration", duration)));
    }

    /**
     * A host dies: nobody hears of it any more. What its own programs have under way is flushed, they are told with DEVICE_FATAL and
     * can open nothing any more.
     *
     * @param host its name
     * @param at   when
     * @return this
     */
    public FaultPlan kill(final String host, final Duration at) {
        return add(new Kill(host, time("at", at)));
    }

    private FaultPlan add(final Fault fault) {
        faults.add(fault);
        return this;
    }

    private static long time(final String name, final Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " " + duration + " is before the beginning");
        }
        return duration.toNanos();
    }

    long seed() {
        return seed;
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** The faults, one in a line. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder("fault plan, seed " + seed);
        faults.forEach(fault -> text.append("\n  ").append(fault));
        return text.toString();
    }
}
