package dev.verbs.examples.cm;

import dev.verbs.cm.AddressHints;
import dev.verbs.cm.AddressInfo;
import dev.verbs.cm.PortSpace;
import dev.verbs.examples.Session;
import dev.verbs.examples.VerbsCommand;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verbs udaddy}: librdmacm's {@code udaddy}. */
@Command(name = "udaddy", versionProvider = VerbsCommand.Version.class, sortOptions = false,
    description = {"Asks a service for the queue pairs that it receives datagrams with, sends to them, and waits for as many answers. "
        + "Either end may be librdmacm's udaddy.", "On the software device both ends run in this process."})
public final class UdaddyCommand extends CmCommand {
    @Option(names = "-s", paramLabel = "ADDR", description = "Address of the server: makes this the client.")
    private String server;

    @Option(names = "-b", paramLabel = "ADDR", description = "Local address to bind to.")
    private String bind;

    @Option(names = "-c", paramLabel = "N", defaultValue = "1", description = "Queue pairs at each end (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "-C", paramLabel = "N", defaultValue = "10",
        description = "Datagrams each way of each queue pair (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "-S", paramLabel = "BYTES", defaultValue = "100", description = "Length of a datagram (default: ${DEFAULT-VALUE}).")
    private int bytes;

    @Option(names = "-t", paramLabel = "TOS", defaultValue = "-1", description = "Type of service.")
    private int tos;

    @Option(names = "--cm-port", paramLabel = "PORT", defaultValue = "7174",
        description = "Port of the connection manager; the C tool knows the default only (default: ${DEFAULT-VALUE}).")
    private int cmPort;

    @Override
    void checkOptions() {
        config();
    }

    private DatagramConfig config() {
        return new DatagramConfig(count, messages, bytes, tos, timeout());
    }

    @Override
    boolean isServer() {
        return server == null;
    }

    @Override
    String serverAddress() {
        return server == null ? bind : server;
    }

    @Override
    int serverPort() {
        return cmPort;
    }

    @Override
    AddressHints hints() {
        return AddressHints.CONNECT.with(PortSpace.UDP)
            .from(server == null || bind == null ? null : new InetSocketAddress(bind, 0));
    }

    @Override
    void server(final Session session, final AddressInfo at, final Runnable listening, final PrintWriter out) {
        new UdaddyEnd(session.provider(), config(), out).serve(at, listening);
    }

    @Override
    void client(final Session session, final AddressInfo to, final PrintWriter out) {
        new UdaddyEnd(session.provider(), config(), out).ask(to);
    }
}
