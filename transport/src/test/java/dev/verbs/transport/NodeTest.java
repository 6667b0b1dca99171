package dev.verbs.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.Errno;
import dev.verbs.PortOptions;
import dev.verbs.VerbsException;
import dev.verbs.memory.RegisteredArena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;

class NodeTest extends TransportTest {
    @Test
    void shouldShareNothingButTheProvider() {
        final TransportNode a = openNode();
        final TransportNode b = openNode();
        assertSame(a.provider(), b.provider());
        assertNotSame(a.context(), b.context());
        assertNotSame(a.domain(), b.domain());
        assertEquals(a.port().gid().gid().address(), a.address());
        assertTrue(a.limits().maxQp() > 0);
        assertTrue(a.toString().startsWith("node at " + a.address().getHostAddress() + " on " + a.device().name()), a::toString);
        final CompletionQueue cq = a.createCompletionQueue(10);
        assertEquals(Errno.EBUSY, assertThrows(VerbsException.class, a::close).errno());
        cq.close();
        a.close();
        a.close();
    }

    @Test
    void shouldRefuseADeviceThatIsNotThere() {
        final VerbsException e = assertThrows(VerbsException.class,
            () -> TransportNode.open(provider(), new PortOptions("nothing0", 0, -1, 0)));
        assertTrue(e.diagnosis().startsWith("no device is called 'nothing0': there are "), e::diagnosis);
        assertThrows(VerbsException.class, () -> TransportNode.open(provider(), new PortOptions(null, 99, -1, 0)));
    }

    @Test
    void shouldFreeRetiredMemoryAtOnceWhenNobodyIsBusy() {
        final TransportNode node = openNode();
        final RegisteredArena arena = RegisteredArena.ofShared(100);
        arena.register(node.domain(), 0);
        node.retire(arena);
        assertEquals(0, node.retiredBytes());
        assertTrue(!arena.isOpen());
    }

    @Test
    void shouldCheckDirectories() throws Exception {
        final InetSocketAddress one = new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), 1000);
        final InetSocketAddress two = new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, 2}), 1000);
        final NodeDirectory directory = new NodeDirectory(List.of(one, two));
        assertEquals(2, directory.size());
        assertEquals(two, directory.address(1));
        assertEquals("node 1 has the address of node 0: " + one, assertThrows(IllegalArgumentException.class,
            () -> new NodeDirectory(List.of(one, one))).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new NodeDirectory(List.of()));
        assertThrows(IllegalArgumentException.class,
            () -> new NodeDirectory(List.of(InetSocketAddress.createUnresolved("nowhere.invalid", 1))));
        assertThrows(IllegalArgumentException.class, () -> new NodeDirectory(List.of(new InetSocketAddress(one.getAddress(), 0))));
    }

    /** Counts its steps. */
    private static final class Counter implements Agent {
        private final String name;
        private int steps;

        Counter(final String name) {
            this.name = name;
        }

        @Override
        public int doWork() throws Exception {
            if (++steps == 1000) {
                throw new Exception("checked");
            }
            return 1;
        }

        @Override
        public String roleName() {
            return name;
        }
    }

    @Test
    void shouldStepAgentsInTurnUntilDoneOrLate() {
        final Counter a = new Counter("a");
        final Counter b = new Counter("b");
        assertEquals(10, Agents.runUntil(() -> b.steps == 10, Duration.ofSeconds(1), a, b));
        assertEquals(10, a.steps);
        assertEquals(2, Agents.step(List.of(a, b)));
        final VerbsException e = assertThrows(VerbsException.class, () -> Agents.runUntil(() -> false, Duration.ZERO, a, b));
        assertEquals(Errno.ETIMEDOUT, e.errno());
        assertEquals("not done after 0 ms and 0 rounds of a, b", e.diagnosis());
        assertEquals("a failed", assertThrows(IllegalStateException.class,
            () -> Agents.runUntil(() -> false, Duration.ofSeconds(10), a)).getMessage());
    }
}
