package dev.verbs.examples.demo;

import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.examples.Session;
import dev.verbs.examples.tpch.CycloJoinDemo;
import dev.verbs.examples.tpch.TpchDemoConfig;
import dev.verbs.examples.tpch.TpchDemoResult;
import dev.verbs.examples.ysb.YsbConfig;
import dev.verbs.examples.ysb.YsbDemo;
import dev.verbs.examples.ysb.YsbResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The programs of the demo, and how their results read in the table. */
final class DemoStages {
    private final Session session;
    private final PortOptions options;
    private final PortSelection port;
    private final DemoConfig config;

    DemoStages(final Session session, final PortOptions options, final PortSelection port, final DemoConfig config) {
        this.session = session;
        this.options = options;
        this.port = port;
        this.config = config;
    }

    /** In the order in which they run. */
    Map<String, DemoStage> all() {
        final Map<String, DemoStage> stages = new LinkedHashMap<>();
        stages.put("ping-pong", this::pingPong);
        stages.put("stream query", this::streamQuery);
        stages.put("cyclo-join", this::cycloJoin);
        return stages;
    }

    private boolean corrupts(final DemoCommand.Corruption what) {
        return config.corrupt() == what;
    }

    private DemoRow pingPong(final Consumer<String> progress) {
        final PingPongDemo.Result result = PingPongDemo.run(session.provider(), options, port, corrupts(DemoCommand.Corruption.ping),
            progress);
        return new DemoRow("ping-pong", "2 queue pairs",
            String.format(Locale.ROOT, "%,d messages of %d bytes", result.messages(), result.bytes()), result.halfRoundTripUs(),
            "us half round trip", result.verified(), result.verified() ? "every byte of every message was right"
            : "a message arrived with other bytes than were sent", result);
    }

    private DemoRow streamQuery(final Consumer<String> progress) {
        final YsbConfig scaled = YsbConfig.DEFAULT.withScale(config.records(), config.nodes());
        final YsbResult result = YsbDemo.run(session.provider(), options,
            corrupts(DemoCommand.Corruption.ysb) ? scaled.corrupted() : scaled, progress);
        return new DemoRow("stream query", nodes(result.nodes(), result.threads()),
            String.format(Locale.ROOT, "%,d records of %d bytes", result.records(), result.recordBytes()),
            result.millionRecordsPerSecond(), "M records/s", result.verified(), result.description(), result);
    }

    private DemoRow cycloJoin(final Consumer<String> progress) {
        final TpchDemoConfig scaled = TpchDemoConfig.DEFAULT.withScale(config.scale(), config.nodes());
        final TpchDemoResult result = CycloJoinDemo.run(session.provider(), options,
            corrupts(DemoCommand.Corruption.join) ? scaled.corrupted() : scaled, progress);
        return new DemoRow("cyclo-join", nodes(result.nodes(), result.nodes()),
            String.format(Locale.ROOT, "%,d orders, %,d line items", result.orders(), result.lineItems()),
            result.millionTuplesPerSecond(), "M tuples/s", result.verified(), result.description(), result);
    }

    private static String nodes(final int nodes, final int threads) {
        return nodes + (nodes == 1 ? " node on " : " nodes on ") + threads + (threads == 1 ? " thread" : " threads");
    }
}
