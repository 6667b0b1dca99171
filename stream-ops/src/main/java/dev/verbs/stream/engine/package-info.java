/**
 * Runs queries.
 *
 * <pre>
 *   LocalCluster ──► StreamWorker (Agent, one per node) ──┬── RecordSource          its slice
 *     steps or          │                                 ├── PartialState          what it counted in this epoch
 *     threads           ▼                                 ├── Exchange              deltas out and in
 *                   OperatorKernel (hidden class          ├── WatermarkVector       who has come how far
 *                   per query, made by Kernels)           └── WindowStore ──► WindowResultHandler
 * </pre>
 */
package dev.verbs.stream.engine;
