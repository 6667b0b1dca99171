/**
 * What a provider implements, and what all providers share: ownership, in-flight counts, the post protocol.
 *
 * <pre>
 *   VerbsProvider ── Availability
 *   ResourceRoot ◄── context ◄── AbstractProtectionDomain ◄── AbstractMemoryRegion, AbstractMemoryWindow
 *                      ▲  ▲                    ▲
 *                      │  │                    └────── AbstractSharedReceiveQueue (SharedReceiveTracker)
 *                      │  └─ AbstractCompletionQueue ◄── AbstractQueuePair (SendQueueTracker, ReceiveQueueTracker,
 *                      │                                                    CompletionFailures)
 *                      └─ completion channel           ◄ = "depends on": it closes first
 *
 *   BatchedQueuePair (PostBatch), BatchedQueue (PollBatch): the calls of extended queue pairs and completion queues, their order
 *   ReceivePosting: receives, to a queue pair's own queue or a shared one
 *   QpTransitions, QpRanges, GidRanking: why a modify or a path is refused, in words
 * </pre>
 *
 * <p>A region asks its domain whether something {@code MayHaveWorkInFlight}: queue pairs and shared receive queues do.
 *
 * <p>No native object is destroyed under a call: a {@code Gate} per call on the hot path (one caller at a time, no fence: the
 * closer executes a {@code GlobalFence} for both), a {@code SharedGate} where several threads call, the resource's lock or
 * {@code whileOpen} for set-up calls.
 */
package dev.verbs.spi;
