package dev.verbs.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.verbs.Verbs;
import dev.verbs.spi.VerbsProvider;
import dev.verbs.stream.engine.CompiledQuery;
import dev.verbs.stream.engine.LocalCluster;
import dev.verbs.stream.engine.StreamConfig;
import dev.verbs.stream.engine.StreamReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of the package's page. */
class ExampleTest {
    @Test
    void shouldPrintViewsPerCampaign() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        final RecordSchema schema = RecordSchema.named("clicks").int64("campaign").bytes("type", 9).eventTime("time").build();
        final Query query = Query.from(schema)
            .filter(Filter.textEquals(schema.field("type"), "view"))
            .key("campaign").tumbling(10_000).count();
        final WindowResultHandler print = (windowStart, campaign, views) ->
            out.println(windowStart + ": campaign " + campaign + " had " + views + " views");
        try (Arena arena = Arena.ofShared()) {
            final MemorySegment a = records(arena, schema, "view", "click", "view");
            final MemorySegment b = records(arena, schema, "view", "view", "purchase");
            final var slices = List.of(new MemoryRecordSource(schema, a, 500), new MemoryRecordSource(schema, b, 500));
            try (VerbsProvider provider = Verbs.select(System.getProperty("dev.verbs.test.provider", "soft")).provider();
                 LocalCluster cluster = LocalCluster.open(provider, CompiledQuery.of(query, Partitioner.even(2)),
                     StreamConfig.DEFAULT, slices, List.of(print, print))) {
                final StreamReport report = cluster.run(2);
                out.println(report.records() + " records, " + report.late() + " late");
            }
        }
        assertEquals(List.of("0: campaign 8 had 3 views", "10000: campaign 8 had 1 views", "6 records, 0 late"),
            bytes.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private static MemorySegment records(final Arena arena, final RecordSchema schema, final String... types) {
        final MemorySegment memory = arena.allocate(types.length * schema.recordBytes());
        final RecordFlyweight record = new RecordFlyweight(schema);
        for (int i = 0; i < types.length; i++) {
            record.wrap(memory, i * schema.recordBytes()).number(schema.field("campaign"), 8).text(schema.field("type"), types[i])
                .number(schema.eventTime(), 6_000 * i);
        }
        return memory;
    }
}
