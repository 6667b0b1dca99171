package dev.verbs.transport;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.Errno;
import dev.verbs.MemoryRegion;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.VerbsException;
import dev.verbs.WcOpcode;
import dev.verbs.WcStatus;
import dev.verbs.cm.CmListener;
import dev.verbs.cm.PrivateData;
import dev.verbs.cm.RejectedException;
import dev.verbs.memory.RegisteredArena;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ConnectedPairTest extends TransportTest {
    private static final byte[] HELLO = new byte[PrivateData.MAX_REQUEST];
    private static final byte[] REPLY = new byte[PrivateData.MAX_ACCEPT];

    static {
        Arrays.fill(HELLO, (byte)'h');
        Arrays.fill(REPLY, (byte)'r');
    }

    @Test
    void shouldCarryWordsBothWays() {
        final ConnectedPair[] pairs = connectPairs(openNode(), openNode(), PairConfig.DEFAULT, HELLO, REPLY);
        assertArrayEquals(REPLY, pairs[0].peerHello());
        assertArrayEquals(HELLO, pairs[1].peerHello());
        for (final ConnectedPair pair : pairs) {
            assertEquals(ConnectedPair.State.OPEN, pair.state());
            assertNull(pair.failure());
            assertEquals(WcStatus.SUCCESS, pair.failureStatus());
        }
    }

    @Test
    void shouldSendAndReceive() {
        final TransportNode a = openNode();
        final TransportNode b = openNode();
        final RegisteredArena memoryA = own(RegisteredArena.ofShared(64));
        final RegisteredArena memoryB = own(RegisteredArena.ofShared(64));
        final MemoryRegion from = own(memoryA.register(a.domain(), 0));
        final MemoryRegion to = own(memoryB.register(b.domain(), AccessFlags.LOCAL_WRITE));
        final ConnectedPair[] pairs = connectPairs(a, b, PairConfig.DEFAULT, new byte[0], new byte[0]);
        final ReceiveRequests receive = ReceiveRequests.allocate(Arena.ofAuto(), 1, 1);
        receive.receive(5, to.address(), 64, to.lkey());
        assertEquals(1, pairs[1].queuePair().postReceive(receive));
        memoryA.memory().set(JAVA_LONG, 0, 42);
        final SendRequests send = SendRequests.allocate(Arena.ofAuto(), 1, 1);
        send.send(6, from.address(), 8, from.lkey(), SendFlags.SIGNALED);
        assertEquals(1, pairs[0].post(send));
        assertEquals(1, pairs[0].outstanding());

        assertTrue(Waiting.until(TestProvider.deadline(), () -> pairs[1].poll() == 1));
        assertEquals(WcOpcode.RECV, pairs[1].completions().opcode(0));
        assertEquals(8, pairs[1].completions().byteLength(0));
        assertEquals(42, memoryB.memory().get(JAVA_LONG, 0));
        assertEquals(0, pairs[1].outstanding());
        assertTrue(Waiting.until(TestProvider.deadline(), () -> pairs[0].poll() == 1));
        assertEquals(0, pairs[0].outstanding());
        for (final ConnectedPair pair : pairs) {
            pair.close();
        }
    }

    /** 20 requests, the 16th and the last signalled, into a queue of 16. */
    @Test
    void shouldCountSignalledRequestsOfAPartialPost() {
        final TransportNode a = openNode();
        final TransportNode b = openNode();
        final RegisteredArena memoryA = own(RegisteredArena.ofShared(64));
        final RegisteredArena memoryB = own(RegisteredArena.ofShared(64));
        final MemoryRegion from = own(memoryA.register(a.domain(), 0));
        final MemoryRegion to = own(memoryB.register(b.domain(), AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE));
        final ConnectedPair[] pairs = connectPairs(a, b, PairConfig.DEFAULT.withDepths(16, 1), new byte[0], new byte[0]);
        final ConnectedPair pair = pairs[0];
        final SendRequests list = SendRequests.allocate(Arena.ofAuto(), 20, 1);
        for (int i = 0; i < 20; i++) {
            list.write(i, from.address(), 8, from.lkey(), to.address(), to.rkey(), i == 15 || i == 19 ? SendFlags.SIGNALED : 0);
        }
        int completed = 0;
        for (int posts = 0; list.remaining() > 0; posts++) {
            final int accepted = pair.post(list);
            assertTrue(accepted > 0, "post " + posts + " took " + accepted);
            assertTrue(!TestProvider.isSoft() || accepted == (posts == 0 ? 16 : 4), "post " + posts + " took " + accepted);
            final int signals = (list.first() > 15 ? 1 : 0) + (list.first() > 19 ? 1 : 0) - completed;
            assertEquals(signals, pair.outstanding(), "after " + list.first() + " requests");
            assertTrue(Waiting.until(TestProvider.deadline(), () -> pair.poll() >= 0 && pair.outstanding() == 0));
            completed += signals;
        }
        assertEquals(2, completed);
        final long now = System.nanoTime();
        assertTrue(pair.watch(now) && pair.watch(now + 2 * PairConfig.DEFAULT.completionTimeoutNs()), pair::failure);
        for (final ConnectedPair end : pairs) {
            end.close();
        }
    }

    @Test
    void shouldFailWithTheStatusOfTheCompletionAndTellThePeer() {
        final TransportNode node = openNode();
        final RegisteredArena memory = own(RegisteredArena.ofShared(64));
        final MemoryRegion region = own(memory.register(node.domain(), 0));
        final ConnectedPair[] pairs = connectPairs(node, openNode(), PairConfig.DEFAULT, HELLO, REPLY);
        final SendRequests request = SendRequests.allocate(Arena.ofAuto(), 1, 1);
        request.write(17, region.address(), 8, region.lkey(), 0x1000, 0xbeef, SendFlags.SIGNALED);
        assertEquals(1, pairs[0].post(request));
        assertTrue(Waiting.until(TestProvider.deadline(), () -> pairs[0].poll() == ConnectedPair.FAILED));
        assertEquals(ConnectedPair.State.FAILED, pairs[0].state());
        assertEquals(WcStatus.REM_ACCESS_ERR, pairs[0].failureStatus());
        assertTrue(pairs[0].failure().contains("wr_id 17"), pairs[0]::failure);
        assertEquals(ConnectedPair.FAILED, pairs[0].post(request));
        assertTrue(Waiting.until(TestProvider.deadline(), () -> !pairs[1].watch(System.nanoTime())));
        assertTrue(pairs[1].failure().contains("the peer disconnected"), pairs[1]::failure);
        assertEquals(ConnectedPair.FAILED, pairs[1].poll());
    }

    @Test
    void shouldBeClosedOnThisSideAndFailedOnTheOther() {
        final ConnectedPair[] pairs = connectPairs(openNode(), openNode(), PairConfig.DEFAULT, HELLO, REPLY);
        pairs[1].close();
        pairs[1].close();
        assertEquals(ConnectedPair.State.CLOSED, pairs[1].state());
        assertEquals(ConnectedPair.CLOSED, pairs[1].poll());
        assertEquals(ConnectedPair.CLOSED, pairs[1].post(SendRequests.allocate(Arena.ofAuto(), 1, 1)));
        assertTrue(Waiting.until(TestProvider.deadline(), () -> !pairs[0].watch(System.nanoTime())));
        assertEquals(ConnectedPair.State.FAILED, pairs[0].state());
    }

    @Test
    void shouldLeaveNothingOpenWhenNobodyListensOrAnswers() {
        final TransportNode node = openNode();
        final InetSocketAddress nobody;
        try (CmListener listener = node.listen(0, 1)) {
            nobody = listener.address();
        }
        assertThrows(RejectedException.class, () -> ConnectedPair.connect(node, nobody, PairConfig.DEFAULT, HELLO,
            TestProvider.deadline()));
        final CmListener deaf = own(node.listen(0, 1));
        final VerbsException e = assertThrows(VerbsException.class, () -> ConnectedPair.connect(node, deaf.address(),
            PairConfig.DEFAULT, HELLO, Duration.ofMillis(50)));
        assertEquals(Errno.ETIMEDOUT, e.errno());
        assertThrows(IllegalArgumentException.class, () -> ConnectedPair.connect(node, deaf.address(), PairConfig.DEFAULT,
            new byte[PrivateData.MAX_REQUEST + 1], TestProvider.deadline()));
        assertEquals("nobody connected to " + nobody.getAddress(), assertThrows(VerbsException.class,
            () -> ConnectedPair.accept(openNode(), own(node.listen(0, 1)), PairConfig.DEFAULT, REPLY, Duration.ofMillis(1)))
            .diagnosis().split(":")[0]);
    }
}
