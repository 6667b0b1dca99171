/**
 * The connection manager: librdmacm's model, and blocking calls with deadlines on top of it.
 *
 * <pre>
 *   VerbsProvider ── addressInfo ──► AddressInfo (hints: AddressHints)
 *        │                              │
 *        │   CmListener.bind ◄──────────┼──────────► CmEndpoint.create       blocking, with deadlines;
 *        │      │ await                 │               │ connect            a close or an interrupt wakes who waits
 *        │   CmRequest ── accept ──► CmConnection ◄─────┘
 *        │   CmRequest ── acceptDatagrams, reject          CmEndpoint ── ask, join ──► DatagramDestination
 *        │      │ CmEventPump (one channel, many waiters); CmFailure, Surroundings (what went wrong, what there is)
 *        ▼      ▼
 *   CmEventChannel ── createId(PortSpace) ──► CmId ── set(CmOption), bind, resolve, listen, connect, accept, join ...
 *        └── await ──► CmEvent (copied, acknowledged; ConnectionOffer, DatagramDestination, RejectReason)
 * </pre>
 *
 * <p>Records and enums are immutable: any thread. A record that refuses a value throws
 * IllegalArgumentException, for null mostly NullPointerException.
 */
package dev.verbs.cm;
