package dev.verbs.transport.ring;

import dev.verbs.AccessFlags;
import dev.verbs.MemoryRegion;
import dev.verbs.PortOptions;
import dev.verbs.cm.CmListener;
import dev.verbs.memory.RegisteredArena;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.testkit.TestProvider;
import dev.verbs.transport.Agents;
import dev.verbs.transport.NodeDirectory;
import dev.verbs.transport.TransportNode;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.SystemNanoClock;

/** All hosts of a ring in one process, stepped by the test. A payload is (owner, number, a pattern made of both). */
final class TestRing implements AutoCloseable {
    final RingConfig config;
    final List<TransportNode> nodes = new ArrayList<>();
    final List<CmListener> listeners = new ArrayList<>();
    final List<Roundabout> hosts = new ArrayList<>();
    final List<RegisteredArena> stores = new ArrayList<>();
    final List<List<RingElement>> blocks = new ArrayList<>();

    TestRing(final VerbsProvider provider, final RingConfig config, final int blocksPerHost) throws Exception {
        this(provider, config, blocksPerHost, config.mayInject());
    }

    TestRing(final VerbsProvider provider, final RingConfig config, final int blocksPerHost, final int mayInject) throws Exception {
        this.config = config;
        for (int i = 0; i < config.hosts(); i++) {
            nodes.add(TransportNode.open(provider, new PortOptions(TestProvider.deviceName(), 0, -1, 0)));
            listeners.add(nodes.get(i).listen(0, 1));
        }
        final NodeDirectory directory = new NodeDirectory(listeners.stream().map(CmListener::address).toList());
        try (ExecutorService threads = Executors.newFixedThreadPool(config.hosts())) {
            final List<Future<Roundabout>> joining = new ArrayList<>();
            for (int i = 0; i < config.hosts(); i++) {
                final int self = i;
                joining.add(threads.submit(() -> RingSetup.join(nodes.get(self), listeners.get(self), directory, self, config,
                    SystemNanoClock.INSTANCE, TestProvider.deadline(), mayInject)));
            }
            for (final Future<Roundabout> future : joining) {
                hosts.add(future.get());
            }
        }
        for (int i = 0; i < config.hosts(); i++) {
            makeBlocks(i, blocksPerHost);
        }
    }

    private void makeBlocks(final int host, final int count) {
        final RegisteredArena arena = RegisteredArena.ofShared(count * config.elementBytes());
        stores.add(arena);
        final MemoryRegion region = arena.register(nodes.get(host).domain(), AccessFlags.LOCAL_WRITE);
        final List<RingElement> own = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            final RingElement block = hosts.get(host).block(region, number * config.elementBytes());
            for (long at = 0; at + Long.BYTES <= length(host, number); at += Long.BYTES) {
                block.memory().set(ValueLayout.JAVA_LONG, block.payloadOffset() + at, pattern(host, number, at));
            }
            own.add(block);
        }
        blocks.add(own);
    }

    /** Payloads of different lengths, up to the whole element. */
    long length(final int host, final int number) {
        final long longs = config.payloadBytes() / Long.BYTES;
        return number % 3 == 0 ? longs * Long.BYTES : (1 + (host * 31L + number * 17L) % longs) * Long.BYTES;
    }

    static long pattern(final int host, final int number, final long at) {
        return (host + 1L) * 1_000_003L + number * 10_007L + at;
    }

    boolean isIntact(final RingElement element) {
        final int owner = element.owner();
        final int number = (int)element.serial();
        if (element.payloadLength() != length(owner, number)) {
            return false;
        }
        for (long at = 0; at + Long.BYTES <= element.payloadLength(); at += Long.BYTES) {
            if (element.memory().get(ValueLayout.JAVA_LONG, element.payloadOffset() + at) != pattern(owner, number, at)) {
                return false;
            }
        }
        return true;
    }

    /** Host 0 of a larger ring whose other host never comes. */
    void joinAlone(final RingConfig larger) throws Exception {
        final InetSocketAddress here = listeners.getFirst().address();
        final NodeDirectory directory = new NodeDirectory(List.of(here, new InetSocketAddress(here.getAddress(), 1)));
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            thread.submit(() -> RingSetup.join(nodes.getFirst(), listeners.getFirst(), directory, 0, larger, SystemNanoClock.INSTANCE,
                Duration.ofMillis(200))).get();
        }
    }

    void runUntil(final BooleanSupplier done) {
        Agents.runUntil(done, TestProvider.deadline(), hosts);
    }

    void step(final int rounds) {
        for (int round = 0; round < rounds; round++) {
            Agents.step(hosts);
        }
    }

    @Override
    public void close() {
        hosts.forEach(Roundabout::close);
        for (int i = 0; i < nodes.size(); i++) {
            if (i < stores.size()) {
                nodes.get(i).retire(stores.get(i));
            }
            listeners.get(i).close();
            nodes.get(i).close();
        }
    }
}
