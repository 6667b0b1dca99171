package dev.verbs.examples.cm;

import dev.verbs.cm.AddressInfo;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmEndpoint;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.CmRequest;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.examples.CommandFailure;
import dev.verbs.examples.Session;
import java.io.PrintWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code rdma_client} and {@code rdma_server}: 16 bytes there, 16 bytes back. */
final class CmHello {
    static final int PORT = 7471;
    private static final int LENGTH = 16;
    private static final ConnectionParameters PARAMETERS = ConnectionParameters.DEFAULT.raw(new byte[0]);

    private CmHello() {
    }

    static void server(final Session session, final AddressInfo at, final Duration timeout, final Runnable listening,
        final PrintWriter out) {
        try (CmListener listener = CmListener.bind(session.provider(), at, 1)) {
            out.println("rdma_server: listens on " + listener.address());
            listening.run();
            try (CmRequest request = listener.await(timeout)) {
                if (request == null) {
                    throw new CommandFailure("no client came to " + listener.address() + " within " + timeout.toSeconds()
                        + " s (--timeout)");
                }
                serve(session, request, timeout, out);
            }
        }
    }

    private static void serve(final Session session, final CmRequest request, final Duration timeout, final PrintWriter out) {
        try (Traffic traffic = new Traffic(session.provider(), request.deviceName(), 1, LENGTH)) {
            traffic.receive(request.event().id(), 1);
            try (CmConnection connection = request.accept(traffic.qp(), PARAMETERS, timeout)) {
                traffic.awaitReceives(1, timeout);
                out.println("rdma_server: received " + LENGTH + " bytes from " + connection.id().peerAddress() + text(traffic.buffer()));
                say(traffic.buffer(), "hello, client");
                traffic.send(1);
                traffic.awaitSends(1, timeout);
            }
        }
        out.println("rdma_server: end 0");
    }

    static void client(final Session session, final AddressInfo to, final Duration timeout, final PrintWriter out) {
        try (CmEndpoint endpoint = CmEndpoint.create(session.provider(), to, timeout);
            Traffic traffic = new Traffic(session.provider(), endpoint.id().deviceName(), 1, LENGTH)) {
            traffic.receive(endpoint.id(), 1);
            say(traffic.buffer(), "hello, server");
            try (CmConnection connection = endpoint.connect(traffic.qp(), PARAMETERS, timeout)) {
                traffic.send(1);
                traffic.awaitSends(1, timeout);
                traffic.awaitReceives(1, timeout);
                out.println("rdma_client: received " + LENGTH + " bytes from " + connection.id().peerAddress() + text(traffic.buffer()));
            }
        }
        out.println("rdma_client: end 0");
    }

    private static void say(final MemorySegment buffer, final String text) {
        buffer.fill((byte)0);
        MemorySegment.copy(text.getBytes(StandardCharsets.US_ASCII), 0, buffer, ValueLayout.JAVA_BYTE, 0, text.length());
    }

    private static String text(final MemorySegment buffer) {
        final String text = buffer.get(ValueLayout.JAVA_BYTE, 0) == 0 ? "" : buffer.getString(0, StandardCharsets.US_ASCII);
        return text.isEmpty() ? " (zeros)" : ": " + text;
    }
}
