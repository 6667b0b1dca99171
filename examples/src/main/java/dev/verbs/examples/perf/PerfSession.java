package dev.verbs.examples.perf;

import dev.verbs.Context;
import dev.verbs.Verbs;
import dev.verbs.examples.Session;
import dev.verbs.examples.TwoEnds;
import java.io.PrintWriter;
import java.net.InetAddress;

/**
 * Runs the ends of a test that are in this process, after the warm-up.
 *
 * @param session provider
 * @param config  the test
 * @param out     where results go
 */
record PerfSession(Session session, PerfConfig config, PrintWriter out) {
    /** Messages of the warm-up are small: what shall be compiled is the way, not the copying. */
    private static final long WARM_UP_SIZE = 64;
    /** What is compiled in one is used in the next, which then shows what else is hot. */
    private static final int ROUNDS = 3;
    private static final int SERVER = 0;
    private static final int CLIENT = 1;

    /** Server or client, as the options say. */
    void oneEnd() throws Exception {
        final PerfConfig warm = warmUp();
        final boolean client = config.path().host() != null;
        final PerfPrinter printer = new PerfPrinter(out, warm);
        try (Meeting meeting = client ? client(warm) : server(warm, printer::waiting)) {
            run(warm, client, printer).run(meeting);
        }
    }

    /** The software device exists in this process only, so the other end must be here too; the client's results are printed. */
    void bothEnds() throws Exception {
        final PerfConfig warm = warmUp();
        final PerfConfig quiet = warm.with(warm.report().quiet());
        if (warm.path().managedExchange()) {
            final String address = address(warm);
            try (CmMeeting server = CmMeeting.server(session.provider(), quiet.with(quiet.path().from(address)), () -> { })) {
                bothEnds(quiet, server, warm.with(warm.path().at(address, server.address().getPort())));
            }
        } else {
            final String here = InetAddress.getLoopbackAddress().getHostAddress();
            try (TcpMeeting server = TcpMeeting.server(quiet.with(quiet.path().from(here)), () -> { })) {
                bothEnds(quiet, server, warm.with(warm.path().at(here, server.port())));
            }
        }
    }

    private String address(final PerfConfig of) {
        try (Context context = Verbs.open(session.provider(), of.path().port().device())) {
            return PerfPath.choose(context, of.path()).gid().address().getHostAddress();
        }
    }

    private void bothEnds(final PerfConfig quiet, final Meeting server, final PerfConfig named) throws Exception {
        TwoEnds.run(() -> {
            run(quiet, false, new PerfPrinter(null, quiet)).run(server);
            return null;
        }, () -> {
            try (Meeting client = client(named)) {
                run(named, true, new PerfPrinter(out, named)).run(client);
            }
            return null;
        });
    }

    private PerfRun run(final PerfConfig of, final boolean client, final PerfPrinter printer) {
        return new PerfRun(session.provider(), session.explanation(), of, client, printer, new PerfJson(of), end -> { });
    }

    private Meeting client(final PerfConfig of) {
        return of.path().managedExchange() ? CmMeeting.client(session.provider(), of) : TcpMeeting.client(of);
    }

    private Meeting server(final PerfConfig of, final Runnable waiting) {
        return of.path().managedExchange() ? CmMeeting.server(session.provider(), of, waiting) : TcpMeeting.server(of, waiting);
    }

    /**
     * Runs short tests of the same kind between two ends in this process, so that what will be measured is compiled by then: a peer
     * in C does not know of messages that do not count.
     *
     * @return the test, with the count of messages that were exchanged
     */
    private PerfConfig warmUp() throws Exception {
        final long count = config.waits().warmUp();
        if (count == 0 || !connectsByModify()) {
            return config.with(config.waits().withWarmUp(0));
        }
        final long each = Math.max(PerfConfigReader.LEAST_ITERATIONS, count / config.traffic().queuePairs() / ROUNDS);
        final PerfConfig warm = config.with(config.traffic().shorter(each, WARM_UP_SIZE)).with(config.path().unmanaged())
            .with(config.report().quiet()).with(config.waits().hinted());
        for (int round = 0; round < ROUNDS; round++) {
            final PipeWire[] wires = PipeWire.pair();
            TwoEnds.run(() -> end(warm, false, wires[SERVER]), () -> end(warm, true, wires[CLIENT]));
            Compilers.settle();
        }
        return config.with(config.waits().withWarmUp(ROUNDS * warm.traffic().total()));
    }

    private boolean connectsByModify() {
        try (Context context = Verbs.open(session.provider(), config.path().port().device())) {
            return context.device().guarantees().connectsByModify();
        }
    }

    private Void end(final PerfConfig warm, final boolean client, final PipeWire wire) {
        run(warm, client, new PerfPrinter(null, warm)).run((context, path) -> wire);
        return null;
    }
}
