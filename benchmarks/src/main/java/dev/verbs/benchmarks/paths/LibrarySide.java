package dev.verbs.benchmarks.paths;

import dev.verbs.AccessFlags;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.ExtendedCqConfig;
import dev.verbs.MemoryRegion;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.QueuePair;
import dev.verbs.QueuePairConfig;
import dev.verbs.RcEndpoint;
import dev.verbs.SendOperation;
import dev.verbs.Verbs;
import dev.verbs.WcField;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.Arena;
import java.util.EnumSet;
import java.util.Set;

/** Two connected queue pairs of one device, made through this library, and a region that both may use. */
final class LibrarySide implements AutoCloseable {
    static final int ACCESS = AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE;
    static final int INLINE = 64;
    private static final int PAGE = 4096;

    final Arena arena = Arena.ofShared();
    final VerbsProvider provider;
    final Context context;
    final ProtectionDomain domain;
    final MemoryRegion region;
    final CompletionQueue cq;
    /** Of the passive queue pair: each has its own, as two ends have. */
    final CompletionQueue peerCq;
    final QueuePair active;
    final QueuePair passive;
    final PortSelection port;

    LibrarySide(final Device device, final boolean extendedQp, final boolean extendedCq) {
        provider = Verbs.select(device.provider()).provider();
        context = Verbs.open(provider, device.name());
        domain = context.allocateProtectionDomain();
        region = domain.registerMemory(arena.allocate(2 * PAGE, PAGE), ACCESS);
        final int depth = device.depth();
        cq = extendedCq ? context.createExtendedCompletionQueue(ExtendedCqConfig.of(4 * depth)
            .withFields(Set.of(WcField.BYTE_LENGTH))) : context.createCompletionQueue(4 * depth);
        peerCq = context.createCompletionQueue(4 * depth);
        final QueuePairConfig config = QueuePairConfig.rc(cq, depth, depth).withInline(INLINE);
        passive = domain.createQueuePair(QueuePairConfig.rc(peerCq, depth, depth).withInline(INLINE));
        active = extendedQp ? domain.createExtendedQueuePair(config.withSendOps(EnumSet.of(SendOperation.RDMA_WRITE)))
            : domain.createQueuePair(config);
        port = PortSelection.choose(context, PortOptions.AUTOMATIC);
        RcEndpoint.connectPair(passive, active, port, ACCESS);
    }

    long local() {
        return region.address();
    }

    long remote() {
        return region.address() + PAGE;
    }

    @Override
    public void close() {
        active.close();
        passive.close();
        cq.close();
        peerCq.close();
        region.close();
        domain.close();
        context.close();
        provider.close();
        arena.close();
    }
}
