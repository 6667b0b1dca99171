package dev.verbs.stream.engine;

import dev.verbs.PortOptions;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.stream.Partitioner;
import dev.verbs.stream.RecordSource;
import dev.verbs.stream.StreamException;
import dev.verbs.stream.WindowResultHandler;
import dev.verbs.stream.exchange.LocalFabric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A query on several nodes of one process: node i reads source i and hands the results of the keys that it leads to handler i.
 * The nodes share the provider, the immutable query and its code, and no other object.
 *
 * <p>One run per cluster. {@link #run} uses threads that it starts and ends; with none, the caller's thread steps all nodes.
 */
public final class LocalCluster implements AutoCloseable {
    private final List<StreamWorker> workers = new ArrayList<>();
    private final LocalFabric fabric;
    private final NanoClock clock;
    private boolean started;

    private LocalCluster(final LocalFabric fabric, final NanoClock clock) {
        this.fabric = fabric;
        this.clock = clock;
    }

    /**
     * Opens one node per source on the default port of the provider, every node leading an equal part of the keys. Blocks until
     * all channels stand.
     *
     * @param provider where the devices are; stays the caller's
     * @param query    the query
     * @param config   batches, epochs, channels and the deadline
     * @param sources  the slices, one per node
     * @param handlers who takes the results, one per node, each called by the thread of its node
     * @return the cluster, to be closed by the caller
     */
    public static LocalCluster open(final VerbsProvider provider, final CompiledQuery query, final StreamConfig config,
                                    final List<? extends RecordSource> sources, final List<? extends WindowResultHandler> handlers) {
        return open(provider, PortOptions.AUTOMATIC, query, config, sources, handlers, SystemNanoClock.INSTANCE);
    }

    /**
     * Opens one node per source. Blocks until all channels stand.
     *
     * @param provider where the devices are; stays the caller's
     * @param options  device and port of all nodes
     * @param query    the query, compiled for as many executors as there are sources
     * @param config   batches, epochs, channels and the deadline
     * @param sources  the slices, one per node
     * @param handlers who takes the results, one per node, each called by the thread of its node
     * @param clock    for the deadline and the channels' timers
     * @return the cluster, to be closed by the caller
     * @throws dev.verbs.VerbsException if there is no device, or a connection cannot be made: nothing is left open
     */
    public static LocalCluster open(final VerbsProvider provider, final PortOptions options, final CompiledQuery query,
                                    final StreamConfig config, final List<? extends RecordSource> sources,
                                    final List<? extends WindowResultHandler> handlers, final NanoClock clock) {
        final int nodes = sources.size();
        final Partitioner partitioner = query.partitioner();
        if (nodes != partitioner.executors() || nodes != handlers.size()) {
            throw new IllegalArgumentException(nodes + " sources, " + handlers.size() + " handlers and a query for "
                + partitioner.executors() + " executors: one of each per node is needed");
        }
        Objects.requireNonNull(clock, "clock");
        final LocalFabric fabric = LocalFabric.connect(provider, options, nodes, config.slots(), config.slotBytes(),
            query.entryBytes(), clock, Duration.ofNanos(config.deadlineNs()));
        final LocalCluster cluster = new LocalCluster(fabric, clock);
        try {
            for (int i = 0; i < nodes; i++) {
                cluster.workers.add(new StreamWorker(i, nodes, query.query(), query.kernel(), config, sources.get(i),
                    fabric.exchange(i), handlers.get(i), clock));
            }
            return cluster;
        } catch (final RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /**
     * Runs the query to the end of all sources. Blocks.
     *
     * @param threads threads that share the nodes, 0 for the caller's own
     * @return what was done
     * @throws StreamException if a node failed, a peer was lost, or the deadline has passed: there is no complete answer then
     */
    public StreamReport run(final int threads) {
        if (started) {
            throw new IllegalStateException("a cluster runs once: open another one");
        }
        started = true;
        final long start = clock.nanoTime();
        new WorkerRunner(workers).run(threads);
        return report(clock.nanoTime() - start);
    }

    private StreamReport report(final long elapsedNs) {
        long records = 0;
        long late = 0;
        long epochs = 0;
        long pairs = 0;
        long windows = 0;
        long stalls = 0;
        long buffers = 0;
        long bytes = 0;
        for (final StreamWorker worker : workers) {
            final StreamCounters counters = worker.counters();
            records += counters.records;
            late += counters.late;
            epochs += counters.epochs;
            pairs += counters.pairs;
            windows += counters.windows;
            stalls += counters.stalls;
            buffers += counters.buffersSent;
            bytes += counters.bytesSent;
        }
        return new StreamReport(workers.size(), records, late, epochs, pairs, windows, stalls, buffers, bytes, elapsedNs);
    }

    /** The nodes, for tests that step them or cut their channels. */
    List<StreamWorker> workers() {
        return workers;
    }

    /** The channels, for tests that cut them. */
    LocalFabric fabric() {
        return fabric;
    }

    /** Closes channels, nodes and state. Idempotent. */
    @Override
    public void close() {
        fabric.close();
        workers.forEach(StreamWorker::close);
    }
}
