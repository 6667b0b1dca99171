package dev.verbs.examples.rping;

import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.CommonOptions;
import dev.verbs.examples.DeviceOptions;
import dev.verbs.examples.Duty;
import dev.verbs.examples.Session;
import dev.verbs.examples.TwoEnds;
import dev.verbs.examples.VerbsCommand;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.agrona.concurrent.SystemNanoClock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code verbs rping}: librdmacm's {@code rping}, and a peer for it. */
@Command(name = "rping", versionProvider = VerbsCommand.Version.class, sortOptions = false,
    description = {"Pings through the connection manager: the server reads the client's data with RDMA READ and writes them back with "
        + "RDMA WRITE; either end may be librdmacm's rping.",
        "On the software device both ends run in this process, with -s, with -c or with neither."},
    footer = {"", "-p is the connection manager's port, as in C; --port is the port of the device. On a real device the address decides "
        + "device, port and path."})
public final class RpingCommand implements Callable<Integer>, VerbsCommand.Tracing {
    static final int DEFAULT_PORT = 7174;
    private static final long DEFAULT_COUNT_IN_ONE_PROCESS = 10;

    @Option(names = "-s", description = "Is the server.")
    private boolean server;

    @Option(names = "-c", description = "Is the client.")
    private boolean client;

    @Option(names = "-a", paramLabel = "ADDR", description = "Address of the server; the server's own default is every address.")
    private String address;

    @Option(names = {"-p", "--cm-port"}, paramLabel = "PORT", defaultValue = "" + DEFAULT_PORT,
        description = "Port of the connection manager (default: ${DEFAULT-VALUE}).")
    private int cmPort;

    @Option(names = "-C", paramLabel = "N", description = "Pings of the client (default: no end; in one process 10).")
    private Long count;

    @Option(names = "-S", paramLabel = "BYTES", defaultValue = "64",
        description = "Bytes of the client's ping data, " + RpingConfig.MIN_SIZE + " to "
        + RpingConfig.MAX_SIZE + " (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(names = "-v", description = "Prints ping data; and where a failure comes from.")
    private boolean verbose;

    @Option(names = "-V", description = "Checks ping data in the client.")
    private boolean validate;

    @Option(names = "-d", description = "Prints each step.")
    private boolean debug;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "30", description = "How long to wait for the peer, each time "
        + "(default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommonOptions common;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public boolean showsTraces() {
        return verbose || debug;
    }

