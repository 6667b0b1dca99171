package dev.verbs.examples.perf;

import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.perf.PerfTool.Operation;

/** The course of a bandwidth test, from the moment when both ends are connected. */
final class BandwidthFlow {
    private final Stage stage;
    private final PerfConfig.Traffic traffic;
    private final boolean sends;
    private final boolean receives;
    private final long[] posted;
    private final long[] completed;

    BandwidthFlow(final Stage stage) {
        this.stage = stage;
        this.traffic = stage.traffic();
        this.sends = stage.config().isSender(stage.connects());
        this.receives = stage.config().tool().operation() == Operation.SEND && (traffic.bidirectional() || !sends);
        final int stamps = !sends || traffic.noPeak() ? 1 : Math.toIntExact(traffic.total());
        this.posted = new long[stamps];
        this.completed = new long[stamps];
    }

    void run() {
        stage.printer().titles();
        final boolean oneSided = stage.config().tool().operation() != Operation.SEND;
        final BandwidthReport result = !oneSided ? messages() : sends ? requests() : passive();
        stage.printer().line();
        stage.printer().flush();
        if (oneSided && sends && !traffic.bidirectional()) {
            stage.meetAfterwards();
            stage.exchange().reports(result);
        }
        stage.close();
        checkLimits(result);
    }

    /** Writes, reads and atomics by an end that posts them. */
    private BandwidthReport requests() {
        BandwidthReport result = BandwidthReport.NONE;
        for (final long size : stage.sizes()) {
            if (traffic.cacheWarm()) {
                warmCaches(size);
            }
            final Measured measured = measure(size, null, traffic.bidirectional());
            if (traffic.bidirectional() && traffic.all()) {
                stage.meetAfterwards();
            }
            result = report(measured);
        }
        return result;
    }

    /** The other end: it is told the result. */
    private BandwidthReport passive() {
        stage.meetAfterwards();
        final BandwidthReport result = stage.exchange().reports(BandwidthReport.NONE);
        print(result, 0);
        return result;
    }

    /** Both ends of {@code send_bw}. */
    private BandwidthReport messages() {
        BandwidthReport result = BandwidthReport.NONE;
        for (final long size : stage.sizes()) {
            Receives posts = null;
            if (receives) {
                posts = new Receives(stage.end(), size);
                posts.fill();
            }
            result = report(measure(size, posts, true));
            if (traffic.all()) {
                stage.meetAfterwards();
            }
        }
        return result;
    }

    /** Fills each send queue once: the caches of processor and device have seen it all. */
    private void warmCaches(final long size) {
        final long[] stamp = new long[1];
        new Sender(stage.end(), size, stage.watch(null), traffic.untimed(traffic.txDepth()), stamp, stamp.clone(), null).run();
    }

    private Measured measure(final long size, final Receives posts, final boolean together) {
        try (Stopwatch stopwatch = stage.stopwatch()) {
            final Watch watch = stage.watch(stopwatch);
            final Sender sender = sends ? new Sender(stage.end(), size, watch, traffic, posted, completed, stopwatch) : null;
            final Receiver receiver = posts == null ? null : new Receiver(stage.end(), posts, watch, stopwatch);
            final BothWays both = sender == null || receiver == null ? null
                : new BothWays(sender, receiver, stage.isActive(), new Idle(stage.end().channel(), watch), stopwatch);
            final Cost cost = new Cost();
            stage.ready(together);
            cost.begin();
            if (stopwatch != null) {
                final long messages = both != null ? both.runTimed() : sender != null ? sender.runTimed() : receiver.runTimed();
                cost.end();
                return new Measured(BandwidthReport.of(stage.config(), size, messages, stopwatch.sampledNs(), 0), messages, cost,
                    stopwatch.cpuPercent());
            }
            long receivingNs = 0;
            if (both != null) {
                both.run();
            } else if (sender != null) {
                sender.run();
            } else {
                receivingNs = receiver.run();
            }
            cost.end();
            final BandwidthReport report = sender == null ? BandwidthReport.of(stage.config(), size, traffic.total(), receivingNs, 0)
                : BandwidthReport.of(stage.config(), size, traffic.total(), posted, completed);
            return new Measured(report, traffic.total(), cost, 0);
        }
    }

    /** Prints a result, of both directions where both ends send and tell each other; returns what was printed. */
    private BandwidthReport report(final Measured measured) {
        final BandwidthReport own = measured.report();
        final boolean each = !traffic.bidirectional() || receives && traffic.isTimed();
        final BandwidthReport peer = each ? BandwidthReport.NONE : stage.exchange().reports(own);
        final BandwidthReport sum = each ? own : own.plus(peer);
        print(sum, measured.cpuPercent());
        if (!each && stage.config().report().both()) {
            stage.printer().direction("Local");
            stage.printer().bandwidth(own, measured.cpuPercent());
            stage.printer().direction("Remote");
            stage.printer().bandwidth(peer, measured.cpuPercent());
        }
        stage.cost(measured.cost(), measured.messages());
        stage.printer().flush();
        return sum;
    }

    private void print(final BandwidthReport report, final double cpuPercent) {
        stage.printer().bandwidth(report, cpuPercent);
        stage.json().bandwidth(report, cpuPercent);
    }

    private void checkLimits(final BandwidthReport result) {
        final PerfConfig.Report limits = stage.config().report();
        if (result.average() < limits.leastBandwidth()) {
            throw new CommandFailure("the bandwidth " + result.average() + " is below the limit " + limits.leastBandwidth() + " (-w)");
        }
        if (result.messageRate() < limits.leastMessageRate()) {
            throw new CommandFailure("the message rate " + result.messageRate() + " is below the limit " + limits.leastMessageRate()
                + " (-y)");
        }
    }

    /**
     * One size.
     *
     * @param report     bandwidth
     * @param messages   how many
     * @param cost       of the loop
     * @param cpuPercent how busy the processors were
     */
    private record Measured(BandwidthReport report, long messages, Cost cost, double cpuPercent) {
    }
}
