package dev.verbs.examples.pingpong;

import dev.verbs.Mtu;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.RcEndpoint;
import dev.verbs.examples.CommonOptions;
import dev.verbs.examples.DeviceOptions;
import dev.verbs.examples.Duty;
import dev.verbs.examples.Session;
import dev.verbs.examples.TwoEnds;
import dev.verbs.examples.VerbsCommand;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.agrona.concurrent.SystemNanoClock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verbs pingpong}: {@code ibv_rc_pingpong}, and a peer for it. */
@Command(name = "pingpong", versionProvider = VerbsCommand.Version.class, sortOptions = false,
    description = {"Messages to and fro over a reliable connection; either end may be rdma-core's ibv_rc_pingpong.",
        "Without HOST it is the server, with HOST the client. On the software device both ends run in this process."},
    footer = {"", "-p is the TCP port, as in C; the port of the device is -i or --port. C peers on Ethernet need -g (often -g 1)."})
public final class PingPongCommand implements Callable<Integer>, VerbsCommand.Tracing {
    static final int DEFAULT_TCP_PORT = 18515;
    /** What C takes without {@code -m}: both ends must agree. */
    private static final int DEFAULT_MTU = 1024;

    @Parameters(index = "0", arity = "0..1", paramLabel = "HOST", description = "Where the server is.")
    private String host;

    @Option(names = {"-p", "--tcp-port"}, paramLabel = "PORT", description = "TCP port where the ends find each other (default: "
        + DEFAULT_TCP_PORT + "; in one process any free one).")
    private Integer tcpPort;

    @Option(names = {"-s", "--size"}, paramLabel = "BYTES", defaultValue = "4096", description = "Size of a message (default: 4096).")
    private long size;

    @Option(names = {"-r", "--rx-depth"}, paramLabel = "N", defaultValue = "500",
        description = "Receives posted at a time (default: 500).")
    private int receiveDepth;

    @Option(names = {"-n", "--iters"}, paramLabel = "N", defaultValue = "1000", description = "Messages each way (default: 1000).")
    private long iterations;

    @Option(names = {"-l", "--sl"}, paramLabel = "N", defaultValue = "0", description = "Service level (default: 0).")
    private int serviceLevel;

    @Option(names = {"-e", "--events"}, description = "Sleeps on completion events instead of polling.")
    private boolean events;

