package dev.verbs.benchmarks;

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
import dev.verbs.Verbs;
import dev.verbs.spi.VerbsProvider;
import java.lang.foreign.Arena;

/** Two connected queue pairs of one device, and a region that both may use. */
final class LoopbackPair implements AutoCloseable {
    static final int DEPTH = 256;
    private static final int ACCESS = AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE | AccessFlags.REMOTE_READ;

    final Arena arena = Arena.ofShared();
    final VerbsProvider provider;
    final Context context;
    final ProtectionDomain domain;
    final MemoryRegion region;
    final CompletionQueue cq;
    final QueuePair active;
    final QueuePair passive;

    LoopbackPair(final String providerName, final long bytes) {
        provider = Verbs.select(providerName).provider();
        context = Verbs.open(provider, null);
        domain = context.allocateProtectionDomain();
        region = domain.registerMemory(arena.allocate(bytes, 4096), ACCESS);
        cq = context.createCompletionQueue(2 * DEPTH);
        active = domain.createQueuePair(QueuePairConfig.rc(cq, DEPTH, DEPTH));
        passive = domain.createQueuePair(QueuePairConfig.rc(cq, DEPTH, DEPTH));
        RcEndpoint.connectPair(active, passive, PortSelection.choose(context, PortOptions.AUTOMATIC), ACCESS);
    }

    @Override
    public void close() {
        active.close();
        passive.close();
        cq.close();
        region.close();
        domain.close();
        context.close();
        provider.close();
        arena.close();
    }
}
