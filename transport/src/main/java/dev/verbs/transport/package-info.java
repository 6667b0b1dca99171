/**
 * Nodes and their connections, and what steps many duty cycles in one thread.
 *
 * <pre>
 *   TransportNode (context, PD, port, address) ── listen ──► CmListener
 *        │                                                       │ await
 *        ├── ConnectedPair.connect ◄──── hello, reply ────► ConnectedPair.accept
 *        │        └── QP + CQ + CmConnection, state OPEN / FAILED / CLOSED
 *        ├── dev.verbs.transport.channel   one-sided write channels and meshes of them
 *        └── dev.verbs.transport.ring      the rotating ring
 *   NodeDirectory (who listens where)      Agents (round robin with a deadline)
 *   Cleanup (what every set-up does after an exception: answer the request, close what was made)
 * </pre>
 *
 * <p>Three nodes of one process, each sending one message to the next, all stepped by one thread:
 *
 * {@snippet :
 * List<TransportNode> nodes = Stream.generate(() -> TransportNode.open(provider, PortOptions.AUTOMATIC)).limit(3).toList();
 * List<Mesh> meshes = Mesh.inProcess(nodes, WriteChannelConfig.DEFAULT, SystemNanoClock.INSTANCE,
 *     task -> Thread.ofPlatform().start(task), Duration.ofSeconds(10));
 * for (Mesh mesh : meshes) {
 *     ChannelProducer next = mesh.to((mesh.self() + 1) % mesh.size());
 *     next.tryClaim(Long.BYTES);                                           // or BACK_PRESSURED: try again later
 *     next.buffer().set(JAVA_LONG, next.claimOffset(), 42L + mesh.self()); // in registered memory: no copy follows
 *     next.commit(Long.BYTES, mesh.self());                                // one RDMA WRITE, footer last
 * }
 * Mesh last = meshes.getLast();
 * Agents.runUntil(() -> last.from(1).poll((buffer, offset, length, tag) ->
 *     System.out.println(buffer.get(JAVA_LONG, offset) + " from node " + tag), 10) > 0, Duration.ofSeconds(1), meshes);
 * Mesh.closeAll(meshes);
 * nodes.forEach(TransportNode::close);
 * }
 */
package dev.verbs.transport;
