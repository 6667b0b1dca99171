/**
 * Counterparts of librdmacm's example programs, to try the connection manager with and to talk to the C ones.
 *
 * <pre>
 *   RdmaClientCommand, RdmaServerCommand ── CmHello ───────────┐
 *   CmatoseCommand ── CmatoseEnd ── CmatoseConfig ─────────────┴─► Traffic   (one RC queue pair, its queues and a buffer)
 *   UdaddyCommand ─── UdaddyEnd ──┬─ DatagramConfig ─────────────► Datagrams (one UD queue pair, its queues and a buffer)
 *   MckeyCommand ──── MckeyEnd ───┘
 *        │ is a
 *        ▼
 *   EndCommand (one end, or both on the software device) ◄── is a ── CmCommand (server and client: all the others)
 * </pre>
 */
package dev.verbs.examples.cm;
