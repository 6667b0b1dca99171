/**
 * Cyclo-join: R ⋈ S where S stays in pieces on n hosts and R goes round a ring of them, in any memory that RDMA can write.
 *
 * <pre>
 *   CycloJoinRunner (all hosts in one process) or one process per host
 *     └─ host: CycloJoin (Agent) ──► LocalJoin (dev.verbs.join.local) ──► MatchHandler: the output stays on the host
 *              │     ▲ JoinInput
 *              ▼     └─ JoinStatistics
 *        FragmentRing (dev.verbs.join.ring) ──► fragments (dev.verbs.join.fragment) to and from the neighbours
 * </pre>
 *
 * <p>Orders ⋈ line items on three hosts, counted and summed where they meet:
 *
 * <pre>{@code
 * RingConfig ring = RingConfig.DEFAULT.withHosts(3);                    // 8 elements of 256 KiB per host
 * CycloJoinConfig config = CycloJoinConfig.of(ring, 50_000, 200_000);   // most tuples per host: R, S
 * try (VerbsProvider provider = Verbs.select("auto").provider(); Arena arena = Arena.ofShared()) {
 *     List<MatchAggregate> results = List.of(new MatchAggregate(arena), new MatchAggregate(arena), new MatchAggregate(arena));
 *     try (CycloJoinRunner hosts = CycloJoinRunner.open(provider, PortOptions.AUTOMATIC, config,
 *             host -> new HashJoin(200_000, 50_000), results::get, CycloJoinRunner.Threads.ONE_PER_HOST)) {
 *         List<JoinInput> pieces = ...;                                 // 16-byte tuples: key, payload (TupleDescriptor)
 *         List<JoinStatistics> done = hosts.revolve(pieces, Duration.ofSeconds(30)); // throws if any link failed
 *         hosts.revolve(null, Duration.ofSeconds(30));                  // again, without preparing again
 *     }
 *     long matches = results.stream().mapToLong(MatchAggregate::matches).sum();
 * }
 * }</pre>
 */
package dev.verbs.join;
