package dev.verbs.examples.perf;

import dev.verbs.examples.perf.PerfTool.Operation;

/** The course of a latency test, from the moment when both ends are connected. */
final class LatencyFlow {
    private static final double US = 1000;
    private static final double SECOND = 1e9;

    private final Stage stage;
    private final Operation operation;
    private final long[] times;

    LatencyFlow(final Stage stage) {
        this.stage = stage;
        this.operation = stage.config().tool().operation();
        this.times = stage.traffic().isTimed() ? null : new long[Math.toIntExact(stage.traffic().iterations())];
    }

    void run() {
        if (operation.fetches() && !stage.isActive()) {
            stage.close(); // the peer does everything
            stage.printer().line();
            return;
        }
        stage.printer().titles();
        for (final long size : stage.sizes()) {
            measure(size);
        }
        if (operation != Operation.WRITE) { // C ends that one without a word
            stage.close();
        }
        stage.printer().line();
    }

    private void measure(final long size) {
        try (Stopwatch stopwatch = stage.stopwatch()) {
            final LatencyLoop loop = loop(size, stopwatch, stage.watch(stopwatch));
            stage.ready(operation == Operation.SEND);
            final Cost cost = new Cost();
            cost.begin();
            final long messages;
            if (stopwatch == null) {
                messages = stage.traffic().iterations();
                loop.run(messages);
            } else {
                messages = loop.runTimed();
            }
            cost.end();
            if (stopwatch == null) {
                final LatencyReport report = LatencyReport.of(size, times, (int)messages, stage.config().tool().roundTripParts());
                stage.printer().latency(report);
                stage.json().latency(report);
            } else {
                timed(size, messages, stopwatch);
            }
            stage.cost(cost, messages);
        }
    }

    private LatencyLoop loop(final long size, final Stopwatch stopwatch, final Watch watch) {
        return switch (operation) {
            case WRITE -> new WriteLatency(stage.end(), size, !stage.isActive(), watch, times, stopwatch);
            case READ, ATOMIC -> new FetchLatency(stage.end(), size, watch, times, stopwatch);
            case SEND -> {
                final Receives receives = new Receives(stage.end(), size);
                receives.fill();
                yield new SendLatency(stage.end(), size, receives, stage.isActive(), watch, times, stopwatch);
            }
        };
    }

    private void timed(final long size, final long messages, final Stopwatch stopwatch) {
        final double sampled = stopwatch.sampledNs();
        final double average = messages == 0 ? 0 : sampled / US / stage.config().tool().roundTripParts() / messages;
        final double rate = messages / (sampled / SECOND);
        stage.printer().timedLatency(size, messages, average, rate, stopwatch.cpuPercent());
        stage.json().timedLatency(size, messages, average, rate, stopwatch.cpuPercent());
    }
}
