package dev.verbs.stream.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.verbs.stream.MemoryRecordSource;
import dev.verbs.stream.Partitioner;
import dev.verbs.stream.Query;
import dev.verbs.stream.engine.StreamFixture.Results;
import dev.verbs.stream.state.EntryDescriptor;
import dev.verbs.stream.state.OperatorKernel;
import dev.verbs.stream.state.PartialState;
import dev.verbs.stream.state.StateTable;
import dev.verbs.stream.state.WindowStore;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelTest {
    private static final int PARTS = 7;
    private static final long WINDOW_MS = 50;

    @Test
    void shouldMergeToTheSameResultInAnyOrder() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Query query = StreamFixture.query(true, WINDOW_MS, "max");
        final int entryBytes = EntryDescriptor.entryBytes(query.aggregate());
        final OperatorKernel kernel = Kernels.compile(query, Partitioner.even(1));
        final List<PartialState> deltas = new ArrayList<>();
        try (StreamFixture fixture = StreamFixture.random(random, PARTS, 2_000, 200)) {
            for (int i = 0; i < PARTS; i++) {
                final PartialState partial = new PartialState(1, 1 << 14, entryBytes);
                deltas.add(partial);
                final MemoryRecordSource source = fixture.source(i);
                final long count = Math.max(0, source.poll(Long.MAX_VALUE));
                assertEquals(count, kernel.aggregate(source.segment(), 0, count, partial));
            }
            final Map<StreamFixture.Cell, Long> expected = fixture.expected(true, WINDOW_MS, "max");
            for (int order = 0; order < 20; order++) {
                Collections.shuffle(deltas, random);
                try (WindowStore windows = new WindowStore(query.window(), 1 + random.nextInt(50), entryBytes)) {
                    for (final PartialState each : deltas) {
                        final StateTable table = each.active();
                        kernel.merge(table.log(), table.logOffset(0), table.size(0), windows);
                    }
                    final Results results = new Results();
                    while (windows.trigger(Long.MAX_VALUE, kernel, results) > 0) {
                        continue;
                    }
                    assertEquals(expected, results.cells, "seed " + seed);
                }
            }
        } finally {
            deltas.forEach(PartialState::close);
        }
    }

    @Test
    void shouldBeAClassOfItsOwnPerQuery() {
        final OperatorKernel first = Kernels.compile(StreamFixture.query(true, 10, "count"), Partitioner.even(2));
        final OperatorKernel second = Kernels.compile(StreamFixture.query(false, 10, "sum"), Partitioner.even(2));
        assertTrue(first.getClass().isHidden());
        assertNotSame(first.getClass(), second.getClass());
    }

    @Test
    void shouldAllocateNothingPerRecord() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Query query = StreamFixture.query(true, WINDOW_MS, "count");
        final OperatorKernel kernel = Kernels.compile(query, Partitioner.even(3));
        long records = 0;
        try (StreamFixture fixture = StreamFixture.random(new Random(6), 1, 100_000, 5_000);
             PartialState partial = new PartialState(3, 1 << 17, EntryDescriptor.entryBytes(query.aggregate()))) {
            final MemoryRecordSource source = fixture.source(0);
            final long count = source.poll(Long.MAX_VALUE);
            assertTrue(count > 1_000, count + " records");
            long before = 0;
            for (int pass = 0; pass < 200; pass++) {
                if (pass == 100) {
                    before = threads.getCurrentThreadAllocatedBytes();
                    records = 0;
                }
                records += kernel.aggregate(source.segment(), 0, count, partial);
            }
            final long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            System.out.printf("%d bytes allocated in %d records%n", bytes, records);
            assertTrue(bytes < 10_000, bytes + " bytes allocated in " + records + " records");
        }
    }
}
