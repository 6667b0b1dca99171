package dev.verbs.testkit;

import dev.verbs.Gid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;

/**
 * Membership of the host in a multicast group: RoCE multicasts travel as IP multicasts, and the kernel hands its own ones back
 * only where the group was joined. Nothing to do for the software device.
 */
public final class GroupMembership implements AutoCloseable {
    private final MulticastSocket socket;

    private GroupMembership(final MulticastSocket socket) {
        this.socket = socket;
    }

    /** Joins on the interface that has a GID's address. */
    public static GroupMembership join(final Gid group, final Gid port) {
        if (TestProvider.isSoft()) {
            return new GroupMembership(null);
        }
        try {
            final MulticastSocket socket = new MulticastSocket();
            socket.joinGroup(new InetSocketAddress(group.address(), 0), NetworkInterface.getByInetAddress(port.address()));
            return new GroupMembership(socket);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
