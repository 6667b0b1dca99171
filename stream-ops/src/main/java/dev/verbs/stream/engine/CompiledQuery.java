package dev.verbs.stream.engine;

import dev.verbs.stream.Partitioner;
import dev.verbs.stream.Query;
import dev.verbs.stream.state.EntryDescriptor;
import dev.verbs.stream.state.OperatorKernel;

/**
 * A query with inner loops of its own. Immutable; any thread. Use it again for later runs of the same query: the loops are then
 * already compiled by the JVM.
 */
public final class CompiledQuery {
    private final Query query;
    private final Partitioner partitioner;
    private final OperatorKernel kernel;

    private CompiledQuery(final Query query, final Partitioner partitioner) {
        this.query = query;
        this.partitioner = partitioner;
        this.kernel = Kernels.compile(query, partitioner);
    }

    /**
     * Defines the loops of a query, as a hidden class: its filter, offsets, window and aggregate are constants of that class.
     *
     * @param query       the query
     * @param partitioner who leads which key
     * @return the query and its loops
     */
    public static CompiledQuery of(final Query query, final Partitioner partitioner) {
        return new CompiledQuery(query, partitioner);
    }

    /**
     * What was compiled.
     *
     * @return the query
     */
    public Query query() {
        return query;
    }

    /**
     * Who leads which key.
     *
     * @return the partitioner
     */
    public Partitioner partitioner() {
        return partitioner;
    }

    /**
     * The inner loops.
     *
     * @return the kernel, stateless
     */
    public OperatorKernel kernel() {
        return kernel;
    }

    /**
     * The size of an entry of state.
     *
     * @return bytes
     */
    public int entryBytes() {
        return EntryDescriptor.entryBytes(query.aggregate());
    }
}
