package dev.verbs.stream.engine;

import dev.verbs.stream.Aggregate;
import dev.verbs.stream.Filter;
import dev.verbs.stream.Partitioner;
import dev.verbs.stream.Query;
import dev.verbs.stream.WindowAssigner;

/** What a kernel is made for. */
record KernelPlan(long recordBytes, long keyOffset, long timeOffset, Filter filter, WindowAssigner window, Aggregate aggregate,
                  Partitioner partitioner) {
    static KernelPlan of(final Query query, final Partitioner partitioner) {
        return new KernelPlan(query.schema().recordBytes(), query.key().offset(), query.schema().eventTime().offset(),
            query.filter(), query.window(), query.aggregate(), partitioner);
    }
}
