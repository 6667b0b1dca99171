/**
 * The Yahoo streaming benchmark: views per campaign in 10-second windows of event time.
 *
 * <pre>
 *   YsbConfig ──► YsbDemo ──┬── YsbSlices   78-byte records off heap, one slice per node
 *                           ├── LocalCluster (stream-ops), warm-up and timed passes ──► YsbAnswers
 *                           ├── YsbCheck    counts the raw bytes again with code of its own, compares each count
 *                           └── FusedLoop   the same query as one plain loop, for scale
 *                           └──► YsbResult
 * </pre>
 */
package dev.verbs.examples.ysb;
