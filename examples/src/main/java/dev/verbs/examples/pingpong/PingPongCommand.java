package dev.verbs.examples.pingpong;

import dev.verbs.Mtu;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.examples.CommonOptions;
import dev.verbs.examples.DeviceOptions;
import dev.verbs.examples.Session;
import dev.verbs.examples.TwoEnds;
import dev.verbs.examples.VerbsCommand;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verbs pingpong}: rdma-core's ping-pong programs, and a peer for each. */
@Command(name = "pingpong", versionProvider = VerbsCommand.Version.class, sortOptions = false,
    description = {"Messages to and fro; either end may be rdma-core's ibv_rc_pingpong, ibv_uc_pingpong (--type uc), "
        + "ibv_ud_pingpong (--type ud) or ibv_srq_pingpong (--srq).",
        "Without HOST it is the server, with HOST the client. On the software device both ends run in this process."},
    footer = {"", "-p is the TCP port, as in C; the port of the device is -i or --port. C peers on Ethernet need -g (often -g 1)."})
public final class PingPongCommand implements Callable<Integer>, VerbsCommand.Tracing {
    static final int DEFAULT_TCP_PORT = 18515;
    /** What C takes without {@code -m}: both ends must agree. */
    private static final int DEFAULT_MTU = 1024;
    private static final int DEFAULT_SHARING = 16;

    @Parameters(index = "0", arity = "0..1", paramLabel = "HOST", description = "Where the server is.")
    private String host;

    @Option(names = {"-p", "--tcp-port"}, paramLabel = "PORT", description = "TCP port where the ends find each other (default: "
        + DEFAULT_TCP_PORT + "; in one process any free one).")
    private Integer tcpPort;

    @Option(names = "--type", paramLabel = "rc|uc|ud", defaultValue = "rc", description = "Transport service: reliable connection, "
        + "unreliable connection or unreliable datagrams (default: ${DEFAULT-VALUE}). What the unreliable ones lose stays lost: the "
        + "run fails after --timeout.")
    private PingPongService service;

    @Option(names = "--srq", description = "Several reliable connections that share one receive queue.")
    private boolean shared;

    @Option(names = {"-q", "--num-qp"}, paramLabel = "N", description = "With --srq: connections (default: " + DEFAULT_SHARING + ").")
    private Integer sharing;

    @Option(names = {"-s", "--size"}, paramLabel = "BYTES", description = "Size of a message (default: 4096, with ud 1024).")
    private Long size;

    @Option(names = {"-r", "--rx-depth"}, paramLabel = "N", defaultValue = "500",
        description = "Receives posted at a time (default: 500).")
    private int receiveDepth;

    @Option(names = {"-n", "--iters"}, paramLabel = "N", defaultValue = "1000", description = "Messages each way (default: 1000), "
        + "over all connections.")
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
            config = config();
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
            final PingPongRun run = new PingPongRun(session, options.device(), port, config, out);
            final boolean right = session.isEmulated() ? bothEnds(run) : oneEnd(run);
            return right ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private PingPongConfig config() {
        if (sharing != null && (!shared || sharing < 1)) {
            throw new IllegalArgumentException("num-qp " + sharing + (shared ? " is less than 1" : " goes with --srq"));
        }
        final int queuePairs = sharing == null ? DEFAULT_SHARING : sharing;
        return new PingPongConfig(service, shared ? queuePairs : 0, size == null ? service.defaultSize() : size, receiveDepth,
            iterations, serviceLevel, events, validate, Duration.ofSeconds(timeout));
    }

    private PortOptions portOptions() {
        final PortOptions usual = device.toPortOptions();
        return new PortOptions(ibDevice == null ? usual.device() : ibDevice, ibPort == null ? usual.port() : ibPort,
            gidIndex == null ? usual.gidIndex() : gidIndex, mtu == null ? usual.mtuBytes() : mtu);
    }

    /** Connections only: a datagram is one packet. */
    private PortSelection likeC(final PortSelection port, final PortOptions options) {
        return service == PingPongService.UD || options.mtuBytes() != 0 || port.mtu().bytes() <= DEFAULT_MTU ? port
            : new PortSelection(port.port(), port.gid(), port.lid(), Mtu.ofBytes(DEFAULT_MTU), port.linkLayer(),
                port.explanation() + ", but " + DEFAULT_MTU + " as C takes without -m");
    }

    private boolean oneEnd(final PingPongRun run) {
        final int port = tcpPort == null ? DEFAULT_TCP_PORT : tcpPort;
        if (host != null) {
            return run.client(new InetSocketAddress(host, port), "");
        }
        try (PingPongExchange.Server server = new PingPongExchange.Server(null, port, run.config().timeout())) {
            return run.server(server, "");
        }
    }

    /** The software device exists in this process only, so the other end must be here too; they meet over TCP all the same. */
    private boolean bothEnds(final PingPongRun run) throws Exception {
        run.out().println("both ends run in this process, each on a thread with its own context and queue pair: the software "
            + "device exists nowhere else");
        final boolean[] right = new boolean[2]; // one element per thread, read after both ended
        final InetAddress here = InetAddress.getLoopbackAddress();
        try (PingPongExchange.Server server = new PingPongExchange.Server(here, tcpPort == null ? 0 : tcpPort, run.config().timeout())) {
            final InetSocketAddress meeting = new InetSocketAddress(here, server.port());
            TwoEnds.run(() -> right[0] = run.server(server, "server: "), () -> right[1] = run.client(meeting, "client: "));
        }
        return right[0] && right[1];
    }
}
