package dev.verbs.examples.cm;

import dev.verbs.cm.AddressHints;
import dev.verbs.cm.AddressInfo;
import dev.verbs.examples.Session;
import dev.verbs.examples.VerbsCommand;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verbs rdma-client}: librdmacm's {@code rdma_client}. */
@Command(name = "rdma-client", versionProvider = VerbsCommand.Version.class, sortOptions = false,
    description = {"Sends 16 bytes to an rdma_server, C or Java, and waits for 16 bytes.",
        "On the software device both ends run in this process."})
public final class RdmaClientCommand extends CmCommand {
    @Option(names = "-s", paramLabel = "ADDR", description = "Address of the server (default: this host).")
    private String address;

    @Option(names = "-p", paramLabel = "PORT", defaultValue = "" + CmHello.PORT,
        description = "Port of the connection manager (default: ${DEFAULT-VALUE}).")
    private int cmPort;

    @Override
    void checkOptions() {
    }

    @Override
    boolean isServer() {
        return false;
    }

    @Override
    String serverAddress() {
        return address;
    }

    @Override
    int serverPort() {
        return cmPort;
    }

    @Override
    AddressHints hints() {
        return AddressHints.CONNECT;
    }

    @Override
    void server(final Session session, final AddressInfo at, final Runnable listening, final PrintWriter out) {
        CmHello.server(session, at, timeout(), listening, out);
    }

    @Override
    void client(final Session session, final AddressInfo to, final PrintWriter out) {
        CmHello.client(session, to, timeout(), out);
    }
}
