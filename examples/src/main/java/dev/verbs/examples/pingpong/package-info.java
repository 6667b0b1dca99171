/**
 * The ping-pong of rdma-core's {@code ibv_rc_pingpong}, {@code ibv_uc_pingpong}, {@code ibv_ud_pingpong} and
 * {@code ibv_srq_pingpong}, able to talk to them.
 *
 * <pre>
 *   PingPongCommand ── PingPongConfig ── PingPongService     what RC, UC and UD do each its own way
 *        │
 *   PingPongRun
 *        ├── PingPongExchange   TCP: address lines both ways, then "done"      (blocking, with deadlines)
 *        ├── PingPongEnd        context, PD, CQ of one end
 *        │     │  ├── PingPongLine ×n   a queue pair and what it waits for ── PingPongPeer   where its messages go
 *        │     │  ├── PingPongBuffers   the region
 *        │     │  └── PingPongReceives ◄── OwnReceives | SharedReceives (SRQ)
 *        │     ▲
 *        └── PingPongAgent      one end's duty cycle ── MessageCheck (what every message must contain)
 *                 └──► PingPongResult
 * </pre>
 */
package dev.verbs.examples.pingpong;
