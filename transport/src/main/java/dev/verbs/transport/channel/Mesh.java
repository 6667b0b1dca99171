package dev.verbs.transport.channel;

import dev.verbs.cm.CmListener;
import dev.verbs.memory.RegisteredArena;
import dev.verbs.transport.Cleanup;
import dev.verbs.transport.NodeDirectory;
import dev.verbs.transport.TransportNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * One node's part of a mesh: a write channel to every other node and one from every other node. All of its memory lies in one
 * arena.
 *
 * <p>Set-up blocks, with a deadline, and needs every node to take part at the same time: in processes of their own, or in
 * threads of their own ({@link #inProcess}). Afterwards one thread owns all ends of a node; one thread may own all nodes.
 */
public final class Mesh implements Agent, AutoCloseable {
    private final int self;
    private final TransportNode node;
    private final CmListener listener;
    private final RegisteredArena arena;
    private final ChannelProducer[] producers;
    private final ChannelConsumer[] consumers;
    private boolean closed;

    private Mesh(final TransportNode node, final CmListener listener, final int nodes, final int self,
        final WriteChannelConfig config) {
        this.self = self;
        this.node = node;
        this.listener = listener;
        this.producers = new ChannelProducer[nodes];
        this.consumers = new ChannelConsumer[nodes];
        this.arena = RegisteredArena.ofShared(Math.max(1, 2L * (nodes - 1) * ChannelMemory.footprint(config)));
    }

    /**
     * Listens at this node's address of the directory and connects to all others. Blocks; nodes may start in any order.
     *
     * @param node      this side
     * @param directory who listens where, the same on every node
     * @param self      number of this node in it
     * @param config    slots and timers of every channel, the same on every node
     * @param clock     for probes and deadlines of the channels
     * @param timeout   for everything together
     * @return this node's part, to be closed by the caller
     * @throws dev.verbs.VerbsException if a node does not take part in time, or with another configuration; nothing is left open
     */
    public static Mesh connect(final TransportNode node, final NodeDirectory directory, final int self,
        final WriteChannelConfig config, final NanoClock clock, final Duration timeout) {
        Objects.checkIndex(self, directory.size());
        final CmListener listener = CmListener.bind(node.provider(), directory.address(self), backlog(directory.size()));
        return connect(node, listener, directory, self, config, clock, timeout);
    }

    private static int backlog(final int nodes) {
        return Math.max(1, nodes);
    }

    private static Mesh connect(final TransportNode node, final CmListener listener, final NodeDirectory directory,
        final int self, final WriteChannelConfig config, final NanoClock clock, final Duration timeout) {
        Mesh mesh = null;
        try {
            mesh = new Mesh(node, listener, directory.size(), self, config);
            new MeshSetup(node, listener, mesh.arena, directory, self, config, clock, timeout)
                .run(mesh.producers, mesh.consumers);
            return mesh;
        } catch (final Throwable e) {
            Cleanup.after(e, mesh == null ? listener : mesh);
            throw e;
        }
    }

    /**
     * Connects nodes of this process with each other, each listening at any free port of its address. Blocks.
     *
     * @param nodes    the nodes; node i of the mesh is the i-th
     * @param config   slots and timers of every channel
     * @param clock    for probes and deadlines of the channels
     * @param executor runs one blocking task per node, all at the same time; use platform threads with a real device, whose
     *                 waits in C hold the carrier of a virtual thread
     * @param timeout  for everything together
     * @return every node's part, to be closed by the caller with {@link #closeAll}
     * @throws dev.verbs.VerbsException if a connection cannot be made; nothing is left open
     * @throws java.util.concurrent.RejectedExecutionException if the executor refuses a task: after those that it took have
     *     ended, at the latest with the timeout; nothing is left open
     */
    public static List<Mesh> inProcess(final List<TransportNode> nodes, final WriteChannelConfig config, final NanoClock clock,
        final Executor executor, final Duration timeout) {
        final List<CmListener> listeners = new ArrayList<>();
        final List<CompletableFuture<Mesh>> tasks = new ArrayList<>();
        try {
            for (final TransportNode node : nodes) {
                listeners.add(node.listen(0, backlog(nodes.size())));
            }
            final NodeDirectory directory = new NodeDirectory(listeners.stream().map(CmListener::address).toList());
            for (int i = 0; i < nodes.size(); i++) {
                final int self = i;
                tasks.add(CompletableFuture.supplyAsync(() -> connect(nodes.get(self), listeners.get(self), directory, self,
                    config, clock, timeout), executor));
            }
        } catch (final Throwable e) {
            listeners.subList(tasks.size(), listeners.size()).forEach(listener -> Cleanup.after(e, listener));
            Cleanup.after(e, () -> closeAll(join(tasks))); // a task closes its listener itself
            throw e;
        }
        return join(tasks);
    }

    private static List<Mesh> join(final List<CompletableFuture<Mesh>> tasks) {
        final List<Mesh> meshes = new ArrayList<>();
        final List<Throwable> failures = new ArrayList<>();
        for (final CompletableFuture<Mesh> task : tasks) {
            try {
                meshes.add(task.join());
            } catch (final CompletionException e) {
                failures.add(e.getCause());
            }
        }
        if (failures.isEmpty()) {
            return meshes;
        }
        final Throwable first = failures.getFirst();
        failures.stream().filter(other -> other != first).forEach(first::addSuppressed);
        Cleanup.after(first, () -> closeAll(meshes));
        if (first instanceof Error error) {
            throw error;
        }
        throw first instanceof RuntimeException e ? e : new CompletionException(first);
    }

    /**
     * Closes the parts of several nodes of this process: all disconnect first, so that none waits for another.
     *
     * @param meshes the parts
     */
    public static void closeAll(final List<Mesh> meshes) {
        final List<AutoCloseable> steps = new ArrayList<>();
        meshes.forEach(mesh -> steps.add(mesh::disconnect));
        steps.addAll(meshes);
        CloseHelper.closeAll(steps);
    }

    /**
     * How many nodes the mesh has.
     *
     * @return the count, this one included
     */
    public int size() {
        return producers.length;
    }

    /**
     * Which node this is.
     *
     * @return its number
     */
    public int self() {
        return self;
    }

    /**
     * The channel to another node.
     *
     * @param peer its number
     * @return the producer; null for this node itself
     */
    public ChannelProducer to(final int peer) {
        return producers[peer];
    }

    /**
     * The channel from another node.
     *
     * @param peer its number
     * @return the consumer; null for this node itself
     */
    public ChannelConsumer from(final int peer) {
        return consumers[peer];
    }

    /**
     * Does every end's duty. Never blocks.
     *
     * @return work done
     */
    @Override
    public int doWork() {
        int work = 0;
        for (int i = 0; i < producers.length; i++) {
            if (i != self) {
                work += producers[i].doWork() + consumers[i].doWork();
            }
        }
        return work;
    }

    /**
     * Whether every stream has ended, in both directions.
     *
     * @return true if so
     */
    public boolean isEnded() {
        for (int i = 0; i < producers.length; i++) {
            if (i != self && !(producers[i].isEnded() && consumers[i].isEnded())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Why the first end that failed did. Allocates: for people.
     *
     * @return a sentence, null if none failed
     */
    public String failure() {
        for (int i = 0; i < producers.length; i++) {
            if (i != self && producers[i].state() == ChannelState.FAILED) {
                return producers[i].failure();
            }
            if (i != self && consumers[i].state() == ChannelState.FAILED) {
                return consumers[i].failure();
            }
        }
        return null;
    }

    @Override
    public String roleName() {
        return "mesh node " + self + " of " + size();
    }

    @Override
    public void onClose() {
        close();
    }

    /** Starts to disconnect every end and does not wait. */
    public void disconnect() {
        for (int i = 0; i < producers.length; i++) {
            if (producers[i] != null) {
                producers[i].disconnect();
            }
            if (consumers[i] != null) {
                consumers[i].disconnect();
            }
        }
    }

    /** Disconnects, closes every end, gives the memory back and stops listening. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        final List<AutoCloseable> steps = new ArrayList<>();
        steps.add(this::disconnect);
        steps.addAll(Arrays.asList(producers));
        steps.addAll(Arrays.asList(consumers));
        steps.add(() -> node.retire(arena));
        steps.add(listener);
        CloseHelper.closeAll(steps);
    }
}
