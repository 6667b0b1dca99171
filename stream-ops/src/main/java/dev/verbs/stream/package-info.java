/**
 * Stream processing with partial state that is merged late, as in Slash (SIGMOD 2022): every node runs the whole query on its own
 * slice, counts into off-heap state without repartitioning, and ships deltas to the leaders of the keys at the end of an epoch.
 *
 * <pre>
 *   RecordSchema ──► Query (filter, key, TumblingWindow, Aggregate) ──┐
 *   RecordSource, one per node ───────────────────────────────────────┼──► engine.LocalCluster ──► WindowResultHandler
 *   Partitioner (who leads which key) ────────────────────────────────┘
 * </pre>
 *
 * <p>An example, kept true by {@code ExampleTest}: views per campaign in windows of 10 s, on two nodes of this process.
 *
 * <pre>{@code
 * RecordSchema schema = RecordSchema.named("clicks").int64("campaign").bytes("type", 9).eventTime("time").build();
 * Query query = Query.from(schema)
 *     .filter(Filter.textEquals(schema.field("type"), "view"))
 *     .key("campaign").tumbling(10_000).count();
 * WindowResultHandler print = (windowStart, campaign, views) ->
 *     out.println(windowStart + ": campaign " + campaign + " had " + views + " views");
 *
 * // a and b: MemorySegments full of records, at most 500 ms out of order
 * var slices = List.of(new MemoryRecordSource(schema, a, 500), new MemoryRecordSource(schema, b, 500));
 * try (VerbsProvider provider = Verbs.select(Verbs.AUTO).provider();
 *      LocalCluster cluster = LocalCluster.open(provider, CompiledQuery.of(query, Partitioner.even(2)),
 *          StreamConfig.DEFAULT, slices, List.of(print, print))) {
 *     StreamReport report = cluster.run(2);
 *     out.println(report.records() + " records, " + report.late() + " late");
 * }
 * }</pre>
 *
 * <p>Event time is in milliseconds. A record whose window was already promised to be complete is late: it is dropped and counted,
 * and there is none if the source's watermark is right. A run that fails has no complete answer and says so with a
 * {@link dev.verbs.stream.StreamException}; windows that were handed out before are complete and right.
 */
package dev.verbs.stream;
