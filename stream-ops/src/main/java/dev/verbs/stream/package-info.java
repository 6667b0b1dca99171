/**
 * Stream processing with partial state that is merged late, as in Slash (SIGMOD 2022): every node runs the whole query on its own
 * slice, counts into off-heap state without repartitioning, and ships deltas to the leaders of the keys at the end of an epoch.
 *
 * <pre>
 *   RecordSchema ──► Query (filter, key, TumblingWindow, Aggregate) ──┐
 *   RecordSource, one per node ───────────────────────────────────────┼──► engine.LocalCluster ──► WindowResultHandler
 *   Partitioner (who leads which key) ────────────────────────────────┘
 * </pre>
 */
package dev.verbs.stream;
