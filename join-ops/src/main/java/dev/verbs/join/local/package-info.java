/**
 * Local join algorithms: what one host does with a visiting fragment and its own stationary piece.
 *
 * <pre>
 *                       LocalJoin ◄── NestedLoopsJoin ── JoinPredicate      any predicate, |R| * |S|
 *                           ▲
 *                           └──────── HashJoin ── HashOrder                 equality, |R| + |S|
 *
 *   Fragment ── probe ──► LocalJoin ── match(key, payload of R, payload of S) ──► MatchHandler ◄── MatchAggregate, MatchBuffer
 * </pre>
 *
 * <p>Nothing here knows of a network. A local join is made with its capacities and allocates nothing afterwards; its memory
 * is off heap.
 */
package dev.verbs.join.local;
