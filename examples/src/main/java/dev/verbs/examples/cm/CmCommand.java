package dev.verbs.examples.cm;

import dev.verbs.PortOptions;
import dev.verbs.cm.AddressHints;
import dev.verbs.cm.AddressInfo;
import dev.verbs.examples.Session;
import java.io.PrintWriter;

/** A server that is found by address and port, and its client. */
abstract class CmCommand extends EndCommand {
    /** Checks options besides the port; an IllegalArgumentException says what is wrong. */
    abstract void checkOptions();

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

    @Override
    final void check() {
        checkOptions();
        if (serverPort() < 1 || serverPort() > 65535) {
            throw new IllegalArgumentException("port " + serverPort() + " is not in 1 .. 65535");
        }
    }

    @Override
    final boolean isFirst() {
        return isServer();
    }

    @Override
    final void first(final Session session, final PortOptions options, final Runnable ready, final PrintWriter out) {
        server(session, info(session, options, AddressHints.LISTEN), ready, out);
    }

    @Override
    final void second(final Session session, final PortOptions options, final PrintWriter out) {
        client(session, info(session, options, AddressHints.CONNECT), out);
    }

    private AddressInfo info(final Session session, final PortOptions options, final AddressHints kind) {
        final String address = serverAddress() != null || !session.isEmulated() ? serverAddress()
            : session.choose(options).gid().gid().address().getHostAddress();
        return session.provider().addressInfo(address, Integer.toString(serverPort()),
            kind.with(hints().portSpace()).from(kind.passive() ? null : hints().source())).getFirst();
    }
}
