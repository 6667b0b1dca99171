package dev.verbs.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.verbs.AccessFlags;
import dev.verbs.AddressHandle;
import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.Errno;
import dev.verbs.ExtendedCompletionQueue;
import dev.verbs.ExtendedCqConfig;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.MemoryWindowType;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QpType;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.SrqConfig;
import dev.verbs.UdEndpoint;
import dev.verbs.VerbsException;
import dev.verbs.VerbsResource;
import dev.verbs.WindowBinding;
import dev.verbs.WorkCompletions;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmId;
import dev.verbs.testkit.Pair;
import dev.verbs.testkit.PairConfig;
import dev.verbs.testkit.TestProvider;
import dev.verbs.testkit.VerbsTest;
import dev.verbs.testkit.Waiting;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Threads post, poll, ask and wait while other threads close everything in random orders: nothing crashes or hangs, a close that
 * is too early is refused by name, and a call that is too late says so. One seed, printed, gives one set of orders.
 */
class CloseStressContractTest extends VerbsTest {
    private static final int ROUNDS = TestProvider.isSoft() ? 40 : 10;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int SIZE = 64;
    /** Queue pairs that are made in passing: not so many that their queues are never free to be closed. */
    private static final int MADE = 10;
    private static final Pattern REASON = Pattern.compile("still has \\w|in use by \\w|is being polled|bound to it");

    /** Everything that one round works on and closes. */
    private record World(List<VerbsResource> resources, Context context, ProtectionDomain domain, MemoryRegion region,
        CompletionQueue cqA, CompletionQueue cqB, SharedReceiveQueue srq, QueuePair a, QueuePair b, CmId id, CompletionChannel channel,
        CmEventChannel events, CmEventChannel otherEvents, Datagrams datagrams, MemoryWindow window) {
    }

    /** A queue pair that sends to itself; its completion queue is an extended one where the device has them. */
    private record Datagrams(CompletionQueue cq, QueuePair qp, AddressHandle handle) {
    }

    private World world() {
        final List<VerbsResource> all = new ArrayList<>();
        final Context context = add(all, openContext());
        final PortSelection port = choosePort(context);
        assume(context.device().guarantees().connectsByModify(), context, "connecting by modify");
        final var channel = add(all, context.createCompletionChannel());
        final CompletionQueue cqA = add(all, context.createCompletionQueue(63, channel));
        final CompletionQueue cqB = add(all, context.createCompletionQueue(63));
        final ProtectionDomain domain = add(all, context.allocateProtectionDomain());
        final MemoryRegion region = add(all, domain.registerMemory(Arena.ofAuto().allocate(4096),
            PairConfig.ALL_ACCESS | AccessFlags.MW_BIND));
        final SharedReceiveQueue srq = add(all, domain.createSharedReceiveQueue(new SrqConfig(31, 1)));
        final QueuePair a = add(all, domain.createQueuePair(QueuePairConfig.rc(cqA, 15, 15)));
        final QueuePair b = add(all, domain.createQueuePair(QueuePairConfig.rc(cqB, 15, 0).withSrq(srq)));
        Pair.connect(a, port, b, port, PairConfig.DEFAULT);
        final CmEventChannel events = add(all, provider().createEventChannel());
        final CmId id = add(all, events.createId());
        id.bind(Pair.address(context, port, 0));
        final CmEventChannel otherEvents = add(all, provider().createEventChannel());
        return new World(all, context, domain, region, cqA, cqB, srq, a, b, id, channel, events, otherEvents,
            datagrams(all, context, domain, port), where(() -> add(all, domain.allocateMemoryWindow(MemoryWindowType.TYPE_2))));
    }

    private Datagrams datagrams(final List<VerbsResource> all, final Context context, final ProtectionDomain domain,
        final PortSelection port) {
        final CompletionQueue extended = where(() -> add(all, context.createExtendedCompletionQueue(ExtendedCqConfig.of(63))));
        final CompletionQueue cq = extended == null ? add(all, context.createCompletionQueue(63)) : extended;
        final QueuePair qp = add(all, domain.createQueuePair(new QueuePairConfig(QpType.UD, cq, cq, 15, 15, 1, 1, 0, false)));
        UdEndpoint.init(qp, port, Pair.QKEY);
        UdEndpoint.start(qp, 0);
        return new Datagrams(cq, qp, add(all, domain.createAddressHandle(port.pathTo(port.lid(), port.gid().gid()))));
    }

    /** Null where the device has none. */
    private static <T> T where(final Supplier<T> create) {
        try {
            return create.get();
        } catch (final VerbsException e) {
            if (e.errno() != Errno.EOPNOTSUPP) {
                throw e;
            }
            return null;
        }
    }

    private <T extends VerbsResource> T add(final List<VerbsResource> all, final T resource) {
        all.add(own(resource));
        return resource;
    }

    /** Refusals of closed things are right answers; everything else is a failure. */
    private static void tolerate(final Runnable call, final int... expected) {
        try {
            call.run();
        } catch (final VerbsException e) {
            for (final int errno : expected) {
                if (e.errno() == errno) {
                    return;
                }
            }
            throw e;
        }
    }

