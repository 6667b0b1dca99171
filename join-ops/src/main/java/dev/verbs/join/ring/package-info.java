/**
 * How joins reach the network: the only package of the join operators that knows the transport.
 *
 * <pre>
 *   RingHost (TransportNode, CmListener) ── ring() ──► FragmentRing ── agent() ──► Roundabout, stepped by a runner
 *                                                        │  ▲
 *                                     next(Fragment)     ▼  │  release(), load(), inject()
 *                                                      CycloJoin
 * </pre>
 */
package dev.verbs.join.ring;
