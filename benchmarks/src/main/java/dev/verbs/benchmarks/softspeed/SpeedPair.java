package dev.verbs.benchmarks.softspeed;

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
import dev.verbs.SendRequests;
import dev.verbs.WorkCompletions;
import dev.verbs.soft.SoftProvider;
import java.lang.foreign.Arena;

/** Two connected queue pairs of a software device, each with a completion queue and a region, for a thread each. */
final class SpeedPair implements AutoCloseable {
    static final int DEPTH = 512;
    private static final int ACCESS = AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE;

    final Arena arena = Arena.ofShared();
    final Side active;
    final Side passive;
    private final SoftProvider provider = new SoftProvider();
    private final Context context;
    private final ProtectionDomain domain;

    /** What one thread has. */
    final class Side {
        final MemoryRegion region;
        final CompletionQueue cq;
        final QueuePair qp;
        final Spin spin = new Spin();
        final WorkCompletions completions = WorkCompletions.allocate(arena, 64);

        private Side(final long bytes) {
            region = domain.registerMemory(arena.allocate(bytes, 4096), ACCESS);
            cq = context.createCompletionQueue(2 * DEPTH);
            qp = domain.createQueuePair(QueuePairConfig.rc(cq, DEPTH, DEPTH));
        }

        /** Posts a prepared list, all of it. */
        void post(final SendRequests requests) {
            requests.rewind();
            final int accepted = qp.postSend(requests);
            if (accepted != requests.size()) {
                throw new IllegalStateException("accepted " + accepted + " of " + requests.size() + ", errno " + requests.errno());
            }
        }

        /** Polls; each completion must be a success. */
        int poll() {
            final int count = cq.poll(completions);
            for (int i = 0; i < count; i++) {
                if (!completions.isSuccess(i)) {
                    throw new IllegalStateException(completions.describe(i));
                }
            }
            return count;
        }

        /** Polls until something has completed. */
        int await() {
            int count = poll();
            while (count == 0) {
                spin.once();
                count = poll();
            }
            spin.end();
            return count;
        }

        private void close() {
            cq.close();
            region.close();
        }
    }

    SpeedPair(final long bytes) {
        context = provider.devices().getFirst().open();
        domain = context.allocateProtectionDomain();
        active = new Side(bytes);
        passive = new Side(bytes);
        RcEndpoint.connectPair(active.qp, passive.qp, PortSelection.choose(context, PortOptions.AUTOMATIC), ACCESS);
    }

    @Override
    public void close() {
        active.qp.close(); // both before the regions: receives may be posted
        passive.qp.close();
        active.close();
        passive.close();
        domain.close();
        context.close();
        provider.close();
        arena.close();
    }
}
