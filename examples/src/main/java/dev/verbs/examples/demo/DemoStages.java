package dev.verbs.examples.demo;

import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.examples.Session;
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
}
