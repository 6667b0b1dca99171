package dev.verbs.soft;

import dev.verbs.AccessFlags;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.MemoryRegion;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.Verbs;
import dev.verbs.WorkCompletions;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What lists of each kind of arena do while it is open, in a strange thread, and after it was closed. Collects what went wrong; also a
 * program of its own, because it depends on what a JVM was started with.
 */
final class ListMemoryChecks {
    private static final int COUNT = 5;
    private static final int BYTES = 64;

    private final List<String> problems = new ArrayList<>();
    private int checks;

    private ListMemoryChecks() {
    }

    /** Prints each problem, then {@code checks=N problems=N}. */
    public static void main(final String[] args) {
        final ListMemoryChecks all = run();
        all.problems.forEach(System.out::println);
        System.out.println("checks=" + all.checks + " problems=" + all.problems.size());
        System.exit(all.problems.isEmpty() ? 0 : 1);
    }

    static ListMemoryChecks run() {
        final ListMemoryChecks checks = new ListMemoryChecks();
        checks.each("confined", Arena.ofConfined(), true, true);
        checks.each("shared", Arena.ofShared(), false, true);
        checks.each("automatic", Arena.ofAuto(), false, false);
        checks.each("global", Arena.global(), false, false);
        checks.each("borrowed", new Borrowing(Arena.ofShared(), Arena.ofAuto()), false, true);
        return checks;
    }

    /** An arena that allocates in another one, which it closes. */
    private record Borrowing(Arena lender, Arena own) implements Arena {
        @Override
        public MemorySegment allocate(final long bytes, final long alignment) {
            return lender.allocate(bytes, alignment);
        }

        @Override
        public MemorySegment.Scope scope() {
            return own.scope();
        }

        @Override
        public void close() {
            lender.close();
        }
    }

    int checks() {
        return checks;
    }

    List<String> problems() {
        return problems;
    }

    /** Everything with lists of one arena; the buffers lie elsewhere. */
    private void each(final String kind, final Arena arena, final boolean confined, final boolean closes) {
        try (VerbsProvider provider = Verbs.select("soft").provider(); Context context = provider.devices().getFirst().open();
            ProtectionDomain domain = context.allocateProtectionDomain(); CompletionQueue cq = context.createCompletionQueue(64);
            MemoryRegion region = domain.registerMemory(Arena.ofAuto().allocate(BYTES), AccessFlags.LOCAL_WRITE
                | AccessFlags.REMOTE_WRITE);
            QueuePair qp = domain.createQueuePair(QueuePairConfig.rc(cq, 16, 16));
            QueuePair peer = domain.createQueuePair(QueuePairConfig.rc(cq, 16, 16))) {
            RcEndpoint.connectPair(qp, peer, PortSelection.choose(context, PortOptions.AUTOMATIC), AccessFlags.REMOTE_WRITE);
            final SendRequests sends = SendRequests.allocate(arena, COUNT, 1);
            final ReceiveRequests receives = ReceiveRequests.allocate(arena, COUNT, 1);
            final WorkCompletions completions = WorkCompletions.allocate(arena, COUNT);
            for (int i = 0; i < COUNT - 1; i++) {
                sends.write(i, region.address(), 1, region.lkey(), region.address(), region.rkey(), SendFlags.SIGNALED);
            }
            expect(kind + ": post", COUNT - 1, qp.postSend(sends));
            expect(kind + ": poll", COUNT - 1, cq.poll(completions));
            expect(kind + ": success", true, completions.isSuccess(COUNT - 2));
            receives.receive(1, region.address(), 1, region.lkey());
            if (confined) {
                inAnotherThread(() -> refuses(kind + " elsewhere", WrongThreadException.class, qp, cq, sends, receives, completions));
            } else {
                inAnotherThread(() -> works(kind + " elsewhere", qp, cq, sends, completions));
            }
            works(kind, qp, cq, sends, completions);
            if (closes) {
                arena.close();
                refuses(kind + " closed", IllegalStateException.class, qp, cq, sends, receives, completions);
                expect(kind + ": in flight", 0L, qp.inFlight());
            }
        }
    }

    private void works(final String what, final QueuePair qp, final CompletionQueue cq, final SendRequests sends,
        final WorkCompletions completions) {
        sends.rewind();
        expect(what + ": post", COUNT - 1, qp.postSend(sends));
        expect(what + ": poll", COUNT - 1, cq.poll(completions));
        expect(what + ": wr_id", COUNT - 2L, completions.wrId(COUNT - 2));
    }

    /** Every way to the memory; what was in the lists is not changed. */
    private void refuses(final String what, final Class<? extends Throwable> expected, final QueuePair qp, final CompletionQueue cq,
        final SendRequests sends, final ReceiveRequests receives, final WorkCompletions completions) {
        sends.rewind();
        throwing(what + ": patch", expected, () -> {
            sends.patch(0, 1, 2, 3, 4);
            return null;
        });
        throwing(what + ": patch of a receive", expected, () -> {
            receives.patch(0, 1, 2, 3);
            return null;
        });
        throwing(what + ": write", expected, () -> sends.write(1, 2, 3, 4, 5, 6, 0));
        throwing(what + ": flags", expected, () -> sends.flags(0, SendFlags.SIGNALED));
        throwing(what + ": receive", expected, () -> receives.receive(1, 2, 3, 4));
        throwing(what + ": post", expected, () -> qp.postSend(sends));
        throwing(what + ": post of a receive", expected, () -> qp.postReceive(receives));
        throwing(what + ": poll", expected, () -> cq.poll(completions));
        throwing(what + ": status", expected, () -> completions.isSuccess(0));
        throwing(what + ": wr_id", expected, () -> completions.wrId(0));
        expect(what + ": size", COUNT - 1, sends.size());
        expect(what + ": receives", 1, receives.size());
    }

    private void inAnotherThread(final Runnable checks) {
        final Thread thread = new Thread(checks);
        thread.start();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void expect(final String what, final Object expected, final Object actual) {
        checks++;
        if (!expected.equals(actual)) {
            problems.add(what + ": " + actual + " instead of " + expected);
        }
    }

    private void throwing(final String what, final Class<? extends Throwable> expected, final Supplier<Object> access) {
        checks++;
        try {
            problems.add(what + ": nothing was thrown, but " + access.get() + " returned");
        } catch (final RuntimeException e) {
            if (!expected.isInstance(e)) {
                problems.add(what + ": " + e + " instead of " + expected.getSimpleName());
            }
        }
    }
}
