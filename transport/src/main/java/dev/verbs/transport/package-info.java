/**
 * Nodes and their connections, and what steps many duty cycles in one thread.
 *
 * <pre>
 *   TransportNode (context, PD, port, address) ── listen ──► CmListener
 *        │                                                       │ await
 *        ├── ConnectedPair.connect ◄──── hello, reply ────► ConnectedPair.accept
 *        │        └── QP + CQ + CmConnection, state OPEN / FAILED / CLOSED
 *        ├── dev.verbs.transport.channel   one-sided write channels and meshes of them
 *        └── dev.verbs.transport.ring      the rotating ring
 *   NodeDirectory (who listens where)      Agents (round robin with a deadline)
 * </pre>
 */
package dev.verbs.transport;
