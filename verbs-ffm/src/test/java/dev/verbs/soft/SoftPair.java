package dev.verbs.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.verbs.RcTuning;
import dev.verbs.ReceiveRequests;
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WcStatus;
import dev.verbs.WorkCompletions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/** Two connected queue pairs on a fabric of their own, with a clock that stands still until it is told to go. */
final class SoftPair implements AutoCloseable {
    static final int ALL = AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_READ;
    static final int PSN = 0xFF_FFFE;

    private final FakeClock clock = new FakeClock();
    private final SoftProvider provider;
    private final Context context;
    private final PortSelection port;
    private final End a;
    private final End b;

    /** A clock that is set by hand. */
    static final class FakeClock implements org.agrona.concurrent.NanoClock {
        private volatile long now = Long.MAX_VALUE - 1_000; // overflows early

        @Override
        public long nanoTime() {
            return now;
        }

        void advance(final long nanos) {
            now += nanos;
        }
    }

    SoftPair(final RcTuning tuning) {
        this(tuning, SoftProfile.RXE);
    }

    SoftPair(final RcTuning tuning, final SoftProfile profile) {
        this(tuning, profile, null);
    }

    /** With a trace; null for none. */
    SoftPair(final RcTuning tuning, final SoftProfile profile, final Consumer<String> trace) {
        provider = new SoftProvider(new SoftFabric(clock, 42, trace).addHost("soft", profile));
        context = provider.devices().getFirst().open();
        port = PortSelection.choose(context, PortOptions.AUTOMATIC);
        a = new End();
        b = new End();
        RcEndpoint.init(a.qp, port, ALL);
        RcEndpoint.init(b.qp, port, ALL);
        RcEndpoint.of(b.qp, port, 5).connect(a.qp, port, PSN, tuning);
        RcEndpoint.of(a.qp, port, PSN).connect(b.qp, port, 5, tuning);
    }

    SoftProvider provider() {
        return provider;
    }

    Context context() {
        return context;
    }

    FakeClock clock() {
        return clock;
    }

    PortSelection port() {
        return port;
    }

    End a() {
        return a;
    }

    End b() {
        return b;
    }

    /** One side: 64 KiB, one completion queue of 63. */
    final class End {
        final Arena arena = Arena.ofShared();
        final ProtectionDomain domain = context.allocateProtectionDomain();
        final MemorySegment buffer = arena.allocate(1 << 16, 64);
        final MemoryRegion region = domain.registerMemory(buffer, ALL);
        final CompletionQueue cq = context.createCompletionQueue(63);
        final QueuePair qp = domain.createQueuePair(QueuePairConfig.rc(cq, 16, 16).withSge(4, 4).withInline(64));
        final SendRequests sends = SendRequests.allocate(arena, 64, 4, 64);
        final ReceiveRequests receives = ReceiveRequests.allocate(arena, 16, 4);
        final WorkCompletions done = WorkCompletions.allocate(arena, 16);

        long at(final long offset) {
            return region.address() + offset;
        }

        void receive(final long wrId, final long offset, final long length) {
            receives.clear().receive(wrId, at(offset), length, region.lkey());
            assertEquals(1, qp.postReceive(receives));
        }

        void send(final long wrId, final long offset, final long length) {
            sends.clear().send(wrId, at(offset), length, region.lkey(), SendFlags.SIGNALED);
            assertEquals(1, qp.postSend(sends), () -> "errno " + sends.errno());
        }

        void write(final long wrId, final long offset, final long length, final End peer, final long remote) {
            sends.clear().write(wrId, at(offset), length, region.lkey(), peer.at(remote), peer.region.rkey(), SendFlags.SIGNALED);
            assertEquals(1, qp.postSend(sends), () -> "errno " + sends.errno());
        }

        /** Polls one completion, which must be there now. */
        void expect(final long wrId, final WcStatus status) {
            assertTrue(done.size() == 0 || done.size() == 1);
            final WorkCompletions one = WorkCompletions.allocate(arena, 1);
            assertEquals(1, cq.poll(one), () -> "no completion; expected " + wrId + " " + status);
            assertEquals(status, one.status(0), () -> one.describe(0));
            assertEquals(wrId, one.wrId(0), () -> one.describe(0));
            assertEquals(qp.number(), one.qpNumber(0));
        }

        void expectNothing() {
            assertEquals(0, cq.poll(done));
        }

        void close() {
            qp.close();
            cq.close();
            region.close();
            domain.close();
            arena.close();
        }
    }

    @Override
    public void close() {
        a.close();
        b.close();
        context.close();
        assertEquals(java.util.List.of(), provider.live());
        assertEquals(0, provider.registeredBytes());
        provider.close();
    }
}
