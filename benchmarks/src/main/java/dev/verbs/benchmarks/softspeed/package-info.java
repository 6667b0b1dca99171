/**
 * How fast the software device is, each figure beside its limit of the same run.
 *
 * <pre>
 *   SoftSpeed (./verbs softspeed) ──► JMH, in JVMs of its own ──► WriteBenchmark (64 KiB against a copy; batches of 8 bytes)
 *       │ limits, medians, verdict                                 MessageBenchmark (two threads: sends and receives)
 *       ▼                                                          PingPongBenchmark (two threads: writes against bare stores)
 *   table, JSON, exit status                                           │             │
 *                                                     Samples ◄────────┴── SpeedPair ┴── Partner (the second thread)
 * </pre>
 *
 * <p>A benchmark's invocation is one chunk: it does the thing and what limits it in turn, a fraction of a millisecond each, so that
 * both meet the same machine. Of an iteration the median over its chunks counts, of a run the median over its iterations.
 */
package dev.verbs.benchmarks.softspeed;
