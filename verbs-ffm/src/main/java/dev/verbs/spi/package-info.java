/**
 * What a provider implements, and what all providers share: ownership, in-flight counts, the post protocol.
 *
 * <pre>
 *   VerbsProvider ── Availability
 *   ResourceRoot ◄── context ◄── AbstractProtectionDomain ◄── AbstractMemoryRegion
 *                      ▲  ▲                    ▲
 *                      │  └─ AbstractCompletionQueue ◄── AbstractQueuePair (SendQueueTracker)
 *                      └─ completion channel           ◄ = "depends on": it closes first
 * </pre>
 */
package dev.verbs.spi;
