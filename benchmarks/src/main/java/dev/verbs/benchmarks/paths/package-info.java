/**
 * What each path of the verbs costs in this library, beside C and beside a hand-written loop.
 *
 * <pre>
 *   Bench (./verbs bench) ──► JMH, in JVMs of its own ──► PostBenchmark, PollBenchmark, RoundTripBenchmark, ... (SideBySide)
 *     │ Figure                                                │ Samples: a chunk of each side in turn
 *     ▼                                                       ├──► CSide ────────► loops.c ─────────────┐
 *   Report (table, JSON), Limits (verdicts)                   ├──► BareLoops ──► BareCalls (downcalls) ─┼──► function pointers of
 *                                                             └──► LibraryLoops ──► dev.verbs ──────────┘    a libibverbs.so.1
 *                                                                  set-up paths: setup.c, BareSetup, LibrarySetup
 * </pre>
 *
 * <p>The target {@code c} is a libibverbs.so.1 of our own (provider/verbs.c) whose device does nothing; it is loaded before the real
 * one and takes its place, so that programs in C and this library run on it unchanged. The C sources are compiled by the system's C
 * compiler when they are first needed, into this module's target directory.
 */
package dev.verbs.benchmarks.paths;