    @Override
    public Integer call() throws Exception {
        final PortOptions options;
        try {
            options = device.toPortOptions();
            config(0);
            if (cmPort < 1 || cmPort > 65535) {
                throw new IllegalArgumentException("cm-port " + cmPort + " is not in 1 .. 65535");
            }
            if (server && client) {
                throw new IllegalArgumentException("-s and -c exclude each other");
            }
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        final PrintWriter out = spec.commandLine().getOut();
        try (Session session = Session.open(device)) {
            out.println("provider: " + session.explanation());
            if (session.isEmulated()) {
                bothEnds(new Run(session, options, config(DEFAULT_COUNT_IN_ONE_PROCESS), out));
            } else {
                oneEnd(new Run(session, options, config(0), out));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private RpingConfig config(final long defaultCount) {
        return new RpingConfig(size, count == null ? defaultCount : count, validate, verbose, debug, Duration.ofSeconds(timeout));
    }

    private void oneEnd(final Run run) {
        if (!server && !client) {
            throw new ParameterException(spec.commandLine(), "say -s to be the server, or -c -a ADDR to be its client");
        }
        if (run.options.port() != 0 || run.options.gidIndex() != -1 || run.options.mtuBytes() != 0) {
            throw new ParameterException(spec.commandLine(), "the address (-a) decides port, GID and MTU here: leave out --port, "
                + "--gid-index and --mtu");
        }
        if (client) {
            if (address == null) {
                throw new ParameterException(spec.commandLine(), "the client needs the server's address: -a ADDR");
            }
            run.client(new InetSocketAddress(inet(address), cmPort));
        } else {
            try (CmListener listener = run.listen(new InetSocketAddress(inet(address == null ? "0.0.0.0" : address), cmPort))) {
                run.server(listener);
            }
        }
    }

    /** The software device exists in this process only, so the other end must be here too. */
    private void bothEnds(final Run run) throws Exception {
        run.out.println("both ends run in this process, each on a thread with its own context and queue pair: the software "
            + "device exists nowhere else");
        final PortSelection port = run.session.choose(run.options);
        run.out.println("path: " + port.explanation());
        final InetSocketAddress meeting = new InetSocketAddress(address == null ? port.gid().gid().address() : inet(address), cmPort);
        try (CmListener listener = run.listen(meeting)) {
            TwoEnds.run(() -> {
                run.server(listener);
                return null;
            }, () -> {
                run.client(meeting);
                return null;
            });
        }
    }

    private static InetAddress inet(final String host) {
        try {
            return InetAddress.getByName(host);
        } catch (final UnknownHostException e) {
            throw new CommandFailure("the host name " + host + " is not known", e);
        }
    }

    /** What both ends need. */
    private record Run(Session session, PortOptions options, RpingConfig config, PrintWriter out) {
        private CmListener listen(final InetSocketAddress at) {
            final CmListener listener = CmListener.bind(session.provider(), at, 1);
            if (config.debug()) {
                out.println("server: listens on " + listener.address());
            }
            return listener;
        }

        private void server(final CmListener listener) {
            final CmRequest request = listener.await(config.timeout());
            if (request == null) {
                throw new CommandFailure("no client came to " + listener.address() + " within " + config.timeout().toSeconds()
                    + " s (--timeout)");
            }
            final String name = request.deviceName();
            if (options.device() != null && !options.device().equals(name)) {
                request.reject(new byte[0]);
                throw new CommandFailure("a client came in on " + name + ", not on " + options.device() + ": give -a an address of "
                    + options.device());
            }
            path(name, listener.address());
            try (RpingEnd end = endFor(request, name); Arena arena = Arena.ofConfined()) {
                end.accept(request);
                play(new RpingServerAgent(end, arena, out, SystemNanoClock.INSTANCE), end, "served");
            }
        }

        private void path(final String name, final InetSocketAddress at) {
            if (!session.isEmulated()) {
                out.println("path: " + name + " (the connection manager's choice for " + at.getAddress().getHostAddress() + ")");
            }
        }

        private RpingEnd endFor(final CmRequest request, final String name) {
            try {
                return new RpingEnd(session.provider(), name, config, false);
            } catch (final RuntimeException e) {
                request.reject(new byte[0]);
                throw e;
            }
        }

        private void client(final InetSocketAddress server) {
            final String name = deviceTo(server);
            if (options.device() != null && !options.device().equals(name)) {
                throw new CommandFailure("the way to " + server + " is through " + name + ", not through " + options.device());
            }
            path(name, server);
            try (RpingEnd end = new RpingEnd(session.provider(), name, config, true); Arena arena = Arena.ofConfined()) {
                end.connect(session.provider(), server);
                play(new RpingClientAgent(end, arena, out, SystemNanoClock.INSTANCE), end,
                    config.validate() ? "done and validated" : "done");
            }
        }

        private void play(final RpingAgent agent, final RpingEnd end, final String what) {
            Duty.run(agent, agent::isDone, end.idleStrategy());
            out.println(agent.roleName() + ": " + agent.pings() + " pings of " + agent.size() + " bytes " + what);
        }

        /** The queue pair must be on the device that leads to the peer: asks before it is made. */
        private String deviceTo(final InetSocketAddress server) {
            try (CmEventChannel channel = session.provider().createEventChannel(); CmId id = channel.createId()) {
                id.resolveAddress(null, server, config.timeout());
                final CmEvent event = channel.await(config.timeout());
                if (event == null || event.type() != CmEventType.ADDR_RESOLVED) {
                    throw new CommandFailure("no RDMA device leads to " + server.getAddress().getHostAddress() + " ("
                        + (event == null ? "no answer within " + config.timeout().toSeconds() + " s" : event) + ")");
                }
                return id.deviceName();
            }
        }
    }
}
