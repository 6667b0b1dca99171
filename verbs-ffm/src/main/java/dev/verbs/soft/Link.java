package dev.verbs.soft;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** One direction between two hosts: when messages arrive, and which do not. Any thread, a leaf among the locks. */
final class Link {
    /** Something that happens to a link for a while; {@code extraNs} is for delays. */
    record Disturbance(Kind kind, long fromNs, long untilNs, long extraNs) {
        boolean covers(final long time) {
            return time >= fromNs && time < untilNs;
        }
    }

    /** What can happen to a link. */
    enum Kind {
        /** Messages wait before they leave. */
        STALL,
        /** Messages take longer. */
        DELAY,
        /** Messages are lost. */
        CUT
    }

    private final SoftHost from;
    private final SoftHost to;
    /** Null if nothing takes time. */
    private final LinkModel model;
    /** By their beginning. */
    private Disturbance[] disturbances = {};
    private double lossRate;
    private SplittableRandom random;
    private long freeAt = Long.MIN_VALUE;
    /** Cut by the program until it says otherwise. */
    private volatile boolean parted;

    Link(final SoftHost from, final SoftHost to, final LinkModel model) {
        this.from = from;
        this.to = to;
        this.model = model;
    }

    /** Whether messages take time. */
    boolean isModelled() {
        return model != null;
    }

    SoftHost from() {
        return from;
    }

    SoftHost to() {
        return to;
    }

    void part(final boolean apart) {
        parted = apart;
    }

    synchronized void disturb(final Disturbance disturbance) {
        disturbances = Stream.concat(Stream.of(disturbances), Stream.of(disturbance))
            .sorted(Comparator.comparingLong(Disturbance::fromNs)).toArray(Disturbance[]::new);
    }

    /** Loses messages at random from now on. */
    synchronized void lose(final double rate, final SplittableRandom source) {
        lossRate = rate;
        random = source;
    }

    /** Sends a message of so many bytes; returns when its last byte arrives, if nothing is lost on the way. */
    synchronized long send(final long now, final long bytes) {
        long start = Math.max(now, freeAt);
        long extra = 0;
        for (final Disturbance each : disturbances) { // ordered by their beginning: one stall may lead into the next
            if (each.covers(start)) {
                start = each.kind == Kind.STALL ? each.untilNs : start;
                extra += each.kind == Kind.DELAY ? each.extraNs : 0;
            }
        }
        final long sending = model == null ? 0 : model.sendingNs(bytes);
        freeAt = from.port().leave(start, sending, bytes) + sending;
        return to.port().arrive(freeAt + latency() + extra, bytes);
    }

    /** One way, without load. */
    long latency() {
        return model == null ? 0 : model.latencyNs();
    }

    /** Whether a message that arrives now is lost. */
    boolean loses(final long now) {
        return parted || from.isDead() || to.isDead() || losesByPlan(now);
    }

    /** What the program did; by threads that execute at once. */
    boolean isCut() {
        return parted || from.isDead() || to.isDead();
    }

    private synchronized boolean losesByPlan(final long now) {
        for (final Disturbance each : disturbances) {
            if (each.kind == Kind.CUT && each.covers(now)) {
                return true;
            }
        }
        return lossRate > 0 && random.nextDouble() < lossRate;
    }
}
