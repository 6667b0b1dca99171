/**
 * How deltas travel: the only package of the operators that knows the network.
 *
 * <pre>
 *   PartialState.closing ──► DeltaWriter (per leader) ──► slot ──► one-sided write ──► slot ──► DeltaReader (per sender)
 *                            cuts into buffers            credits                               checks order and counts
 *                                                                                                │
 *                                                                        DeltaHandler (merge) ◄──┘
 * </pre>
 */
package dev.verbs.stream.exchange;
