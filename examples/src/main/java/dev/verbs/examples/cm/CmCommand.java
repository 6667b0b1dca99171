package dev.verbs.examples.cm;

import dev.verbs.PortOptions;
import dev.verbs.cm.AddressHints;
import dev.verbs.cm.AddressInfo;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.CommonOptions;
import dev.verbs.examples.DeviceOptions;
import dev.verbs.examples.Session;
import dev.verbs.examples.TwoEnds;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the counterparts of librdmacm's examples share: one end on a real device, both ends on the software device. */
abstract class CmCommand implements Callable<Integer> {
    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "30", description = "How long to wait for the peer, each time "
        + "(default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private CommonOptions common;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Checks options; an IllegalArgumentException says what is wrong. */
    abstract void check();

    /** Whether the options make this end the server. */
    abstract boolean isServer();

    /** Where the server is, null for every address. */
    abstract String serverAddress();

    /** Its port. */
    abstract int serverPort();

    /** What the address is for. */
    abstract AddressHints hints();

    /** Plays the server; {@code listening} runs once it listens. */
    abstract void server(Session session, AddressInfo at, Runnable listening, PrintWriter out);

    /** Plays the client. */
    abstract void client(Session session, AddressInfo to, PrintWriter out);

    final Duration timeout() {
        return Duration.ofSeconds(timeout);
    }

    @Override
    public final Integer call() throws Exception {
        final PortOptions options;
        try {
            options = device.toPortOptions();
            check();
            if (serverPort() < 1 || serverPort() > 65535) {
                throw new IllegalArgumentException("port " + serverPort() + " is not in 1 .. 65535");
            }
            if (options.port() != 0 || options.gidIndex() != -1 || options.mtuBytes() != 0) {
                throw new IllegalArgumentException("the address decides port, GID and MTU here: leave out --port, --gid-index and --mtu");
            }
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        final PrintWriter out = spec.commandLine().getOut();
        try (Session session = Session.open(device)) {
            out.println("provider: " + session.explanation());
            if (session.isEmulated()) {
                bothEnds(session, options, out);
            } else if (isServer()) {
                server(session, info(session, serverAddress(), AddressHints.LISTEN), () -> { }, out);
            } else {
                client(session, info(session, serverAddress(), AddressHints.CONNECT), out);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private AddressInfo info(final Session session, final String address, final AddressHints kind) {
        final List<AddressInfo> found = session.provider().addressInfo(address, Integer.toString(serverPort()),
            kind.with(hints().portSpace()).from(kind.passive() ? null : hints().source()));
        return found.getFirst();
    }

    /** The software device exists in this process only, so the other end must be here too. */
    private void bothEnds(final Session session, final PortOptions options, final PrintWriter out) throws Exception {
        out.println("both ends run in this process: the software device exists nowhere else");
        final String meeting = serverAddress() != null ? serverAddress()
            : session.choose(options).gid().gid().address().getHostAddress();
        final CountDownLatch listening = new CountDownLatch(1);
        TwoEnds.run(() -> {
            server(session, info(session, meeting, AddressHints.LISTEN), listening::countDown, out);
            return null;
        }, () -> {
            if (!listening.await(timeout, TimeUnit.SECONDS)) {
                throw new CommandFailure("the server did not listen within " + timeout + " s");
            }
            client(session, info(session, meeting, AddressHints.CONNECT), out);
            return null;
        });
    }
}
