package dev.verbs.soft;

import dev.verbs.WcStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** A {@link FaultPlan} at work on a fabric. Any thread. */
final class Faults {
    /** No status is wanted. */
    static final int NONE = -1;
    private static final Faults NOTHING = new Faults(null, 0, new FaultPlan(0));

    private final long began;
    private final FaultPlan plan;
    private final boolean any;
    private final Map<String, Map<Long, Integer>> failures = new HashMap<>();
    private final Map<String, AtomicLong> accepted = new HashMap<>();

    /** Times of the plan count from {@code began}, on the fabric's clock. The hosts are there already. */
    Faults(final SoftFabric fabric, final long began, final FaultPlan plan) {
        this.began = began;
        this.plan = plan;
        this.any = !plan.faults().isEmpty();
        for (final FaultPlan.Fault fault : plan.faults()) {
            switch (fault) {
                case FaultPlan.FailRequest(String host, long number, WcStatus status) -> {
                    fabric.host(host);
                    failures.computeIfAbsent(host, key -> new HashMap<>()).put(number, status.code());
                    accepted.computeIfAbsent(host, key -> new AtomicLong());
                }
                case FaultPlan.NotReady(String host, long at, long length) -> fabric.host(host).refuseMessages(began + at, length);
                case FaultPlan.Kill(String host, long at) -> {
                    final SoftHost victim = fabric.host(host);
                    fabric.connections().later(began + at, victim::kill);
                }
                case FaultPlan.PortDown(String host, long at, long length) -> {
                    final SoftHost victim = fabric.host(host);
                    fabric.connections().later(began + at, () -> victim.link(false));
                    fabric.connections().later(began + at + length, () -> victim.link(true));
                }
                case FaultPlan.Drop(String one, String other, long at) -> {
                    final SoftHost first = fabric.host(one);
                    final SoftHost second = fabric.host(other);
                    fabric.connections().later(began + at, () -> fabric.sever(first, second));
                }
                case FaultPlan.Disturb(String from, String to, Link.Kind kind, long at, long length, long extra) -> {
                    fabric.host(from);
                    fabric.host(to);
                }
                case FaultPlan.Lose(String from, String to, double rate) -> {
                    fabric.host(from);
                    fabric.host(to);
                }
                case FaultPlan.Partition(var group, long at, long length) -> group.forEach(fabric::host);
            }
        }
    }

    /** Nothing goes wrong. */
    static Faults none() {
        return NOTHING;
    }

    /** Whether anything can go wrong. */
    boolean any() {
        return any;
    }

    /** Tells a new link what will happen to it. */
    void prepare(final Link link) {
        for (final FaultPlan.Fault fault : plan.faults()) {
            switch (fault) {
                case FaultPlan.Disturb(String from, String to, Link.Kind kind, long at, long length, long extra) when from.equals(
                    link.from().name()) && to.equals(link.to().name()) ->
                    link.disturb(new Link.Disturbance(kind, began + at, began + at + length, extra));
                case FaultPlan.Partition(var group, long at, long length) when group.contains(link.from().name()) != group.contains(
                    link.to().name()) -> link.disturb(new Link.Disturbance(Link.Kind.CUT, began + at, began + at + length, 0));
                case FaultPlan.PortDown(String host, long at, long length) when host.equals(link.from().name()) || host.equals(
                    link.to().name()) -> link.disturb(new Link.Disturbance(Link.Kind.CUT, began + at, began + at + length, 0));
                case FaultPlan.Lose(String from, String to, double rate) when from.equals(link.from().name()) && to.equals(
                    link.to().name()) -> link.lose(rate, new SplittableRandom(plan.seed() ^ from.hashCode() * 31L ^ to.hashCode()));
                default -> {
                    // about something else
                }
            }
        }
    }

    /** A host has accepted a send request: the status it shall have, or NONE. */
    int accepted(final SoftHost host) {
        final AtomicLong count = accepted.get(host.name());
        return count == null ? NONE : failures.get(host.name()).getOrDefault(count.incrementAndGet(), NONE);
    }
}
