/**
 * The software device: connections reliable and not, datagrams and a connection manager in plain Java, for one JVM.
 *
 * <pre>
 *   SoftNetwork ─┬─ SoftProvider (one per host)
 *                ├─ Topology ── Link (LinkModel), HostPort      how long things take
 *                ├─ Faults (FaultPlan)                          what goes wrong
 *                └─ VirtualTime (AgentCost), VirtualClock       one thread steps all hosts
 *
 *   SoftProvider ── SoftHost ── SoftFabric ─┬─ KeyTable ── SoftMemoryRegion, WindowTable ── SoftMemoryWindow
 *                     │                     └─ SoftAgent, Timeline (retries, receiver-not-ready waits, links, flushes)
 *   SoftDevice ── SoftContext ──── SoftQueuePair ─┬─ QpSettings, QpTransitions
 *                   │    │                        ├─ SendQueue ─┬─ PostChecks, RequestRing, Retries
 *                   │    │                        │             └─ Requester ── Transfer (ChunkList), DatagramSender, LocalOperations
 *                   │    └─ SoftProtectionDomain  └─ ReceiveQueue ── ReceiveRing (RequestRing), RemoteMemory
 *                   │              └─ SoftSharedReceiveQueue ──────── ReceiveRing
 *                   │              └─ SoftExtendedQueuePair (a SoftQueuePair with a list that it builds and posts as a whole)
 *                   ├─ SoftExtendedCompletionQueue (a SoftCompletionQueue read in place)
 *                   ├─ SoftCompletionQueue ── SoftCompletionChannel ── EventQueue
 *                   └─ AsyncEvents ── EventQueue
 *   SoftFabric ── Journal ─┬─ Refusals (reasons by number; MemoryReasons and QpReasons put them into words)
 *                          └─ Trace ── TraceFile (one per JVM)
 *
 *   SoftProvider ── SoftCmChannel ── EventQueue
 *                        └─ SoftCmId ─┬─ CmEndpoint ── SoftQueuePair
 *                                     ├─ CmPost ── Link
 *                                     └─ CmAddressSpace (one per fabric), CmPorts (one per host)
 * </pre>
 *
 * <p>A post executes its requests at once, in the posting thread: checks them in the order of rdma_rxe, copies the payload,
 * completes both sides. What cannot be executed waits in the send queue and is resumed by whoever polls, posts receives or
 * waits on a channel. Memory is reached from those threads only, and never through an address that is not registered: with more
 * than one thread it must come from a shared, automatic or global arena (a confined one gives error completions and a warning).
 *
 * <p>Threads: everything of a send queue happens under its lock, everything of a receive queue under its own; a thread holds one
 * of each at most, the send lock first. A queue pair that fails under a peer's lock is flushed when no lock is held.
 *
 * <p>Services: RC waits and retries; UC and UD lose silently what cannot be delivered (no receive, wrong key or queue key, nobody
 * there, a datagram longer than the MTU), and the fabric counts it by {@code Loss}. After an error of a request of its own a UC or
 * UD queue pair is in SQE and goes on receiving, as the specification says (rdma_rxe takes it to ERR); a controlled queue key stands
 * for the queue pair's own (rdma_rxe sends it as it is).
 *
 * <p>Reasons: each refusal has a number, from 1 on, and a reason in words and values; a fabric knows the newest 4,096. A completion with an
 * error carries the number as {@code vendor_err}, on both sides; one that was flushed that of the refusal that took its queue pair to
 * ERR or SQE. {@code WorkCompletions.reason} and {@code describe}, {@code ExtendedCompletionQueue.reason} and {@code QueuePair.firstError}
 * put it into words; {@code QueuePair.explain} does so for a post that was refused. (rdma_rxe leaves {@code vendor_err} 0; hardware gives
 * codes of its own.) Reasons tell memory as region and offset, never as an address.
 *
 * <p>Trace: {@code -Ddev.verbs.soft.trace=FILE} writes a line per event of all fabrics of the JVM, in columns: fabric, time in nanoseconds
 * since the fabric began, host, who, event, details ({@code create close state post refuse transfer complete overflow wait loss async
 * fault cm}; {@code post}, {@code transfer} and {@code complete} are those of requests). {@code SoftProvider(Consumer)} and
 * {@code SoftNetwork.Builder.trace} hand the lines, without the first column, to a program instead. One thread, one seed and one clock that
 * does not depend on the machine (virtual time) give the same lines. A file that cannot be written is an error when the first fabric is
 * made. Lines are written at once: none is lost when the JVM ends. A run of {@code ./verbs pingpong}:
 *
 * <pre>
 *   f1 000000359824384 soft QP18       post     SEND wr_id=2 bytes=4096 flags=SIGNALED from=region#2+4096:4096
 *   f1 000000360017191 soft QP18       transfer SEND to=QP17 bytes=4096 psn=15648303 from=region#2+4096:4096 into=region#1+4096:4096
 *   f1 000000360097901 soft QP17       complete recv wr_id=1 SUCCESS RECV bytes=4096 cq=cq#1
 *   f1 000000360162237 soft QP18       complete send wr_id=2 SUCCESS SEND bytes=4096 cq=cq#2
 * </pre>
 *
 * <table>
 * <caption>Fidelity</caption>
 * <tr><th>modelled like rdma_rxe of Linux 6.1</th><td>states and transitions, checks of posted requests and their errno, keys,
 *     domains, access flags, bounds, statuses of both sides, RNR and transport retries in time, flush order, armed and
 *     solicited notification, granted limits, packet numbers, immediates, GRH flag</td></tr>
 * <tr><th>modelled like the specification</th><td>asynchronous events: QP_ACCESS_ERR and QP_REQ_ERR at a responder that refuses
 *     a request, CQ_ERR and QP_FATAL on overflow, COMM_EST, SQ_DRAINED if it was asked for and what had begun has ended</td></tr>
 * <tr><th>stricter than a NIC</th><td>the slot of a send is free when a completion at or after it was polled; local and remote
 *     keys differ; a list's {@code next}, {@code sg_list} and inline addresses must lie in the list, or in registered memory
 *     (EFAULT instead of a crash); a queue pair answers only the queue pair it is connected to; a full completion queue
 *     fails with all its queue pairs; receives posted in ERR are flushed at once; messages over 1 GiB are refused;
 *     a reset or closed queue pair's completions that were not polled are dropped, as mlx4 and mlx5 do, so that they cannot be
 *     taken for those of its next life (rdma_rxe leaves them in the queue); retry_cnt 7 ends; a READ or atomic with max_rd_atomic
 *     0 fails instead of waiting for ever; a window's own bounds, its domain and the queue pair that invalidates it are checked,
 *     and a window that is not bound cannot be invalidated (rdma_rxe's kernel crashes of it)</td></tr>
 * <tr><th>not modelled</th><td>packets (a message arrives or is lost as a whole),
 *     lost acknowledgements, partial placement of failed messages,
 *     events of ports and the device, alternate paths</td></tr>
 * </table>
 */
package dev.verbs.soft;
