/**
 * The connection manager: librdmacm's model, and blocking calls with deadlines on top of it.
 *
 * <pre>
 *   CmListener ── await ──► CmRequest ── accept / reject          blocking, with deadlines
 *   CmConnection.connect ──────────► CmConnection
 *        │ CmEventPump (one channel, many waiters)
 *        ▼
 *   CmEventChannel ── createId ──► CmId ── bind, resolve, listen, connect, accept ...   asynchronous
 *        └── await ──► CmEvent (copied, acknowledged)
 * </pre>
 */
package dev.verbs.cm;
