/**
 * The ping of librdmacm's {@code rping}, able to talk to it.
 *
 * <pre>
 *   client                                           server
 *     SEND RpingInfo(source) ──────────────────────►
 *                            ◄────────────────────── RDMA READ of the source ("ping data")
 *                            ◄────────────────────── SEND: go ahead
 *     SEND RpingInfo(sink)   ──────────────────────►
 *                            ◄────────────────────── RDMA WRITE into the sink (the same data)
 *                            ◄────────────────────── SEND: go ahead                              ... again; ends by disconnect
 *
 *   RpingCommand ── RpingConfig ── RpingEnd (context, PD, CQ, regions, QP) ── PingData
 *        └── RpingClientAgent, RpingServerAgent (RpingAgent): duty cycles of a connected end
 * </pre>
 */
package dev.verbs.examples.rping;
