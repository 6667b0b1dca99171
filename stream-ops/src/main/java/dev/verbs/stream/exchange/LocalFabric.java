package dev.verbs.stream.exchange;

import dev.verbs.PortOptions;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.transport.TransportNode;
import dev.verbs.transport.channel.Mesh;
import dev.verbs.transport.channel.WriteChannelConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;

/**
 * Executors of one process, each a node of its own with its own opened device, connected with each other by one-sided channels.
 * They share nothing but the provider, which stays the caller's. Set-up calls, one thread.
 */
public final class LocalFabric implements AutoCloseable {
    private final List<TransportNode> nodes = new ArrayList<>();
    private List<Mesh> meshes = List.of();
    private final List<Exchange> exchanges = new ArrayList<>();

    private LocalFabric() {
    }

    /**
     * Opens the nodes and connects each with every other. Blocks until all channels stand.
     *
     * @param provider   where the devices are
     * @param options    device and port of all nodes; what is left out is chosen
     * @param executors  how many, at least 1
     * @param slots      slots per channel
     * @param slotBytes  bytes per slot
     * @param entryBytes bytes per entry of state, from {@link dev.verbs.stream.state.EntryDescriptor#entryBytes}
     * @param clock      for the channels' timers
     * @param timeout    for everything together
     * @return the fabric, to be closed by the caller
     * @throws dev.verbs.VerbsException if there is no device, or a connection cannot be made: nothing is left open
     */
    public static LocalFabric connect(final VerbsProvider provider, final PortOptions options, final int executors, final int slots,
                                      final int slotBytes, final int entryBytes, final NanoClock clock, final Duration timeout) {
        final LocalFabric fabric = new LocalFabric();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("stream-setup-", 0).factory())) {
            for (int i = 0; i < executors; i++) {
                fabric.nodes.add(TransportNode.open(provider, options));
            }
            fabric.meshes = Mesh.inProcess(fabric.nodes, WriteChannelConfig.of(slots, slotBytes), clock, threads, timeout);
            fabric.meshes.forEach(mesh -> fabric.exchanges.add(new ChannelExchange(mesh, entryBytes)));
            return fabric;
        } catch (final RuntimeException e) {
            fabric.close();
            throw e;
        }
    }

    /**
     * The exchange of one executor.
     *
     * @param executor its number
     * @return the exchange, for the agent of that executor alone
     */
    public Exchange exchange(final int executor) {
        return exchanges.get(executor);
    }

    /** Disconnects all, then closes the channels and the nodes; the agents must have stopped. Idempotent. */
    @Override
    public void close() {
        Mesh.closeAll(meshes);
        CloseHelper.closeAll(nodes);
    }
}
