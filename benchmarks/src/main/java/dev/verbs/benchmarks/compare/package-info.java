/**
 * {@code ./verbs compare}: C's perftest and {@code ./verbs perf} side by side.
 *
 * <pre>
 *   Compare ──┬── Guest (on a machine without a device: itself, in the virtual machine)
 *             ├── Rounds ── PerfPair ──┬── CPair     a process per end and measurement ────┐
 *             │     │                  └── JavaPair  a JVM per end, PerfHost inside ───────┴── Child, Listening, Pinning
 *             │     ├── Signals, Slices (who runs)
 *             │     └── PerfOutput (text) ──► Sample
 *             └── Result (JSON) ── Cell (test and size) ──┬── TextReport
 *                                                         └── Page ── Plots (SVG)
 * </pre>
 */
package dev.verbs.benchmarks.compare;
