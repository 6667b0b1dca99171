package dev.verbs.transport.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.verbs.VerbsException;
import dev.verbs.memory.RemoteBuffer;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundaboutTest extends VerbsTest {
    private static final RingConfig SMALL = RingConfig.DEFAULT.withElements(3, 256);

    private TestRing ring(final RingConfig config, final int blocks) throws Exception {
        return own(new TestRing(provider(), config, blocks));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldShowEveryFragmentToEveryHostOnce(final int hosts) throws Exception {
        final int blocks = 20;
        final TestRing ring = ring(SMALL.withHosts(hosts), blocks);
        final int[][][] visits = new int[hosts][hosts][blocks];
        final int[] offered = new int[hosts];
        final int[] seen = new int[1];
        ring.runUntil(() -> {
            for (int host = 0; host < hosts; host++) {
                offered[host] += offer(ring, host, offered[host], blocks);
                for (RingElement e = port(ring, host).poll(); e != null; e = port(ring, host).poll()) {
                    assertTrue(ring.isIntact(e), "host " + host + " got something else than host " + e.owner() + " sent");
                    assertEquals((host - e.owner() + hosts) % hosts + 1, e.hops());
                    visits[host][e.owner()][(int)e.serial()]++;
                    seen[0]++;
                    port(ring, host).release(e);
                }
            }
            return ring.hosts.stream().allMatch(host -> host.port().retired() == blocks) && seen[0] == hosts * hosts * blocks;
        });
        int meetings = 0;
        for (final int[][] host : visits) {
            for (final int[] owner : host) {
                for (final int count : owner) {
                    assertEquals(1, count);
                    meetings++;
                }
            }
        }
        System.out.println("ring of " + hosts + ": " + meetings + " meetings, each once; host 0 sent "
            + ring.hosts.getFirst().fragmentsSent() + " fragments, " + ring.hosts.getFirst().bytesSent() + " bytes");
        assertEquals((long)blocks * (hosts - 1), ring.hosts.getFirst().fragmentsSent());
    }

    private static RingPort port(final TestRing ring, final int host) {
        return ring.hosts.get(host).port();
    }

    private static int offer(final TestRing ring, final int host, final int from, final int to) {
        int done = 0;
        while (from + done < to && port(ring, host)
            .offer(ring.blocks.get(host).get(from + done), ring.length(host, from + done)) == RingPort.ACCEPTED) {
            done++;
        }
        return done;
    }

    /** Nobody joins at first, every host injects as much as it may: the ring fills up and stands. Then it must still turn. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void shouldStillTurnWhenEveryHostInjectsAsMuchAsItMay(final int hosts) throws Exception {
        for (int most = 2; most <= 4; most++) {
            final int elements = most;
            final int blocks = 4 * elements;
            try (TestRing ring = new TestRing(provider(), SMALL.withElements(elements, 256).withHosts(hosts), blocks)) {
                final int[] offered = new int[hosts];
                for (int round = 0; round < 200; round++) {
                    for (int host = 0; host < hosts; host++) {
                        offered[host] += offer(ring, host, offered[host], blocks);
                    }
                    ring.step(1);
                }
                final int taken = ring.hosts.stream().mapToInt(host -> elements - host.freeElements()).sum();
                assertTrue(taken >= hosts * (elements - 1), "every host injected what it may, yet only " + taken + " are taken");
                assertEquals(0, ring.hosts.stream().mapToLong(host -> host.port().retired()).sum());
                final int[] joined = new int[hosts];
                joinAndRunUntilRetired(ring, offered, joined, blocks);
                System.out.println("full ring of " + hosts + " hosts with " + elements + " elements: " + taken
                    + " elements taken, then " + joined[0] + " fragments joined on host 0");
                assertEquals(blocks * hosts, joined[0]);
            }
        }
    }

    private static void joinAndRunUntilRetired(final TestRing ring, final int[] offered, final int[] joined, final int blocks) {
        ring.runUntil(() -> {
            for (int host = 0; host < joined.length; host++) {
                offered[host] += offer(ring, host, offered[host], blocks);
                joinOne(ring, host, joined);
            }
            return ring.hosts.stream().allMatch(host -> host.port().retired() == blocks
                && joined[host.self()] == blocks * joined.length);
        });
    }

    private static void joinOne(final TestRing ring, final int host, final int[] joined) {
        final RingElement e = port(ring, host).poll();
        if (e != null) {
            assertTrue(ring.isIntact(e));
            joined[host]++;
            port(ring, host).release(e);
        }
    }

    /** The counter-proof: one own fragment more per host, and a ring whose hosts all inject before they forward stands for ever. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void shouldJamWithoutTheFreeElement(final int hosts) throws Exception {
        final int elements = 3;
        try (TestRing ring = new TestRing(provider(), SMALL.withElements(elements, 256).withHosts(hosts), elements, elements)) {
            ring.step(2); // everybody announces
            for (int host = 0; host < hosts; host++) {
                offer(ring, host, 0, elements);
                assertEquals(elements, ring.hosts.get(host).inject());
            }
            final int[] joined = new int[hosts];
            for (int round = 0; round < 2_000; round++) {
                ring.step(1);
                for (int host = 0; host < hosts; host++) {
                    joinOne(ring, host, joined);
                }
            }
            assertEquals(0, ring.hosts.stream().mapToInt(Roundabout::freeElements).sum());
            for (final Roundabout host : ring.hosts) {
                assertEquals(elements, host.waitingFragments());
                assertEquals(0, host.port().retired());
                assertEquals(2 * elements, joined[host.self()], "own fragments and those of the predecessor");
            }
        }
    }

    /** Random speeds of everything: hosts that are stepped seldom, joins that hold elements long and release them out of order. */
    @Test
    void shouldTurnWhateverTheSpeeds() throws Exception {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        long meetings = 0;
        for (int round = 0; round < 12; round++) {
            final int hosts = 1 + random.nextInt(5);
            final int blocks = 1 + random.nextInt(40);
            try (TestRing ring = new TestRing(provider(), SMALL.withElements(2 + random.nextInt(4), 256).withHosts(hosts), blocks)) {
                final int[] offered = new int[hosts];
                final List<List<RingElement>> held = new ArrayList<>();
                for (int host = 0; host < hosts; host++) {
                    held.add(new ArrayList<>());
                }
                final long[] joined = new long[hosts];
                final long deadline = System.nanoTime() + TestProvider.deadline().toNanos();
                while (!ring.hosts.stream().allMatch(host -> host.port().retired() == blocks && joined[host.self()] == blocks * hosts)) {
                    assertTrue(System.nanoTime() < deadline, "stuck: seed " + seed + " round " + round);
                    final int host = random.nextInt(hosts);
                    switch (random.nextInt(4)) {
                        case 0 -> offered[host] += offer(ring, host, offered[host], Math.min(blocks, offered[host] + 1));
                        case 1 -> {
                            final RingElement e = port(ring, host).poll();
                            if (e != null) {
                                assertTrue(ring.isIntact(e), "seed " + seed);
                                held.get(host).add(e);
                                joined[host]++;
                            }
                        }
                        case 2 -> {
                            if (!held.get(host).isEmpty()) {
                                final RingElement e = held.get(host).remove(random.nextInt(held.get(host).size()));
                                assertTrue(ring.isIntact(e), "an element was recycled while it was being joined, seed " + seed);
                                port(ring, host).release(e);
                            }
                        }
                        default -> ring.hosts.get(host).doWork();
                    }
                }
                for (final long count : joined) {
                    assertEquals((long)blocks * hosts, count, "seed " + seed);
                    meetings += count;
                }
            }
        }
        System.out.println("12 rings at random speeds: " + meetings + " meetings, seed " + seed);
    }

    @Test
    void shouldRecycleAnElementOnlyAfterJoinAndTransmit() throws Exception {
        final TestRing ring = ring(SMALL.withHosts(3), 4);
        final Roundabout first = ring.hosts.get(0);
        final Roundabout second = ring.hosts.get(1);
        final Roundabout third = ring.hosts.get(2);
        second.doWork(); // announces to the first
        offer(ring, 0, 0, 1);
        first.doWork();
        second.doWork(); // receives; the third has announced nothing: sent is not possible
        final RingElement element = second.port().poll();
        assertNotNull(element);
        assertEquals(1, second.waitingFragments());
        second.port().release(element);
        second.doWork();
        assertEquals(2, second.freeElements(), "joined but not sent: the element is not free");
        third.doWork(); // announces: now the second may send
        for (int i = 0; i < 3; i++) {
            second.doWork();
        }
        assertEquals(0, second.waitingFragments());
        assertEquals(3, second.freeElements(), "joined and sent: free");

        offer(ring, 0, 1, 2);
        first.doWork();
        for (int i = 0; i < 5; i++) {
            second.doWork(); // receives, sends, polls the completion
            third.doWork();
        }
        final RingElement held = second.port().poll();
        assertEquals(0, second.waitingFragments());
        assertEquals(2, second.freeElements(), "sent but not joined: the element is not free");
        second.port().release(held);
        second.doWork();
        assertEquals(3, second.freeElements());
    }

    @Test
    void shouldSendFromTheElementThatAFragmentArrivedIn() throws Exception {
        final TestRing ring = ring(SMALL.withHosts(3), 1);
        offer(ring, 0, 0, 1);
        final Deque<RingElement> seen = new ArrayDeque<>();
        ring.runUntil(() -> {
            for (int host = 0; host < 3; host++) {
                final RingElement e = port(ring, host).poll();
                if (e != null) {
                    seen.add(e);
                    port(ring, host).release(e);
                }
            }
            return seen.size() == 3;
        });
        final RingElement owner = seen.poll();
        final RingElement second = seen.poll();
        final RingElement third = seen.poll();
        assertTrue(owner.isOwn());
        assertEquals(ring.blocks.getFirst().getFirst(), owner);
        assertFalse(second.isOwn() || third.isOwn());
        assertTrue(second.memory() != third.memory(), "every host has its own registered memory");
        // The second host's element still holds what it sent on: nothing was copied out, nothing was written over.
        assertEquals(2, RingElementDescriptor.hops(second.memory, second.offset));
        assertEquals(3, RingElementDescriptor.hops(third.memory, third.offset));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldKnowWhenAllHostsHaveArrived(final int hosts) throws Exception {
        final TestRing ring = ring(SMALL.withHosts(hosts), 1);
        for (long epoch = 1; epoch <= 5; epoch++) {
            for (int host = 0; host < hosts - 1; host++) {
                port(ring, host).arrive(epoch);
            }
            ring.step(30);
            for (final Roundabout host : ring.hosts) {
                assertEquals(hosts == 1 ? 0 : epoch - 1, hosts == 1 ? 0 : host.port().completedEpoch(), "one host has not arrived");
            }
            port(ring, hosts - 1).arrive(epoch);
            final long expected = epoch;
            ring.runUntil(() -> ring.hosts.stream().allMatch(host -> host.port().completedEpoch() == expected));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void shouldFailEverywhereWhenOneLinkIsCut(final int hosts) throws Exception {
        final TestRing ring = ring(SMALL.withHosts(hosts), 30);
        final int[] offered = new int[hosts];
        final int[] joined = new int[hosts];
        final Runnable turn = () -> {
            for (int host = 0; host < hosts; host++) {
                offered[host] += offer(ring, host, offered[host], 30);
                final RingElement e = port(ring, host).poll();
                if (e != null) {
                    joined[host]++;
                    port(ring, host).release(e);
                }
            }
        };
        ring.runUntil(() -> {
            turn.run();
            return joined[0] >= 5;
        });
        Break.successor(ring.hosts.get(1));
        ring.runUntil(() -> {
            turn.run();
            return ring.hosts.stream().allMatch(host -> host.port().state() == Roundabout.State.FAILED);
        });
        for (final Roundabout host : ring.hosts) {
            assertNotNull(host.failure());
            assertTrue(host.port().retired() < 30, "nobody believes that everything went round");
            assertEquals(RingPort.NOT_OPEN, host.port().offer(ring.blocks.get(host.self()).get(0), 8));
        }
        System.out.println("cut link in a ring of " + hosts + ": " + ring.hosts.stream().map(Roundabout::failure).toList());
    }

    @Test
    void shouldFailWhenTheJoinGivesUp() throws Exception {
        final TestRing ring = ring(SMALL.withHosts(3), 1);
        assertNull(ring.hosts.get(0).failure());
        port(ring, 2).abort("the disk is full");
        ring.runUntil(() -> ring.hosts.stream().allMatch(host -> host.port().state() == Roundabout.State.FAILED));
        assertTrue(ring.hosts.get(2).failure().contains("the disk is full"));
    }

    @Test
    void shouldNotAllocateWhileItTurns() throws Exception {
        final int blocks = 8;
        final TestRing ring = ring(SMALL.withHosts(3).withElements(4, 4096), blocks);
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final long[] offered = new long[3];
        for (int i = 0; i < 150_000; i++) {
            turnOnce(ring, offered, blocks);
        }
        final long before = threads.getCurrentThreadAllocatedBytes();
        final long fragments = ring.hosts.getFirst().fragmentsSent();
        final long from = System.nanoTime();
        for (int i = 0; i < 50_000; i++) {
            turnOnce(ring, offered, blocks);
        }
        final long sent = ring.hosts.getFirst().fragmentsSent() - fragments;
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        final long watches = 6 * ((System.nanoTime() - from) / 10_000_000 + 1);
        System.out.println("turning: " + allocated + " bytes allocated by 3 hosts for " + sent + " fragments sent by host 0, about "
            + watches + " questions to the connection manager");
        assertTrue(sent > 10_000);
        // Asking the connection manager whether the peer has gone is allowed to allocate; fragments are not.
        assertTrue(allocated <= 4_096 + 2_048 * watches, allocated + " bytes");
    }

    private static void turnOnce(final TestRing ring, final long[] offered, final int blocks) throws Exception {
        for (int host = 0; host < 3; host++) {
            final RingPort port = port(ring, host);
            if (offered[host] - port.retired() < blocks - 4
                && port.offer(ring.blocks.get(host).get((int)(offered[host] % blocks)), 4000) == RingPort.ACCEPTED) {
                offered[host]++;
            }
            for (RingElement e = port.poll(); e != null; e = port.poll()) {
                port.release(e);
            }
            ring.hosts.get(host).doWork();
        }
    }

    @Test
    void shouldRefuseHostsThatAreConfiguredOtherwise() {
        final RingHello hello = new RingHello(1, 3, 4, 256, new RemoteBuffer(4096, 0, 7));
        final RingConfig config = SMALL.withHosts(3).withElements(4, 256);
        assertEquals(hello, RingHello.read(hello.toBytes()));
        assertNull(RingHello.read(new byte[RingHello.WIRE_BYTES]));
        assertNull(RingHello.read(new byte[3]));
        assertTrue(hello.mismatch(2, config).contains("directory"));
        assertTrue(hello.mismatch(1, config.withElements(5, 256)).contains("configure all hosts alike"));
        assertTrue(hello.mismatch(1, config).contains("instead of"));
        assertThrows(IllegalArgumentException.class, () -> SMALL.withElements(1, 256));
        assertThrows(IllegalArgumentException.class, () -> SMALL.withElements(2, 100));
        assertThrows(IllegalArgumentException.class, () -> SMALL.withHosts(0));
    }

    @Test
    void shouldSayThatANeighbourIsMissing() throws Exception {
        try (TestRing one = new TestRing(provider(), SMALL.withHosts(1), 1)) {
            final ExecutionException late = assertThrows(ExecutionException.class, () -> one.joinAlone(SMALL.withHosts(2)));
            assertTrue(late.getCause() instanceof VerbsException, String.valueOf(late.getCause()));
            System.out.println("missing neighbour: " + late.getCause().getMessage());
        }
    }
}
