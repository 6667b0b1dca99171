package dev.verbs.examples.pingpong;

import dev.verbs.PortSelection;
import dev.verbs.RcEndpoint;
import dev.verbs.examples.Duty;
import dev.verbs.examples.Session;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.SystemNanoClock;

/** Plays one end or the other, from the exchange of addresses to the printed result. Blocks, with deadlines. */
record PingPongRun(Session session, String device, PortSelection port, PingPongConfig config, PrintWriter out) {
    /** Returns whether all messages were right. */
    boolean server(final PingPongExchange.Server server, final String who) {
        try (PingPongEnd end = new PingPongEnd(session.provider(), device, port, config)) {
            final List<RcEndpoint> own = end.endpoints();
            addresses(who, "local address: ", own);
            server.serve(own, config.exchangedLines(), peers -> {
                end.connect(peers);
                addresses(who, "remote address:", peers);
            });
            return play(end, false, who);
        }
    }

    /** Returns whether all messages were right. */
    boolean client(final InetSocketAddress server, final String who) {
        try (PingPongEnd end = new PingPongEnd(session.provider(), device, port, config)) {
            final List<RcEndpoint> own = end.endpoints();
            addresses(who, "local address: ", own);
            final List<RcEndpoint> peers = PingPongExchange.ask(server, own, config.exchangedLines(), config.timeout());
            addresses(who, "remote address:", peers);
            end.connect(peers);
            return play(end, true, who);
        }
    }

    private boolean play(final PingPongEnd end, final boolean starts, final String who) {
        try (Arena arena = Arena.ofConfined()) {
            final int pageSize = MessageCheck.systemPageSize();
            final MemorySegment message = MessageCheck.message(arena, config, pageSize);
            final MessageCheck check = config.validate() ? new MessageCheck(message, pageSize) : null;
            final PingPongAgent agent = new PingPongAgent(end, starts, arena, config.iterations(), message, check, null,
                SystemNanoClock.INSTANCE);
            Duty.run(agent, agent::isDone, end.idleStrategy());
            final PingPongResult result = agent.result();
            for (final String line : result.lines()) {
                out.println(who + line);
            }
            if (config.validate() && result.badPages().length == 0) {
                out.println(who + "all " + result.received() + " messages received were right");
            }
            return result.badPages().length == 0;
        }
    }

    private void addresses(final String who, final String kind, final List<RcEndpoint> endpoints) {
        for (final RcEndpoint endpoint : endpoints) {
            out.println(who + String.format(Locale.ROOT, "  %s LID 0x%04x, QPN 0x%06x, PSN 0x%06x, GID %s", kind, endpoint.lid(),
                endpoint.qpNumber(), endpoint.psn(), endpoint.gid()));
        }
    }
}
