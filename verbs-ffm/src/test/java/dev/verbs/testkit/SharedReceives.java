package dev.verbs.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.MemoryRegion;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcTuning;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.SrqConfig;
import dev.verbs.WorkCompletions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A server whose queue pairs draw from one shared receive queue, and a client with one queue pair for each of them.
 *
 * <pre>
 *   client: context ── domain ── region, qp 0 .. qp n, each with a cq
 *                                        │       │
 *   server: context ── domain ── region, qp 0 .. qp n, each with a receive cq (or all with the first one's), and srq
 * </pre>
 */
public final class SharedReceives {
    /** Bytes of each message and receive of the helpers. */
    public static final int BYTES = 64;

    private static final int LIST = 64;
    private static final int DEPTH = 31;
    private static final int ENTRIES = 127;

    private final VerbsTest test;
    private final PairConfig config;
    private final Context context;
    private final PortSelection port;
    private final ProtectionDomain domain;
    private final ProtectionDomain clientDomain;
    private final MemorySegment buffer;
    private final MemoryRegion region;
    private final MemorySegment clientBuffer;
    private final MemoryRegion clientRegion;
    private final SharedReceiveQueue srq;
    private final List<Link> links = new ArrayList<>();
    private final ReceiveRequests receives;
    private final SendRequests sends;
    private final WorkCompletions one;

    /**
     * One connection.
     *
     * @param client   queue pair that sends
     * @param clientCq where its completions arrive
     * @param server   queue pair that draws from the shared queue
     * @param sendCq   where completions of the server's sends arrive
     * @param serverCq where completions of receives arrive
     */
    public record Link(QueuePair client, CompletionQueue clientCq, QueuePair server, CompletionQueue sendCq,
        CompletionQueue serverCq) {
    }

    /** Nothing is connected yet. */
    public SharedReceives(final VerbsTest test, final SrqConfig wanted, final RcTuning tuning) {
        this.test = test;
        this.config = PairConfig.DEFAULT.withTuning(tuning);
        context = test.openContext();
        port = test.choosePort(context);
        VerbsTest.assume(context.device().guarantees().connectsByModify(), context, "connecting by modify");
        domain = test.own(context.allocateProtectionDomain());
        final Context clientContext = test.openContext();
        clientDomain = test.own(clientContext.allocateProtectionDomain());
        final Arena arena = Arena.ofAuto();
        buffer = arena.allocate(config.bufferBytes(), 4096);
        clientBuffer = arena.allocate(config.bufferBytes(), 4096);
        region = test.own(domain.registerMemory(buffer, PairConfig.ALL_ACCESS));
        clientRegion = test.own(clientDomain.registerMemory(clientBuffer, PairConfig.ALL_ACCESS));
        srq = test.own(domain.createSharedReceiveQueue(wanted));
        receives = ReceiveRequests.allocate(arena, LIST, wanted.maxSge() + 1);
        sends = SendRequests.allocate(arena, LIST, 1, 0);
        one = WorkCompletions.allocate(arena, 1);
    }

    /** A server with connections, each with a receive completion queue of its own. */
    public static SharedReceives connected(final VerbsTest test, final SrqConfig wanted, final int connections) {
        final SharedReceives made = new SharedReceives(test, wanted, RcTuning.DEFAULT);
        for (int i = 0; i < connections; i++) {
            made.connect(test.own(made.context.createCompletionQueue(ENTRIES)));
        }
        return made;
    }

    /** Adds a connection whose receives complete in a queue. */
    public Link connect(final CompletionQueue serverCq) {
        return connect(test.own(context.createCompletionQueue(ENTRIES)), serverCq);
    }

    /** Adds a connection whose sends and receives complete in queues. */
    public Link connect(final CompletionQueue sendCq, final CompletionQueue serverCq) {
        final CompletionQueue clientCq = test.own(clientDomain.context().createCompletionQueue(ENTRIES));
        final QueuePair client = test.own(clientDomain.createQueuePair(QueuePairConfig.rc(clientCq, DEPTH, DEPTH)));
        final QueuePair server = test.own(domain.createQueuePair(server(sendCq, serverCq)));
        Pair.connect(client, port, server, port, config);
        final Link link = new Link(client, clientCq, server, sendCq, serverCq);
        links.add(link);
        return link;
    }

    /** What the server's queue pairs are made of. */
    public QueuePairConfig server(final CompletionQueue sendCq, final CompletionQueue serverCq) {
        return new QueuePairConfig(QpType.RC, sendCq, serverCq, DEPTH, 0, 1, 0, 0, false).withSrq(srq);
    }

    /** Connects the ends of a link again, after both were reset. */
    public void reconnect(final Link link) {
        Pair.connect(link.client, port, link.server, port, config);
    }

    /** The server's context. */
    public Context context() {
        return context;
    }

    /** The server's domain. */
    public ProtectionDomain domain() {
        return domain;
    }

    /** The server's region. */
    public MemoryRegion region() {
        return region;
    }

    /** The server's memory. */
    public MemorySegment buffer() {
        return buffer;
    }

    /** The client's memory. */
    public MemorySegment clientBuffer() {
        return clientBuffer;
    }

    /** The shared queue. */
    public SharedReceiveQueue srq() {
        return srq;
    }

    /** A connection. */
    public Link link(final int index) {
        return links.get(index);
    }

    /** The list of receives, 64 long. */
    public ReceiveRequests receives() {
        return receives;
    }

    /** The list of sends, 64 long. */
    public SendRequests sends() {
        return sends;
    }

    /** Address of a byte of the server's memory. */
    public long at(final long offset) {
        return region.address() + offset;
    }

    /** Adds one receive to the list, numbered, into a place of its own. */
    public void add(final int number) {
        receives.receive(number, at((long)number * BYTES), BYTES, region.lkey());
    }

    /** Posts receives with consecutive numbers; each has a place of its own. */
    public void post(final int first, final int count) {
        for (int i = 0; i < count; i += LIST) {
            receives.clear();
            final int some = Math.min(LIST, count - i);
            for (int j = 0; j < some; j++) {
                add(first + i + j);
            }
            assertEquals(some, srq.postReceive(receives), () -> "accepted; errno " + receives.errno());
        }
    }

    /** Sends one message, whose first byte is its number. */
    public void send(final int link, final int number) {
        final long offset = (long)number * BYTES;
        clientBuffer.asSlice(offset, BYTES).fill((byte)number);
        sends.clear().send(number, clientRegion.address() + offset, BYTES, clientRegion.lkey(), SendFlags.SIGNALED);
        assertEquals(1, links.get(link).client.postSend(sends), () -> "accepted; errno " + sends.errno());
    }

    /** Exactly so many completions, in order; an AssertionError when the deadline passes first. */
    public List<Completion> await(final CompletionQueue cq, final int count) {
        final List<Completion> found = new ArrayList<>();
        Waiting.until(TestProvider.deadline(), () -> {
            final int some = cq.poll(one);
            assertTrue(some >= 0, () -> "poll of " + cq.describe() + " returned " + some);
            if (some > 0) {
                found.add(Completion.of(one, 0));
            }
            return found.size() >= count;
        });
        assertEquals(count, found.size(), () -> "completions within " + TestProvider.deadline() + ": " + found);
        return found;
    }

    /** The next completion of a receive on a link. */
    public Completion awaitReceive(final int link) {
        return await(links.get(link).serverCq, 1).getFirst();
    }

    /** The next completion of a client's send on a link. */
    public Completion awaitSend(final int link) {
        return await(links.get(link).clientCq, 1).getFirst();
    }

    /** Checks that nothing completes for a while. */
    public void assertQuiet(final CompletionQueue... queues) {
        final List<Completion> found = new ArrayList<>();
        Waiting.until(TestProvider.pause(), () -> {
            for (final CompletionQueue cq : queues) {
                if (cq.poll(one) > 0) {
                    found.add(Completion.of(one, 0));
                }
            }
            return !found.isEmpty();
        });
        assertTrue(found.isEmpty(), () -> "unexpected " + found);
    }
}
