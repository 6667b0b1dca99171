package dev.verbs.transport.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.Errno;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.VerbsException;
import dev.verbs.cm.CmConnection;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.ConnectionParameters;
import dev.verbs.cm.RejectedException;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import dev.verbs.transport.NodeDirectory;
import dev.verbs.transport.TransportNode;
import dev.verbs.transport.TransportTest;
import java.net.InetSocketAddress;
import java.util.List;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;

/** Strangers call a host that waits for its predecessor: they are told at once, and nothing is left open. */
class RingSetupTest extends TransportTest {
    private static final RingConfig TWO = RingConfig.DEFAULT.withElements(3, 256).withHosts(2);

    private void refuse(final ConnectionParameters said, final String why) {
        final TransportNode stranger = openNode();
        final TransportNode node = openNode();
        final CompletionQueue cq = own(stranger.createCompletionQueue(8));
        final QueuePair qp = own(stranger.createQueuePair(QueuePairConfig.rc(cq, 2, 2)));
        final CmListener listener = own(node.listen(0, 1));
        final NodeDirectory directory = new NodeDirectory(List.of(new InetSocketAddress(node.address(), 1), listener.address()));
        final List<String> before = List.copyOf(provider().live());
        final Waiting.Pending<VerbsException> joining = Waiting.start("host 1", () -> assertThrows(VerbsException.class,
            () -> RingSetup.join(node, listener, directory, 1, TWO, SystemNanoClock.INSTANCE, TestProvider.deadline())));
        final RejectedException e = assertThrows(RejectedException.class,
            () -> CmConnection.connect(provider(), listener.address(), qp, said, TestProvider.deadline()));
        assertTrue(new String(e.peerData()).contains(why), () -> new String(e.peerData()));
        assertEquals(Errno.EINVAL, joining.get().errno());
        assertTrue(joining.get().diagnosis().contains(why), joining.get()::diagnosis);
        assertEquals(before, List.copyOf(provider().live()));
        listener.close(); // EBUSY if the request had been left alone
    }

    @Test
    void shouldRefuseAPeerThatSpeaksAnotherProtocol() {
        refuse(ConnectionParameters.DEFAULT.raw(new byte[] {42, 43, 44, 45}), "the peer speaks another protocol");
    }

    @Test
    void shouldRefuseAPeerThatIsNoHostOfARing() {
        refuse(ConnectionParameters.DEFAULT.with(new byte[] {1, 2, 3}), "the peer is not a host of a ring");
    }
}
