/**
 * The tools of perftest 4.5 in Java, which talk to C's.
 *
 * <pre>
 *   PerfCommand (a subcommand per PerfTool, options: PerfFlag) ── PerfConfigReader ──► PerfConfig, PerfPath.Options
 *        │
 *   PerfSession: warm-up, then one end, or both on the software device
 *        │
 *   PerfRun, one end ── Meeting ──► Wire:  TcpMeeting, TcpListener ──► TcpWire      (the default)
 *        │                                 CmMeeting ──► CmWire                     (-R, -z)
 *        │                                 PipeWire                                 (warm-up)
 *        ├── Exchange: versions, MTU, PerfKeys, barriers, BandwidthReport
 *        ├── PerfEnd: queue pairs (PerfService), PerfBuffers, prepared requests in a PackedArena; Receives ── ReceiveLane
 *        └── Stage ──┬── LatencyFlow ──► LatencyLoop: WriteLatency, SendLatency, FetchLatency ── CqWait
 *                    │                        └──► LatencyReport
 *                    └── BandwidthFlow ──► Sender ── SendLane, Receiver, BothWays ── Idle
 *                                             └──► BandwidthReport
 *   Watch ends every wait; Stopwatch times -D; Compilers settle before each loop; Cost is what a loop allocates, and what is compiled
 *   beside it; PerfPrinter and PerfJson report
 * </pre>
 */
package dev.verbs.examples.perf;