    /** Sends along the handle, open or not, until its queue pair is closed. */
    private static int sendDatagrams(final World world, final AtomicLong progress) {
        final Datagrams with = world.datagrams;
        final SendRequests list = SendRequests.allocate(Arena.ofAuto(), 4, 1);
        for (int i = 0; i < 4; i++) {
            list.sendTo(i, world.region.address(), SIZE, world.region.lkey(), with.handle, with.qp.number(), Pair.QKEY,
                SendFlags.SIGNALED);
        }
        int result;
        do {
            list.rewind();
            result = with.qp.postSend(list);
            progress.incrementAndGet();
        } while (result >= 0);
        return result;
    }

    /** Takes batches until the queue is closed. */
    private static int pollBatches(final ExtendedCompletionQueue cq, final AtomicLong progress) {
        int result;
        do {
            result = cq.startPoll();
            if (result == ExtendedCompletionQueue.COMPLETION) {
                while (cq.nextPoll() == ExtendedCompletionQueue.COMPLETION) {
                    progress.incrementAndGet();
                }
                cq.endPoll();
            }
            progress.incrementAndGet();
        } while (result != CompletionQueue.CLOSED);
        return result;
    }

    /** Waits for events until the channel is closed. */
    private static int await(final CmEventChannel events, final AtomicLong progress) {
        while (events.isOpen()) {
            tolerate(() -> events.await(Duration.ofMillis(5)), Errno.EBADF);
            progress.incrementAndGet();
        }
        return 0;
    }

    /** Binds the window once, first thing, unless it or the region is closed already. */
    private static void bind(final World world, final SendRequests list) {
        try {
            list.clear().bindWindow(9, world.window, world.window.nextRkey(), WindowBinding.of(world.region, 0, SIZE,
                AccessFlags.REMOTE_READ), SendFlags.SIGNALED);
        } catch (final IllegalStateException e) {
            return; // closed before
        }
        world.a.postSend(list);
    }

    /** Sends until its queue pair is closed. */
    private static int send(final World world, final AtomicLong progress) {
        final SendRequests list = SendRequests.allocate(Arena.ofAuto(), 4, 1);
        final long address = world.region.address();
        final int key = world.region.lkey();
        if (world.window != null) {
            bind(world, list);
        }
        int result;
        do {
            list.clear();
            for (int i = 0; i < 4; i++) {
                list.send(i, address, SIZE, key, SendFlags.SIGNALED);
            }
            result = world.a.postSend(list);
            progress.incrementAndGet();
        } while (result >= 0);
        return result;
    }

    private static int receive(final World world, final AtomicLong progress) {
        final ReceiveRequests list = ReceiveRequests.allocate(Arena.ofAuto(), 4, 1);
        final long address = world.region.address();
        final int key = world.region.lkey();
        int result;
        do {
            list.clear();
            for (int i = 0; i < 4; i++) {
                list.receive(i, address + 2048, SIZE, key);
            }
            result = world.srq.postReceive(list);
            progress.incrementAndGet();
        } while (result >= 0);
        return result;
    }

    private static int poll(final CompletionQueue cq, final AtomicLong progress) {
        final WorkCompletions completions = WorkCompletions.allocate(Arena.ofAuto(), 8);
        int result;
        int turn = 0;
        do {
            result = turn++ % 2 == 0 ? cq.poll(completions) : cq.poll(completions, 16);
            progress.incrementAndGet();
        } while (result >= 0 || result == CompletionQueue.FAILED && cq.isOpen());
        return CompletionQueue.CLOSED;
    }

    /** Set-up calls from yet another thread, until everything is closed. */
    private static int ask(final World world, final Random random, final AtomicLong progress) {
        int made = 0;
        while (world.context.isOpen()) {
            switch (random.nextInt(made < MADE ? 9 : 8)) {
                case 0 -> tolerate(world.a::query, Errno.EBADF);
                case 1 -> tolerate(() -> world.b.modify(PairConfig.toError()), Errno.EBADF);
                case 2 -> tolerate(() -> world.cqA.requestNotification(false), Errno.EBADF);
                case 3 -> tolerate(world.srq::query, Errno.EBADF);
                case 4 -> tolerate(world.context::queryDevice, Errno.EBADF);
                case 5 -> tolerate(() -> world.context.queryPort(1), Errno.EBADF);
                case 6 -> tolerate(world.id::deviceName, Errno.EBADF);
                case 7 -> tolerate(() -> world.id.migrate(random.nextBoolean() ? world.events : world.otherEvents), Errno.EBADF);
                default -> tolerate(makeAndClose(world, made++), Errno.EBADF, Errno.EOPNOTSUPP);
            }
            progress.incrementAndGet();
        }
        return 0;
    }

