/**
 * Pieces of the rotating relation: how tuples lie in memory, and how a fragment says what it is.
 *
 * <pre>
 *   relation piece R_i ── reorganised once by its owner ──► FragmentStore ── fragment(k) ──► registered memory, ready to travel
 *                                                                  │ writes                        │ read through
 *                                                                  ▼                               ▼
 *                                                        FragmentDescriptor ◄──────────────── Fragment (flyweight)
 *                                                        TupleDescriptor
 * </pre>
 */
package dev.verbs.join.fragment;
