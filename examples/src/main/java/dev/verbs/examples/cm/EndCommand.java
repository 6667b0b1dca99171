package dev.verbs.examples.cm;

import dev.verbs.PortOptions;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.CommonOptions;
import dev.verbs.examples.DeviceOptions;
import dev.verbs.examples.Session;
import dev.verbs.examples.TwoEnds;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * What the counterparts of librdmacm's examples share: one end on a real device, both ends on the software device. One end must
 * be ready before the other starts.
 */
abstract class EndCommand implements Callable<Integer> {
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

    /** Whether the options make this the end that waits for the other. */
    abstract boolean isFirst();

    /** Plays the end that waits; {@code ready} runs once the other may start. */
    abstract void first(Session session, PortOptions options, Runnable ready, PrintWriter out);

    /** Plays the end that starts. */
    abstract void second(Session session, PortOptions options, PrintWriter out);

    final Duration timeout() {
        return Duration.ofSeconds(timeout);
    }

    @Override
    public final Integer call() throws Exception {
        final PortOptions options;
        try {
            options = device.toPortOptions();
            check();
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
            } else if (isFirst()) {
                first(session, options, () -> { }, out);
            } else {
                second(session, options, out);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /** The software device exists in this process only, so the other end must be here too. */
    private void bothEnds(final Session session, final PortOptions options, final PrintWriter out) throws Exception {
        out.println("both ends run in this process: the software device exists nowhere else");
        final CountDownLatch ready = new CountDownLatch(1);
        TwoEnds.run(() -> {
            first(session, options, ready::countDown, out);
            return null;
        }, () -> {
            if (!ready.await(timeout, TimeUnit.SECONDS)) {
                throw new CommandFailure("the other end was not ready within " + timeout + " s");
            }
            second(session, options, out);
            return null;
        });
    }
}
