package dev.verbs.examples.cm;

import dev.verbs.PortOptions;
import dev.verbs.examples.Session;
import dev.verbs.examples.VerbsCommand;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verbs mckey}: librdmacm's {@code mckey}. */
@Command(name = "mckey", versionProvider = VerbsCommand.Version.class, sortOptions = false,
    description = {"Joins a multicast group and receives datagrams from it, or sends to it (-s). The others may be librdmacm's mckey.",
        "On the software device both ends run in this process."})
public final class MckeyCommand extends EndCommand {
    @Option(names = "-m", paramLabel = "GROUP", required = true, description = "Address of the group, such as 239.7.7.7.")
    private String group;

    @Option(names = "-s", description = "Sends; else receives.")
    private boolean sends;

    @Option(names = "-b", paramLabel = "ADDR",
        description = "Local address, which decides the device (default: that of the first usable port).")
    private String bind;

    @Option(names = "-c", paramLabel = "N", defaultValue = "1", description = "Queue pairs (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "-C", paramLabel = "N", defaultValue = "10",
        description = "Datagrams that each queue pair sends or receives (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "-S", paramLabel = "BYTES", defaultValue = "100", description = "Length of a datagram (default: ${DEFAULT-VALUE}).")
    private int bytes;

    @Option(names = "-o", description = "With -s: joins as a member that only sends.")
    private boolean sendOnly;

    @Override
    void check() {
        config();
        if (!group().isMulticastAddress()) {
            throw new IllegalArgumentException("group (-m) " + group + " is not a multicast address: take one of 239.0.0.0/8, for example");
        }
        if (bind != null) {
            inet("local address (-b)", bind);
        }
        if (sendOnly && !sends) {
            throw new IllegalArgumentException("a member that only sends (-o) receives nothing: give -s as well");
        }
    }

    private DatagramConfig config() {
        return new DatagramConfig(count, messages, bytes, -1, timeout());
    }

    private InetAddress group() {
        return inet("group (-m)", group);
    }

    private static InetAddress inet(final String what, final String name) {
        try {
            return InetAddress.getByName(name);
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(what + " " + name + " is unknown", e);
        }
    }

    private MckeyEnd end(final Session session, final PortOptions options, final PrintWriter out) {
        final InetAddress local = bind != null ? inet("local address (-b)", bind) : session.choose(options).gid().gid().address();
        return new MckeyEnd(session.provider(), group(), new InetSocketAddress(local, 0), config(), out);
    }

    @Override
    boolean isFirst() {
        return !sends;
    }

    @Override
    void first(final Session session, final PortOptions options, final Runnable ready, final PrintWriter out) {
        end(session, options, out).receive(ready);
    }

    @Override
    void second(final Session session, final PortOptions options, final PrintWriter out) {
        end(session, options, out).send(sendOnly);
    }
}
