/**
 * Off-heap state: what a worker has counted and not yet shipped, and what a leader has merged and not yet triggered.
 *
 * <pre>
 *   PartialState (a worker's) ──┬── active   StateTable ◄── OperatorKernel.aggregate(records)
 *                               └── closing  StateTable ──► shipped per leader, then cleared: nothing counts twice
 *   WindowStore (a leader's) ───── StateTable per open window ◄── OperatorKernel.merge(pairs)
 *
 *   StateTable = index (open addressing, 4 bytes per bucket) ──► log of entries, dense, per leader
 * </pre>
 *
 * <p>An entry of the log is {@code window i64 | key i64 | slot of the aggregate}; the log of an epoch is what travels.
 */
package dev.verbs.stream.state;
