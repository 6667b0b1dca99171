/**
 * Progress: how far event time has come at every executor, and in which order epochs arrive.
 *
 * <pre>
 *   delta of executor i, last buffer: epoch, low watermark ──► EpochSequence (one per sender: no gap, no repeat)
 *                                                         └──► WatermarkVector [w0 | w1 | ... ] ── min() ──► trigger windows
 * </pre>
 */
package dev.verbs.stream.progress;