    private static Runnable makeAndClose(final World world, final int kind) {
        return switch (kind % 5) {
            case 0 -> () -> world.domain.createQueuePair(QueuePairConfig.rc(world.cqB, 1, 1)).close();
            case 1 -> () -> world.context.createCompletionQueue(3, world.channel).close();
            case 2 -> () -> world.domain.allocateMemoryWindow(MemoryWindowType.TYPE_2).close();
            case 3 -> () -> world.domain.createQueuePair(QueuePairConfig.rc(world.datagrams.cq, 1, 1)).close();
            default -> () -> world.context.createExtendedCompletionQueue(ExtendedCqConfig.of(3).withChannel(world.channel)).close();
        };
    }

    /** Whether it may be tried: rdma_rxe's ibv_destroy_qp waits 50 s for a type 2 window that is bound to the queue pair. */
    private static boolean mayClose(final World world, final VerbsResource resource) {
        return resource != world.a || world.window == null || !world.window.isOpen()
            || MemoryDeviations.of(world.context).closesBoundQueuePairs();
    }

    /** Closes its share again and again until nothing of it is open; counts refusals. */
    private static int close(final World world, final List<VerbsResource> share, final Random random) {
        int refused = 0;
        String last = "";
        final long deadline = System.nanoTime() + DEADLINE.toNanos() / 2;
        final List<VerbsResource> open = new ArrayList<>(share);
        while (!open.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("still open: " + open + "; " + last);
            }
            Collections.shuffle(open, random);
            final VerbsResource next = open.getFirst();
            if (!mayClose(world, next)) {
                Thread.yield();
                continue;
            }
            try {
                next.close();
                open.removeFirst();
            } catch (final VerbsException e) {
                assertEquals(Errno.name(Errno.EBUSY), Errno.name(e.errno()), e.getMessage());
                assertTrue(REASON.matcher(e.getMessage()).find(), "it names nothing: " + e.getMessage());
                refused++;
                last = e.getMessage();
                Thread.yield();
            }
        }
        return refused;
    }

    @Test
    void shouldSurviveClosesInRandomOrdersUnderWork() {
        final long seed = Long.getLong("dev.verbs.test.seed", System.nanoTime());
        System.out.println("close stress: " + ROUNDS + " rounds on " + TestProvider.name() + ", seed " + seed);
        final Random random = new Random(seed);
        final AtomicLong refusals = new AtomicLong();
        final AtomicLong progress = new AtomicLong();
        for (int round = 0; round < ROUNDS; round++) {
            final World world = world();
            final List<Waiting.Pending<Integer>> workers = new ArrayList<>();
            workers.add(Waiting.start("sender", () -> send(world, progress)));
            workers.add(Waiting.start("receiver", () -> receive(world, progress)));
            workers.add(Waiting.start("poller a", () -> poll(world.cqA, progress)));
            workers.add(Waiting.start("poller b", () -> poll(world.cqB, progress)));
            workers.add(Waiting.start("datagrams", () -> sendDatagrams(world, progress)));
            workers.add(Waiting.start("poller of datagrams", () -> world.datagrams.cq instanceof ExtendedCompletionQueue extended
                ? pollBatches(extended, progress) : poll(world.datagrams.cq, progress)));
            workers.add(Waiting.start("waiter", () -> await(world.events, progress)));
            final Random asks = new Random(random.nextLong());
            workers.add(Waiting.start("asker", () -> ask(world, asks, progress)));
            final long target = progress.get() + random.nextInt(200);
            assertTrue(Waiting.until(DEADLINE, () -> progress.get() >= target || workers.stream().anyMatch(w -> w.task().isDone())));
            refusals.addAndGet(closeByTwo(world, random));
            for (final Waiting.Pending<Integer> worker : workers) {
                worker.get(DEADLINE);
            }
        }
        System.out.println("close stress: " + progress + " calls, " + refusals + " refusals");
        assertTrue(refusals.get() > 0, "no close came too early: the orders were not random");
    }

    private static long closeByTwo(final World world, final Random random) {
        final List<VerbsResource> shuffled = new ArrayList<>(world.resources);
        Collections.shuffle(shuffled, random);
        final int middle = shuffled.size() / 2;
        final Random first = new Random(random.nextLong());
        final Random second = new Random(random.nextLong());
        final Waiting.Pending<Integer> one = Waiting.start("closer 1", () -> close(world, shuffled.subList(0, middle), first));
        final Waiting.Pending<Integer> two =
            Waiting.start("closer 2", () -> close(world, shuffled.subList(middle, shuffled.size()), second));
        return one.get(DEADLINE) + two.get(DEADLINE);
    }

    @Test
    void shouldCloseOnceWhenTwoThreadsClose() {
        final Context context = openContext();
        for (int i = 0; i < ROUNDS; i++) {
            final CompletionQueue cq = own(context.createCompletionQueue(3));
            final Waiting.Pending<Boolean> one = Waiting.start("closer 1", () -> closed(cq));
            final Waiting.Pending<Boolean> two = Waiting.start("closer 2", () -> closed(cq));
            assertTrue(one.get() && two.get());
        }
    }

    private static boolean closed(final CompletionQueue cq) {
        cq.close();
        return !cq.isOpen();
    }
}
