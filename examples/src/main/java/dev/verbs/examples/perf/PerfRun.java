package dev.verbs.examples.perf;

import dev.verbs.Context;
import dev.verbs.Mtu;
import dev.verbs.Verbs;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.perf.Exchange.Cycle;
import dev.verbs.examples.perf.PerfTool.Operation;
import dev.verbs.spi.VerbsProvider;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One end of one test, from the first word to the last, in the order of perftest 4.5.
 *
 * @param provider    where the device is
 * @param explanation which provider, for people
 * @param config      the test
 * @param connects    whether this end connects to the other
 * @param printer     results for people
 * @param json        results for programs
 * @param after       looks at the end when the test is over; for tests
 */
record PerfRun(VerbsProvider provider, String explanation, PerfConfig config, boolean connects, PerfPrinter printer, PerfJson json,
    Consumer<PerfEnd> after) {

    /** Runs the test with whom the meeting finds. */
    void run(final Meeting meeting) {
        try (Context context = Verbs.open(provider, config.path().port().device())) {
            final PerfPath path = PerfPath.choose(context, config.path());
            checkDevice(context);
            try (Wire wire = meeting.open(context, path)) {
                talk(context, path, meeting, wire);
            }
        }
    }

    private void checkDevice(final Context context) {
        final PerfConfig.Traffic traffic = config.traffic();
        if (!config.path().managed() && !context.device().guarantees().connectsByModify()) {
            throw new CommandFailure(context.device().name() + " connects through the connection manager only (iWARP): give -R "
                + "to both ends");
        }
        if (config.tool() == PerfTool.SEND_BW && !context.device().guarantees().waitsForReceives()) {
            throw new CommandFailure("send_bw is not supported on " + context.device().name() + ": iWARP does not wait for receives, and "
                + "the credits that C sends on it are not implemented");
        }
        final int most = context.queryDevice().maxQpWr();
        if (traffic.txDepth() > most || traffic.rxDepth() > most) {
            throw new CommandFailure("tx-depth " + traffic.txDepth() + " or rx-depth " + traffic.rxDepth() + " is more than "
                + context.device().name() + " can do (" + most + ")");
        }
    }

    private void talk(final Context context, final PerfPath found, final Meeting meeting, final Wire wire) {
        final Exchange exchange = new Exchange(wire, connects, found.hasGid(), found.port().gid().index(), config.waits().deadline());
        PerfPath path = found;
        Cycle cycle = Cycle.USUAL;
        if (config.path().versions()) {
            exchange.versions();
            cycle = exchange.cycle(Cycle.USUAL);
            path = path.with(exchange.mtu(path.mtu()));
        }
        final PerfConfig fitting = fitting(path.mtu());
        try (PerfEnd end = new PerfEnd(context, path, fitting, cycle)) {
            if (config.path().managed()) {
                meeting.connect(end, exchange);
            }
            printer.header(end, context.device(), explanation, connects);
            json.header(end, context.device(), explanation, connects);
            final Stage stage = new Stage(end, wire, exchange, connects, printer, json);
            connect(stage);
            if (config.tool().isLatency()) {
                new LatencyFlow(stage).run();
            } else {
                new BandwidthFlow(stage).run();
            }
            printer.flush();
            after.accept(end);
            LockSupport.parkNanos(config.waits().linger().toNanos());
        }
        json.write();
    }

    /** A datagram is one packet. */
    private PerfConfig fitting(final Mtu mtu) {
        final PerfConfig.Traffic traffic = config.traffic();
        if (config.service() != PerfService.UD || traffic.size() <= mtu.bytes()) {
            return config;
        }
        if (!traffic.all() && traffic.size() != config.tool().defaultSize()) {
            throw new CommandFailure("size " + traffic.size() + " is more than a datagram of MTU " + mtu.bytes() + " carries");
        }
        return config.with(traffic.withSize(mtu.bytes()));
    }

    /** Tells and learns the keys, and connects the queue pairs unless the connection manager has. */
    private void connect(final Stage stage) {
        final PerfEnd end = stage.end();
        final int count = config.traffic().queuePairs();
        final boolean messages = config.tool().operation() == Operation.SEND;
        if (config.tool().isLatency() && !messages) {
            stage.meet();
        }
        for (int i = 0; i < count; i++) {
            end.peer(i, stage.exchange().keys(end.keys(i)));
        }
        if (!config.path().managed()) {
            end.connect();
        }
        if (messages) {
            stage.meet();
        }
        for (int i = 0; i < count; i++) {
            address("local", end, end.keys(i));
        }
        for (int i = 0; i < count; i++) {
            address("remote", end, stage.exchange().keys(end.keys(i)));
        }
        if (!messages) {
            stage.meet(); // the other end can receive
        }
        printer.flush();
    }

    private void address(final String side, final PerfEnd end, final PerfKeys keys) {
        printer.address(side, keys, end.path().hasGid(), config.path().managedExchange());
    }
}
