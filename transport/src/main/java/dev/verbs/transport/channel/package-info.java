/**
 * One-sided write channels: FIFO, from one producer to one consumer, credit-controlled, without copies.
 *
 * <pre>
 *   node i                                                          node j
 *   ChannelProducer ── RDMA WRITE payload + footer, 1 in k signalled ──► ring of c slots ── poll ──► ChannelConsumer
 *        ▲ credit word ◄────────── RDMA WRITE of the consumed count, inline ──────────────────────────────┘
 *   both are a ChannelEnd, on a ConnectedPair of their own; layouts in ChannelLayout; set-up messages in ChannelHello
 *   Mesh: for every ordered pair of nodes one such channel
 * </pre>
 */
package dev.verbs.transport.channel;