    @Option(names = {"-c", "--chk"}, description = "Checks every byte of every message, against what C sends with -c "
        + "(C itself looks at the first byte of each page of the last message); wrong data end in exit code 1.")
    private boolean validate;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "30", description = "How long to wait for the peer, each "
        + "time (default: 30).")
    private int timeout;

    @Option(names = {"-v", "--verbose"}, description = "Shows where a failure comes from.")
    private boolean verbose;

    // Fields of their own: picocli sets the defaults of the common options last.
    @Option(names = {"-d", "--ib-dev"}, paramLabel = "NAME", description = "As in C: same as --device.")
    private String ibDevice;

    @Option(names = {"-i", "--ib-port"}, paramLabel = "N", description = "As in C: same as --port.")
    private Integer ibPort;

    @Option(names = {"-g", "--gid-idx"}, paramLabel = "N", description = "As in C: same as --gid-index.")
    private Integer gidIndex;

    @Option(names = "-m", paramLabel = "BYTES", description = "As in C: same as --mtu, which is " + DEFAULT_MTU
        + " here if left out, or the port's active MTU if that is less.")
    private Integer mtu;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommonOptions common;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public boolean showsTraces() {
        return verbose;
    }

    @Override
    public Integer call() throws Exception {
        final PortOptions options;
        final PingPongConfig config;
        try {
            options = portOptions();
            config = new PingPongConfig(size, receiveDepth, iterations, serviceLevel, events, validate,
                Duration.ofSeconds(timeout));
            if (tcpPort != null && (tcpPort < 0 || tcpPort > 65535)) {
                throw new IllegalArgumentException("tcp-port " + tcpPort + " is not in 0 .. 65535");
            }
        } catch (final IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        final PrintWriter out = spec.commandLine().getOut();
        try (Session session = Session.open(device)) {
            out.println("provider: " + session.explanation());
            final PortSelection port = likeC(session.choose(options), options);
            out.println("path: " + port.explanation());
            final Run run = new Run(session, options.device(), port, config, out);
            final boolean right = session.isEmulated() ? bothEnds(run) : oneEnd(run);
            return right ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private PortOptions portOptions() {
        final PortOptions usual = device.toPortOptions();
        return new PortOptions(ibDevice == null ? usual.device() : ibDevice, ibPort == null ? usual.port() : ibPort,
            gidIndex == null ? usual.gidIndex() : gidIndex, mtu == null ? usual.mtuBytes() : mtu);
    }

    private static PortSelection likeC(final PortSelection port, final PortOptions options) {
        return options.mtuBytes() != 0 || port.mtu().bytes() <= DEFAULT_MTU ? port
            : new PortSelection(port.port(), port.gid(), port.lid(), Mtu.ofBytes(DEFAULT_MTU), port.linkLayer(),
                port.explanation() + ", but " + DEFAULT_MTU + " as ibv_rc_pingpong takes without -m");
    }

    private boolean oneEnd(final Run run) {
        final int port = tcpPort == null ? DEFAULT_TCP_PORT : tcpPort;
        if (host != null) {
            return run.client(new InetSocketAddress(host, port), "");
        }
        try (PingPongExchange.Server server = new PingPongExchange.Server(null, port, run.config.timeout())) {
            return run.server(server, "");
        }
    }

    /** The software device exists in this process only, so the other end must be here too; they meet over TCP all the same. */
    private boolean bothEnds(final Run run) throws Exception {
        run.out.println("both ends run in this process, each on a thread with its own context and queue pair: the software "
            + "device exists nowhere else");
        final boolean[] right = new boolean[2]; // one element per thread, read after both ended
        final InetAddress here = InetAddress.getLoopbackAddress();
        try (PingPongExchange.Server server = new PingPongExchange.Server(here, tcpPort == null ? 0 : tcpPort, run.config.timeout())) {
            final InetSocketAddress meeting = new InetSocketAddress(here, server.port());
            TwoEnds.run(() -> right[0] = run.server(server, "server: "), () -> right[1] = run.client(meeting, "client: "));
        }
        return right[0] && right[1];
    }

    /** What both ends need. */
    private record Run(Session session, String device, PortSelection port, PingPongConfig config, PrintWriter out) {
        private boolean server(final PingPongExchange.Server server, final String who) {
            try (PingPongEnd end = new PingPongEnd(session.provider(), device, port, config)) {
                final RcEndpoint own = end.endpoint();
                address(who, "local address: ", own);
                server.serve(own, peer -> {
                    end.connect(peer);
                    address(who, "remote address:", peer);
                });
                return play(end, false, who);
            }
        }

        private boolean client(final InetSocketAddress server, final String who) {
            try (PingPongEnd end = new PingPongEnd(session.provider(), device, port, config)) {
                final RcEndpoint own = end.endpoint();
                address(who, "local address: ", own);
                final RcEndpoint peer = PingPongExchange.ask(server, own, config.timeout());
                address(who, "remote address:", peer);
                end.connect(peer);
                return play(end, true, who);
            }
        }

        private boolean play(final PingPongEnd end, final boolean starts, final String who) {
            try (Arena arena = Arena.ofConfined()) {
                final int pageSize = MessageCheck.systemPageSize();
                final MemorySegment message = MessageCheck.message(arena, config.size(), config.validate(), pageSize);
                final MessageCheck check = config.validate() ? new MessageCheck(message, pageSize) : null;
                final PingPongAgent agent = new PingPongAgent(end, starts, arena, config.iterations(), message, check, null,
                    SystemNanoClock.INSTANCE);
                Duty.run(agent, agent::isDone, end.idleStrategy());
                final PingPongResult result = agent.result();
                for (final String line : result.lines()) {
                    out.println(who + line);
                }
                if (config.validate() && result.badPages().length == 0) {
                    out.println(who + "all " + config.iterations() + " messages received were right");
                }
                return result.badPages().length == 0;
            }
        }

        private void address(final String who, final String kind, final RcEndpoint endpoint) {
            out.println(who + String.format(Locale.ROOT, "  %s LID 0x%04x, QPN 0x%06x, PSN 0x%06x, GID %s", kind, endpoint.lid(),
                endpoint.qpNumber(), endpoint.psn(), endpoint.gid()));
        }
    }
}
