package dev.verbs.examples.cm;

import dev.verbs.cm.AddressHints;
import dev.verbs.cm.AddressInfo;
import dev.verbs.cm.PortSpace;
import dev.verbs.examples.Session;
import dev.verbs.examples.VerbsCommand;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verbs cmatose}: librdmacm's {@code ucmatose}. */
@Command(name = "cmatose", versionProvider = VerbsCommand.Version.class, sortOptions = false,
    description = {"Makes connections, sends messages both ways on each, and disconnects: the server sends first. Either end may be "
        + "librdmacm's ucmatose.", "On the software device both ends run in this process."})
public final class CmatoseCommand extends CmCommand {
    @Option(names = "-s", paramLabel = "ADDR", description = "Address of the server: makes this the client.")
    private String server;

    @Option(names = "-b", paramLabel = "ADDR", description = "Local address to bind to.")
    private String bind;

    @Option(names = "-P", paramLabel = "tcp|ib", defaultValue = "tcp", description = "Port space (default: ${DEFAULT-VALUE}).")
    private String space;

    @Option(names = "-c", paramLabel = "N", defaultValue = "1", description = "Connections (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "-C", paramLabel = "N", defaultValue = "10",
        description = "Messages each way on each connection (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "-S", paramLabel = "BYTES", defaultValue = "100", description = "Length of a message (default: ${DEFAULT-VALUE}).")
    private int bytes;

    @Option(names = "-t", paramLabel = "TOS", defaultValue = "-1", description = "Type of service.")
    private int tos;

    @Option(names = "-a", paramLabel = "CODE", defaultValue = "-1", description = "ACK timeout, 4.096 us * 2^CODE.")
    private int ackTimeout;

    @Option(names = "-m", description = "Moves all ids to another event channel before they disconnect.")
    private boolean migrates;

    @Option(names = "-p", paramLabel = "PORT", defaultValue = "7471",
        description = "Port of the connection manager (default: ${DEFAULT-VALUE}).")
    private int cmPort;

    @Override
    void checkOptions() {
        config();
        if (!space.equals("tcp") && !space.equals("ib")) {
            throw new IllegalArgumentException("port space (-P) " + space + " is neither tcp nor ib");
        }
    }

    private CmatoseConfig config() {
        return new CmatoseConfig(connections, messages, bytes, tos, ackTimeout, migrates, timeout());
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
        return AddressHints.CONNECT.with(PortSpace.valueOf(space.toUpperCase(Locale.ROOT)))
            .from(server == null || bind == null ? null : new InetSocketAddress(bind, 0));
    }

    @Override
    void server(final Session session, final AddressInfo at, final Runnable listening, final PrintWriter out) {
        try (CmatoseEnd end = new CmatoseEnd(session.provider(), config(), out)) {
            end.serve(at, listening);
            report("server", end, out);
        }
    }

    @Override
    void client(final Session session, final AddressInfo to, final PrintWriter out) {
        try (CmatoseEnd end = new CmatoseEnd(session.provider(), config(), out)) {
            end.connect(to);
            report("client", end, out);
        }
    }

    private static void report(final String who, final CmatoseEnd end, final PrintWriter out) {
        out.println(who + ": " + end.connections() + " connections, " + end.messages() + " messages each way; return status 0");
    }
}
