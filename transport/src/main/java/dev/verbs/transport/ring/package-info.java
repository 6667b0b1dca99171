/**
 * The Data Roundabout: fragments go round a ring of hosts, written from one host's registered buffers straight into the
 * next one's.
 *
 * <pre>
 *   RingSetup.join(node, listener, directory, ...) ──► Roundabout (Agent) ── port() ──► RingPort ◄── join entity
 *                                                        │
 *              ┌──────────────────┬──────────────────────┼──────────────────┐
 *              ▼                  ▼                      ▼                  ▼
 *        RingReceiver       RingTransmitter         RingBarrier        RingMemory ── RingElement (RingElementDescriptor)
 *              │ announces        │ sends                │ tells
 *              ▼                  ▼                      ▼
 *        RingLink to the    RingLink to the successor ◄──┘            RingLink ── ConnectedPair
 *        predecessor
 * </pre>
 */
package dev.verbs.transport.ring;
