package dev.verbs.fuzz;

import dev.verbs.AddressHandle;
import dev.verbs.CompletionChannel;
import dev.verbs.CompletionQueue;
import dev.verbs.Context;
import dev.verbs.MemoryRegion;
import dev.verbs.MemoryWindow;
import dev.verbs.PortOptions;
import dev.verbs.PortSelection;
import dev.verbs.ProtectionDomain;
import dev.verbs.SharedReceiveQueue;
import dev.verbs.VerbsException;
import dev.verbs.VerbsResource;
import java.util.ArrayList;
import java.util.List;

/** The objects of one sequence in numbered slots; closed ones stay, so that they are used after they were closed. */
final class Slots implements AutoCloseable {
    static final int SLOTS = 4;
    /** Completion queues that hold so many never overflow. */
    static final int ENTRIES_FOR_ALL = 256;

    final Context context;
    final PortSelection port;
    final CompletionChannel channel;
    final ProtectionDomain[] pds = new ProtectionDomain[2];
    final CompletionQueue[] cqs = new CompletionQueue[3];
    /** Those that could overflow at some time: they may have failed. */
    final List<CompletionQueue> small = new ArrayList<>();
    final MemoryRegion[] regions = new MemoryRegion[SLOTS];
    final int[] regionPd = new int[SLOTS];
    final SharedReceiveQueue[] srqs = new SharedReceiveQueue[2];
    final int[] srqPd = new int[2];
    final AddressHandle[] handles = new AddressHandle[2];
    final MemoryWindow[] windows = new MemoryWindow[2];
    final QpModel[] qps = new QpModel[SLOTS];
    final List<QpModel> everMade = new ArrayList<>();
    final List<VerbsResource> made = new ArrayList<>();

    Slots(final Context context) {
        this.context = context;
        this.port = PortSelection.choose(context, PortOptions.AUTOMATIC);
        this.channel = keep(context.createCompletionChannel());
    }

    <T extends VerbsResource> T keep(final T resource) {
        made.add(resource);
        return resource;
    }

    /** Whether a resource is open and was made in this domain. */
    static boolean isOpenIn(final VerbsResource resource, final ProtectionDomain of, final ProtectionDomain domain) {
        return resource.isOpen() && of == domain;
    }


    /** The youngest queue pair of that number, closed ones included. */
    QpModel byNumber(final int number) {
        for (int i = everMade.size() - 1; i >= 0; i--) {
            if (everMade.get(i).qp.number() == number) {
                return everMade.get(i);
            }
        }
        return null;
    }

    /** Closes what is left, whatever went wrong. */
    @Override
    public void close() {
        for (final MemoryWindow window : windows) { // rdma_rxe makes queue pairs wait for those that are bound through them
            if (window != null) {
                quietly(window);
            }
        }
        for (int i = made.size() - 1; i >= 0; i--) {
            quietly(made.get(i));
        }
        for (final VerbsResource resource : made) { // what depended on what came later
            quietly(resource);
        }
        for (int i = made.size() - 1; i >= 0; i--) {
            quietly(made.get(i));
        }
        quietly(context);
    }

    private static void quietly(final VerbsResource resource) {
        try {
            resource.close();
        } catch (final VerbsException e) {
            // a failed sequence is reported by its violation
        }
    }
}
