package dev.verbs.stream.engine;

import dev.verbs.stream.Aggregate;
import dev.verbs.stream.Filter;
import dev.verbs.stream.Partitioner;
import dev.verbs.stream.WindowAssigner;
import dev.verbs.stream.WindowResultHandler;
import dev.verbs.stream.state.EntryDescriptor;
import dev.verbs.stream.state.OperatorKernel;
import dev.verbs.stream.state.PartialState;
import dev.verbs.stream.state.StateTable;
import dev.verbs.stream.state.WindowStore;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/**
 * The template of all kernels. It is never used itself: {@link Kernels} defines it anew, as a hidden class, for each query, whose
 * {@link KernelPlan} arrives as class data. So all below is constant to the compiler, which folds offsets and sizes, inlines
 * filter and aggregate without a type check, and profiles each query apart. No lambdas or nested classes here: they would
 * belong to the template.
 */
final class AggregationKernel implements OperatorKernel {
    private static final KernelPlan PLAN = Kernels.classData(MethodHandles.lookup());
    private static final long RECORD_BYTES = PLAN.recordBytes();
    private static final long KEY_OFFSET = PLAN.keyOffset();
    private static final long TIME_OFFSET = PLAN.timeOffset();
    private static final Filter FILTER = PLAN.filter();
    private static final WindowAssigner WINDOW = PLAN.window();
    private static final Aggregate AGGREGATE = PLAN.aggregate();
    private static final Partitioner PARTITIONER = PLAN.partitioner();
    private static final long ENTRY_BYTES = EntryDescriptor.entryBytes(AGGREGATE);

    AggregationKernel() {
    }

    @Override
    public long aggregate(final MemorySegment records, final long offset, final long count, final PartialState state) {
        final int block = state.selection().length;
        for (long done = 0; done < count; done += block) {
            final long at = offset + done * RECORD_BYTES;
            final int kept = select(records, at, (int) Math.min(block, count - done), state.selection());
            final long refused = update(records, state, kept);
            if (refused >= 0) {
                return (refused - offset) / RECORD_BYTES;
            }
        }
        return count;
    }

    /** Lists the offsets of the records that are kept. No branch depends on the data, so none is mispredicted. */
    private static int select(final MemorySegment records, final long offset, final int count, final long[] selection) {
        int kept = 0;
        long at = offset;
        for (int i = 0; i < count; i++) {
            selection[kept] = at;
            kept += FILTER.test(records, at) ? 1 : 0;
            at += RECORD_BYTES;
        }
        return kept;
    }

    /** Updates the state with the selected records, whose probes can overlap; returns the offset that found no room, or -1. */
    private static long update(final MemorySegment records, final PartialState state, final int kept) {
        final long[] selection = state.selection();
        final StateTable table = state.active();
        final MemorySegment log = table.log();
        final long firstOpen = state.firstOpenWindow();
        long window = 0;
        long windowStart = WINDOW.startOf(0);
        boolean open = window >= firstOpen;
        for (int i = 0; i < kept; i++) {
            final long at = selection[i];
            final long time = records.get(EntryDescriptor.INT64, at + TIME_OFFSET);
            if (!WINDOW.contains(windowStart, time)) {
                window = WINDOW.windowOf(time);
                windowStart = WINDOW.startOf(window);
                open = window >= firstOpen;
            }
            if (open) {
                final long key = records.get(EntryDescriptor.INT64, at + KEY_OFFSET);
                final long hash = StateTable.hash(key);
                long entry = table.findOrAdd(PARTITIONER.leaderOf(hash), hash, window, key);
                if (entry < 0) {
                    if (entry == StateTable.FULL) {
                        return at;
                    }
                    entry = ~entry;
                    AGGREGATE.init(log, entry + EntryDescriptor.SLOT);
                }
                AGGREGATE.update(log, entry + EntryDescriptor.SLOT, records, at);
            } else {
                state.addLate(1);
            }
        }
        return -1;
    }

    @Override
    public void merge(final MemorySegment entries, final long offset, final long count, final WindowStore windows) {
        long window = 0;
        StateTable table = null;
        for (long i = 0, at = offset; i < count; i++, at += ENTRY_BYTES) {
            final long pairWindow = entries.get(EntryDescriptor.INT64, at + EntryDescriptor.WINDOW);
            if (table == null || pairWindow != window) {
                window = pairWindow;
                table = windows.tableOf(window);
            }
            final long key = entries.get(EntryDescriptor.INT64, at + EntryDescriptor.KEY);
            final long hash = StateTable.hash(key);
            long entry = table.findOrAdd(0, hash, window, key);
            while (entry == StateTable.FULL) {
                table.grow();
                entry = table.findOrAdd(0, hash, window, key);
            }
            if (entry < 0) {
                entry = ~entry;
                AGGREGATE.init(table.log(), entry + EntryDescriptor.SLOT);
            }
            AGGREGATE.merge(table.log(), entry + EntryDescriptor.SLOT, entries, at + EntryDescriptor.SLOT);
        }
    }

    @Override
    public void emit(final StateTable table, final long windowStart, final WindowResultHandler handler) {
        final MemorySegment log = table.log();
        final long start = table.logOffset(0);
        final long end = start + table.size(0) * ENTRY_BYTES;
        for (long at = start; at < end; at += ENTRY_BYTES) {
            handler.onResult(windowStart, log.get(EntryDescriptor.INT64, at + EntryDescriptor.KEY),
                AGGREGATE.result(log, at + EntryDescriptor.SLOT));
        }
    }
}
