/**
 * Counterparts of librdmacm's example programs, to try the connection manager with and to talk to the C ones.
 *
 * <pre>
 *   RdmaClientCommand, RdmaServerCommand ── CmHello ──┐
 *   CmatoseCommand ── CmatoseEnd ── CmatoseConfig ────┤
 *                                                     ▼
 *   CmCommand (what all take) ── CmSetup ──►   Traffic (one queue pair, its queues and a buffer)
 * </pre>
 */
package dev.verbs.examples.cm;
