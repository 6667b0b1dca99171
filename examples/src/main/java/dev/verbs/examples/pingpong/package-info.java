/**
 * The ping-pong of rdma-core's {@code ibv_rc_pingpong}, able to talk to it.
 *
 * <pre>
 *   PingPongCommand ── PingPongConfig
 *        ├── PingPongExchange   TCP: address lines both ways, then "done"      (blocking, with deadlines)
 *        ├── PingPongEnd        context, PD, CQ, region, QP of one end
 *        │        ▲
 *        └── PingPongAgent      one end's duty cycle ── MessageCheck (what every message must contain)
 *                 └──► PingPongResult
 * </pre>
 */
package dev.verbs.examples.pingpong;
