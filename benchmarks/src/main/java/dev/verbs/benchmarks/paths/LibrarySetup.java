package dev.verbs.benchmarks.paths;

import dev.verbs.MemoryRegion;
import dev.verbs.QpAttributes;
import dev.verbs.QpState;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcTuning;
import dev.verbs.cm.CmEvent;
import dev.verbs.cm.CmEventChannel;
import dev.verbs.cm.CmEventType;
import dev.verbs.cm.CmId;
import dev.verbs.cm.ConnectionParameters;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The loops of setup.c through this library's public interfaces. */
final class LibrarySetup {
    private static final int DEPTH = 16;
    private static final int MIN_RNR_TIMER = 12;
    private static final int TIMEOUT = 14;
    private static final int RETRIES = 6;
    private static final int RNR_RETRIES = 7;
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final ConnectionParameters PARAMETERS = new ConnectionParameters(
        RcTuning.DEFAULT, LibrarySide.ACCESS, new byte[0], false);

    private final LibrarySide side;

    LibrarySetup(final LibrarySide side) {
        this.side = side;
    }

    long register(final MemorySegment memory, final int count) {
        final long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            final MemoryRegion region = side.domain.registerMemory(memory, LibrarySide.ACCESS);
            region.close();
        }
        return System.nanoTime() - start;
    }

    private QueuePair create() {
        return side.domain.createQueuePair(QueuePairConfig.rc(side.cq, DEPTH, DEPTH));
    }

    /** Creates and destroys queue pairs; if they are connected in between, only that counts. */
    long queuePair(final boolean connected, final int count) {
        long spent = 0;
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            final QueuePair qp = create();
            if (connected) {
                start = System.nanoTime();
                connect(qp);
                spent += System.nanoTime() - start;
            }
            qp.close();
            if (!connected) {
                spent += System.nanoTime() - start;
            }
        }
        return spent;
    }

    private void connect(final QueuePair qp) {
        qp.modify(new QpAttributes().state(QpState.INIT).pkeyIndex(0).port(side.port.port()).accessFlags(LibrarySide.ACCESS));
        qp.modify(new QpAttributes().state(QpState.RTR).pathMtu(side.port.mtu()).destinationQp(side.passive.number()).rqPsn(0)
            .maxDestReadAtomic(1).minRnrTimer(MIN_RNR_TIMER).address(side.port.pathTo(side.port.lid(), side.port.gid().gid())));
        qp.modify(new QpAttributes().state(QpState.RTS).timeout(TIMEOUT).retryCount(RETRIES).rnrRetry(RNR_RETRIES).sqPsn(0)
            .maxReadAtomic(1));
    }

    /** Connections through the connection manager, both ends of each in this thread; only their making is timed. */
    long connect(final int count) {
        long spent = 0;
        try (QueuePair a = create(); QueuePair b = create(); CmEventChannel active = side.provider.createEventChannel();
            CmEventChannel passive = side.provider.createEventChannel(); CmId listener = passive.createId()) {
            listener.bind(new InetSocketAddress(side.port.gid().gid().address(), 0));
            listener.listen(count);
            for (int i = 0; i < count; i++) {
                final long start = System.nanoTime();
                final CmId from = active.createId();
                final CmId to = connect(from, listener.localAddress(), a, b, passive);
                spent += System.nanoTime() - start;
                from.disconnect();
                expect(passive, CmEventType.DISCONNECTED);
                to.disconnect();
                expect(active, CmEventType.DISCONNECTED);
                from.close();
                to.close();
                a.modify(new QpAttributes().state(QpState.RESET));
                b.modify(new QpAttributes().state(QpState.RESET));
            }
        }
        return spent;
    }

    private static CmId connect(final CmId from, final InetSocketAddress where, final QueuePair a, final QueuePair b,
        final CmEventChannel passive) {
        final CmEventChannel active = from.channel();
        from.resolveAddress(null, where, DEADLINE);
        expect(active, CmEventType.ADDR_RESOLVED);
        from.resolveRoute(DEADLINE);
        expect(active, CmEventType.ROUTE_RESOLVED);
        from.connect(a, PARAMETERS);
        final CmId to = expect(passive, CmEventType.CONNECT_REQUEST).id();
        to.accept(b, PARAMETERS);
        expect(active, CmEventType.CONNECT_RESPONSE);
        from.establish();
        expect(passive, CmEventType.ESTABLISHED);
        return to;
    }

    private static CmEvent expect(final CmEventChannel channel, final CmEventType type) {
        final long deadline = System.nanoTime() + DEADLINE.toNanos();
        CmEvent event = channel.await(DEADLINE);
        while (event != null && event.type() == CmEventType.TIMEWAIT_EXIT && System.nanoTime() < deadline) {
            event = channel.await(DEADLINE);
        }
        if (event == null || event.type() != type) {
            throw new IllegalStateException(event == null ? "no " + type : type + " was expected, not " + event);
        }
        return event;
    }
}
