/**
 * Memory that devices may use, and what peers need to know about it.
 *
 * <pre>
 *   RegisteredArena ── allocate ──► MemorySegment ── register(pd, segment, access) ──► MemoryRegion
 *         │ refuses to close while a region is open                                        │
 *         │                                          ┌─────────────────────────────────────┤
 *         └── BlockPool.allocate ──────────────► BlockPool (index, address, lkey)          ▼
 *                                                                          RemoteBuffer (address, length, rkey)
 *                                                                             20 bytes on the wire
 * </pre>
 */
package dev.verbs.memory;
