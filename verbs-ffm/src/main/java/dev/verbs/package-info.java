/**
 * The verbs API: interfaces, records and constants; no provider, no native library.
 *
 * <pre>
 *   Verbs ── select("auto") ──► VerbsProvider ── devices() ──► Device ── open() ──► Context
 *                                                                                   │
 *                                                AsyncEvent ◄── awaitAsyncEvent() ──┤
 *        ┌──────────────────────────┬───────────────────────────┬────────────────────┘
 *        ▼                          ▼                           ▼
 *   ProtectionDomain          CompletionChannel ◄───────── CompletionQueue ── poll ──► WorkCompletions
 *     │          └──────────┐                                   ▲
 *     ▼                     ▼                                   │ completions
 *   MemoryRegion (lkey,  QueuePair ─────────────────────────────┘
 *    rkey, address)         │ postSend(SendRequests), postReceive(ReceiveRequests)
 *                           ├─ ExtendedQueuePair: start, builders and setters, complete; asked for with SendOperation
 *                           ▼
 *                  SharedReceiveQueue (optional: receives that several queue pairs draw from)
 *   ExtendedCompletionQueue: a CompletionQueue that is also read in place, with the fields (WcField) that were asked for
 *   AddressHandle ── named by the datagrams of a UD queue pair; from a path, or back along a completion
 *   MemoryWindow (rkey) ── bound to part of a region by the send queue
 * </pre>
 *
 * <p>Requests and completions lie off heap in the layout of the C structures ({@link dev.verbs.SendWrDescriptor} and its
 * siblings) and are read and written in place. Set-up calls throw {@link dev.verbs.VerbsException}; posts and polls return
 * counts and named constants, never throw and never allocate.
 *
 * <p>Queue pairs: {@link dev.verbs.RcEndpoint}, {@link dev.verbs.UcEndpoint} and {@link dev.verbs.UdEndpoint} make each service
 * ready; datagrams arrive behind {@link dev.verbs.GrhDescriptor#SIZE} bytes of header.
 *
 * <p>C names: each element says what it maps to, behind "C:"; records name the field of their structure in brackets.
 *
 * <p>Byte order: immediates are numbers here and network order in memory; keys, flags and lengths are host order everywhere.
 *
 * <p>Records, enums and flags are immutable: any thread; static methods keep no state; an interface says which of its calls any thread
 * may make. A record that refuses a value throws IllegalArgumentException, for null mostly NullPointerException.
 */
package dev.verbs;
