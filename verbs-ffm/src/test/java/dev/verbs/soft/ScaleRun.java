package dev.verbs.soft;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

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
import dev.verbs.SendFlags;
import dev.verbs.SendRequests;
import dev.verbs.WorkCompletions;
import dev.verbs.spi.VerbsProvider;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JVM of {@link SoftScaleTest}: prints {@code name=value} for what the test judges. */
final class ScaleRun {
    private static final int ACCESS = AccessFlags.LOCAL_WRITE | AccessFlags.REMOTE_WRITE;
    private static final int DEPTH = 16;
    private static final int PSN = 7;

    private ScaleRun() {
    }

    public static void main(final String[] args) throws IOException {
        if (args[0].equals("mesh")) {
            mesh(Integer.parseInt(args[1]));
        } else {
            churn(Integer.parseInt(args[1]));
        }
    }

    /** What one host has. */
    private static final class Host {
        private final int index;
        private final VerbsProvider provider;
        private final Context context;
        private final ProtectionDomain domain;
        private final CompletionQueue cq;
        private final PortSelection port;
        private final MemoryRegion region;
        private final QueuePair[] toPeers;

        private Host(final SoftNetwork network, final String name, final int index, final int hosts, final Arena arena) {
            this.index = index;
            provider = network.provider(name);
            context = provider.devices().getFirst().open();
            domain = context.allocateProtectionDomain();
            cq = context.createCompletionQueue(2 * DEPTH * hosts);
            port = PortSelection.choose(context, PortOptions.AUTOMATIC);
            region = domain.registerMemory(arena.allocate(8L * (hosts + 1), 4096), ACCESS);
            toPeers = new QueuePair[hosts];
        }

        private void create() {
            for (int i = 0; i < toPeers.length; i++) {
                if (i != index) {
                    toPeers[i] = domain.createQueuePair(QueuePairConfig.rc(cq, DEPTH, DEPTH));
                    RcEndpoint.init(toPeers[i], port, ACCESS);
                }
            }
        }

        /** Writes its number into its word of every peer's memory. */
        private int writeToAll(final Host[] all, final Arena arena) {
            final SendRequests requests = SendRequests.allocate(arena, 1, 1);
            final WorkCompletions completions = WorkCompletions.allocate(arena, 16);
            final long own = 8L * toPeers.length;
            region.segment().set(JAVA_LONG, own, value());
            int good = 0;
            for (final Host peer : all) {
                if (peer == this) {
                    continue;
                }
                requests.clear().write(peer.index, region.address() + own, 8, region.lkey(), peer.region.address() + 8L * index,
                    peer.region.rkey(), SendFlags.SIGNALED);
                final int accepted = toPeers[peer.index].postSend(requests);
                final boolean completed = accepted == 1 && cq.poll(completions) == 1 && completions.isSuccess(0);
                good += completed && peer.region.segment().get(JAVA_LONG, 8L * index) == value() ? 1 : 0;
            }
            return good;
        }

        private long value() {
            return 0x5EED_0000L + index;
        }

        private void close() {
            for (final QueuePair qp : toPeers) {
                if (qp != null) {
                    qp.close();
                }
            }
            region.close();
            cq.close();
            domain.close();
            context.close();
        }
    }

    /** All hosts of a network connected with each other, each connection used once. */
    private static void mesh(final int count) throws IOException {
        final String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = "host" + i;
        }
        final long start = System.nanoTime();
        try (Arena arena = Arena.ofShared(); SoftNetwork network = SoftNetwork.builder().hosts(names).build()) {
            final Host[] hosts = new Host[count];
            for (int i = 0; i < count; i++) {
                hosts[i] = new Host(network, names[i], i, count, arena);
            }
            for (final Host host : hosts) {
                host.create();
            }
            for (int a = 0; a < count; a++) {
                for (int b = 0; b < a; b++) {
                    connect(hosts[a], hosts[b]);
                }
            }
            say("connectedMs", (System.nanoTime() - start) / 1_000_000);
            long good = 0;
            for (final Host host : hosts) {
                good += host.writeToAll(hosts, arena);
            }
            say("writes", good);
            say("heap", heapAfterCollection());
            say("resident", resident("VmRSS:"));
            say("peak", resident("VmHWM:"));
            final long closing = System.nanoTime();
            for (final Host host : hosts) {
                host.close();
            }
            long live = 0;
            for (final Host host : hosts) {
                live += host.provider.live().size() + host.provider.registeredBytes();
            }
            say("live", live);
            say("closedMs", (System.nanoTime() - closing) / 1_000_000);
        }
        say("ended", 1);
    }

    private static void connect(final Host a, final Host b) {
        final QueuePair one = a.toPeers[b.index];
        final QueuePair other = b.toPeers[a.index];
        RcEndpoint.of(other, b.port, PSN).connect(one, a.port, PSN, RcTuning.DEFAULT);
        RcEndpoint.of(one, a.port, PSN).connect(other, b.port, PSN, RcTuning.DEFAULT);
    }

    /** Queue pairs come and go. */
    private static void churn(final int count) throws IOException {
        try (Arena arena = Arena.ofShared()) {
            final SoftProvider provider = new SoftProvider();
            final Context context = provider.devices().getFirst().open();
            final ProtectionDomain domain = context.allocateProtectionDomain();
            final CompletionQueue cq = context.createCompletionQueue(256);
            final PortSelection port = PortSelection.choose(context, PortOptions.AUTOMATIC);
            final MemoryRegion region = domain.registerMemory(arena.allocate(4096, 4096), ACCESS);
            final SendRequests requests = SendRequests.allocate(arena, 1, 1);
            requests.write(1, region.address(), 64, region.lkey(), region.address() + 64, region.rkey(), SendFlags.SIGNALED);
            final WorkCompletions completions = WorkCompletions.allocate(arena, 16);
            long good = 0;
            long heap = 0;
            long resident = 0;
            for (int i = -count / 5; i < count; i += 2) { // the first fifth warms up
                if (i == 0) {
                    heap = heapAfterCollection();
                    resident = resident("VmRSS:");
                }
                try (QueuePair one = domain.createQueuePair(QueuePairConfig.rc(cq, 64, 64));
                    QueuePair other = domain.createQueuePair(QueuePairConfig.rc(cq, 64, 64))) {
                    RcEndpoint.connectPair(one, other, port, ACCESS);
                    requests.rewind();
                    good += one.postSend(requests) == 1 && cq.poll(completions) == 1 && completions.isSuccess(0) && i >= 0 ? 2 : 0;
                }
            }
            say("used", good);
            say("heapGrowth", heapAfterCollection() - heap);
            say("residentGrowth", resident("VmRSS:") - resident);
            say("queuePairs", provider.fabric().size());
            say("live", provider.live().size()); // context, domain, queue, region
            say("registered", provider.registeredBytes());
            region.close();
            cq.close();
            domain.close();
            context.close();
            say("liveAtEnd", provider.live().size() + provider.registeredBytes());
        }
        say("ended", 1);
    }

    private static long heapAfterCollection() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Bytes that the kernel counts for this process, -1 on another system. */
    private static long resident(final String field) throws IOException {
        final Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith(field))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).findFirst().orElse(-1);
    }

    private static void say(final String name, final long value) {
        System.out.println(name + "=" + value);
    }
}
